"""Whether the packages are here by which pictures are read; none of them is loaded."""

from importlib.util import find_spec

_PACKAGES = ("cv2", "numpy", "openvino", "rapidocr")


def recognition_installed() -> bool:
    return all(find_spec(package) is not None for package in _PACKAGES)
