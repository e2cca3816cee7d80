"""`conformance`: how far our verdicts on e-invoices agree with the official ones."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group
from rich.table import Table

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.presentation.progress import overall_progress

if TYPE_CHECKING:
    from invoice_summarizer.cli.conformance.case import Tally


def conformance(
    context: typer.Context,
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="Folder with `en16931` and `xrechnung`.")
    ],
    pack: Annotated[
        str, typer.Option(metavar="PACK", help="Only rules of this pack, such as cen-1.3.16.")
    ] = "",
    rule: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="Only rules whose id matches, such as BR-S-.*"),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also the rules of which every verdict agrees.")
    ] = False,
) -> None:
    """Judge the official tests, and say by rule how many verdicts agree.

    These are the unit tests of EN 16931, invoices with one thing changed, and the rule tests of XRechnung; a set that is
    not in the folder is left out, and named. Only rules that our packs claim to know are compared; the others are
    named as well. Ends with 1 where a verdict differs.
    """
    output = options_of(context).output()
    # Here, so that commands that only call a server start without what judges documents.
    from invoice_summarizer.cli.conformance.run import SETS, Filter, official_sets, tallied

    sets = official_sets(data)
    if not sets:
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            "FILE_NOT_FOUND",
            f"no official tests in {data}: give the folder of en16931",
        )
    wanted = Filter(pack, _pattern(rule))
    if not wanted.claimed():
        raise wrong_usage("no rule of our packs has this pack and id")
    tallies: dict[str, Tally] = {}
    for name, cases in sets.items():
        with overall_progress(output, name) as advance:
            done = 0

            def step() -> None:
                nonlocal done
                done += 1
                advance(done, 0)

            tallies[name] = tallied(cases(), wanted, step)
    missing = [tests.name for tests in SETS if tests.name not in sets]
    output.several(
        [_record(name, tally) for name, tally in tallies.items()],
        lambda: _view(tallies, missing, every),
    )
    if any(tally.agreed < tally.cases for tally in tallies.values()):
        raise typer.Exit(ExitCode.FINDING)


def _pattern(rule: str | None) -> re.Pattern[str] | None:
    try:
        return None if rule is None else re.compile(rule)
    except re.error as error:
        raise wrong_usage(f"--rule is no pattern: {error}") from None


def _record(name: str, tally: "Tally") -> dict[str, Any]:
    return {
        "set": name,
        "cases": tally.cases,
        "agreed": tally.agreed,
        "rules": {
            rule_id: {"said": said, "agreed": said - tally.wrong[rule_id]}
            for rule_id, said in sorted(tally.said.items())
        },
        "not_claimed": dict(sorted(tally.unclaimed.items())),
    }


def _view(tallies: "dict[str, Tally]", missing: list[str], every: bool) -> Group:
    parts: list[Any] = []
    for name, tally in tallies.items():
        parts.append(f"{name}: {tally.agreed} of {tally.cases} agree, {len(tally.said)} rules")
        rules = sorted(tally.said if every else tally.wrong)
        if rules:
            parts.append(_table(tally, rules))
        if tally.unclaimed:
            parts.append("  not claimed: " + ", ".join(sorted(tally.unclaimed)))
    parts.extend(f"{name}: not in this folder" for name in missing)
    return Group(*parts)


def _table(tally: "Tally", rules: list[str]) -> Table:
    table = Table("rule", "said", "agreed", "first that differs")
    for rule_id in rules:
        said, wrong = tally.said[rule_id], tally.wrong[rule_id]
        table.add_row(rule_id, str(said), str(said - wrong), tally.examples.get(rule_id, ""))
    return table
