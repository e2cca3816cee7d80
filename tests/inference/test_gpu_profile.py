"""The profile for GPUs is one that Ray and vLLM take; that it runs is not shown here."""

from ray.serve.llm import LLMConfig  # pants: no-infer-dep
from vllm.engine.arg_utils import AsyncEngineArgs  # pants: no-infer-dep

from invoice_inference.llm_config import engine_arguments, llm_config
from invoice_inference.place import InferencePlace
from invoice_inference.settings import profile_settings


def test_engine_has_every_argument_of_the_profile(place: InferencePlace) -> None:
    arguments = engine_arguments(profile_settings("gpu"))
    engine = AsyncEngineArgs(model=str(place.random_model), **arguments)
    assert engine.max_num_seqs == 128
    assert engine.quantization == "fp8"


def test_ray_takes_the_configuration_of_the_profile() -> None:
    config = LLMConfig(**llm_config(profile_settings("gpu")))
    assert config.accelerator_type == "H100"
    assert config.deployment_config["max_queued_requests"] == 256
