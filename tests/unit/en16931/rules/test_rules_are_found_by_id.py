"""Whoever looks for the id of a rule in the sources finds the rule: no id is put together, and each stands in one module."""

import re
from collections import defaultdict
from pathlib import Path

import en16931.judgement
from en16931.judgement import ALL_PACKS

_SOURCES = Path(en16931.judgement.__file__).parent
_BY_SYNTAX = ("ubl", "cii")  # codes and structure, which each syntax has for itself
_ID_IN_CODE = re.compile(r"""^\s*"?((?:BR|UBL|CII|PEPPOL)-[A-Za-z0-9-]+)["\s]""", re.M)
_ID_IN_CALL = re.compile(r"""[(=]"((?:BR|UBL|CII|PEPPOL)-[A-Za-z0-9-]+)"[,:]""")


def _modules_by_id() -> dict[str, set[str]]:
    modules: dict[str, set[str]] = defaultdict(set)
    for path in _SOURCES.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for rule_id in (*_ID_IN_CODE.findall(text), *_ID_IN_CALL.findall(text)):
            modules[rule_id].add(path.relative_to(_SOURCES).as_posix())
    return modules


def test_every_rule_is_written_with_its_id() -> None:
    written = _modules_by_id()
    rule_ids = {rule_id for pack in ALL_PACKS for rule_id in pack.rule_ids}
    assert sorted(rule_ids - written.keys()) == []
