"""The packs that are checked."""

from en16931.rules.sums import SUMS
from invoice_reading.check.rules import CONTENT_PACKS, CONTENT_RULES, DOCUMENT_PACK


def test_rules_on_the_content_and_on_the_document_share_no_id() -> None:
    assert SUMS.rule_ids < CONTENT_RULES
    assert not CONTENT_RULES & DOCUMENT_PACK.rule_ids
    ids = [rule.rule_id for pack in CONTENT_PACKS for rule in pack.rules]
    assert len(ids) == len(set(ids))


def test_each_rule_names_the_pack_that_it_is_in() -> None:
    for pack in CONTENT_PACKS:
        assert {rule.pack for rule in pack.rules} == {pack.name}
    assert {rule.pack for rule in DOCUMENT_PACK.rules} == {DOCUMENT_PACK.name}
