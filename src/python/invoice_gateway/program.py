"""Where the gateway's program is. It runs on the platform on which the wheel, or the PEX, was built."""

from importlib.resources import files
from pathlib import Path


def gateway_program() -> Path | None:
    """Returns the program that this installation carries; None where it carries none."""
    package = Path(str(files("invoice_gateway")))
    # A PEX has what was built elsewhere under its path in the checkout.
    places = (package / "gateway", package.parent / "src/python/invoice_gateway/gateway")
    return next((place for place in places if place.is_file()), None)
