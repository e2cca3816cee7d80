"""Documents that would take all memory or all time of whoever reads them without limits."""

from attack.bomb_documents import BOMBS, READ, Bomb
from attack.bystander import all_alive, goes_through, served_meanwhile
from attack.levels import MEMORY_LIMIT
from attack.outcome import Outcome
from attack.sending import ended, sent
from attack.stored_documents import look_at_what_is_stored
from attack.target import Target
from attack.watch import in_mebibytes, watched
from invoice_summarizer.settings import OcrSettings, ReadingSettings
from refusal import Refusal

_TENANT = "bombs"
_AT_ONCE = 4
_ENDS_WITHIN_SECONDS = 240.0  # twice the wall limit of reading a document
READING_ADDRESS_SPACE = ReadingSettings.model_fields["memory_bytes"].default
RECOGNISING_ADDRESS_SPACE = OcrSettings.model_fields["memory_bytes"].default


async def attack_by_bombs(target: Target) -> Outcome:
    bombs = [bomb for bomb in BOMBS if bomb.weight <= target.counts.heaviest_bombs]
    outcome = Outcome(
        attack="bombs",
        goal="each ends with its reason within its ceilings; others are served",
        planned=len(bombs),
    )
    client = target.system.client(_TENANT)
    taken: list[bytes] = []

    async def attack(bomb: Bomb) -> None:
        document = bomb.build()
        answer = await sent(client, document)
        if isinstance(answer, Refusal):
            end: str | None = answer.reason or answer.code.name
        else:
            taken.append(document)
            failure = await ended(client, answer.name, _ENDS_WITHIN_SECONDS)
            end = READ if failure == "" else failure
        outcome.require(end in bomb.ends, f"{bomb.name} ends with {end}")

    async with watched(target.system) as watch, served_meanwhile(target, outcome):
        outcome.tried = await target.on_each(bombs, attack, _AT_ONCE)
    outcome.require(
        watch.most_memory <= MEMORY_LIMIT, f"a process took {in_mebibytes(watch.most_memory)}"
    )
    outcome.require(
        watch.reading_address_space <= READING_ADDRESS_SPACE,
        f"a reading process took {in_mebibytes(watch.reading_address_space)}",
    )
    outcome.require(
        watch.recognising_address_space <= RECOGNISING_ADDRESS_SPACE,
        f"a recognising process took {in_mebibytes(watch.recognising_address_space)}",
    )
    outcome.notes.append(
        f"most memory of a process: {in_mebibytes(watch.most_memory)};"
        f" address space of a reading process: {in_mebibytes(watch.reading_address_space)},"
        f" of a recognising one: {in_mebibytes(watch.recognising_address_space)}"
    )
    await look_at_what_is_stored(outcome, target.system.state, _TENANT, taken)
    all_alive(target, outcome)
    await goes_through(target, outcome)
    return outcome
