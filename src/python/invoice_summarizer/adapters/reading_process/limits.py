"""What reading one document may cost the process that reads it."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLimits:
    """Processor time grows with the pages of a document, and with its bytes and those of the files inside it.

    It grows to `most_cpu_seconds` and no further, whatever a document holds.
    """

    cpu_seconds: float = 3
    cpu_seconds_per_page: float = 0.2
    cpu_seconds_per_mebibyte: float = 1
    most_cpu_seconds: float = 30
    wall_seconds: float = 60
    memory_bytes: int = 1024 * MEBIBYTE  # address space
    output_bytes: int = 128 * MEBIBYTE  # the answer
