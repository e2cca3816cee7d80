"""All rules that are checked: those on the content, which a correction can change, and those on the document."""

from en16931.fatturapa.sums import FATTURAPA_SUMS
from en16931.model import InvoiceContent
from en16931.profiles import is_fatturapa, specification_of
from en16931.rules.cen import CEN
from en16931.rules.declared import Declared
from en16931.rules.derived_vat_amounts import VAT_AMOUNT
from en16931.rules.rule import RulePack
from en16931.rules.sums import SUM_RULES, SUMS
from invoice_reading.check.calendar_dates import CalendarDates
from invoice_reading.check.carried_sums import CarriedSums
from invoice_reading.check.check_digits import Ibans, VatIdentifiers
from invoice_reading.check.date_order import DateOrder
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_xml_agreement import EmbeddedXmlAgreement
from invoice_reading.check.embedded_xml_readable import EmbeddedXmlReadable
from invoice_reading.check.envelope_signature import EnvelopeSignature
from invoice_reading.check.hidden_text import HiddenText
from invoice_reading.check.hybrid_container import CONTAINER_RULES
from invoice_reading.check.line_amounts import LineAmounts, LineRates
from invoice_reading.check.line_sum import LineSum
from invoice_reading.check.one_invoice import OneInvoice
from invoice_reading.check.pack import OWN
from invoice_reading.check.page_agreement import PAGE_RULES
from invoice_reading.check.read_twice import ReadTwice
from invoice_reading.check.registered_identifiers import RegisteredIdentifiers
from invoice_reading.check.specification import (
    JudgedVersion,
    KnownSpecification,
    RichEnoughProfile,
)
from invoice_reading.check.standard import STANDARD_RULES
from invoice_reading.check.xml_remarks import REMARK_RULES

_OWN_RULES = (Ibans(), VatIdentifiers(), DateOrder(), RegisteredIdentifiers(), KnownSpecification())
_OF_EN16931: tuple[RulePack[Declared], ...] = (
    RulePack(CEN, (*SUM_RULES, *STANDARD_RULES)),
    RulePack(
        OWN,
        (
            LineSum(),
            *_OWN_RULES,
            LineAmounts(),
            LineRates(),
            RichEnoughProfile(),
            JudgedVersion(),
        ),
    ),
)
_OF_FATTURAPA: tuple[RulePack[Declared], ...] = (
    RulePack(CEN, (VAT_AMOUNT,)),
    FATTURAPA_SUMS,
    RulePack(OWN, _OWN_RULES),
)
# All there are on content, in the order in which findings are listed.
CONTENT_PACKS: tuple[RulePack[Declared], ...] = (_OF_EN16931[0], FATTURAPA_SUMS, _OF_EN16931[1])
# The rules of which each finding is kept, with its sides.
SUMS_IN_FULL = SUMS.rule_ids | FATTURAPA_SUMS.rule_ids
DOCUMENT_PACK: RulePack[CheckedDocument] = RulePack(
    OWN,
    (
        EmbeddedXmlReadable(),
        EmbeddedXmlAgreement(),
        HiddenText(),
        ReadTwice(),
        OneInvoice(),
        CarriedSums(),
        CalendarDates(),
        *CONTAINER_RULES,
        *PAGE_RULES,
        *REMARK_RULES,
        EnvelopeSignature(),
    ),
)
CONTENT_RULES = frozenset(rule_id for pack in CONTENT_PACKS for rule_id in pack.rule_ids)


def packs_of(content: InvoiceContent) -> tuple[RulePack[Declared], ...]:
    """Returns the packs that are asked of this content: those of EN 16931, or of the format that it names in BT-24."""
    return _OF_FATTURAPA if is_fatturapa(specification_of(content)) else _OF_EN16931
