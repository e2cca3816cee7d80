"""What came of the texts that a model was asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from summary_quality.judgement import Judgement
from summary_quality.page_parts import MODEL_HEADING
from summary_quality.quality_page import LANGUAGE_NAMES, STYLE_NAMES

from invoice_summarizer.domain.summary import Origin, Style
from invoice_summarizer.ports.language_model import ModelIdentity
from invoice_summarizer.use_cases.write_summary import Written

GOAL_PERCENT = 90  # of the texts shall be the model's


@dataclass(frozen=True, slots=True)
class ModelText:
    """A text, how it came about, and what is found in it, whoever wrote it in the end."""

    written: Written
    judgement: Judgement
    seconds: float

    @property
    def is_of_model(self) -> bool:
        return self.written.origin is Origin.MODEL


Texts = Mapping[tuple[str, Style], Sequence[ModelText]]  # by language and style


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    texts: Texts
    documents: str  # which they were, in words
    identity: ModelIdentity
    command: str
    at_once: int

    @property
    def every(self) -> list[ModelText]:
        return [text for texts in self.texts.values() for text in texts]


def model_goals_missed(measured: Measured) -> list[str]:
    """Returns what is not as it has to be; empty where all goals are held."""
    every = measured.every
    by_model = sum(each.is_of_model for each in every)
    wrong = {
        "required facts are left out": sum(each.judgement.missing for each in every),
        "figures are not bound": sum(each.judgement.unbound for each in every),
        "unsure values are said as facts": sum(each.judgement.unsure_as_facts for each in every),
        "directions of money are wrong": sum(
            not each.judgement.is_direction_right for each in every
        ),
        "texts are refused by the gate": sum(each.judgement.is_refused for each in every),
    }
    missed = [f"{count} {what}" for what, count in wrong.items() if count]
    if 100 * by_model < GOAL_PERCENT * len(every):
        missed.append(f"{by_model} of {len(every)} texts are the model's")
    return missed


def quality_of_model(measured: Measured) -> str:
    """Returns the model's part of the page, in Markdown."""
    identity = measured.identity
    missed = model_goals_missed(measured)
    goals = f"Missed: {'; '.join(missed)}." if missed else "All are held."
    return "\n".join(
        [
            MODEL_HEADING,
            "",
            "```sh",
            measured.command,
            "```",
            "",
            f"`{identity.model}` behind {identity.engine} was asked for texts on {measured.documents} in every language and every style that a model writes, {measured.at_once} at once. Each text was read again when it was finished. One line is always the templates'.",
            "",
            *_table(measured.texts),
            "",
            *_reasons(measured.every),
            "",
            "- **the model's** are texts that the model chose and the gate accepted. The others were written by the templates.",
            "- **added to** are texts of the model in which it had left out something that is required, which was added at the end.",
            "- **required**, **figures**, **unsure as facts** and **direction** are as above, of all texts.",
            "- **seconds** are the median and the longest that a caller waited for a text, with whatever else the machine did then.",
            "",
            f"Goals: at least {GOAL_PERCENT} % of the texts are the model's, all required facts said, all figures bound, no unsure value said as a fact, every direction right. {goals}",
        ]
    )


def _table(texts: Texts) -> Sequence[str]:
    rows = [
        (LANGUAGE_NAMES[language], STYLE_NAMES[style], of)
        for (language, style), of in texts.items()
    ]
    every = [text for of in texts.values() for text in of]
    return [
        "| language | style | texts | the model's | added to | required | figures | unsure as facts | direction | seconds |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_row(*row) for row in (*rows, ("all", "", every))),
    ]


def _row(language: str, style: str, of: Sequence[ModelText]) -> str:
    judged = [each.judgement for each in of]
    required, figures = sum(each.required for each in judged), sum(each.figures for each in judged)
    by_model = [each for each in of if each.is_of_model]
    seconds = [each.seconds for each in of]
    cells = (
        language,
        style,
        str(len(of)),
        f"{len(by_model)} ({len(by_model) / len(of):.0%})",
        str(sum(each.written.added_sentences > 0 for each in by_model)),
        f"{required - sum(each.missing for each in judged):,} of {required:,}",
        f"{figures - sum(each.unbound for each in judged):,} of {figures:,}",
        str(sum(each.unsure_as_facts for each in judged)),
        f"{sum(each.is_direction_right for each in judged)} of {len(judged)}",
        f"{median(seconds):.1f}, at most {max(seconds):.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _reasons(every: Sequence[ModelText]) -> Sequence[str]:
    reasons = Counter(
        reason for each in every if not each.is_of_model for reason in each.written.refusal_reasons
    )
    if not reasons:
        return ["The model gave every text that it was asked for."]
    return [
        "| why the templates wrote | texts |",
        "| --- | ---: |",
        *(f"| `{reason}` | {count} |" for reason, count in reasons.most_common()),
    ]
