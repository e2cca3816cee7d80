"""No model is loaded that is another than the pinned one."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from invoice_reading.recognition.models import (
    DETECTION,
    RECOGNITION,
    ModelNotAsPinned,
    verified_model,
)

_PACKAGE = find_spec("rapidocr")
assert _PACKAGE is not None and _PACKAGE.origin is not None
FOLDER = Path(_PACKAGE.origin).parent / "models"


@pytest.mark.parametrize("name", [DETECTION, RECOGNITION])
def test_models_of_the_package_are_those_that_are_pinned(name: str) -> None:
    assert verified_model(FOLDER, name) == FOLDER / name


def test_changed_or_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelNotAsPinned):
        verified_model(tmp_path, DETECTION)
    changed = bytearray((FOLDER / DETECTION).read_bytes())
    changed[-1] ^= 1
    (tmp_path / DETECTION).write_bytes(changed)
    with pytest.raises(ModelNotAsPinned) as raised:
        verified_model(tmp_path, DETECTION)
    assert raised.value.name == DETECTION
