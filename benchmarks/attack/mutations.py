"""Real documents that somebody has changed, in any way that comes to mind, with a seed."""

import re
from collections import Counter
from collections.abc import Iterator

from attack.bystander import all_alive, goes_through, served_meanwhile
from attack.documents import Documents, real_documents
from attack.mutation_ways import MARKER, mutated
from attack.outcome import Outcome
from attack.sending import ended, sent
from attack.stored_documents import look_at_what_is_stored
from attack.target import Target
from refusal import Refusal

_TENANT = "mutations"
_AT_ONCE = 12
_ORIGINALS_OF_EACH_KIND = 100
_ENDS_WITHIN_SECONDS = 180.0
_TYPED = re.compile(r"[A-Z][A-Z_]+")
_PHRASE = re.compile(r">([^<>]{20,200})<")


async def attack_by_mutations(target: Target) -> Outcome:
    chance = target.chance(_TENANT)
    originals = real_documents(chance, _ORIGINALS_OF_EACH_KIND)
    outcome = Outcome(
        attack="mutated documents",
        goal="each ends as done or with a reason; others are served; no content in logs",
        planned=target.counts.mutations,
    )
    outcome.notes.append(f"of {len(originals.documents)} {originals.source}")
    client = target.system.client(_TENANT)
    taken: list[bytes] = []
    ends = Counter[str]()

    async def attack(document: bytes) -> None:
        answer = await sent(client, document)
        if isinstance(answer, Refusal):
            ends["refused"] += 1
            outcome.require(bool(_TYPED.fullmatch(answer.reason)), "a refusal without a reason")
            return
        taken.append(document)
        failure = await ended(client, answer.name, _ENDS_WITHIN_SECONDS)
        outcome.require(failure is not None, "an operation has not ended")
        outcome.require(failure != "?", "an operation failed without a reason")
        ends["read" if failure == "" else failure or "not ended"] += 1

    def documents() -> Iterator[bytes]:
        for _ in range(outcome.planned):
            yield mutated(chance.choice(originals.documents), chance)

    async with served_meanwhile(target, outcome):
        outcome.tried = await target.on_each(documents(), attack, _AT_ONCE)
    await look_at_what_is_stored(outcome, target.system.state, _TENANT, taken)
    all_alive(target, outcome)
    await goes_through(target, outcome)
    outcome.through = leaked(target.system.logs(), originals)
    outcome.notes.append(", ".join(f"{end} {count}" for end, count in ends.most_common()))
    return outcome


def leaked(logs: str, originals: Documents) -> int:
    """Returns how many phrases of the documents, and marks that were put into them, stand in the logs."""
    phrases = {
        phrase.strip()
        for document in originals.documents
        if not document.startswith(b"%PDF")
        for phrase in _PHRASE.findall(document.decode(errors="replace"))
        if " " in phrase.strip()
    }
    return sum(phrase in logs for phrase in (MARKER, *phrases))
