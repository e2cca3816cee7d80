"""The models by which pictures are read, each known by its hash: none is loaded that is another."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

# As they lie in the package of RapidOCR 3.10.0, whose table names the same hashes.
DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
SHA256: Mapping[str, str] = {
    DETECTION: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    RECOGNITION: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}


class ModelNotAsPinned(Exception):
    """A model is not there, or is another than the one that this program was measured with."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the OCR model {name} is missing, or is not the one that is pinned")
        self.name = name


def verified_model(folder: Path, name: str) -> Path:
    """Returns the path of the model, whose bytes are those that are pinned. Raises ModelNotAsPinned."""
    path = folder / name
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise ModelNotAsPinned(name) from None
    if found != SHA256[name]:
        raise ModelNotAsPinned(name)
    return path
