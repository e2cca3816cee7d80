"""How many words that nobody can see change what is read of a page, or go unreported."""

import argparse
import sys

from attack.outcome import Outcome
from attack.target import in_time
from hidden_text_attacks import ALL, SEED, attacks, outcome

REPORTED_SHARE = 0.99


def main() -> None:
    arguments = _arguments()
    found = outcome(attacks(arguments.count, arguments.seed))
    tried, changed, untold = found.tried.total(), found.changed.total(), found.untold.total()
    width = max(map(len, found.tried))
    print(f"{'way':{width}}  {'tried':>5}  {'changed':>7}  {'unreported':>10}")
    for method, number in sorted(found.tried.items()):
        print(f"{method:{width}}  {number:5}  {found.changed[method]:7}  {found.untold[method]:10}")
    print(f"{'all':{width}}  {tried:5}  {changed:7}  {untold:10}")
    print(f"goals: none changed, at least {REPORTED_SHARE:.0%} reported")
    sys.exit(1 if changed or tried - untold < REPORTED_SHARE * tried else 0)


def attack_by_hidden_text(count: int, seed: int, until: float) -> Outcome:
    """Reads as many invoices with text that nobody sees, as time allows."""
    found = outcome(in_time(attacks(count, seed), until))
    row = Outcome(
        attack="hidden text",
        goal=f"no field changes; at least {REPORTED_SHARE:.0%} are reported",
        planned=count,
        tried=found.tried.total(),
        through=found.changed.total(),
    )
    untold = found.untold.total()
    row.require(row.tried - untold >= REPORTED_SHARE * row.tried, f"{untold} are not reported")
    return row


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=_count, default=ALL, help="of attacks")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other attacks")
    return parser.parse_args()


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return count


if __name__ == "__main__":
    main()
