"""What a summary may say, one table a language: sentences in the form of `pattern`, without a figure in them.

The template writes these sentences, and the gate accepts no others, whoever writes. A sentence is that of one kind of
fact: it may be said only where the plan of the invoice has such a fact, with the values of that fact in its holes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.facts.kind import FactKind

Alternatives = tuple[str, ...]  # the first whose holes can all be filled is said
BULLET = "\n• "


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """How the items of a list are put together; `before` stands before the first, `between` before each other."""

    items: tuple[FactKind, ...]
    heading: str
    before: str
    between: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    sentences: Mapping[FactKind, Alternatives]  # the items of lists among them
    briefly: Mapping[
        FactKind, Alternatives
    ]  # for one line, where the sentences are too long for it
    # For the short style, where the sentences together are too long for it: each shorter than the one before.
    shorter: Mapping[FactKind, Alternatives]
    lists: Mapping[FactKind, ListWords]
    # Names of fields by role, as a sentence begins: with an article, which is written small within a sentence.
    fields: Mapping[str, str]
    groups: Mapping[str, str]  # names of any other field of the group
    document_kinds: Mapping[str, str]  # by members of DocumentType and DocumentKind
    vat_categories: Mapping[str, str]  # why there is no VAT, by UNTDID 5305 code
    quotes: tuple[str, str]

    def field_name(self, role: str) -> str:
        """Returns the words for a field, or for the nearest group around it."""
        name = self.fields.get(role)
        while name is None:
            name = self.groups.get(role)
            role = role.rpartition(".")[0]
        return name

    def field_name_within(self, role: str) -> str:
        """Returns the same words as they stand within a sentence."""
        return _within(self.field_name(role))

    def field_names(self) -> tuple[str, ...]:
        """Returns all names, as a sentence begins."""
        return (*self.fields.values(), *self.groups.values())

    def field_names_within(self) -> tuple[str, ...]:
        return tuple(map(_within, self.field_names()))

    def alternatives(self, kind: FactKind, *, shorter: int) -> Alternatives:
        """Returns the sentences of the kind; where they are to be shorter, the shorter ones before them.

        The larger `shorter` is, from 1, the shorter is the first, as far as there are any: 0 is for the fullest.
        """
        steps = self.shorter.get(kind, ()) if shorter else ()
        return (*steps[min(shorter, len(steps)) - 1 :], *self.sentences[kind])

    @property
    def most_shorter(self) -> int:
        """How often a sentence of the table can be made shorter."""
        return max(map(len, self.shorter.values()), default=0)

    def item_kinds(self) -> frozenset[FactKind]:
        """Returns the kinds of facts that are said in lists alone."""
        return frozenset(kind for words in self.lists.values() for kind in words.items)

    def literals(self) -> tuple[str, ...]:
        """Returns every pattern and literal of the table."""
        lists = (
            text
            for words in self.lists.values()
            for text in (words.heading, words.between, words.end)
        )
        return (
            *(
                text
                for table in (self.sentences, self.briefly, self.shorter)
                for each in table.values()
                for text in each
            ),
            *lists,
            *self.field_names(),
            *self.field_names_within(),
            *self.vat_categories.values(),
        )


def _within(name: str) -> str:
    return name[0].lower() + name[1:]
