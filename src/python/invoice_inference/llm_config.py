"""What Ray Serve LLM is told: the settings in its terms. Nothing of Ray is imported here."""

from typing import Any

from invoice_inference.settings import InferenceSettings

# Waiting longer for a health check than the longest step of the engine keeps a busy replica alive. Three checks that
# fail at once end a replica: one whose engine is dead is replaced after so many periods.
_HEALTH_SECONDS = 60
_HEALTH_PERIOD_SECONDS = 3


def llm_config(settings: InferenceSettings) -> dict[str, Any]:
    """Returns the fields of Ray's `LLMConfig`."""
    return {
        "model_loading_config": {
            "model_id": settings.model.name,
            "model_source": settings.model.source,
        },
        "engine_kwargs": engine_arguments(settings),
        "deployment_config": _deployment(settings),
        "runtime_env": {"env_vars": engine_environment(settings)},
        **_placement(settings),
    }


def engine_arguments(settings: InferenceSettings) -> dict[str, Any]:
    """Returns vLLM's arguments, without the model."""
    chosen = settings.engine.model_dump(exclude_none=True)
    return {
        **chosen,
        "seed": 0,
        "enable_prefix_caching": True,
        # Of the backends, the one whose every answer was valid JSON under a random model (docs/inference.md).
        "structured_outputs_config": {"backend": "guidance", "disable_any_whitespace": True},
    }


def engine_environment(settings: InferenceSettings) -> dict[str, str]:
    """Returns the environment variables that the engine's process must have."""
    invariant = {"VLLM_BATCH_INVARIANT": "1"} if settings.batch_invariant else {}
    return {**settings.environment, **invariant}


def _deployment(settings: InferenceSettings) -> dict[str, Any]:
    return {
        "max_ongoing_requests": settings.admission.max_ongoing_requests,
        "max_queued_requests": settings.admission.max_queued_requests,
        "autoscaling_config": settings.scaling.model_dump(),
        "health_check_period_s": _HEALTH_PERIOD_SECONDS,
        "health_check_timeout_s": _HEALTH_SECONDS,
    }


def _placement(settings: InferenceSettings) -> dict[str, Any]:
    if settings.accelerator is None:
        return {
            "accelerator_config": {"kind": "cpu"},
            "server_cls": "invoice_inference.cpu_server:CpuServer",
        }
    return {"accelerator_type": settings.accelerator}
