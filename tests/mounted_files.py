"""Files as a secret of Kubernetes lies in the folder where it is mounted."""

from collections.abc import Mapping
from pathlib import Path


class MountedFiles:
    """Each file is a link into `..data`, a link itself, which is replaced in one step by one to a folder of new files."""

    def __init__(self, folder: Path, contents: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._versions = 0
        folder.mkdir()
        self.replace(contents)
        for name in contents:
            (folder / name).symlink_to(Path("..data", name))

    def __getitem__(self, name: str) -> Path:
        return self._folder / name

    def replace(self, contents: Mapping[str, bytes]) -> None:
        """All files hold the new contents, and never some of them; those without one are gone."""
        self._versions += 1
        version = self._folder / f"..version_{self._versions}"
        version.mkdir()
        for name, content in contents.items():
            (version / name).write_bytes(content)
        link = self._folder / "..data_tmp"
        link.symlink_to(version.name)
        link.replace(self._folder / "..data")
