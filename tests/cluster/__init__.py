"""A real Kubernetes on this machine, of programs that scripts/install-kubernetes-tools builds, and what is tried on it."""
