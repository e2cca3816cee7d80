"""A program of a job that does what the id of its batch says, as the contract of BatchJobs wants it."""

import sys
import threading


def main() -> int:
    batch_id = sys.argv[sys.argv.index("--batch") + 1]
    print(f"the job of {batch_id}", flush=True)
    if batch_id.startswith("endless"):
        threading.Event().wait()
    return 1 if batch_id.startswith("bad") else 0


if __name__ == "__main__":
    raise SystemExit(main())
