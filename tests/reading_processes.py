"""The child processes that read documents, as the system sees them."""

import os

from process_facts import reading_processes_of


def reading_processes() -> set[int]:
    """Returns those that this process has started and that are there, ended and not buried ones included."""
    return reading_processes_of(os.getpid())
