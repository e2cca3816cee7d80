"""Ray's server of a model, for the processor: two processes fewer than where accelerators hold the model.

Ray Serve LLM puts vLLM's worker in a process of its own, which costs a start, 0.7 GB and a step for every token, and
counts its users in another. Named by the field `server_cls`, which is Ray's way to another server.
"""

from typing import Any

from ray.llm._internal.serve.engines.vllm.vllm_engine import VLLMEngine  # pants: no-infer-dep
from ray.serve.llm.deployment import LLMServer  # pants: no-infer-dep


class OneProcessEngine(VLLMEngine):  # type: ignore[misc]
    """Ray's engine, with the model in the engine's own process."""

    def _start_async_llm_engine(
        self, vllm_engine_args: Any, vllm_engine_config: Any, placement_group: Any
    ) -> Any:
        vllm_engine_config.parallel_config.distributed_executor_backend = "uni"
        return super()._start_async_llm_engine(
            vllm_engine_args, vllm_engine_config, placement_group
        )


class CpuServer(LLMServer):  # type: ignore[misc]
    """Ray's server, with that engine, and without the actor that tells Ray's makers of it."""

    _default_engine_cls = OneProcessEngine

    async def _start_engine(self) -> None:
        await self.engine.start()
