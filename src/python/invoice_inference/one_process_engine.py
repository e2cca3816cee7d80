"""vLLM's engine in one process where one accelerator, or the processor, holds the model.

Ray Serve LLM puts a worker in a process of its own also there: a whole Python more to start, and a step of every token.
Named by RAYLLM_VLLM_ENGINE_CLS, which is Ray's way to another engine.
"""

from typing import Any

from ray.llm._internal.serve.engines.vllm.vllm_engine import VLLMEngine

ENGINE_CLASS = f"{__name__}:OneProcessEngine"


class OneProcessEngine(VLLMEngine):  # type: ignore[misc]
    """Ray's engine, but for where the model runs."""

    def _start_async_llm_engine(
        self, vllm_engine_args: Any, vllm_engine_config: Any, placement_group: Any
    ) -> Any:
        if vllm_engine_config.parallel_config.world_size == 1:
            vllm_engine_config.parallel_config.distributed_executor_backend = "uni"
        return super()._start_async_llm_engine(
            vllm_engine_args, vllm_engine_config, placement_group
        )
