"""The command line: `invoicectl`, and the demo."""

import os

# gRPC reads it when it is imported, so that it has to be here. What it would say in lines of its own on standard error,
# the one line of a failure says.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
