"""XML-01 to XML-04: what is odd about the XML of an e-invoice that could be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import PackName, finding_of
from en16931.xml_reading import XmlRemark
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A `Rule` on the document: one finding where the reader remarked this; the message names the lines."""

    rule_id: str
    remark: XmlRemark
    severity: Severity
    text: str
    fields: tuple[str, ...] = ()

    @property
    def pack(self) -> PackName:
        return OWN

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        lines = document.remarks.get(self.remark)
        if lines:
            failed = finding_of(self, Outcome.FAILED)
            named = ", ".join(str(line) for line in lines)
            yield replace(failed, message=f"{failed.message}: line {named}")


REMARK_RULES = (
    Remarked(
        rule_id="XML-01",
        remark=XmlRemark.ENCODING_CONTRADICTED,
        severity=Severity.WARNING,
        text="the bytes are of the encoding that the XML declares",
    ),
    Remarked(
        rule_id="XML-02",
        remark=XmlRemark.EXTENSIONS,
        severity=Severity.INFORMATION,
        text="the XML has no extensions, which are kept in the document and not read",
    ),
    Remarked(
        rule_id="XML-03",
        remark=XmlRemark.OTHER_TAX_SCHEME,
        severity=Severity.INFORMATION,
        text="the taxes are VAT, and of no other scheme such as GST or sales tax",
    ),
    Remarked(
        rule_id="XML-04",
        remark=XmlRemark.EMBEDDED_TYPE,
        severity=Severity.INFORMATION,
        text="the embedded documents are of the media types that are declared for them",
        fields=("supporting_documents",),
    ),
)
