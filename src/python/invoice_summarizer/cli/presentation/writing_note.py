"""What a reader must know of how a summary came about: that no model wrote it, and what became of an instruction."""

from invoices.v1 import summary_pb2

_Origin = summary_pb2.Summary.Origin
_Outcome = summary_pb2.Summary.InstructionOutcome
_REFUSED = "the model's answer was not what it was asked for"
_FAILURES = {
    "UNREACHABLE": "no model answers",
    "OVERLOADED": "the model has no room now",
    "TOO_SLOW": "the model gave no answer in time",
    "DEADLINE_TOO_SHORT": "the call's time was over before the model had answered (--timeout gives it more)",
    "REFUSED": "the model takes no such request",
    "WRONG_MODEL": "another model answers than the settings name",
    "RESTING": "the model failed too often and is left alone for some seconds",
    "BUDGET_SPENT": "the tokens for its answers are spent for now",
}
_OUTCOMES = {
    _Outcome.NO_EFFECT_SEEN: "the model was told it, but nothing in its choice shows that it went by it",
    _Outcome.LEFT_TO_MODEL: "the model chose with it in mind; nothing tells whether this is what you asked for",
}


def writing_note(summary: summary_pb2.Summary) -> str:
    """Returns one line; empty where there is nothing that its origin does not say."""
    if summary.instruction_outcome in _OUTCOMES:
        return f"instruction: {_OUTCOMES[summary.instruction_outcome]}"
    why = _why(summary)
    if summary.instruction_outcome == _Outcome.NOT_FOLLOWED:
        return f"instruction not followed: {why}, so the templates wrote as if there had been none"
    return f"the templates wrote: {why}" if why else ""


def _why(summary: summary_pb2.Summary) -> str:
    match summary.origin:
        case _Origin.TEMPLATE_AFTER_REFUSAL:
            return _REFUSED
        case _Origin.TEMPLATE_AFTER_FAILURE:
            reasons = [_FAILURES.get(reason, reason) for reason in summary.refusal_reasons]
            return "; ".join(reasons) or "the model failed"
    return ""
