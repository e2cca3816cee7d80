"""Words that lead to a sentence, where they lead to none of their kind."""

from collections.abc import Callable, Sequence
from random import Random

from invoice_summarizer.domain.summarizing.fact_words import WordedFact, joined
from invoice_summarizer.domain.summarizing.leads import LEADS, Lead
from invoice_summarizer.domain.summary import BoundText
from summary_corruptions.changed_facts import sentences_of
from summary_corruptions.pieces import Pieces, Summarized, taken_apart

Kind = Callable[[Summarized, Random], Pieces | None]


def misplaced_leads() -> dict[str, Kind]:
    """Returns the kinds by name; each returns None where the summary has no place for it."""
    return {
        "lead to another kind": _led(lambda lead, fact: fact.fact.kind not in lead.kinds, "{} "),
        "lead twice": _led(_fits, "{0} {0} "),
        "lead without its colon": _led(_fits, "{} ", lambda text: text.rstrip(": \u00a0\u202f")),
        "lead of another language": _foreign,
        "lead at the end": _at_end,
    }


def _fits(lead: Lead, fact: WordedFact) -> bool:
    return fact.fact.kind in lead.kinds


def _led(
    may_stand: Callable[[Lead, WordedFact], bool],
    form: str,
    change: Callable[[str], str] = str,
) -> Kind:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        return _with_lead(
            summary,
            random,
            LEADS[summary.language],
            may_stand,
            lambda lead: form.format(change(lead.text)),
        )

    return corrupt


def _foreign(summary: Summarized, random: Random) -> Pieces | None:
    own = {lead.text for lead in LEADS[summary.language]}
    others = [lead for leads in LEADS.values() for lead in leads if lead.text not in own]
    return _with_lead(summary, random, others, _fits, lambda lead: f"{lead.text} ")


def _at_end(summary: Summarized, random: Random) -> Pieces | None:
    lead = random.choice(LEADS[summary.language])
    ways = [way for _, way in sentences_of(summary)]
    return taken_apart(joined((*ways, BoundText(text=lead.text, claims=()))))


def _with_lead(
    summary: Summarized,
    random: Random,
    leads: Sequence[Lead],
    may_stand: Callable[[Lead, WordedFact], bool],
    words: Callable[[Lead], str],
) -> Pieces | None:
    """Returns the sentences of the summary, one of them behind the words that are made of a lead."""
    sentences = sentences_of(summary)
    places = [
        (index, lead)
        for index, (fact, _) in enumerate(sentences)
        for lead in leads
        if may_stand(lead, fact)
    ]
    if not places:
        return None
    index, lead = random.choice(places)
    ways = [way for _, way in sentences]
    ways[index] = _behind(words(lead), ways[index])
    return taken_apart(joined(ways))


def _behind(words: str, way: BoundText) -> BoundText:
    claims = tuple(claim.moved(len(words)) for claim in way.claims)
    return BoundText(text=words + way.text, claims=claims)
