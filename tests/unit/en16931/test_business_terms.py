import re

from en16931.business_terms import business_terms
from en16931.field_path import leaf_type
from en16931.terms.model_path import group_patterns


def test_all_164_terms_of_the_standard_appear_exactly_once() -> None:
    # BT-4 was never assigned in EN 16931-1:2017.
    expected = {f"BT-{number}" for number in range(1, 166) if number != 4}
    terms = business_terms()
    assert len(terms) == len(expected) == 164
    assert set(terms.values()) == expected


def test_all_32_groups_of_the_standard_appear() -> None:
    groups = {name for name in group_patterns() if name.startswith("BG-")}
    assert groups == {f"BG-{number}" for number in range(1, 33)}


def test_every_pattern_is_a_path_of_the_model() -> None:
    for pattern in business_terms():
        leaf_type(pattern.replace("[*]", "[0]"))


def test_terms_of_shared_groups_follow_their_place() -> None:
    terms = business_terms()
    assert terms["seller.postal_address.line_3"] == "BT-162"
    assert terms["seller_tax_representative.postal_address.country_code"] == "BT-69"
    assert terms["lines[*].period.end_date"] == "BT-135"
    assert terms["lines[*].item.name"] == "BT-153"
    assert not [path for path in terms if re.search(r"\bextras\b", path)]
