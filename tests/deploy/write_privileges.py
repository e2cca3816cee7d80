"""Writes anew what each overlay grants; what has changed is then read in the diff."""

import os
from pathlib import Path

from deploy.manifests import OVERLAYS
from deploy.privileges import FOLDER, text_of


def main() -> None:
    # Under Pants, the working directory is the checkout, and the code is a copy of it.
    folder = Path(os.getcwd()) / FOLDER
    folder.mkdir(exist_ok=True)
    for overlay in OVERLAYS:
        (folder / f"{overlay}.yaml").write_text(text_of(overlay), encoding="utf-8")


if __name__ == "__main__":
    main()
