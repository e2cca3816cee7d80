"""The page on inference has every setting of the profiles, with its values."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from invoice_inference.metrics import METRICS
from invoice_inference.profiles import CPU, GPU
from invoice_inference.settings import InferenceSettings
from markdown_page import code, page


def test_every_setting_is_on_the_page_with_its_values_and_no_other() -> None:
    rows = page("docs/inference.md").table("Profiles", "variable")
    documented = {row["variable"]: (row["`cpu`"], row["`gpu`"], row["meaning"]) for row in rows}
    assert documented == dict(_settings(InferenceSettings, "INFERENCE_", CPU, GPU))


def _settings(
    kind: type[BaseModel], prefix: str, cpu: Mapping[str, Any], gpu: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for name, field in kind.model_fields.items():
        variable = prefix + name.upper()
        # The first chooses the profile; the second is vLLM's own, and no setting of ours.
        if name in ("profile", "environment"):
            continue
        if isinstance(cpu[name], Mapping):
            part: Any = field.annotation
            yield from _settings(part, variable + "__", cpu[name], gpu[name])
        else:
            values = _shown(cpu[name]), _shown(gpu[name])
            yield f"`{variable}`", (*values, field.description or "")


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            return f"`{', '.join(value)}`"
        case _:
            return f"`{value}`"


def test_every_metric_is_on_the_page_and_no_other() -> None:
    rows = page("docs/inference.md").table("Metrics", "metric")
    documented = {code(row["metric"]): (row["type"], row["meaning"]) for row in rows}
    assert documented == METRICS
