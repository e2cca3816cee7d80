"""The page on quality: each command writes its part and leaves the other, and goals that are missed are named."""

from pathlib import Path

from summary_quality.judgement import judged
from summary_quality.model_judgement import (
    Measured,
    ModelText,
    model_goals_missed,
    quality_of_model,
)
from summary_quality.page_parts import model_part, template_part, write_page

from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import BoundText, Origin, Provenance, Style
from invoice_summarizer.ports.language_model import ModelIdentity
from invoice_summarizer.use_cases.write_summary import Written
from summary_corruptions.readings import sample_readings

LANGUAGE, STYLE = "en", Style.FULL


def text(origin: Origin, *, without_last: bool = False) -> ModelText:
    [(_, reading), *_] = sample_readings()
    plan = InvoicePlan(reading, None)
    bound = summarize_plan(plan, STYLE, LANGUAGE)
    if without_last:
        end = bound.text.index(" The total")
        bound = BoundText(
            text=bound.text[:end], claims=tuple(c for c in bound.claims if c.end <= end)
        )
    reasons = () if origin is Origin.MODEL else ("ANSWER_CUT",)
    written = Written(
        text=bound,
        origin=origin,
        provenance=Provenance(engine="memory", build="1"),
        refusal_reasons=reasons,
    )
    return ModelText(written, judged(plan, bound, STYLE, LANGUAGE), 1.5)


def measured(*texts: ModelText) -> Measured:
    return Measured(
        texts={(LANGUAGE, STYLE): texts},
        documents="1 sample",
        identity=ModelIdentity(engine="memory 1", model="small"),
        command="./pants run benchmarks:model_summaries",
        at_once=1,
    )


def test_goals_are_held_by_nine_of_ten_whole_texts_of_the_model() -> None:
    texts = [text(Origin.MODEL)] * 9 + [text(Origin.TEMPLATE_AFTER_REFUSAL)]
    assert model_goals_missed(measured(*texts)) == []
    page = quality_of_model(measured(*texts))
    assert "| English | full | 10 | 9 (90%) | 0 |" in page
    assert "| `ANSWER_CUT` | 1 |" in page
    assert page.endswith("All are held.")


def test_missed_goals_are_named() -> None:
    assert model_goals_missed(measured(text(Origin.TEMPLATE_AFTER_REFUSAL))) == [
        "0 of 1 texts are the model's"
    ]
    missed = model_goals_missed(measured(text(Origin.MODEL, without_last=True)))
    assert any(each.endswith("required facts are left out") for each in missed)
    assert "1 texts are refused by the gate" in missed


def test_each_part_of_the_page_is_written_without_the_other(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    assert (template_part(page), model_part(page)) == ("", "")
    of_model = quality_of_model(measured(text(Origin.MODEL)))
    write_page(page, "# Quality\n\nTemplates.\n", "")
    write_page(page, template_part(page), of_model)
    assert model_part(page).strip() == of_model
    write_page(page, "# Quality\n\nTemplates again.\n", model_part(page))
    assert template_part(page).strip() == "# Quality\n\nTemplates again."
    assert model_part(page).strip() == of_model
