"""What a served model is: one tree of settings for every profile, read from the environment at the entry point.

A profile (`cpu`, `gpu`) gives every value; a variable `INFERENCE_...` replaces one of them, two underscores go one level
down: `INFERENCE_ENGINE__MAX_NUM_SEQS=64`.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from invoice_inference.profiles import PROFILES

ProfileName = Literal["cpu", "gpu"]
AcceleratorName = Literal["L4", "A100-80G", "H100"]  # as Ray calls them


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class ModelSettings(_Part):
    """Which weights are served, and under which name."""

    name: str = Field(description="Name that callers ask for.")
    source: Annotated[str, AfterValidator(os.path.expanduser)] = Field(
        description="Folder of the model, or its name on the hub that the cluster uses."
    )
    licence: str = Field(description="Licence of the weights, as SPDX has it.")


class EngineSettings(_Part):
    """How vLLM runs; every field is vLLM's argument of the same name."""

    dtype: Literal["bfloat16", "float16"] = Field(description="Type of weights and activations.")
    quantization: Literal["fp8"] | None = Field(
        description="How weights are kept smaller; none keeps them as `dtype` says."
    )
    tensor_parallel_size: int = Field(ge=1, description="Accelerators that hold one replica.")
    max_model_len: int = Field(ge=512, description="Tokens of a prompt and its answer together.")
    max_num_seqs: int = Field(ge=1, description="Answers that the engine writes at once.")
    kv_cache_memory_bytes: int | None = Field(
        description="Memory of the KV cache; none takes what `gpu_memory_utilization` leaves."
    )
    gpu_memory_utilization: float | None = Field(
        gt=0, le=1, description="Share of an accelerator's memory that the engine may take."
    )
    enforce_eager: bool = Field(description="Whether no graphs are compiled at the start.")
    stream_interval: int = Field(ge=1, description="Tokens that a streamed chunk brings.")


class AdmissionSettings(_Part):
    """What a replica takes on before it refuses with HTTP 503."""

    max_ongoing_requests: int = Field(ge=1, description="Requests that a replica holds at once.")
    max_queued_requests: int = Field(
        ge=0, description="Requests that wait for a place; those beyond are refused."
    )


class ScalingSettings(_Part):
    """How Ray Serve scales replicas of the model. Nothing else scales them."""

    min_replicas: int = Field(ge=0, description="Least replicas.")
    max_replicas: int = Field(ge=1, description="Most replicas.")
    target_ongoing_requests: int = Field(
        ge=1, description="Requests a replica for which replicas are added and taken away."
    )

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.min_replicas > self.max_replicas:
            raise ValueError("min_replicas must not be above max_replicas")
        return self


class InferenceSettings(BaseSettings):
    """The whole of a profile, with what the environment says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="INFERENCE_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    profile: ProfileName = Field(default="cpu", description="Where the values come from.")
    model: ModelSettings
    engine: EngineSettings
    admission: AdmissionSettings
    scaling: ScalingSettings
    accelerator: AcceleratorName | None = Field(
        description="Accelerator that a replica runs on; none is the processor."
    )
    batch_invariant: bool = Field(
        description="Whether an answer is the same however requests are batched, at some cost."
    )
    environment: dict[str, str] = Field(description="Environment variables of the engine.")

    def __init__(self, **explicit: Any) -> None:
        """What is explicit goes before the environment, and the environment before the profile."""
        super().__init__(**explicit)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _ProfileSource(settings_cls)


class _ProfileSource(PydanticBaseSettingsSource):
    """The values of the profile that the sources before it name."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self()[field_name], field_name, False

    def __call__(self) -> dict[str, Any]:
        return dict(PROFILES.get(self.current_state.get("profile", "cpu"), {}))


def profile_settings(profile: str) -> InferenceSettings:
    """Returns the settings of the profile, with what the environment says otherwise."""
    return InferenceSettings(profile=profile)


def cpu_settings(model_folder: Path, *, name: str) -> InferenceSettings:
    """Returns those of the CPU profile, for a folder that `scripts/install-inference` made."""
    return InferenceSettings(profile="cpu", model={"source": str(model_folder), "name": name})
