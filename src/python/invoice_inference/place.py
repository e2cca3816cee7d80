"""Where what serves a model on one machine is installed."""

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER_VARIABLE = "INFERENCE_FOLDER"
MODEL_NAME = "smollm2-135m-instruct"
ENGINE = "vllm 0.29.0"  # what the environment of 3rdparty/inference has
_FOLDER_NAME = "invoicectl-inference"


@dataclass(frozen=True, slots=True)
class InferencePlace:
    """The folder of one installation, and what lies where in it."""

    folder: Path

    @property
    def environment(self) -> Path:
        return self.folder / "environment"

    @property
    def python(self) -> Path:
        return self.environment / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """What the environment was made from; written when it is whole."""
        return self.folder / "environment.digest"

    @property
    def model(self) -> Path:
        return self.folder / "models" / MODEL_NAME

    @property
    def random_model(self) -> Path:
        return self.folder / "models" / "random"

    @property
    def is_installed(self) -> bool:
        """Whether the environment was made to its end. What models hold is seen where they are loaded."""
        return self.stamp.is_file() and self.python.exists()


def default_place() -> InferencePlace:
    """Returns the folder that INFERENCE_FOLDER names, else one in the folder for data of the XDG specification."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return InferencePlace(Path(named).absolute())
    home = os.environ.get("XDG_DATA_HOME")
    return InferencePlace((Path(home) if home else Path.home() / ".local" / "share") / _FOLDER_NAME)
