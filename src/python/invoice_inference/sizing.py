"""How much of an accelerator a model takes, and how many answers are written at once on what is left.

Arithmetic only: nothing here was measured. Memory is what the accelerators report, in bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from invoice_inference.settings import AcceleratorName, EngineSettings

_MEBIBYTE = 1024 * 1024
# What one accelerator needs beside weights and cache: activations of the longest step, graphs, buffers.
_WORKING_BYTES = 2 * 1024 * _MEBIBYTE
_CACHE_BYTES_A_VALUE = 2
# What a summary has at most, with its prompt.
SUMMARY_TOKENS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """The shape of a decoder with grouped-query attention and a gated feed-forward part, as its config.json has it."""

    layers: int
    hidden_size: int
    intermediate_size: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    tied_embeddings: bool
    attention_bias: bool

    @property
    def embedding_parameters(self) -> int:
        """Returns the parameters of the embeddings of both ends; they stay in 16 bits, also where weights do not."""
        return self.vocabulary * self.hidden_size * (1 if self.tied_embeddings else 2)

    @property
    def layer_parameters(self) -> int:
        queries, keys = self.heads * self.head_size, self.kv_heads * self.head_size
        attention = 2 * self.hidden_size * queries + 2 * self.hidden_size * keys
        biases = queries + 2 * keys if self.attention_bias else 0
        norms = 2 * self.hidden_size
        return attention + biases + norms + 3 * self.hidden_size * self.intermediate_size

    @property
    def parameters(self) -> int:
        return self.layers * self.layer_parameters + self.embedding_parameters + self.hidden_size

    @property
    def cache_bytes_a_token(self) -> int:
        """Returns what the KV cache holds of a token: a key and a value in every layer and KV head."""
        return 2 * self.layers * self.kv_heads * self.head_size * _CACHE_BYTES_A_VALUE

    def weight_bytes(self, engine: EngineSettings) -> int:
        in_layers = self.parameters - self.embedding_parameters
        return in_layers * (1 if engine.quantization else 2) + self.embedding_parameters * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What a replica has on its accelerators, all of them together."""

    weight_bytes: int
    cache_bytes: int
    cache_tokens: int
    sequences: int


QWEN_2_5_14B = Architecture(
    layers=48,
    hidden_size=5120,
    intermediate_size=13824,
    heads=40,
    kv_heads=8,
    head_size=128,
    vocabulary=152_064,
    tied_embeddings=False,
    attention_bias=True,
)
SMOLLM2_135M = Architecture(
    layers=30,
    hidden_size=576,
    intermediate_size=1536,
    heads=9,
    kv_heads=3,
    head_size=64,
    vocabulary=49_152,
    tied_embeddings=True,
    attention_bias=False,
)
MEMORY_BYTES: Mapping[AcceleratorName, int] = {
    "L4": 23_034 * _MEBIBYTE,
    "A100-80G": 81_920 * _MEBIBYTE,
    "H100": 81_559 * _MEBIBYTE,
}


class DoesNotFit(Exception):
    """The weights leave no room for a single sequence."""


def size_of(model: Architecture, engine: EngineSettings, accelerator: AcceleratorName) -> Size:
    """Returns what fits where every sequence is as long as a summary may be. Raises DoesNotFit."""
    number = engine.tensor_parallel_size
    memory = int(MEMORY_BYTES[accelerator] * (engine.gpu_memory_utilization or 1.0)) * number
    weight_bytes = model.weight_bytes(engine)
    cache_bytes = memory - weight_bytes - number * _WORKING_BYTES
    cache_tokens = max(cache_bytes, 0) // model.cache_bytes_a_token
    sequences = cache_tokens // SUMMARY_TOKENS
    if sequences < 1:
        raise DoesNotFit(f"{engine.quantization or engine.dtype} weights on {number} {accelerator}")
    return Size(
        weight_bytes=weight_bytes,
        cache_bytes=cache_bytes,
        cache_tokens=cache_tokens,
        sequences=sequences,
    )
