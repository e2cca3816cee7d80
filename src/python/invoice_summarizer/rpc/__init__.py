"""The gRPC edge: the only place that knows the public API's protobuf, and where errors get their status codes."""
