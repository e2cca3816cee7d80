"""What was judged, as the page of the documentation."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from summary_quality.judgement import Judgement

from invoice_summarizer.domain.summarizing.template import LONGEST_LINE
from invoice_summarizer.domain.summary import Style

Judged = Mapping[tuple[str, Style], Sequence[Judgement]]  # by language and style
_WORDS = {Style.SHORT: 50, Style.APPROVER: 120}
LANGUAGE_NAMES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
}
STYLE_NAMES = {
    Style.ONE_LINE: "one line",
    Style.SHORT: "short",
    Style.APPROVER: "approver",
    Style.FULL: "full",
}


def goals_missed(judged: Judged) -> list[str]:
    """Returns what is not as it has to be; empty where all goals are held."""
    every = [each for judgements in judged.values() for each in judgements]
    lines = [
        each.characters
        for (_, style), judgements in judged.items()
        if style is Style.ONE_LINE
        for each in judgements
    ]
    wrong = {
        "required facts are left out": sum(each.missing for each in every),
        "figures are not bound": sum(each.unbound for each in every),
        "unsure values are said as facts": sum(each.unsure_as_facts for each in every),
        "directions of money are wrong": sum(not each.is_direction_right for each in every),
        "summaries are refused by the gate": sum(each.is_refused for each in every),
        f"lines are longer than {LONGEST_LINE} characters": sum(
            length > LONGEST_LINE for length in lines
        ),
    }
    return [f"{count} {what}" for what, count in wrong.items() if count]


def quality_page(judged: Judged, documents: Mapping[str, int], command: str) -> str:
    """Returns the page in Markdown; `documents` says how many of each source were read."""
    counts = ", ".join(f"{count} {source}" for source, count in documents.items())
    return "\n".join(
        [
            "# Quality of summaries and of reading",
            "",
            "This page is written by the benchmarks that measure it: what the templates write, [what a model chooses](#texts-that-a-model-chooses), and [what is read from pages](#values-read-from-pages).",
            "",
            "```sh",
            command,
            "```",
            "",
            f"Every summary that the template writes of {counts} was read again from its finished text.",
            "",
            *_table(judged),
            "",
            "- **required** are the facts that the plan of the style demands, and how many of them the text says.",
            "- **figures** are the numerals, dates, amounts, currencies and accounts of the text, and how many lie in a claim.",
            "- **unsure as facts** are values below the confidence that is asked of their field, in conflict, or of a sum that does not close, in a sentence that does not say so.",
            "- **direction** is which way the money goes, held against a rule of the benchmark's own, which shares no code with what plans summaries.",
            f"- **length** is the longest one line in characters, of which {LONGEST_LINE} are allowed; for the other styles the median of words and the most. About 55 words are meant for the short style and 120 for approvers; what is wrong is never left out for room.",
            "",
            "Goals: all required facts said, all figures bound, no unsure value said as a fact, every direction right, no summary refused by the gate. "
            + (
                "All are held."
                if not (missed := goals_missed(judged))
                else f"Missed: {'; '.join(missed)}."
            ),
            "",
        ]
    )


def _table(judged: Judged) -> Iterable[str]:
    yield "| language | style | summaries | required | figures | unsure as facts | direction | refused | length |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (language, style), of in judged.items():
        required, figures = sum(each.required for each in of), sum(each.figures for each in of)
        cells = (
            LANGUAGE_NAMES[language],
            STYLE_NAMES[style],
            str(len(of)),
            f"{required - sum(each.missing for each in of):,} of {required:,}",
            f"{figures - sum(each.unbound for each in of):,} of {figures:,}",
            str(sum(each.unsure_as_facts for each in of)),
            f"{sum(each.is_direction_right for each in of)} of {len(of)}",
            str(sum(each.is_refused for each in of)),
            _length(style, of),
        )
        yield f"| {' | '.join(cells)} |"


def _length(style: Style, of: Sequence[Judgement]) -> str:
    if style is Style.ONE_LINE:
        return f"{max(each.characters for each in of)} characters"
    words = [each.words for each in of]
    return f"{median(words):.0f} words, at most {max(words)}"
