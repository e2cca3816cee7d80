"""Where things of the cluster lie, and what they are called by."""

from pathlib import Path

# Fixed, so that a run finds what one before it left behind when it was killed. Short, since paths of sockets are.
FOLDER = Path("/var/tmp/invoice-cluster")
CGROUPS = Path("/sys/fs/cgroup")
CGROUP_PREFIX = "invoice-cluster-"
LINK_PREFIX = "invcl-"
NAMESPACE = "invoice-summarizer"
