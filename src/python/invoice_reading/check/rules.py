"""All rules that are checked: those on the content, which a correction can change, and those on the document."""

from en16931.rules.cen import CEN
from en16931.rules.declared import Declared
from en16931.rules.rule import RulePack
from en16931.rules.sums import SUM_RULES
from invoice_reading.check.calendar_dates import CalendarDates
from invoice_reading.check.check_digits import Ibans, VatIdentifiers
from invoice_reading.check.date_order import DateOrder
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_xml_agreement import EmbeddedXmlAgreement
from invoice_reading.check.embedded_xml_readable import EmbeddedXmlReadable
from invoice_reading.check.hidden_text import HiddenText
from invoice_reading.check.hybrid_container import CONTAINER_RULES
from invoice_reading.check.line_amounts import LineAmounts, LineRates
from invoice_reading.check.line_sum import LineSum
from invoice_reading.check.pack import OWN
from invoice_reading.check.page_agreement import PAGE_RULES
from invoice_reading.check.registered_identifiers import RegisteredIdentifiers
from invoice_reading.check.specification import (
    JudgedVersion,
    KnownSpecification,
    RichEnoughProfile,
)
from invoice_reading.check.standard import STANDARD_RULES

# In the order in which findings are listed.
CONTENT_PACKS: tuple[RulePack[Declared], ...] = (
    RulePack(CEN, (*SUM_RULES, *STANDARD_RULES)),
    RulePack(
        OWN,
        (
            LineSum(),
            Ibans(),
            VatIdentifiers(),
            DateOrder(),
            LineAmounts(),
            LineRates(),
            RegisteredIdentifiers(),
            KnownSpecification(),
            RichEnoughProfile(),
            JudgedVersion(),
        ),
    ),
)
DOCUMENT_PACK: RulePack[CheckedDocument] = RulePack(
    OWN,
    (
        EmbeddedXmlReadable(),
        EmbeddedXmlAgreement(),
        HiddenText(),
        CalendarDates(),
        *CONTAINER_RULES,
        *PAGE_RULES,
    ),
)
CONTENT_RULES = frozenset(rule_id for pack in CONTENT_PACKS for rule_id in pack.rule_ids)
