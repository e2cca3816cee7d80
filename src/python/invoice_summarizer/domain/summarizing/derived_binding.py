"""What a summary may say of a derived figure: its text, the fields that it follows from, and its evidence."""

from en16931.model import InvoiceContent
from invoice_summarizer.domain.summarizing.binding import Annotations, Binding, companion
from invoice_summarizer.domain.summarizing.derived_figures import (
    FORMS,
    OF_OTHER_LINES,
    DerivedFigure,
    FigureForm,
)
from invoice_summarizer.domain.summarizing.rendering import rendering, renderings

# Any path with the name of a field that is printed in this form.
_NAMES = {
    FigureForm.AMOUNT: "amount",
    FigureForm.COUNT: "exchange_rate",
    FigureForm.PERCENTAGE: "percentage",
    FigureForm.DATE: "date",
}


def derived_binding(
    figure: DerivedFigure, content: InvoiceContent, annotations: Annotations, locale: str
) -> Binding | None:
    """Returns how the figure is said; None where it cannot be shown.

    Its evidence is the derivation, then that of the fields that it follows from. Of the other lines, of which there may
    be thousands, it is the derivation alone. The currency that an amount is printed with is one of the fields.
    """
    value = figure.derivation.value
    beside = _currency(figure, content, annotations)
    text = rendering(
        value, _NAMES[FORMS[figure.slot.figure]], locale, beside[1] if beside else None
    )
    if text is None:
        return None
    paths = (*figure.field_paths, beside[0]) if beside else figure.field_paths
    own = () if figure.slot.figure in OF_OTHER_LINES else paths
    evidence = (found for path in own for found in annotations[path].evidence)
    return Binding(text, paths, (figure.derivation, *evidence))


def derived_renderings(
    figure: DerivedFigure, content: InvoiceContent, annotations: Annotations, locale: str
) -> frozenset[str]:
    """Returns every text that is accepted as the figure."""
    beside = _currency(figure, content, annotations)
    name = _NAMES[FORMS[figure.slot.figure]]
    return renderings(figure.derivation.value, name, locale, beside[1] if beside else None)


def _currency(
    figure: DerivedFigure, content: InvoiceContent, annotations: Annotations
) -> tuple[str, str] | None:
    if FORMS[figure.slot.figure] is not FigureForm.AMOUNT:
        return None
    return companion(content, annotations, "amount")
