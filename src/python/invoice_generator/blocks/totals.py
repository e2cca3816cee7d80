"""The totals, from the sum of the lines to what is due."""

from dataclasses import dataclass
from decimal import Decimal

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.blocks.table import has_prices, lists_invoices
from invoice_generator.drawing.canvas import WHITE, Span, Style


@dataclass(frozen=True, slots=True)
class Total:
    label: list[Span]
    amount: list[Span]
    strong: bool = False


def totals(sheet: Sheet) -> None:
    """Draws the totals where the layout has them, all on one page."""
    if not has_prices(sheet):
        return
    rows = _rows(sheet)
    table = sheet.layout.vat_table and not lists_invoices(sheet)
    step = sheet.style.height + 2.5
    sheet.need(step * (len(rows) + (len(sheet.document.vat) + 1 if table else 0)) + 24)
    if table:
        _vat_table(sheet)
    how = sheet.layout.totals
    left, right = sheet.left, sheet.right
    if how in ("right", "boxed", "table"):
        left = sheet.right - max(215, sheet.width * 0.44)
    elif how == "left":
        right = sheet.left + max(215, sheet.width * 0.44)
    top = sheet.y
    for row in rows:
        style = Style(sheet.layout.size + (1.5 if row.strong else 0), bold=row.strong)
        if row.strong and how in ("right", "full"):
            sheet.canvas.rule(left, sheet.y, right, sheet.y, 0.8)
        if row.strong and how == "boxed":
            style = Style(style.size, bold=True, ink=WHITE)
            sheet.canvas.fill((left, sheet.y, right, sheet.y + step + 3), sheet.layout.ink)
        sheet.canvas.write(left + 4, sheet.y + 2, row.label, style)
        sheet.canvas.write(right - 4, sheet.y + 2, row.amount, style, "right")
        sheet.y += step + (3 if row.strong else 0)
        if how == "table":
            sheet.canvas.rule(left, sheet.y, right, sheet.y, 0.3)
    if how in ("table", "boxed"):
        sheet.canvas.frame((left, top, right, sheet.y), 0.6)
    sheet.y += 14


def _rows(sheet: Sheet) -> list[Total]:
    document, wording, priced = sheet.document, sheet.wording, sheet.priced
    wrong = Decimal("0.90") if sheet.fault == "wrong_total" else Decimal(0)
    total = Total(
        [sheet.label("total_amount", False)],
        priced(document.total_amount + wrong, "total_amount"),
        True,
    )
    if lists_invoices(sheet):
        return [total]
    rows = []
    if document.charges:
        rows.append(
            Total([sheet.label("line_total", False)], priced(document.line_total, "line_total"))
        )
    for index, charge in enumerate(document.charges):
        label = [sheet.label(charge.what, False)]
        if charge.percent:
            label += [
                Span(" "),
                Span(wording.quantity(charge.percent) + " %", f"charges[{index}].percent"),
            ]
        rows.append(Total(label, priced(charge.amount, f"charges[{index}].amount")))
    rows.append(
        Total([sheet.label("net_amount", False)], priced(document.net_amount, "net_amount"))
    )
    one_rate = len(document.vat) == 1
    if not sheet.layout.vat_table or one_rate:
        for index, row in enumerate(document.vat):
            label = [
                sheet.label("vat", False),
                Span(" "),
                Span(wording.quantity(row.rate), f"vat[{index}].rate"),
                Span("%", f"vat[{index}].rate"),
            ]
            if not one_rate or sheet.layout.name[-1] in "aeiou":
                label += [
                    Span(" "),
                    sheet.label("vat_on", False),
                    Span(" "),
                    Span(
                        wording.money(row.base), "net_amount" if one_rate else f"vat[{index}].base"
                    ),
                ]
            role = "tax_amount" if one_rate else f"vat[{index}].tax"
            rows.append(Total(label, priced(row.tax, role)))
    if not one_rate:
        rows.append(
            Total([sheet.label("tax_amount", False)], priced(document.tax_amount, "tax_amount"))
        )
    rows.append(total)
    if document.prepaid_amount:
        rows.append(
            Total(
                [sheet.label("prepaid_amount", False)],
                priced(-document.prepaid_amount, "prepaid_amount"),
            )
        )
        rows.append(
            Total(
                [sheet.label("due_amount", False)], priced(document.due_amount, "due_amount"), True
            )
        )
    if document.second_currency:
        label = [
            sheet.label("second_total", False),
            Span(" "),
            Span(document.second_currency, "second_currency"),
        ]
        rows.append(Total(label, [Span(wording.money(document.second_total), "second_total")]))
    return rows


def _vat_table(sheet: Sheet) -> None:
    document, wording, canvas = sheet.document, sheet.wording, sheet.canvas
    columns = [sheet.left + 4, sheet.left + 90, sheet.left + 200, sheet.left + 300]
    first = len(canvas.words)
    heads = ("code", "rate", "net_amount", "tax_amount")
    top = sheet.y
    for x, key in zip(columns, heads, strict=True):
        canvas.write(
            x,
            sheet.y,
            Span(wording.label(key), f"head.vat.{key}"),
            sheet.small,
            "left" if key == "code" else "right",
        )
    sheet.y += sheet.small.height + 2
    canvas.row("vat_head", None, first, (sheet.left, top, sheet.left + 304, sheet.y))
    for index, row in enumerate(document.vat):
        one = len(document.vat) == 1
        first, top = len(canvas.words), sheet.y
        canvas.write(columns[0], sheet.y, Span(row.code, f"vat[{index}].code"), sheet.style)
        canvas.write(
            columns[1],
            sheet.y,
            Span(wording.quantity(row.rate), f"vat[{index}].rate"),
            sheet.style,
            "right",
        )
        canvas.write(
            columns[2],
            sheet.y,
            Span(wording.money(row.base), "net_amount" if one else f"vat[{index}].base"),
            sheet.style,
            "right",
        )
        canvas.write(
            columns[3],
            sheet.y,
            Span(wording.money(row.tax), "tax_amount" if one else f"vat[{index}].tax"),
            sheet.style,
            "right",
        )
        sheet.y += sheet.style.height
        canvas.row("vat", None, first, (sheet.left, top, sheet.left + 304, sheet.y))
    sheet.y += 8
