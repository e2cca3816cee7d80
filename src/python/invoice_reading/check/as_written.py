"""What the official artefacts say of an e-invoice as it is written, where its content says otherwise.

A rule that is asked of the content is asked of the XML as well: the two may differ, since the artefacts look at blanks,
decimals and currencies of amounts that were understood all the same, and some of them allow less or more than the
standard. A breach that the content has too is told once, of the content; by the others nobody has to look.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from en16931.finding import Finding, Outcome
from en16931.rules.cen import CEN
from en16931.rules.rule import PackName
from invoice_reading.check.standard import ASKED_OF_CONTENT

AS_WRITTEN = str(PackName(f"{CEN.name}-as-written", CEN.version))
OF_XML = "/XML"  # behind the id of the rule, which alone names what it says of the content


def as_written(broken: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the official findings on a document.

    Those of rules that content is asked too bear the pack AS_WRITTEN, and an id of their own: "BR-CO-15/XML".
    """
    for finding in broken:
        is_asked_twice = finding.rule_id in ASKED_OF_CONTENT and finding.rule_pack == str(CEN)
        if is_asked_twice:
            rule_id = f"{finding.rule_id}{OF_XML}"
            finding = replace(finding, rule_id=rule_id, rule_pack=AS_WRITTEN)
        yield finding


def is_as_written(finding: Finding) -> bool:
    """Returns whether the finding is the official verdict of a rule that content is asked too."""
    return finding.rule_pack == AS_WRITTEN


def rule_behind(rule_id: str) -> str:
    """Returns the id of the rule that a finding is of: `BR-CO-15` for `BR-CO-15/XML`."""
    return rule_id.removesuffix(OF_XML)


def told_once(
    of_document: Iterable[Finding], of_content: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Returns the findings on the document but those as written that the content fails too, and the ids of these."""
    failed = {finding.rule_id for finding in of_content if finding.outcome is Outcome.FAILED}
    told: list[Finding] = []
    of_both: dict[str, None] = {}
    for finding in of_document:
        if is_as_written(finding) and rule_behind(finding.rule_id) in failed:
            of_both[finding.rule_id] = None
        else:
            told.append(finding)
    return tuple(told), tuple(of_both)


def told_of_xml(of_content: Iterable[Finding], of_both: Collection[str]) -> Iterator[Finding]:
    """Yields, of the breaches of the content as it was read, those that the XML has too: as findings on the XML.

    `of_both` are the ids that `told_once` returned. Once the content is corrected, nothing else says what the XML breaks.
    """
    for finding in of_content:
        rule_id = f"{finding.rule_id}{OF_XML}"
        if rule_id in of_both and finding.outcome is Outcome.FAILED:
            yield replace(finding, rule_id=rule_id, rule_pack=AS_WRITTEN)
