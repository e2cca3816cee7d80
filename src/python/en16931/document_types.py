"""The document types of BT-3: what each UNTDID 1001 code of the list of BR-CL-01 is, and whether it is a credit note."""

from collections.abc import Mapping
from enum import StrEnum

from en16931.model import DocumentKind


class DocumentType(StrEnum):
    """The types that are told apart; DOCUMENT is one for which invoice would say too much."""

    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"
    SELF_BILLED = "SELF_BILLED"
    SELF_BILLED_CREDIT_NOTE = "SELF_BILLED_CREDIT_NOTE"
    DEBIT_NOTE = "DEBIT_NOTE"
    CORRECTED = "CORRECTED"
    PARTIAL = "PARTIAL"
    PREPAYMENT = "PREPAYMENT"
    PROFORMA = "PROFORMA"
    PAYMENT_REQUEST = "PAYMENT_REQUEST"
    DOCUMENT = "DOCUMENT"


_T = DocumentType
_TYPE_OF_CODE: Mapping[str, DocumentType] = {
    "71": _T.PAYMENT_REQUEST,  # for invoices that are past due
    "80": _T.DEBIT_NOTE,
    "81": _T.CREDIT_NOTE,
    "82": _T.INVOICE,  # metered services
    "83": _T.CREDIT_NOTE,
    "84": _T.DEBIT_NOTE,
    "102": _T.DOCUMENT,  # tax notification
    "130": _T.DOCUMENT,  # invoicing data sheet
    "202": _T.DOCUMENT,  # direct payment valuation
    "203": _T.DOCUMENT,  # provisional payment valuation
    "204": _T.DOCUMENT,  # payment valuation
    "211": _T.DOCUMENT,  # interim application for payment
    "218": _T.DOCUMENT,  # final payment request, work completed
    "219": _T.DOCUMENT,  # payment request, completed units
    "261": _T.SELF_BILLED_CREDIT_NOTE,
    "262": _T.CREDIT_NOTE,  # consolidated
    "295": _T.INVOICE,  # price variation
    "296": _T.CREDIT_NOTE,  # price variation
    "308": _T.CREDIT_NOTE,  # delcredere
    "325": _T.PROFORMA,
    "326": _T.PARTIAL,
    "331": _T.INVOICE,  # with a packing list
    "380": _T.INVOICE,
    "381": _T.CREDIT_NOTE,
    "382": _T.DOCUMENT,  # commission note
    "383": _T.DEBIT_NOTE,
    "384": _T.CORRECTED,
    "385": _T.INVOICE,  # consolidated
    "386": _T.PREPAYMENT,
    "387": _T.INVOICE,  # hire
    "388": _T.INVOICE,  # tax
    "389": _T.SELF_BILLED,
    "390": _T.INVOICE,  # delcredere
    "393": _T.INVOICE,  # factored
    "394": _T.INVOICE,  # lease
    "395": _T.INVOICE,  # consignment
    "396": _T.CREDIT_NOTE,  # factored
    "420": _T.CREDIT_NOTE,  # optical character reading payment
    "456": _T.DOCUMENT,  # debit advice
    "457": _T.DOCUMENT,  # reversal of debit
    "458": _T.CREDIT_NOTE,  # reversal of credit; the list has it among the credit notes
    "471": _T.CORRECTED,  # self-billed
    "472": _T.CORRECTED,  # factored
    "473": _T.CORRECTED,  # self-billed, factored
    "500": _T.PREPAYMENT,  # self-billed
    "501": _T.SELF_BILLED,  # factored
    "502": _T.SELF_BILLED_CREDIT_NOTE,  # factored
    "503": _T.CREDIT_NOTE,  # of a prepayment
    "527": _T.DEBIT_NOTE,  # self-billed
    "532": _T.CREDIT_NOTE,  # forwarder
    "553": _T.DOCUMENT,  # forwarder's invoice discrepancy report
    "575": _T.INVOICE,  # insurer
    "623": _T.INVOICE,  # forwarder
    "633": _T.DOCUMENT,  # port charges
    "751": _T.DOCUMENT,  # invoice information for accounting purposes
    "780": _T.INVOICE,  # freight
    "817": _T.DOCUMENT,  # claim notification
    "870": _T.INVOICE,  # consular
    "875": _T.PARTIAL,  # construction
    "876": _T.PARTIAL,  # construction, partial final
    "877": _T.INVOICE,  # construction, final
    "935": _T.INVOICE,  # customs
}

# In the terms of accounts payable; every other type of the list counts as an invoice.
_KIND_OF_TYPE: Mapping[DocumentType, DocumentKind] = {
    _T.CREDIT_NOTE: DocumentKind.CREDIT_NOTE,
    _T.SELF_BILLED_CREDIT_NOTE: DocumentKind.CREDIT_NOTE,
    _T.PREPAYMENT: DocumentKind.PREPAYMENT,
    _T.PROFORMA: DocumentKind.PROFORMA,
    _T.PAYMENT_REQUEST: DocumentKind.REMINDER,
}


def document_type_of(type_code: str) -> DocumentType | None:
    """Returns the type of a UNTDID 1001 code; None for a code that the list of BR-CL-01 does not have."""
    return _TYPE_OF_CODE.get(type_code)


def document_kind_of(type_code: str) -> DocumentKind:
    """Returns the kind of a UNTDID 1001 code, in the terms of accounts payable; what is not known is an invoice."""
    document_type = _TYPE_OF_CODE.get(type_code, DocumentType.INVOICE)
    return _KIND_OF_TYPE.get(document_type, DocumentKind.INVOICE)


CREDIT_NOTE_TYPE_CODES = tuple(
    code for code in _TYPE_OF_CODE if document_kind_of(code) is DocumentKind.CREDIT_NOTE
)
