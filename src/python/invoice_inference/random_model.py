"""Makes a tiny model of random weights, the same each time: what it writes is anything that a grammar lets through."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch  # pants: no-infer-dep
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # pants: no-infer-dep
from transformers import (  # pants: no-infer-dep
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from invoice_inference.model_folder import write_manifest

NAME = "random"
_VOCABULARY = 2048
_SEED = 20260101
_END = "<|im_end|>"
_PAD = "<|endoftext|>"
_CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# What the tokenizer learns its longer tokens from.
_TEXTS = (
    '{"segments":[{"text":"The invoice of "},{"slot":"seller_name"},{"text":" is due on "},{"slot":"due_date"}]}',
    "Invoice from the seller over the amount, due on the date; the total includes tax. Please pay by bank transfer.",
    "Rechnung vom Verkäufer über den Betrag, fällig am Tag; facture du vendeur, à régler avant l’échéance.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    folder = parser.parse_args(arguments).folder
    tokenizer = _tokenizer()
    _model(tokenizer).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_manifest(folder, name=NAME, licence="Apache-2.0", origin=f"random weights, seed {_SEED}")


def _tokenizer() -> PreTrainedTokenizerFast:
    plain = Tokenizer(models.BPE())
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    plain.train_from_iterator(
        _TEXTS,
        trainers.BpeTrainer(
            vocab_size=_VOCABULARY,
            special_tokens=["<|im_start|>", _END, _PAD],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain, eos_token=_END, pad_token=_PAD, chat_template=_CHAT_TEMPLATE
    )


def _model(tokenizer: PreTrainedTokenizerFast) -> Qwen3ForCausalLM:
    torch.manual_seed(_SEED)
    return Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=_VOCABULARY,
            hidden_size=128,
            intermediate_size=256,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=32,
            tie_word_embeddings=True,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    ).to(torch.bfloat16)


if __name__ == "__main__":
    main()
