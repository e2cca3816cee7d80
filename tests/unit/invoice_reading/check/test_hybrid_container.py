"""HYBRID-01 to 06: what Factur-X and ZUGFeRD ask of the PDF, each for itself."""

from dataclasses import replace

from en16931.finding import Outcome, Severity
from en16931.reader import read_xml
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoice, EmbeddedInvoices
from invoice_reading.check.hybrid_container import CONTAINER_RULES
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Attachment, PdfContainer
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from small_invoice import ubl_invoice

COFFEE = next(s for s in sample_invoices() if s.file_name == "muehlbach-hybrid.pdf")
FILE = Attachment(
    "factur-x.xml", "text/xml", cii_xml(COFFEE.expected), relationship="Data", associated=True
)
XMP = (
    b'<a xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"'
    b' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3"'
    b' fx:DocumentFileName="factur-x.xml" fx:ConformanceLevel="%s"/>'
)
SOUND = PdfContainer(XMP % b"EN 16931", ("GTS_PDFA1",))


def failed(file: Attachment = FILE, container: PdfContainer = SOUND) -> dict[str, Outcome]:
    reading = read_xml(file.data)
    embedded = EmbeddedInvoices(EmbeddedInvoice(reading, "0" * 64, file), readable=1)
    document = CheckedDocument(content=reading.content, embedded=embedded, container=container)
    found = [each for rule in CONTAINER_RULES for each in rule.check(document)]
    return {each.rule_id: each.outcome for each in found if each.outcome is not Outcome.PASSED}


def test_sound_container_passes() -> None:
    assert failed() == {}
    for relationship in ("Source", "Alternative"):
        assert failed(replace(FILE, relationship=relationship)) == {}


def test_each_fault_is_told_by_its_own_rule() -> None:
    fails = Outcome.FAILED
    assert failed(replace(FILE, relationship=None)) == {"HYBRID-01": fails}
    assert failed(replace(FILE, relationship="Supplement")) == {"HYBRID-01": fails}
    assert failed(replace(FILE, associated=False)) == {"HYBRID-02": fails}
    assert failed(replace(FILE, name="FACTUR-X.XML")) == {"HYBRID-03": fails, "HYBRID-04": fails}
    assert failed(container=replace(SOUND, output_intents=())) == {"HYBRID-05": fails}
    assert failed(container=replace(SOUND, metadata=XMP % b"BASIC")) == {"HYBRID-06": fails}


def test_without_metadata_no_profile_contradicts() -> None:
    assert failed(container=PdfContainer()) == {
        "HYBRID-04": Outcome.FAILED,
        "HYBRID-05": Outcome.FAILED,
        "HYBRID-06": Outcome.NOT_APPLICABLE,
    }
    unknown = replace(SOUND, metadata=XMP % b"PLATINUM")
    assert failed(container=unknown) == {"HYBRID-06": Outcome.NOT_DECIDABLE}


def test_xml_that_is_poorer_than_an_invoice_is_data() -> None:
    poorer = FILE.data.replace(b"urn:cen.eu:en16931:2017", b"urn:factur-x.eu:1p0:minimum")
    container = replace(SOUND, metadata=XMP % b"MINIMUM")
    assert failed(replace(FILE, data=poorer), container) == {}
    alternative = replace(FILE, data=poorer, relationship="Alternative")
    assert failed(alternative, container) == {"HYBRID-01": Outcome.FAILED}


def test_ubl_inside_is_no_factur_x() -> None:
    assert failed(replace(FILE, data=ubl_invoice(), name="any.xml"), PdfContainer()) == {}


def test_contradiction_alone_is_for_a_person() -> None:
    severities = {rule.rule_id: rule.severity for rule in CONTAINER_RULES}
    assert severities.pop("HYBRID-06") is Severity.WARNING
    assert set(severities.values()) == {Severity.INFORMATION}

    def reading(container: PdfContainer) -> Reading:
        pages = replace(MuPdfEngine()(COFFEE.data, PdfLimits()), container=container)
        return read(COFFEE.data, "", Stages(pdf_engine=lambda data, limits: pages))

    assert reading(PdfContainer()).review_reasons == ()
    [reason] = reading(replace(SOUND, metadata=XMP % b"BASIC")).review_reasons
    assert str(reason) == "RULE_FAILED:HYBRID-06"
