"""The arithmetic of sizes, and that the page on inference says what it gives."""

import pytest

from invoice_inference.profiles import GPU
from invoice_inference.sizing import (
    A100,
    H100,
    L4,
    QWEN_2_5_14B,
    SMOLLM2_135M,
    DoesNotFit,
    WeightType,
    size_of,
)
from markdown_page import page

_ACCELERATORS = {accelerator.name: accelerator for accelerator in (L4, A100, H100)}
_GIB = 1024**3


def test_parameters_are_those_that_the_makers_tell() -> None:
    assert round(QWEN_2_5_14B.parameters / 1e9, 1) == 14.8
    assert round((QWEN_2_5_14B.parameters - QWEN_2_5_14B.embedding_parameters) / 1e9, 1) == 13.2
    # The file of weights has 269,060,552 bytes, of which 30 kB say what is where.
    assert SMOLLM2_135M.weight_bytes("bfloat16") == 269_030_016


def test_cache_has_a_key_and_a_value_of_each_layer_and_head() -> None:
    assert QWEN_2_5_14B.cache_bytes_a_token == 2 * 48 * 8 * 128 * 2
    assert SMOLLM2_135M.cache_bytes_a_token == 2 * 30 * 3 * 64 * 2


def test_weights_that_leave_no_room_do_not_fit() -> None:
    with pytest.raises(DoesNotFit):
        size_of(QWEN_2_5_14B, L4, weights="bfloat16", sequence_tokens=2048)


def test_two_accelerators_hold_more_than_twice_what_one_holds() -> None:
    one, two = (
        size_of(QWEN_2_5_14B, L4, weights="fp8", tensor_parallel=number, sequence_tokens=2048)
        for number in (1, 2)
    )
    assert two.sequences > 2 * one.sequences


def test_profile_fits_its_accelerator() -> None:
    engine = GPU["engine"]
    size = size_of(
        QWEN_2_5_14B,
        _ACCELERATORS[GPU["accelerator"]],
        weights=engine["quantization"],
        tensor_parallel=engine["tensor_parallel_size"],
        utilization=engine["gpu_memory_utilization"],
        sequence_tokens=2048,
    )
    assert size.sequences >= engine["max_num_seqs"]


def test_page_has_the_sizes_that_the_arithmetic_gives() -> None:
    rows = page("docs/inference.md").table("Sizes", "accelerators")
    assert rows
    for row in rows:
        number, _, name = row["accelerators"].partition(" × ")
        weights: WeightType = "fp8" if row["weights in"] == "fp8" else "bfloat16"
        size = size_of(
            QWEN_2_5_14B,
            _ACCELERATORS[name],
            weights=weights,
            tensor_parallel=int(number),
            sequence_tokens=2048,
        )
        assert row["weights"] == f"{size.weight_bytes / _GIB:.1f} GiB"
        assert row["left for the cache"] == f"{size.cache_bytes / _GIB:.1f} GiB"
        assert row["tokens"] == f"{size.cache_tokens:,}"
        assert row["answers at once"] == str(size.sequences)
