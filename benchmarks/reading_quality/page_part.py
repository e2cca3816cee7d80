"""What was read and judged, as a part of the page on quality."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import prod

from reading_quality.fit import FOLDS, fold_of
from reading_quality.labelled import Outcome, squashed
from reading_quality.ranking import Ranked, auroc, calibration_error, threshold
from reading_quality.readings import JudgedDocument
from summary_quality.page_parts import READING_HEADING

_PRECISION = 0.99

Documents = Sequence[JudgedDocument]


def part_of_reading(
    sources: Mapping[str, Documents], *, command: str, commit: str, day: date
) -> str:
    """Returns the part in Markdown, of documents of pages by the manifest that names them."""
    return "\n".join(
        [
            READING_HEADING,
            "",
            "```sh",
            command,
            "```",
            "",
            f"Measured at commit {commit} of {day}.",
            *(line for name, documents in sources.items() for line in _of_source(name, documents)),
            "",
            "- **right**, **wrong** and **missing** are the fields that are expected. Names on scans may differ by a letter in ten.",
            "- **AUROC** is how often a right value has a greater confidence than a wrong one, and **ECE** how far confidences are from the share of right values, in ten bins. The labelled documents are among those on which the curves were fitted; [on layouts that are not](benchmarks.md#confidence), confidences tell less.",
            "- **passed** are documents that would be ready without a person, and how many of them are all right. Of scans, few pass: those of which something else tells each value as well (`SCAN-01`).",
            f"- **at 99 %** is how many would pass if confidence decided where no check speaks against it, of scans too: the product over the values of a document. How much is asked is chosen on the layouts of the other {FOLDS - 1} of {FOLDS} folds, as the least at which {_PRECISION:.0%} of their documents that pass are all right.",
        ]
    )


def _of_source(name: str, documents: Documents) -> Iterator[str]:
    kinds = sorted({each.document.kind for each in documents})
    by_kind = {kind: [each for each in documents if each.document.kind == kind] for kind in kinds}
    sure = _sure_enough(documents)
    yield from ("", f"### `{name}`", "")
    yield "| kind | documents | right | wrong | missing | AUROC | ECE | passed | at 99 % |"
    yield f"| --- |{' ---: |' * 8}"
    for kind, of_kind in (*by_kind.items(), ("all", documents)):
        ranked = [pair for each in of_kind for pair in _ranked(each)]
        area = auroc(ranked)
        cells = (
            kind,
            str(len(of_kind)),
            *_outcomes(outcome for each in of_kind for outcome in each.outcomes.values()),
            "" if area is None else f"{area:.3f}",
            f"{calibration_error(ranked):.3f}",
            _passed([each for each in of_kind if each.passes], of_kind),
            _passed([each for each in of_kind if each.document.file in sure], of_kind),
        )
        yield f"| {' | '.join(cells)} |"
    fields = sorted({field for each in documents for field in each.outcomes})
    by_field = {
        field: [each.outcomes[field] for each in documents if field in each.outcomes]
        for field in fields
    }
    yield from ("", "| field | right | wrong | missing |", f"| --- |{' ---: |' * 3}")
    for field, outcomes in by_field.items():
        yield f"| `{field}` | {' | '.join(_outcomes(outcomes))} |"
    worst = max(fields, key=lambda field: _badness(by_field[field]))
    yield from ("", f"What was read for `{worst}`, the worst of them:", "")
    yield from ("| read | values | mean confidence |", "| --- | ---: | ---: |")
    yield from _confusion(worst, documents)


def _badness(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Returns the share of wrong values, then that of missing ones: a wrong one is worse."""
    return (
        outcomes.count(Outcome.WRONG) / len(outcomes),
        outcomes.count(Outcome.MISSING) / len(outcomes),
    )


def _outcomes(outcomes: Iterable[Outcome]) -> tuple[str, str, str]:
    counts = Counter(outcomes)
    right = f"{counts[Outcome.RIGHT]} ({counts[Outcome.RIGHT] / max(counts.total(), 1):.1%})"
    return right, str(counts[Outcome.WRONG]), str(counts[Outcome.MISSING])


def _passed(passing: Documents, of: Documents) -> str:
    right = sum(each.all_right for each in passing)
    return f"{len(passing)} ({len(passing) / len(of):.0%}), {right} right"


def _ranked(judged: JudgedDocument) -> Iterator[Ranked]:
    for field, confidence in judged.confidences.items():
        if judged.outcomes.get(field, Outcome.MISSING) is not Outcome.MISSING:
            yield confidence, judged.outcomes[field] is Outcome.RIGHT


def _sure_enough(documents: Documents) -> set[str]:
    """Returns the files that are as sure as other layouts ask, where no check speaks against passing."""
    found = set[str]()
    able = [each for each in documents if each.may_pass]
    for fold in range(FOLDS):
        others = [each for each in able if fold_of(each.document.family) != fold]
        least = threshold(((_sureness(each), each.all_right) for each in others), _PRECISION)
        inside = (each for each in able if fold_of(each.document.family) == fold)
        found |= {each.document.file for each in inside if _sureness(each) >= least}
    return found


def _sureness(judged: JudgedDocument) -> float:
    """Returns how likely all values are right together."""
    return prod(judged.confidences.values())


def _confusion(field: str, documents: Documents) -> Iterator[str]:
    found: dict[str, list[float]] = {}
    for each in documents:
        if field in each.outcomes:
            found.setdefault(_instead(field, each), []).append(each.confidences.get(field, 0.0))
    for read, confidences in sorted(found.items(), key=lambda item: -len(item[1])):
        mean = "" if read == "nothing" else f"{sum(confidences) / len(confidences):.3f}"
        yield f"| {read} | {len(confidences)} | {mean} |"


def _instead(field: str, judged: JudgedDocument) -> str:
    if judged.outcomes[field] is Outcome.RIGHT:
        return "what is expected"
    value = squashed(str(judged.values.get(field, "")))
    if not value:
        return "nothing"
    expected = judged.document.expected
    for other, truth in expected.items():
        if other != field and squashed(str(truth)) == value:
            return f"the value of `{other}`"
    truth = squashed(str(expected[field]))
    if value in truth:
        return "a part of it"
    return "it, and more" if truth in value else "something else"
