"""The profiles: what is served where, and how. Sizes and their arithmetic: `sizing.py`, docs/inference.md."""

from collections.abc import Mapping
from typing import Any

_MEBIBYTE = 1024 * 1024

# vLLM and Ray say nothing of prompts in logs, and ask nobody on the network.
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "RAYLLM_ENABLE_REQUEST_PROMPT_LOGS": "0",
    "VLLM_NO_USAGE_STATS": "1",
}

CPU: Mapping[str, Any] = {
    "model": {
        "name": "smollm2-135m-instruct",
        "source": "~/.local/share/invoicectl-inference/models/smollm2-135m-instruct",
        "licence": "Apache-2.0",
    },
    "engine": {
        "dtype": "bfloat16",
        "quantization": None,
        "tensor_parallel_size": 1,
        "max_model_len": 4096,
        "max_num_seqs": 16,
        "kv_cache_memory_bytes": 512 * _MEBIBYTE,
        "gpu_memory_utilization": None,
        "enforce_eager": True,
        "stream_interval": 10,
    },
    "admission": {"max_ongoing_requests": 64, "max_queued_requests": 64},
    "scaling": {"min_replicas": 1, "max_replicas": 1, "target_ongoing_requests": 16},
    "accelerator": None,
    "batch_invariant": False,
    "environment": {
        **_QUIET,
        "OMP_NUM_THREADS": "1",
        # PyTorch would compile the choice of a token at its first use, and an image has no compiler: the engine died of it.
        "TORCH_COMPILE_DISABLE": "1",
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    },
}

GPU: Mapping[str, Any] = {
    "model": {
        "name": "qwen2.5-14b-instruct",
        # Made from Qwen/Qwen2.5-14B-Instruct, and mounted by the RayService.
        "source": "/models/qwen2.5-14b-instruct",
        "licence": "Apache-2.0",
    },
    "engine": {
        "dtype": "bfloat16",
        "quantization": "fp8",
        "tensor_parallel_size": 1,
        "max_model_len": 4096,
        "max_num_seqs": 128,
        "kv_cache_memory_bytes": None,
        "gpu_memory_utilization": 0.9,
        "enforce_eager": False,
        "stream_interval": 10,
    },
    "admission": {"max_ongoing_requests": 128, "max_queued_requests": 256},
    "scaling": {"min_replicas": 1, "max_replicas": 4, "target_ongoing_requests": 96},
    "accelerator": "H100",
    "batch_invariant": True,
    "environment": _QUIET,
}

PROFILES: Mapping[str, Mapping[str, Any]] = {"cpu": CPU, "gpu": GPU}
