"""HYBRID-01 to 06: is the PDF made as Factur-X and ZUGFeRD ask, and does it say of the XML what the XML says of itself?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import PackName, finding_of
from en16931.xml_reading import Syntax
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoice
from invoice_reading.check.hybrid_metadata import HybridMetadata, hybrid_metadata
from invoice_reading.check.pack import OWN
from invoice_reading.check.profile_names import may_be_same, profile_of_metadata, profile_of_xml

_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml"})
_RELATIONSHIPS = frozenset({"Data", "Source", "Alternative"})
# Too poor to be the invoice: the page is, and the XML is data of it.
_ONLY_DATA = frozenset({"MINIMUM", "BASICWL"})
_OF_FACTUR_X = frozenset({Syntax.CII, Syntax.ZUGFERD_1})
_PARTS_WITH_FILES = frozenset({"3", "4"})  # of PDF/A


@dataclass(frozen=True, slots=True)
class _Container:
    """The e-invoice that counts, the document that it lies in, and the metadata of that."""

    invoice: EmbeddedInvoice
    document: CheckedDocument
    metadata: HybridMetadata

    @property
    def profile(self) -> str | None:
        control = self.invoice.reading.content.process_control
        return profile_of_xml(control.specification_identifier if control is not None else None)


def _relationship(container: _Container) -> Outcome:
    allowed = {"Data"} if container.profile in _ONLY_DATA else _RELATIONSHIPS
    return _outcome(container.invoice.attachment.relationship in allowed)


def _associated(container: _Container) -> Outcome:
    return _outcome(container.invoice.attachment.associated)


def _file_name(container: _Container) -> Outcome:
    return _outcome(container.invoice.attachment.name in _NAMES)


def _metadata(container: _Container) -> Outcome:
    said = container.metadata
    is_named = said.file_name == container.invoice.attachment.name
    return _outcome(is_named and said.conformance_level is not None)


def _pdf_a(container: _Container) -> Outcome:
    intents = container.document.container.output_intents
    claims = container.metadata.pdf_a_part in _PARTS_WITH_FILES
    return _outcome(claims and "GTS_PDFA1" in intents)


def _profile(container: _Container) -> Outcome:
    level = container.metadata.conformance_level
    if level is None:
        return Outcome.NOT_APPLICABLE
    said, is_in_xml = profile_of_metadata(level), container.profile
    if said is None or is_in_xml is None:
        return Outcome.NOT_DECIDABLE
    return _outcome(may_be_same(said, is_in_xml))


def _outcome(holds: bool) -> Outcome:
    return Outcome.PASSED if holds else Outcome.FAILED


@dataclass(frozen=True, slots=True)
class ContainerRule:
    """A `Rule` on a PDF with an invoice in CII inside: one finding.

    What is wrong with the making of the file alone is information: the invoice can be read all the same.
    """

    rule_id: str
    text: str
    outcome: Callable[[_Container], Outcome]
    severity: Severity = Severity.INFORMATION
    fields: tuple[str, ...] = ()
    pack: PackName = OWN

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        invoice = document.embedded.chosen
        if invoice is not None and invoice.reading.syntax in _OF_FACTUR_X:
            container = _Container(invoice, document, hybrid_metadata(document.container.metadata))
            yield finding_of(self, self.outcome(container))


CONTAINER_RULES = (
    ContainerRule("HYBRID-01", "the PDF says how the XML is related to it", _relationship),
    ContainerRule("HYBRID-02", "the PDF as a whole names the XML as its file", _associated),
    ContainerRule("HYBRID-03", "the XML has a standard file name", _file_name),
    ContainerRule("HYBRID-04", "the metadata name the file and the profile", _metadata),
    ContainerRule("HYBRID-05", "the PDF is a PDF/A-3 with an output intent", _pdf_a),
    ContainerRule(
        "HYBRID-06",
        "the profile in the metadata of the PDF is that of the XML",
        _profile,
        severity=Severity.WARNING,
        fields=("process_control.specification_identifier",),
    ),
)
