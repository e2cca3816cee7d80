from collections.abc import Mapping

import pytest

from en16931.binding.path import compile_path
from en16931.hardened_xml import parse_xml

NAMESPACES = {"p": "urn:p"}
ROOT = parse_xml(b"""<p:r xmlns:p="urn:p">
  <p:a kind="VA"><p:t>x</p:t></p:a>
  <p:a kind=" fc "><p:t> </p:t></p:a>
  <p:a><p:t>y</p:t><p:code>130</p:code></p:a>
</p:r>""")


def _texts(path: str, variables: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    nodes = compile_path(path, NAMESPACES).texts(ROOT, "/p:r", variables or {})
    return [(node.xpath, node.text) for node in nodes]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("p:a/p:t", [("/p:r/p:a[1]/p:t", "x"), ("/p:r/p:a[3]/p:t", "y")]),
        ("p:a[@kind='va']/p:t", [("/p:r/p:a[1]/p:t", "x")]),
        ("p:a[@kind='FC']/@kind", [("/p:r/p:a[2]/@kind", " fc ")]),
        ("p:a[not(@kind)]/p:t", [("/p:r/p:a[3]/p:t", "y")]),
        ("p:a[p:code='130']/p:t", [("/p:r/p:a[3]/p:t", "y")]),
        ("p:a[not(p:code='130' or @kind='FC')]/p:t", [("/p:r/p:a[1]/p:t", "x")]),
        ("p:a[p:code][not(@kind)]/p:t", [("/p:r/p:a[3]/p:t", "y")]),
        ("p:a/p:code", [("/p:r/p:a[3]/p:code", "130")]),
        (".[p:a]/p:a[@kind='VA']/p:t", [("/p:r/p:a[1]/p:t", "x")]),
        (".[p:b]/p:a/p:t", []),
        ("p:b/p:t", []),
    ],
)
def test_paths_select_as_xpath_would(path: str, found: list[tuple[str, str]]) -> None:
    assert _texts(path) == found


def test_a_variable_without_a_value_selects_nothing() -> None:
    assert _texts("p:a[@kind=$kind]/p:t") == []
    assert _texts("p:a[@kind=$kind]/p:t", {"kind": "VA"}) == [("/p:r/p:a[1]/p:t", "x")]


@pytest.mark.parametrize("path", ["p:a/p:t", "p:a/p:code", "p:b", "p:a[@kind='fc']/@kind", "."])
def test_first_text_is_the_first_of_texts(path: str) -> None:
    compiled = compile_path(path, NAMESPACES)
    first = next(compiled.texts(ROOT, "/p:r", {}), None)
    assert compiled.first_text(ROOT, "/p:r", {}) == first


@pytest.mark.parametrize("path", ["", "p:a//p:b", "p:a[", "@x/p:a", "p:a[p:b=1]", "/p:a/"])
def test_what_is_outside_the_grammar_is_refused(path: str) -> None:
    with pytest.raises(ValueError):
        compile_path(path, NAMESPACES)


def test_an_unknown_prefix_is_refused() -> None:
    with pytest.raises(KeyError):
        compile_path("q:a", NAMESPACES)
