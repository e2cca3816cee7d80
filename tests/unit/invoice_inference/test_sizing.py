"""The arithmetic of sizes, and that the page on inference says what it gives."""

import pytest

from invoice_inference.settings import EngineSettings, profile_settings
from invoice_inference.sizing import (
    MEMORY_BYTES,
    QWEN_2_5_14B,
    SMOLLM2_135M,
    SUMMARY_TOKENS,
    DoesNotFit,
    size_of,
)
from markdown_page import page

_GIB = 1024**3


def engine(**changes: object) -> EngineSettings:
    """Returns the engine of the profile for GPUs, but for the changes."""
    return profile_settings("gpu").engine.model_copy(update=changes)


def test_parameters_are_those_that_the_makers_tell() -> None:
    assert round(QWEN_2_5_14B.parameters / 1e9, 1) == 14.8
    assert round((QWEN_2_5_14B.parameters - QWEN_2_5_14B.embedding_parameters) / 1e9, 1) == 13.2
    # The file of weights has 269,060,552 bytes, of which 30 kB say what is where.
    assert SMOLLM2_135M.weight_bytes(engine(quantization=None)) == 269_030_016


def test_cache_has_a_key_and_a_value_of_each_layer_and_head() -> None:
    assert QWEN_2_5_14B.cache_bytes_a_token == 2 * 48 * 8 * 128 * 2
    assert SMOLLM2_135M.cache_bytes_a_token == 2 * 30 * 3 * 64 * 2


def test_weights_that_leave_no_room_do_not_fit() -> None:
    with pytest.raises(DoesNotFit, match="bfloat16 weights on 1 L4"):
        size_of(QWEN_2_5_14B, engine(quantization=None), "L4")


def test_two_accelerators_hold_more_than_twice_what_one_holds() -> None:
    one, two = (size_of(QWEN_2_5_14B, engine(tensor_parallel_size=n), "L4") for n in (1, 2))
    assert two.sequences > 2 * one.sequences


def test_profile_fits_its_accelerator() -> None:
    settings = profile_settings("gpu")
    assert settings.accelerator is not None
    size = size_of(QWEN_2_5_14B, settings.engine, settings.accelerator)
    assert size.sequences >= settings.engine.max_num_seqs
    assert settings.engine.max_model_len >= SUMMARY_TOKENS


def test_page_has_the_sizes_that_the_arithmetic_gives() -> None:
    rows = page("docs/inference.md").table("Sizes", "accelerators")
    accelerators = {str(name): name for name in MEMORY_BYTES}
    assert rows
    for row in rows:
        number, _, name = row["accelerators"].partition(" × ")
        quantization = row["weights in"] if row["weights in"] == "fp8" else None
        size = size_of(
            QWEN_2_5_14B,
            engine(quantization=quantization, tensor_parallel_size=int(number)),
            accelerators[name],
        )
        assert row["weights"] == f"{size.weight_bytes / _GIB:.1f} GiB"
        assert row["left for the cache"] == f"{size.cache_bytes / _GIB:.1f} GiB"
        assert row["tokens"] == f"{size.cache_tokens:,}"
        assert row["answers at once"] == str(size.sequences)
