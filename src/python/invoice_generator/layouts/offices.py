"""Layouts of offices and services."""

from invoice_generator.layouts.layout import LETTER, Layout, TableStyle

OFFICES = (
    Layout(
        name="window-letter",
        table=TableStyle(
            ("position", "description", "quantity", "unit", "price", "net"),
            rules="head",
            carry=True,
        ),
        addresses="sender",
    ),
    Layout(
        name="band-strip",
        table=TableStyle(
            ("description", "quantity", "price", "rate", "net"), rules="stripes", head="band"
        ),
        letterhead="band",
        meta="strip",
        totals="boxed",
        currency="symbol_before",
        footer="columns4",
        ink=(0.05, 0.35, 0.33),
    ),
    Layout(
        name="typewriter",
        table=TableStyle(
            ("quantity", "description", "net"), rules="none", head="upper", details="above"
        ),
        face="cour",
        size=8.5,
        letterhead="plain",
        addresses="right",
        meta="beside",
        title="upper",
        totals="full",
        footer="none",
        paper=LETTER,
        ink=(0, 0, 0),
        held_out=True,
    ),
)
