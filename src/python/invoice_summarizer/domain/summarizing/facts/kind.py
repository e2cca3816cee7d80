"""The kinds of facts: what a sentence of a summary can be about."""

from enum import StrEnum


class FactKind(StrEnum):
    """Each has its words in every language's table of phrases, and its weight in each style."""

    IDENTITY = "IDENTITY"  # kind, number, date, seller, buyer

    # Which way the money goes: a plan has one of these.
    TO_PAY = "TO_PAY"
    TO_PAY_TOTAL = "TO_PAY_TOTAL"  # no amount due is stated: the total is
    TO_PAY_REST = "TO_PAY_REST"  # no amount due is stated: the total less what was paid
    ASKED = "ASKED"  # an amount due that is of sums that do not close
    ASKED_IN_XML = "ASKED_IN_XML"  # an amount due that the page does not show
    ASKED_IN_PART = "ASKED_IN_PART"  # by a document of which a part was not read
    NOT_ASKED = "NOT_ASKED"  # an amount due that the terms of payment say is not to be paid
    CREDITED = "CREDITED"
    IN_OUR_FAVOUR = "IN_OUR_FAVOUR"  # less than nothing is due
    COLLECTED = "COLLECTED"  # by direct debit
    CHARGED_TO_CARD = "CHARGED_TO_CARD"
    PAID_ALREADY = "PAID_ALREADY"
    NOTHING_DUE = "NOTHING_DUE"
    NO_DEMAND = "NO_DEMAND"  # a receipt, a statement, a pro forma invoice
    AMOUNT_UNKNOWN = "AMOUNT_UNKNOWN"

    # Who else and what it refers to.
    PAYEE = "PAYEE"  # other than the seller
    PRECEDING_INVOICE = "PRECEDING_INVOICE"
    PURCHASE_ORDER = "PURCHASE_ORDER"
    CONTRACT = "CONTRACT"
    PROJECT = "PROJECT"
    BUYER_REFERENCE = "BUYER_REFERENCE"
    COST_CENTRE = "COST_CENTRE"
    PERIOD = "PERIOD"
    DELIVERED = "DELIVERED"

    # For what.
    PURCHASES = "PURCHASES"  # in one sentence
    PURCHASE_LIST = "PURCHASE_LIST"  # one below the other
    LINE = "LINE"
    LINE_COUNT = "LINE_COUNT"  # of all of them, where a writer picks some
    MORE_LINES = "MORE_LINES"

    # How much.
    TOTAL = "TOTAL"
    TOTAL_OF_SEVERAL_RATES = "TOTAL_OF_SEVERAL_RATES"  # with VAT at more than one rate
    NET = "NET"
    VAT_ROW = "VAT_ROW"
    NO_VAT = "NO_VAT"  # and why
    VAT_IN_ACCOUNTING_CURRENCY = "VAT_IN_ACCOUNTING_CURRENCY"
    PREPAID = "PREPAID"
    ALLOWANCE = "ALLOWANCE"
    CHARGE = "CHARGE"
    ROUNDED_UP = "ROUNDED_UP"
    ROUNDED_DOWN = "ROUNDED_DOWN"
    PRIOR_BALANCE = "PRIOR_BALANCE"

    # By when.
    DISCOUNT = "DISCOUNT"
    DISCOUNTS = "DISCOUNTS"  # of which one can be taken
    DISCOUNT_OF_SEVERAL = "DISCOUNT_OF_SEVERAL"
    INSTALMENTS = "INSTALMENTS"
    INSTALMENT = "INSTALMENT"
    PAYMENT_TERMS = "PAYMENT_TERMS"  # as they are written

    # To which account.
    ACCOUNT = "ACCOUNT"
    SEVERAL_ACCOUNTS = "SEVERAL_ACCOUNTS"
    ACCOUNT_OF_SEVERAL = "ACCOUNT_OF_SEVERAL"
    REMITTANCE = "REMITTANCE"

    # What is wrong.
    LINES_EXCEED_SUM = "LINES_EXCEED_SUM"
    LINES_BELOW_SUM = "LINES_BELOW_SUM"
    ALLOWANCES_EXCEED_SUM = "ALLOWANCES_EXCEED_SUM"
    ALLOWANCES_BELOW_SUM = "ALLOWANCES_BELOW_SUM"
    CHARGES_EXCEED_SUM = "CHARGES_EXCEED_SUM"
    CHARGES_BELOW_SUM = "CHARGES_BELOW_SUM"
    NET_TOO_HIGH = "NET_TOO_HIGH"
    NET_TOO_LOW = "NET_TOO_LOW"
    VAT_TOO_HIGH = "VAT_TOO_HIGH"
    VAT_TOO_LOW = "VAT_TOO_LOW"
    TOTAL_TOO_HIGH = "TOTAL_TOO_HIGH"
    TOTAL_TOO_LOW = "TOTAL_TOO_LOW"
    DUE_TOO_HIGH = "DUE_TOO_HIGH"
    DUE_TOO_LOW = "DUE_TOO_LOW"
    VAT_ROW_TOO_HIGH = "VAT_ROW_TOO_HIGH"
    VAT_ROW_TOO_LOW = "VAT_ROW_TOO_LOW"
    LINES_DIFFER_FROM_NET = "LINES_DIFFER_FROM_NET"  # information: lines may be gross
    HIDDEN_TEXT = "HIDDEN_TEXT"
    SEVERAL_INVOICES = "SEVERAL_INVOICES"  # may stand in the file
    CARRIED_SUMS_DIFFER = "CARRIED_SUMS_DIFFER"  # of pages, from the lines before them
    XML_BROKEN = "XML_BROKEN"
    XMLS_DIFFER = "XMLS_DIFFER"
    PROFILES_DIFFER = "PROFILES_DIFFER"  # in the XML and in the metadata of the PDF
    PAGES_PROVE_NOTHING = "PAGES_PROVE_NOTHING"  # of the XML inside the PDF
    NOT_ON_PAGE = "NOT_ON_PAGE"  # a field of the XML inside a PDF
    OTHER_ACCOUNT_ON_PAGE = "OTHER_ACCOUNT_ON_PAGE"
    CHECK_DIGITS_WRONG = "CHECK_DIGITS_WRONG"  # of an account or a VAT identifier
    DUE_BEFORE_ISSUE = "DUE_BEFORE_ISSUE"
    RULE_BROKEN = "RULE_BROKEN"  # any that has no words of its own

    # What a person has changed.
    CHANGED_BY_PERSON = "CHANGED_BY_PERSON"
    CHANGED_FIELDS = "CHANGED_FIELDS"  # several, in one sentence
    CHANGED_FIELD = "CHANGED_FIELD"
    CHANGED_FIELDS_MORE = "CHANGED_FIELDS_MORE"

    # What is unsure.
    UNSURE = "UNSURE"  # read with less confidence than is asked for
    AMBIGUOUS = "AMBIGUOUS"
    CONFLICT = "CONFLICT"
    ILLEGIBLE = "ILLEGIBLE"
    NOT_STATED = "NOT_STATED"  # in an e-invoice
    NOT_FOUND = "NOT_FOUND"  # on a page
    NOT_SHOWN = "NOT_SHOWN"  # stated, but no text can show it
    PAGES_NOT_READ = "PAGES_NOT_READ"
    ROWS_NOT_READ = "ROWS_NOT_READ"
    PARTIAL = "PARTIAL"
    NO_LINES = "NO_LINES"
    COMPLETENESS_UNKNOWN = "COMPLETENESS_UNKNOWN"
    SUMS_UNCHECKED = "SUMS_UNCHECKED"
    DUPLICATE_SUSPECTED = "DUPLICATE_SUSPECTED"
    OTHER_REASON = "OTHER_REASON"
    MORE_TO_CHECK = "MORE_TO_CHECK"  # than the style has room for

    # What happens next.
    READY = "READY"
    READY_WITH_FAILED_CHECK = "READY_WITH_FAILED_CHECK"
    REVIEW_PENDING = "REVIEW_PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    ARCHIVED = "ARCHIVED"


