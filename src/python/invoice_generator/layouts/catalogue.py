"""All layouts, and which are kept from training."""

from invoice_generator.layouts.carriers import CARRIERS
from invoice_generator.layouts.layout import Layout
from invoice_generator.layouts.offices import OFFICES
from invoice_generator.layouts.trade import TRADE
from invoice_generator.layouts.works import WORKS

LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (*OFFICES, *TRADE, *WORKS, *CARRIERS)
}


def training_layouts() -> tuple[str, ...]:
    """Returns the names of layouts that a model may be trained on."""
    return tuple(name for name, layout in LAYOUTS.items() if not layout.held_out)


def held_out_layouts() -> tuple[str, ...]:
    """Returns the names of layouts that no model is trained on, so that it can be tested on them."""
    return tuple(name for name, layout in LAYOUTS.items() if layout.held_out)
