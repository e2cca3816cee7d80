"""What may be said around the claims of a summary, and when."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    annotated,
    held,
    ordinary,
)

from en16931.field_path import replaced
from en16931.finding import Outcome
from en16931.model import CreditTransfer, InvoiceLine, Item, PaymentInstructions, VatBreakdown
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.segments import Segment, Slot, Text, bind
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Style


def codes(bound: BoundText, reading: Reading, language: str = "en") -> set[str]:
    return {refusal.code for refusal in verify_summary(bound, reading, language).refusals}


def codes_of(
    *pieces: str | Segment, reading: Reading | None = None, language: str = "en"
) -> set[str]:
    """The refusals of a text of words and, where a piece is a field path, slots."""
    held_reading = reading or ordinary()
    segments = [piece if not isinstance(piece, str) else _segment(piece) for piece in pieces]
    bound = bind(segments, held_reading.content, held_reading.annotations, language)
    return codes(bound, held_reading, language)


def _segment(piece: str) -> Segment:
    return Slot(piece[1:-1]) if piece.startswith("{") else Text(piece)


def changed(**fields: object) -> Reading:
    content = msgspec.structs.replace(ordinary().content, **fields)
    return held(content=content, annotations=annotated(content))


def test_sentences_in_another_order_and_number_than_the_templates_are_accepted() -> None:
    assert (
        codes_of(
            "The amount due is ",
            "{totals.amount_due}",
            ", payable by ",
            "{payment_due_date}",
            ".\nThe amount without VAT is ",
            "{totals.amount_without_vat}",
            ". Document to “",
            "{buyer.name}",
            "”. The amount due is ",
            "{totals.amount_due}",
            ".",
        )
        == set()
    )


@pytest.mark.parametrize(
    "pieces",
    [
        ("The total including VAT is ", "{totals.vat_amount}", "."),
        ("The amount without VAT is ", "{totals.amount_with_vat}", "."),
        ("The amount already paid is ", "{totals.amount_due}", "."),
        ("Document dated ", "{payment_due_date}", "."),
        ("Payment is due by ", "{issue_date}", "."),
        ("Document to ", "{seller.name}", "."),
        ("Document from “", "{buyer.name}", "”."),
        ("The amount due is “", "{totals.amount_due}", "”."),
        ("Document to ", "{buyer.name}", "."),  # a name with a figure in it
    ],
)
def test_claim_in_words_that_are_not_its_own_is_refused(pieces: Sequence[str]) -> None:
    assert codes_of(*pieces) == {RefusalCode.CLAIM_MISPLACED}


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_that_change_places_with_their_claims_are_refused(language: str) -> None:
    reading = ordinary()
    [pattern, *_] = PHRASES[language].totals
    swapped = (
        pattern.replace("totals.amount_with_vat", "?")
        .replace("totals.vat_amount", "totals.amount_with_vat")
        .replace("?", "totals.vat_amount")
        .translate(str.maketrans("[]", "||"))
        .replace("|", "")
    )
    pieces = [
        f"{{{piece}}}" if index % 2 else piece
        for index, piece in enumerate(swapped.replace("}", "{").split("{"))
    ]
    assert codes_of(*pieces, reading=reading, language=language) == {RefusalCode.CLAIM_MISPLACED}


@pytest.mark.parametrize(
    "words",
    [
        "The amount due is not ",
        "The amount due is nearly ",
        "The amount due was ",
        "Not the amount due is ",
        "the amount due is ",
        "The  amount due is ",
        "Amount due is ",
    ],
)
def test_words_that_are_not_listed_are_refused(words: str) -> None:
    assert codes_of(words, "{totals.amount_due}", ".") == {RefusalCode.WORDING_UNLISTED}


@pytest.mark.parametrize(
    "sentence",
    [
        "It has been paid.",
        "Please approve it",
        "Not.",
        "Die Rechnung ist bezahlt.",
        "The seller is trustworthy.",
        "less a bit",
        "A grand.",
    ],
)
def test_free_sentence_is_refused_wherever_it_stands(sentence: str) -> None:
    due = ("The amount due is ", "{totals.amount_due}", ".")
    assert codes_of(*due, f" {sentence}") == {RefusalCode.WORDING_UNLISTED}
    assert codes_of(f"{sentence} ", *due) == {RefusalCode.WORDING_UNLISTED}
    assert codes_of(f"{sentence}\n", *due) == {RefusalCode.WORDING_UNLISTED}


def test_refusal_names_the_sentence() -> None:
    reading = ordinary()
    bound = bind(
        [Text("The amount due is "), Slot("totals.amount_due"), Text(". It is paid. Document.")],
        reading.content,
        reading.annotations,
        "en",
    )
    [refusal] = verify_summary(bound, reading, "en").refusals
    assert bound.text[refusal.begin : refusal.end] == "It is paid."


def test_rows_of_vat_do_not_mix_in_a_sentence() -> None:
    rows = tuple(
        VatBreakdown(rate=Decimal(rate), tax_amount=Decimal(tax))
        for rate, tax in (("19", "190.00"), ("7", "7.00"))
    )
    reading = changed(vat_breakdown=rows)

    def said(rate: int, tax: int) -> set[str]:
        return codes_of(
            "VAT at ",
            f"{{vat_breakdown[{rate}].rate}}",
            " comes to ",
            f"{{vat_breakdown[{tax}].tax_amount}}",
            ".",
            reading=reading,
        )

    assert said(1, 1) == set()
    assert said(0, 1) == {RefusalCode.CLAIM_MISPLACED}


def test_account_stays_with_its_holder() -> None:
    transfers = tuple(
        CreditTransfer(account_identifier=account, account_name=name)
        for account, name in (("DE89370400440532013000", "Hansen"), ("12345", "Jansen"))
    )
    reading = changed(payment_instructions=PaymentInstructions(credit_transfers=transfers))
    group = "payment_instructions.credit_transfers"

    def said(account: int, name: int) -> set[str]:
        return codes_of(
            "Payment goes to account ",
            f"{{{group}[{account}].account_identifier}}",
            ", held by ",
            f"{{{group}[{name}].account_name}}",
            ".",
            reading=reading,
        )

    assert said(1, 1) == set()
    assert said(0, 1) == {RefusalCode.CLAIM_MISPLACED}


def lines(*amounts: str) -> Reading:
    return changed(
        lines=tuple(
            InvoiceLine(net_amount=Decimal(amount), item=Item(name=f"Item {letter}"))
            for letter, amount in zip("ABCDEFG", amounts, strict=False)
        )
    )


def listed(reading: Reading, heading: str, *indices: int, amounts: Sequence[int] = ()) -> set[str]:
    pieces = ["There are ", "{lines}", heading]
    for index, amount in zip(indices, amounts or indices, strict=True):
        pieces += [
            "\n• ",
            f"{{lines[{index}].item.name}}",
            ", amount ",
            f"{{lines[{amount}].net_amount}}",
        ]
    return codes_of(*pieces, reading=reading)


def test_list_of_lines_holds_all_of_them_once() -> None:
    reading = lines("5", "7")
    assert listed(reading, " lines:", 0, 1) == set()
    assert listed(reading, " lines:", 1, 0) == set()
    assert listed(reading, " lines:", 1) == {RefusalCode.STATEMENT_UNTRUE}
    assert listed(reading, " lines:", 1, 1) == {RefusalCode.STATEMENT_UNTRUE}
    assert listed(reading, " lines:", 0, 1, amounts=(1, 0)) == {RefusalCode.CLAIM_MISPLACED}
    assert listed(reading, " lines:") == {RefusalCode.WORDING_UNLISTED}


def test_list_of_the_largest_lines_holds_no_smaller_one() -> None:
    reading = lines("5", "-9", "7")
    heading = " lines, of which the largest are:"
    assert listed(reading, heading, 1, 2) == set()
    assert listed(reading, heading, 0, 1) == {RefusalCode.STATEMENT_UNTRUE}


def test_rule_that_holds_is_not_said_to_be_broken() -> None:
    reading = ordinary()
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    passed = (replace(finding, outcome=Outcome.PASSED) for finding in reading.findings)
    assert codes(bound, replace(reading, findings=tuple(passed))) == {RefusalCode.CLAIM_MISPLACED}


@pytest.mark.parametrize(
    "sentence",
    [
        "No rule that was checked is broken.",  # BR-CO-15 is
        "More rules do not hold.",  # which the text would have to name
        "The seller is not stated.",
        "The invoice number was read with low confidence.",
        "A further field is ambiguous.",
        "The document was not read in full.",
        "The seller is stated, but in a form that cannot be shown here.",
        "Nothing in this document could be stated with its place.",
    ],
)
def test_statement_that_does_not_hold_is_refused(sentence: str) -> None:
    reading = ordinary()
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    longer = replace(bound, text=f"{bound.text} {sentence}")
    assert codes(longer, reading) == {RefusalCode.STATEMENT_UNTRUE}
    assert codes(BoundText(text=sentence, claims=()), reading) <= {RefusalCode.STATEMENT_UNTRUE}


def test_statement_of_a_field_holds_as_long_as_the_field_is_so() -> None:
    content = replaced(ordinary().content, "payment_due_date", None)
    missing = {
        **annotated(content),
        "payment_due_date": FieldAnnotation(status=FieldStatus.ABSENT),
    }
    sentence = "Document. The due date is not stated."
    assert codes_of(sentence, reading=held(content, missing)) == set()
    assert codes_of(sentence) == {RefusalCode.STATEMENT_UNTRUE}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("seller.name", "Acme\u202eGmbH", "The seller is stated, but in a form that"),
        ("seller.name", "A1” total “5", "The seller is stated, but in a form that"),
        ("invoice_number", "\u200b", "The invoice number is stated, but in a form that"),
        ("totals.amount_due", Decimal("1E+40"), "The amount due is stated, but in a form that"),
        ("lines[0].item.name", "5" * 201, "A further field is stated, but in a form that"),
        ("purchase_order_reference", "A” B", "A further field is stated, but in a form that"),
    ],
)
def test_value_that_cannot_be_shown_is_said_to_be_left_out(
    path: str, value: object, said: str
) -> None:
    content = replaced(ordinary().content, path, value)
    reading = held(content, annotated(content))
    bound = summarize_by_template(reading, Style.FULL, "en")
    assert bound.text.endswith(f"{said} cannot be shown here.")
    assert codes(bound, reading) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_text_that_says_only_what_it_leaves_out_passes(style: Style, language: str) -> None:
    content = msgspec.structs.replace(type(ordinary().content)(), invoice_number="\u200b1")
    reading = held(content, annotated(content))
    bound = summarize_by_template(reading, style, language)
    assert PHRASES[language].left_out in bound.text
    assert codes(bound, reading, language) == set()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("RE-2024/0017", "RE-2024/0017"),
        ("#100", "#100"),
        ("paid", "“paid”"),
        ("paid in full", "“paid in full”"),
        ("of EUR 5.00", "“of EUR 5.00”"),
        ("EUR5.00", "“EUR5.00”"),
        ("5.00", "“5.00”"),
        ("-5", "“-5”"),
        ("100€", "“100€”"),
        ("17 000", "“17 000”"),
        ("EUR-100.00", "“EUR-100.00”"),
        ("EUR-100", "“EUR-100”"),
        ("5.000-EUR", "“5.000-EUR”"),
        ("100.00-", "“100.00-”"),
        ("RE-2024.17/A", "“RE-2024.17/A”"),
        ("RE-1/paid-in-full", "“RE-1/paid-in-full”"),
        ("1-not-due", "“1-not-due”"),
        ("1.not.due", "“1.not.due”"),
        ("RE-2024-17a", "RE-2024-17a"),
        ("IN-2024-A-17", "IN-2024-A-17"),
        ("dated 2024-01-01 from Acme", "“dated 2024-01-01 from Acme”"),
    ],
)
def test_number_that_could_be_words_or_an_amount_is_quoted(number: str, said: str) -> None:
    content = replaced(ordinary().content, "invoice_number", number)
    reading = held(content, annotated(content))
    bound = summarize_by_template(reading, Style.ONE_LINE, "en")
    assert bound.text.startswith(f"Invoice {said} dated")
    assert codes(bound, reading) == set()
    unquoted = codes_of("{type_code}", " ", "{invoice_number}", ".", reading=reading)
    assert unquoted == (set() if said == number else {RefusalCode.CLAIM_MISPLACED})


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
        ("GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 19"),
        ("12-34-56 12345678", "12-34-56 12345678"),
        ("PAID IN FULL", "“PAID IN FULL”"),
        ("EUR 5.00", "“EUR 5.00”"),
        ("EUR-5.00", "“EUR-5.00”"),
        ("1234 5.00", "“1234 5.00”"),
        ("MU17BOMM0101101030300200000MUR", "MU17 BOMM 0101 1010 3030 0200 000M UR"),
    ],
)
def test_account_in_groups_is_not_quoted(account: str, said: str) -> None:
    transfer = CreditTransfer(account_identifier=account)
    reading = changed(payment_instructions=PaymentInstructions(credit_transfers=(transfer,)))
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    assert f"Payment goes to account {said}." in bound.text
    assert codes(bound, reading) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_with_a_hole_is_part_of_a_sentence_that_the_gate_knows(language: str) -> None:
    phrases = PHRASES[language]
    lists = (*phrases.line, *phrases.one_line, *phrases.many_lines, *phrases.largest_lines)
    known = (*phrases.sentences(), *lists)
    assert {
        phrase
        for phrase in phrases.literals()
        if "{" in phrase and not any(phrase in sentence for sentence in known)
    } == set()


# Written down once more, so that no hole can come to stand in words of another field unseen.
_WORDS_OF_HOLES = {
    "en": {
        "issue_date": "dated",
        "seller.name": "from",
        "buyer.name": "to",
        "totals.amount_due": "amount due",
        "totals.amount_with_vat": "total",
        "totals.vat_amount": "VAT",
        "totals.amount_without_vat": "without VAT",
        "totals.paid_amount": "already paid",
        "payment_due_date": " by ",
        "vat.rate": "VAT at",
        "vat.taxable_amount": " on ",
        "vat.tax_amount": "comes to",
        "transfer.account_identifier": "goes to account",
        "transfer.account_name": "held by",
        "debit.debited_account_identifier": "direct debit from account",
        "debit.mandate_reference_identifier": "mandate",
        "payment_instructions.remittance_information": "payment reference",
        "purchase_order_reference": "purchase order",
        "preceding.reference": "earlier invoice",
        "preceding.issue_date": "dated",
        "line.invoiced_quantity": "quantity",
        "line.net_amount": "amount",
        "line.identifier": "line",
        "lines": "line",
        "finding.rule": "rule",
        "finding.residual": "difference",
    },
    "de": {
        "issue_date": "vom",
        "seller.name": "von",
        "buyer.name": " an ",
        "totals.amount_due": "Zahlbetrag",
        "totals.amount_with_vat": "Gesamtbetrag",
        "totals.vat_amount": "Umsatzsteuer",
        "totals.amount_without_vat": "ohne Umsatzsteuer",
        "totals.paid_amount": "bereits gezahlt",
        "payment_due_date": "am",
        "vat.rate": "zum Satz von",
        "vat.taxable_amount": " auf ",
        "vat.tax_amount": "beträgt",
        "transfer.account_identifier": "geht auf das Konto",
        "transfer.account_name": "Kontoinhaber",
        "debit.debited_account_identifier": "Lastschrift vom Konto",
        "debit.mandate_reference_identifier": "Mandat",
        "payment_instructions.remittance_information": "Verwendungszweck",
        "purchase_order_reference": "Bestellung",
        "preceding.reference": "frühere Rechnung",
        "preceding.issue_date": "vom",
        "line.invoiced_quantity": "Menge",
        "line.net_amount": "Betrag",
        "line.identifier": "Position",
        "lines": "Position",
        "finding.rule": "Regel",
        "finding.residual": "Differenz",
    },
    "fr": {
        "issue_date": " du ",
        "seller.name": "émetteur",
        "buyer.name": "destinataire",
        "totals.amount_due": "à payer",
        "totals.amount_with_vat": "montant total",
        "totals.vat_amount": "TVA",
        "totals.amount_without_vat": "hors TVA",
        "totals.paid_amount": "déjà payé",
        "payment_due_date": " le ",
        "vat.rate": "au taux de",
        "vat.taxable_amount": " sur ",
        "vat.tax_amount": "s’élève à",
        "transfer.account_identifier": "sur le compte",
        "transfer.account_name": "titulaire",
        "debit.debited_account_identifier": "prélevé sur le compte",
        "debit.mandate_reference_identifier": "mandat",
        "payment_instructions.remittance_information": "référence de paiement",
        "purchase_order_reference": "bon de commande",
        "preceding.reference": "facture antérieure",
        "preceding.issue_date": " du ",
        "line.invoiced_quantity": "quantité",
        "line.net_amount": "montant",
        "line.identifier": "ligne",
        "lines": "ligne",
        "finding.rule": "règle",
        "finding.residual": "écart",
    },
}
# The kind, the number and an item's name need no word; the sides of a sum are what the rule is about.
_WITHOUT_WORDS = {
    "kind",
    "invoice_number",
    "line.item.name",
    "line.item.description",
    "finding.left",
    "finding.right",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hole_stands_in_words_of_its_field(language: str) -> None:
    phrases, expected = PHRASES[language], _WORDS_OF_HOLES[language]
    seen = set()
    for phrase in phrases.literals():
        before, *rest = phrase.replace("[", "").replace("]", "").split("{")
        for piece in rest:
            hole, _, after = piece.partition("}")
            seen.add(hole)
            around = f" {before}|{after}".casefold()
            assert hole in _WITHOUT_WORDS or expected[hole].casefold() in around, phrase
            before = after
    assert seen == {*expected, *_WITHOUT_WORDS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_name_with_a_stop_ends_a_sentence_or_does_not(style: Style, language: str) -> None:
    content = ordinary().content
    for path in ("seller.name", "buyer.name", "lines[0].item.name"):
        content = replaced(content, path, "Acme Inc.")
    for left_out in ("buyer.name", "payment_due_date"):
        reading = held(content, annotated(content))
        assert codes(summarize_by_template(reading, style, language), reading, language) == set()
        content = replaced(content, left_out, None)
