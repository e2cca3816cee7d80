"""Whatever a model would say, the engine lets only JSON of the schema through: tried with random weights."""

import json
from typing import Any

import jsonschema  # pants: no-infer-dep
import pytest
from vllm import LLM, SamplingParams  # pants: no-infer-dep
from vllm.sampling_params import StructuredOutputsParams  # pants: no-infer-dep

from invoice_inference.llm_config import engine_arguments
from invoice_inference.place import InferencePlace
from invoice_inference.settings import cpu_settings
from slot_answers import MESSAGES, SCHEMA

ANSWERS = 200


@pytest.fixture(scope="module")
def engine(place: InferencePlace) -> LLM:
    arguments = engine_arguments(cpu_settings(place.random_model, name="random"))
    # Of an engine that serves; this one answers a list and ends.
    del arguments["stream_interval"]
    return LLM(model=str(place.random_model), **arguments)


def test_every_finished_answer_of_random_weights_keeps_the_schema(engine: LLM) -> None:
    finished = [answer for answer in _answers(engine) if answer.finish_reason == "stop"]
    assert len(finished) > ANSWERS / 10
    for answer in finished:
        jsonschema.validate(json.loads(answer.text), SCHEMA)


def _answers(engine: LLM) -> list[Any]:
    sampling = SamplingParams(
        n=ANSWERS,
        temperature=1.0,
        seed=7,
        max_tokens=400,
        structured_outputs=StructuredOutputsParams(json=json.dumps(SCHEMA)),
    )
    [output] = engine.chat([MESSAGES], sampling, use_tqdm=False)
    return list(output.outputs)