_K = FactKind
DIRECTIONS = frozenset(
    {
        _K.TO_PAY,
        _K.TO_PAY_TOTAL,
        _K.TO_PAY_REST,
        _K.ASKED,
        _K.ASKED_IN_XML,
        _K.ASKED_IN_PART,
        _K.NOT_ASKED,
        _K.CREDITED,
        _K.IN_OUR_FAVOUR,
        _K.COLLECTED,
        _K.CHARGED_TO_CARD,
        _K.PAID_ALREADY,
        _K.NOTHING_DUE,
        _K.NO_DEMAND,
        _K.AMOUNT_UNKNOWN,
    }
)
# Those of money that goes to an account of the seller or of the payee.
PAYABLE = frozenset(
    {
        _K.TO_PAY,
        _K.TO_PAY_TOTAL,
        _K.TO_PAY_REST,
        _K.ASKED,
        _K.ASKED_IN_XML,
        _K.ASKED_IN_PART,
        _K.AMOUNT_UNKNOWN,
    }
)
DEMANDS = PAYABLE | {_K.COLLECTED, _K.CHARGED_TO_CARD}
# Those of sums whose sides differ by an amount.
SUMS_THAT_DIFFER = frozenset(
    {
        _K.LINES_EXCEED_SUM,
        _K.LINES_BELOW_SUM,
        _K.NET_TOO_HIGH,
        _K.NET_TOO_LOW,
        _K.TOTAL_TOO_HIGH,
        _K.TOTAL_TOO_LOW,
        _K.DUE_TOO_HIGH,
        _K.DUE_TOO_LOW,
    }
)
CHANGES = frozenset({_K.CHANGED_BY_PERSON, _K.CHANGED_FIELDS})
