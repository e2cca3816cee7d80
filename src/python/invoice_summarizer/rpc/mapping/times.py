"""Times between the domain (aware, UTC) and protobuf."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp


def time_to_proto(time: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(time)
    return message


def time_from_proto(message: Timestamp) -> datetime:
    return message.ToDatetime(tzinfo=UTC)
