"""Times of the domain (aware, UTC) as messages."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp


def time_to_proto(time: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(time)
    return message
