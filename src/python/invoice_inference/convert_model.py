"""Makes the folder of a model from a GGUF file; run with the Python of the inference environment."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch  # pants: no-infer-dep
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig  # pants: no-infer-dep
from transformers.utils import logging  # pants: no-infer-dep

from invoice_inference.model_folder import write_manifest


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--gguf", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--licence", required=True)
    parser.add_argument("--origin", required=True)
    chosen = parser.parse_args(arguments)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    _convert(chosen.gguf, chosen.folder)
    write_manifest(chosen.folder, name=chosen.name, licence=chosen.licence, origin=chosen.origin)


def _convert(gguf: Path, folder: Path) -> None:
    # Without `dequantize` the weights stay packed, and cannot be saved.
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        dtype=torch.bfloat16,
        quantization_config=GgufConfig(dequantize=True),
    )
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    main()
