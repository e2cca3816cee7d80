"""Texts that a model may choose: keys drawn at random, leads among them, and what is required and was not named."""

from collections.abc import Sequence
from random import Random

from invoice_summarizer.domain.summarizing.choice import Choice, ChosenText
from invoice_summarizer.domain.summarizing.fact_words import joined
from invoice_summarizer.domain.summary import BoundText


def random_keys(choice: Choice, random: Random) -> list[str]:
    """Returns a row of keys as a model may name them: any number, in any order, some of them twice."""
    return random.choices(choice.keys, k=random.randint(1, 2 * len(choice.keys)))


def chosen_text(choice: Choice, keys: Sequence[str]) -> BoundText:
    """Returns the text that the keys make."""
    text = ChosenText(choice)
    chosen = [sentence for key in keys if (sentence := text.add(key)) is not None]
    return joined((*chosen, *text.missing()))
