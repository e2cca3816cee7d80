"""The process that works on large invoices: it answers one request after the other until its input ends."""

import os
import pickle

from invoice_summarizer.adapters.work_process.outcome import Failed, Outcome, Returned
from invoice_summarizer.child_processes.frames import read_frame, write_frame

# Whoever answers others comes first, where there are too few cores for both.
_NICE = 10


def main() -> None:
    requests = os.fdopen(0, "rb", closefd=False)
    # Prints of others must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(_NICE)
    while (request := read_frame(requests)) is not None:
        write_frame(answers, _answer(request))
        del request


def _answer(request: bytes) -> bytes:
    function, args, kwargs = pickle.loads(request)
    outcome: Outcome
    try:
        outcome = Returned(function(*args, **kwargs))
    except Exception as error:
        outcome = Failed.of(error)
    return pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
