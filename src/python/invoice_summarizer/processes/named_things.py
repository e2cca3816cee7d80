"""What the variables of a process name, looked at together: whoever sets it up is told everything at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from invoice_summarizer.settings import WrongSetting

# Variables, and what reads the things that they name; it raises WrongSetting where it cannot.
Looks = Mapping[Sequence[str], Callable[..., object]]

NO_LOOKS: Looks = {}


def problems_of(looks: Looks, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yields which of the variables that are given name what cannot be used, and why."""
    for variables, look in looks.items():
        if given.keys() >= set(variables):
            try:
                look(*(given[variable] for variable in variables))
            except WrongSetting as error:
                yield from error.problems
