"""Where the gateway's program is. It runs on the platform on which the wheel, or the PEX, was built."""

from importlib.resources import files
from pathlib import Path


def gateway_program() -> Path | None:
    """Returns the program that this installation carries; None where it carries none."""
    program = Path(str(files("invoice_gateway") / "gateway"))
    return program if program.is_file() else None
