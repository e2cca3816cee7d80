"""Text that nobody sees changes nothing that is read, and somebody is told of it."""

from hidden_text_attacks import ALL, attacks, outcome


def test_no_hidden_text_changes_a_field_or_goes_unreported() -> None:
    found = outcome(attacks(ALL))
    assert found.tried.total() == 300
    assert len(found.tried) > 30
    assert +found.changed == {}
    assert +found.untold == {}


def test_attacks_are_the_same_each_time() -> None:
    first, second = list(attacks(40)), list(attacks(40))
    assert first == second
    assert len({attack.document for attack in first}) == 40
