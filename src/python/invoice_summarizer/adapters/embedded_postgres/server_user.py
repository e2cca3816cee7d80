"""As which user the server runs. PostgreSQL refuses to run as root, so root starts it as somebody else."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError

_INSTEAD_OF_ROOT = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class ServerUser:
    """`uid` and `gid` are None where the server runs as whoever runs this program."""

    uid: int | None = None
    gid: int | None = None

    def own(self, folder: Path) -> None:
        """The folder exists, is this user's, and nobody else's to enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def make_reachable(self, path: Path) -> None:
        """The user can pass through every folder above the path.

        Where root starts the server, folders of root's that nobody else may pass are opened for passing (not for
        listing): the server has to reach its programs and its data.
        """
        if self.uid is None:
            return
        for folder in path.resolve().parents:
            found = folder.stat()
            if not found.st_mode & stat.S_IXOTH and found.st_uid != self.uid:
                folder.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXOTH)


def server_user(data: Path) -> ServerUser:
    """Returns the user for a server over this data: ourselves, or, for root, the owner that the data has already."""
    if os.geteuid() != 0:
        return ServerUser()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid)
    for name in _INSTEAD_OF_ROOT:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        f"PostgreSQL cannot run as root, and there is no user {' or '.join(_INSTEAD_OF_ROOT)}"
    )
