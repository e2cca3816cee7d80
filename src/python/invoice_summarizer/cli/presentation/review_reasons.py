"""Why a person has to look at an invoice, as people read it: the one table. Programs and filters have the codes."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from invoice_summarizer.cli.names import start_of_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.expression_words import field_words
from invoice_summarizer.cli.presentation.printable import in_one_line
from invoices.v1.assurance_pb2 import Finding
from invoices.v1.invoice_pb2 import Invoice

DUPLICATE = "DUPLICATE_SUSPECTED"
_RULE = "RULE_FAILED"

# A code, and its sentence where it is about the whole invoice.
_WHOLE = {
    "SUMS_NOT_DECIDABLE": "nothing on the document proves the total",
    "COMPLETENESS_PARTIAL": "what was read may not be all of the invoice",
    "COMPLETENESS_UNKNOWN": "nothing proves that everything was read",
    "PAGES_ARE_PICTURES": "it was read from pictures of pages, where a digit can be misread, and nothing else tells all of its numbers",
    "OCR_UNAVAILABLE": "pages are pictures, and reading pictures is not installed or switched off here",
    "NOTHING_READ": "no word was found on any page",
    "OTHER": "there is a reason that this version does not know",
}
# A code, and its sentence where it is about a field or a rule, which `{}` is.
_ABOUT = {
    "CHANGED_BY_PERSON": "a person has changed the {}",
    "FIELD_ILLEGIBLE": "the {} is there and cannot be read",
    "FIELD_AMBIGUOUS": "the {} can be read in several ways",
    "FIELD_CONFLICT": "the document contradicts itself about the {}",
    "FIELD_MISSING": "the {} was not found",
    "LOW_CONFIDENCE": "the {} is not sure",
}
_FAILED = {
    "BR-CO-10": "the lines do not add up to the sum stated for them",
    "BR-CO-11": "the allowances do not add up to the sum stated for them",
    "BR-CO-12": "the charges do not add up to the sum stated for them",
    "BR-CO-13": "the total without VAT is not the lines less allowances plus charges",
    "BR-CO-14": "the VAT is not the sum of what the rates give",
    "BR-CO-15": "the total with VAT is not the total without VAT plus the VAT",
    "BR-CO-16": "the amount due is not the total less what was paid",
    "BR-CO-17": "the VAT of a rate is not that rate of its amount",
    "FATTURAPA-01": "the lines do not add up to what VAT is due on",
    "FATTURAPA-02": "the total is not what the rows of VAT add up to",
    "FATTURAPA-03": "what is to be paid is not the total less what is withheld",
    "LINES-NET-01": "the lines do not add up to the total without VAT",
    "IBAN-01": "an account number is no IBAN that can be",
    "VAT-ID-01": "the check digits of a VAT identifier are wrong",
    "DUE-DATE-01": "the due date is before the date of issue",
    "LINE-AMOUNT-01": "the amount of a line is not its quantity times its price",
    "LINE-RATE-01": "the VAT breakdown lacks the rate of a line",
    "IDENTIFIER-01": "the check digits of a SIREN, SIRET or GLN are wrong",
    "DATE-01": "a date is none that the calendar has",
    "PROFILE-01": "the specification is not known",
    "PROFILE-02": "the invoice states more than the profile it names has",
    "PROFILE-03": "the version of XRechnung is another one than that of the rules",
    "EMBEDDED-XML-01": "an e-invoice inside the PDF cannot be read",
    "EMBEDDED-XML-02": "the e-invoices inside the PDF contradict each other",
    "HYBRID-01": "the PDF does not say how the XML inside it is related to it",
    "HYBRID-02": "the PDF as a whole does not name the XML inside it",
    "HYBRID-03": "the XML inside the PDF has no standard file name",
    "HYBRID-04": "the metadata of the PDF do not name the XML inside it and its profile",
    "HYBRID-05": "the PDF is no PDF/A-3 with an output intent",
    "HYBRID-06": "the metadata of the PDF name another profile than the XML inside it",
    "HIDDEN-TEXT-01": "there is text on the pages that people cannot see",
    "SCAN-01": "OCR read numbers of which nothing else tells that they are right",
    "CARRIED-SUM-01": "a sum that a page carries over is not that of the lines before it",
    "SEVERAL-INVOICES-01": "the file holds more than one invoice, or may",
    "XML-01": "the XML declares another encoding than the one that it is in",
    "XML-02": "the XML has extensions, which are not read",
    "XML-03": "the taxes are of another scheme than VAT",
    "XML-04": "an embedded document is of another type than is declared for it",
    "SIGNATURE-01": "the signature of the envelope is not checked",
    "PAGE-XML-01": "the page does not print the number and the totals of the XML inside it",
    "PAGE-XML-02": "the page and the XML inside it name different accounts",
    "PAGE-XML-03": "the page and the XML inside it have different dates",
    "PAGE-XML-04": "the page and the XML inside it differ in the type or the currency",
    "PAGE-XML-05": "the page and the XML inside it name different parties",
    "PAGE-XML-06": "the page and the XML inside it differ in the VAT",
    "PAGE-XML-07": "the page and the XML inside it have different lines",
    "PAGE-XML-08": "the page prints nothing that the XML inside it could be held against",
}
Others = Mapping[str, Invoice]
NO_OTHERS: Others = MappingProxyType({})
CODES = frozenset({DUPLICATE, _RULE, *_WHOLE, *_ABOUT})
RULES = frozenset(_FAILED)


def passing_words(findings: Iterable[Finding]) -> str:
    """Returns that nobody has to look, and which checks have failed all the same: those by which nobody pays."""
    failed = dict.fromkeys(
        reason_words(f"{_RULE}:{each.rule_id}")
        for each in findings
        if each.outcome == Finding.FAILED and each.severity != Finding.INFORMATION
    )
    if not failed:
        return "May pass without a person."
    return f"May pass without a person, since nobody pays by it, but look: {'; '.join(failed)}."


def _official(rule_id: str) -> str:
    # Here, so that commands that only call a server start without the rules.
    from en16931.rule_texts import rule_text

    text = rule_text(rule_id)
    return f"it is not so: {text.rstrip('.')}" if text else "a check failed"


def reason_words(reason: str, others: Others = NO_OTHERS) -> str:
    """Returns the sentence for a reason as the server tells it.

    `others` are the invoices by id of which one may be a duplicate, as far as they are still there.
    """
    code, _, subject = reason.partition(":")
    if code == DUPLICATE:
        return _duplicate(others.get(subject))
    if code == _RULE:
        return f"{_FAILED.get(subject) or _official(subject)} ({subject})"
    if code in _ABOUT and subject:
        return _ABOUT[code].format(field_words(subject))
    about = f" ({subject})" if subject else ""
    return _WHOLE.get(code, enum_words(code)) + about


def _duplicate(other: Invoice | None) -> str:
    if other is None:
        return "may be an invoice once more that came in before"
    known = [in_one_line(other.content.invoice_number)]
    if other.content.issue_date:
        known.append(f"of {other.content.issue_date}")
    if other.document.file_name:
        known.append(f"in {in_one_line(other.document.file_name)}")
    return f"may be {' '.join(known)} once more: `invoicectl get {start_of_id(other.name)}`"
