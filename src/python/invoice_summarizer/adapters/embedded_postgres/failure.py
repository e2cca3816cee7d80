"""What the embedded server raises."""


class EmbeddedPostgresError(Exception):
    """The server could not be started or used. The message is for the operator, and says where to look."""


class FolderInUse(EmbeddedPostgresError):
    """Another program runs the server of this folder."""
