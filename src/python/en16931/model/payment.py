"""How it is paid: BG-16 to BG-19."""

from typing import Annotated

from en16931.model.term import Group, Term


class CreditTransfer(Group, frozen=True, kw_only=True):
    account_identifier: Annotated[str, Term("BT-84")] | None = (
        None  # IBAN or another account number
    )
    account_name: Annotated[str, Term("BT-85")] | None = None
    service_provider_identifier: Annotated[str, Term("BT-86")] | None = None  # BIC


class PaymentCard(Group, frozen=True, kw_only=True):
    primary_account_number: Annotated[str, Term("BT-87")] | None = (
        None  # at most the first 6 and last 4 digits
    )
    holder_name: Annotated[str, Term("BT-88")] | None = None


class DirectDebit(Group, frozen=True, kw_only=True):
    mandate_reference_identifier: Annotated[str, Term("BT-89")] | None = None
    bank_assigned_creditor_identifier: Annotated[str, Term("BT-90")] | None = None
    debited_account_identifier: Annotated[str, Term("BT-91")] | None = None


class PaymentInstructions(Group, frozen=True, kw_only=True):
    means_type_code: Annotated[str, Term("BT-81")] | None = None  # UNTDID 4461
    means_text: Annotated[str, Term("BT-82")] | None = None
    remittance_information: Annotated[str, Term("BT-83")] | None = None
    credit_transfers: Annotated[tuple[CreditTransfer, ...], Term("BG-17")] = ()
    payment_card: Annotated[PaymentCard, Term("BG-18")] | None = None
    direct_debit: Annotated[DirectDebit, Term("BG-19")] | None = None
