"""ZUGFeRD 1.0: an earlier state of CII, so the CII table under the names that it had then."""

import re
from dataclasses import replace
from typing import TypeVar

from en16931.binding.table import Joined, Many, MemberBinding, One, Value
from en16931.cii.binding import CII

_EARLIER_NAMES = {
    "ExchangedDocumentContext": "SpecifiedExchangedDocumentContext",
    "ExchangedDocument": "HeaderExchangedDocument",
    "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement": "ApplicableSupplyChainTradeAgreement",
    "ApplicableHeaderTradeDelivery": "ApplicableSupplyChainTradeDelivery",
    "ApplicableHeaderTradeSettlement": "ApplicableSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementHeaderMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "SpecifiedLineTradeAgreement": "SpecifiedSupplyChainTradeAgreement",
    "SpecifiedLineTradeDelivery": "SpecifiedSupplyChainTradeDelivery",
    "SpecifiedLineTradeSettlement": "SpecifiedSupplyChainTradeSettlement",
    "SpecifiedTradeSettlementLineMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
    "DespatchAdviceReferencedDocument": "DeliveryNoteReferencedDocument",
    "FormattedIssueDateTime": "IssueDateTime",
    "IssuerAssignedID": "ID",
    "RateApplicablePercent": "ApplicablePercent",
}
_G = TypeVar("_G", One, Many)
_NAME = re.compile(r"(?<=:)\w+")


def _renamed_path(path: str) -> str:
    return _NAME.sub(lambda name: _EARLIER_NAMES.get(name[0], name[0]), path)


def _renamed_paths(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_renamed_path(path) for path in paths)


def _renamed(binding: MemberBinding) -> MemberBinding:
    if isinstance(binding, Joined):
        return replace(binding, paths=_renamed_paths(binding.paths))
    if isinstance(binding, Value | One | Many):
        return _renamed_part(binding)
    if isinstance(binding, tuple):
        return tuple(_renamed_part(part) for part in binding)
    return binding


def _renamed_part(part: Value | One | Many) -> Value | One | Many:
    if isinstance(part, Value):
        return replace(
            part, paths=_renamed_paths(part.paths), doubtful=_renamed_paths(part.doubtful)
        )
    return _renamed_group(part) if isinstance(part, One) else _renamed_group(part)


def _renamed_group(group: _G) -> _G:
    members = {name: _renamed(member) for name, member in group.members.items()}
    return replace(group, path=_renamed_path(group.path), members=members)


ZUGFERD_1 = _renamed_group(CII)
