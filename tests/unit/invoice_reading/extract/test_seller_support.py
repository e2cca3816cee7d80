"""The score of the seller's name tells names that are right from names that are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import msgspec
import pytest

from invoice_reading.certainty import DECISIVE_CONFIDENCE
from invoice_reading.extract.extract import extract
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.stages import Stages
from invoice_summarizer.samples import companies
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.wording import ENGLISH, GERMAN, Wording
from page_builder import column, page, text
from seller_pages import seller_pages

PATH = "seller.name"
WARNING = ReviewReason(ReviewCode.LOW_CONFIDENCE, PATH)
# On these pages nothing that a program could look at says that the name is wrong.
UNTOLD = {"agent_in_the_letterhead"}


@dataclass(frozen=True, slots=True)
class Scored:
    layout: str
    is_plain: bool
    is_right: bool
    confidence: float


def scored() -> Sequence[Scored]:
    found = []
    for made in seller_pages():
        reading = extract([made.page])
        confidence = reading.annotations[PATH].confidence
        assert confidence is not None and reading.content.seller is not None
        is_right = reading.content.seller.name == made.seller
        found.append(Scored(made.layout, made.is_plain, is_right, confidence))
    return found


def test_right_names_of_plain_pages_are_sure() -> None:
    plain = [one for one in scored() if one.is_plain and one.is_right]
    assert len(plain) > 120
    assert [one for one in plain if one.confidence < DECISIVE_CONFIDENCE] == []


def test_wrong_names_are_unsure() -> None:
    wrong = [one for one in scored() if not one.is_right and one.layout not in UNTOLD]
    assert len(wrong) > 120
    assert [one for one in wrong if one.confidence >= DECISIVE_CONFIDENCE] == []


def test_right_names_rank_over_wrong_ones() -> None:
    found = scored()
    right = [one.confidence for one in found if one.is_right]
    wrong = [one.confidence for one in found if not one.is_right]
    won = sum((a > b) + 0.5 * (a == b) for a, b in product(right, wrong))
    assert won / (len(right) * len(wrong)) > 0.9


@pytest.mark.parametrize("wording", [ENGLISH, GERMAN], ids=["english", "german"])
def test_clean_pages_warn_of_no_seller(wording: Wording) -> None:
    of_samples = [sample.expected for sample in sample_invoices()][:4]
    buyers = (companies.HANSEN, companies.VERRERIE, companies.HARBOUR_LANE, companies.ZUIDERHAVEN)
    for content, buyer in product(of_samples, buyers):
        data = printed(msgspec.structs.replace(content, buyer=buyer), wording)
        found = read(data, "", Stages(pdf_engine=MuPdfEngine()))
        assert found.content.seller and content.seller
        assert found.content.seller.name == content.seller.name
        assert WARNING not in found.review_reasons


def test_name_of_which_another_says_more_is_no_rival() -> None:
    read_page = extract(
        [
            page(
                text(40, 30, "Lambert SAS", 14),
                column(40, 49, ["8 rue Haute", "69001 Lyon"]),
                column(40, 150, ["Facturé à", "Verrerie du Midi SAS", "81000 Albi"]),
                text(40, 790, "Menuiserie Lambert SAS"),
            )
        ]
    )
    assert read_page.annotations[PATH].candidates == ()


def test_other_company_in_the_foot_is_a_rival() -> None:
    read_page = extract(
        [
            page(
                text(40, 30, "Lambert SAS", 14),
                column(40, 49, ["8 rue Haute", "69001 Lyon"]),
                column(40, 150, ["Facturé à", "Verrerie du Midi SAS", "81000 Albi"]),
                text(40, 790, "Charpente Moreau SARL"),
            )
        ]
    )
    found = read_page.annotations[PATH]
    assert [one.value for one in found.candidates] == ["Lambert SAS", "Charpente Moreau SARL"]
    assert found.confidence is not None and found.confidence < DECISIVE_CONFIDENCE
