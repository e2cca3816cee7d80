"""A folder with a model: what it is made of is written down beside it, so that damage is seen and provenance is exact."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MANIFEST_NAME = "manifest.json"
_WEIGHTS = ".safetensors"
_CHUNK_BYTES = 1024 * 1024


class BrokenModelFolder(Exception):
    """The folder is not there, or is not what its manifest says; the message is one line, and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelManifest:
    """What a model folder holds. Digests are SHA-256 in hex."""

    name: str
    licence: str
    origin: str
    files: dict[str, str]

    @property
    def weights_digest(self) -> str:
        """One digest of all files of weights: of their names and digests in order."""
        return self._digest(name for name in self.files if name.endswith(_WEIGHTS))

    @property
    def tokenizer_digest(self) -> str:
        """One digest of all that makes tokens of messages: the tokenizer's files and the chat template."""
        return self._digest(
            name for name in self.files if name.startswith(("tokenizer", "chat_template"))
        )

    def _digest(self, names: Iterable[str]) -> str:
        lines = "".join(f"{self.files[name]}  {name}\n" for name in sorted(names))
        return hashlib.sha256(lines.encode()).hexdigest()


def write_manifest(folder: Path, *, name: str, licence: str, origin: str) -> ModelManifest:
    """The folder has a manifest of every file in it, written last: a folder without one is not finished.

    Everybody on the machine may read the files: a container does so as a user of its own.
    """
    for path in folder.iterdir():
        path.chmod(0o644)
    files = {path.name: _file_digest(path) for path in sorted(folder.iterdir())}
    manifest = ModelManifest(name=name, licence=licence, origin=origin, files=files)
    content = {
        "name": name,
        "licence": licence,
        "origin": origin,
        "weights_digest": manifest.weights_digest,
        "tokenizer_digest": manifest.tokenizer_digest,
        "files": files,
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> ModelManifest:
    """Returns what the folder says of itself, without looking at its files. Raises BrokenModelFolder."""
    try:
        content = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        return ModelManifest(
            name=content["name"],
            licence=content["licence"],
            origin=content["origin"],
            files=dict(content["files"]),
        )
    except FileNotFoundError:
        raise BrokenModelFolder(f"{folder} holds no model: run scripts/install-inference") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(folder, MANIFEST_NAME, "cannot be read") from None


def verify_model_folder(folder: Path) -> ModelManifest:
    """Returns the manifest of a folder whose files are all as it says. Raises BrokenModelFolder."""
    manifest = read_manifest(folder)
    for name, digest in manifest.files.items():
        try:
            found = _file_digest(folder / name)
        except OSError:
            raise _broken(folder, name, "is missing") from None
        if found != digest:
            raise _broken(folder, name, "is damaged")
    return manifest


def _broken(folder: Path, name: str, problem: str) -> BrokenModelFolder:
    return BrokenModelFolder(
        f"{name} of the model in {folder} {problem}: run scripts/install-inference"
    )


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
