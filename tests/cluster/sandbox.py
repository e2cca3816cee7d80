"""The image of what holds a pod's network: one static program, packed as `docker save` would."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

from cluster.commands import run
from cluster.places import FOLDER

IMAGE = "localhost/invoice-summarizer/pause:1"
_SOURCE = Path("tests/cluster/pause/main.go")


def build_sandbox_image() -> Path:
    """Returns the archive, built anew."""
    program, archive = FOLDER / "pause", FOLDER / "pause.tar"
    run("go", "build", "-trimpath", "-o", program, _SOURCE, env={"CGO_ENABLED": "0"})
    layer = _tar({"pause": program.read_bytes()})
    digest = hashlib.sha256(layer).hexdigest()
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Entrypoint": ["/pause"], "User": "65534:65534"},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
    }
    manifest = [{"Config": "config.json", "RepoTags": [IMAGE], "Layers": ["layer.tar"]}]
    archive.write_bytes(
        _tar(
            {
                "config.json": json.dumps(config).encode(),
                "layer.tar": layer,
                "manifest.json": json.dumps(manifest).encode(),
            }
        )
    )
    return archive


def _tar(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o755
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
