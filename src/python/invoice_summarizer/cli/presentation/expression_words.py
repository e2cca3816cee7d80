"""Field paths and expressions of derivations as people read them; programs get them as they are."""

import re

_PATH = r"[a-z][a-z0-9_]*(?:\[(?:\d+|\*)\])?(?:\.[a-z][a-z0-9_]*(?:\[(?:\d+|\*)\])?)*"
_IN_TEXT = re.compile(rf"\b(number|date)\(({_PATH}), \d+, \d+\)")
_OF_ALL = re.compile(rf"\b(sum|nonzero|count)\(({_PATH})\)")
_FIELD = re.compile(rf"\b(?:{_PATH})(?!\()")
_STEP = re.compile(r"(\w+)(?:\[(\d+|\*)\])?")
_VAT = re.compile(r"\bvat\b")
_UNSAID = frozenset({"totals", "extras", "completeness"})
_OPERATION_WORDS = frozenset({"abs", "round", "days"})


def field_words(path: str) -> str:
    """Returns `net amount of line 1` for `lines[0].net_amount`."""
    steps = [match for match in _STEP.finditer(path) if match[1] not in _UNSAID or match[2]]
    return " of ".join(_step_words(match[1], match[2]) for match in reversed(steps)) or path


def paths_in(expression: str) -> frozenset[str]:
    """Returns the field paths that the expression names, those with `[*]` among them."""
    return frozenset(match[0] for match in _FIELD.finditer(expression)) - _OPERATION_WORDS


def expression_words(expression: str) -> str:
    """Returns the expression with its fields in words: `sum of net amount of each line - net amount of line 1`."""
    said: list[str] = []

    def keep(words: str) -> str:
        said.append(words)
        return f"\0{len(said) - 1}\0"

    def in_text(match: re.Match[str]) -> str:
        return keep(f"{match[1]} in {field_words(match[2])}")

    def of_all(match: re.Match[str]) -> str:
        group, _, value = match[2].rpartition("[*].")
        if match[1] == "nonzero":
            return keep(f"number of {field_words(group)} with {field_words(value)}")
        return keep(f"{'sum' if match[1] == 'sum' else 'number'} of {field_words(match[2])}")

    def field(match: re.Match[str]) -> str:
        return match[0] if match[0] in _OPERATION_WORDS else keep(field_words(match[0]))

    marked = _FIELD.sub(field, _OF_ALL.sub(of_all, _IN_TEXT.sub(in_text, expression)))
    return re.sub("\0(\\d+)\0", lambda match: said[int(match[1])], marked)


def _step_words(name: str, index: str | None) -> str:
    words = _VAT.sub("VAT", name.replace("_", " "))
    if index is None:
        return words
    each = words.removesuffix("s")
    return f"each {each}" if index == "*" else f"{each} {int(index) + 1}"
