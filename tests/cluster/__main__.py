"""A cluster that stays until it is interrupted: scripts/local-cluster."""

import signal
import sys
from pathlib import Path

from cluster.cluster import running_cluster
from cluster.commands import Failed
from cluster.images import PRODUCT, require_archives
from cluster.progress import say


def main() -> int:
    try:
        require_archives([*PRODUCT, "stores"])
        if sys.argv[1:] == ["--check"]:
            return 0
        bin_folder, version = Path(sys.argv[1]), sys.argv[2]
        with running_cluster(bin_folder) as cluster:
            say(f"bringing the images of {version}")
            cluster.bring_product(version)
            say(f"ready: export KUBECONFIG={cluster.kubeconfig}")
            signal.pause()
    except Failed as failure:
        print(f"scripts/local-cluster: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
