"""A real server of S3's protocol."""

from s3_fixture import bucket, s3_server

__all__ = ["bucket", "s3_server"]
