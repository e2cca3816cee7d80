"""Layouts of workshops, builders and makers."""

from invoice_generator.layouts.layout import Layout, TableStyle

WORKS = (
    Layout(
        name="builder",
        table=TableStyle(
            ("position", "quantity", "unit", "description", "price", "net"),
            rules="none",
            head="two_rows",
            bold_names=True,
            carry=True,
        ),
        letterhead="logo_right",
        addresses="sender",
        currency="head",
        ink=(0.6, 0.3, 0.05),
    ),
    Layout(
        name="machine-works",
        table=TableStyle(
            ("position", "article", "description", "quantity", "unit", "price", "net"),
            rules="grid",
            carry=True,
        ),
        size=8,
        meta="cells",
        title="band",
        footer="columns4",
        vat_table=True,
        ink=(0.2, 0.2, 0.25),
    ),
    Layout(
        name="garage",
        table=TableStyle(
            ("quantity", "article", "description", "price", "percent", "net"), rules="box"
        ),
        letterhead="centred",
        addresses="right",
        title="upper",
        totals="left",
        currency="symbol_before",
        footer="line",
        ink=(0.65, 0, 0),
    ),
    Layout(
        name="carpenter",
        table=TableStyle(("description", "quantity", "unit", "price", "net"), details="above"),
        face="tiro",
        size=10,
        letterhead="plain",
        meta="line",
        footer="none",
        margin=66,
        ink=(0.35, 0.2, 0.1),
    ),
    Layout(
        name="installer",
        table=TableStyle(
            ("position", "description", "quantity", "unit", "price", "rate", "net"), rules="head"
        ),
        letterhead="corner",
        addresses="sender",
        meta="beside_above",
        title="number",
        totals="full",
        currency="symbol_after",
        ink=(0, 0.35, 0.6),
        held_out=True,
    ),
    Layout(
        name="foundry",
        table=TableStyle(
            ("position", "article", "description", "net", "quantity", "unit", "price"), carry=True
        ),
        size=8.5,
        letterhead="band",
        addresses="boxed",
        meta="strip",
        totals="table",
        currency="code_before",
        footer="columns2",
        ink=(0.15, 0.15, 0.15),
    ),
    Layout(
        name="print-works",
        table=TableStyle(
            ("description", "quantity", "price", "price_base", "net"),
            rules="stripes",
            head="upper",
            details="line",
        ),
        letterhead="none",
        addresses="sender",
        meta="strip",
        title="upper",
        totals="boxed",
        currency="symbol_after",
        footer="columns4",
        ink=(0.8, 0.1, 0.4),
    ),
    Layout(
        name="site-report",
        table=TableStyle(
            ("position", "description", "unit", "quantity", "price", "net", "gross"),
            rules="grid",
            head="two_rows",
            carry=True,
        ),
        size=7.8,
        addresses="both",
        title="centred",
        currency="head",
        footer="centred",
        margin=40,
        order=("letterhead", "title", "addresses", "intro", "table", "totals", "terms"),
        ink=(0.1, 0.25, 0.2),
    ),
)
