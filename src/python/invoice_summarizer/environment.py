"""The settings of the environment, or what is wrong with them: a line for each variable, in words, without its value."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import EnvSettingsSource

from invoice_summarizer.settings import StoreSettings, UnfitField, WrongSetting

_PREFIX = "INVOICES_"
_DELIMITER = "__"
_WORDS: Mapping[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Path: "a path",
}

Kind = TypeVar("Kind", bound=StoreSettings)
Problem = tuple[str, str]


def _nothing_named(given: Mapping[str, str]) -> Iterable[Problem]:
    return ()


def read_settings(
    kind: type[Kind], look_at: Callable[[Mapping[str, str]], Iterable[Problem]] = _nothing_named
) -> Kind:
    """Returns the settings of the environment. Raises WrongSetting, naming every variable that is missing or wrong.

    `look_at` is given those that are neither, and returns what is wrong with what they name.
    """
    # The classes are no BaseSettings: whoever makes them in code gets what it says, whatever the environment says.
    source = EnvSettingsSource(
        kind, env_prefix=_PREFIX, env_nested_delimiter=_DELIMITER  # type: ignore[arg-type]
    )
    fields = dict(_fields(kind))
    given = {name.upper(): value for name, value in source.env_vars.items() if value is not None}
    problems = [*_misplaced(kind, given), *_empty(fields, given)]
    # What is left is of a variable that there is, so that an error is of a variable that somebody set, or should have.
    source.env_vars = {
        name.lower(): value for name, value in given.items() if value and name in fields
    }
    try:
        settings = kind.model_validate(source())
    except ValidationError as error:
        named = {variable for variable, _ in problems}
        problems += [each for each in _invalid(kind, fields, error) if each[0] not in named]
    named = {variable for variable, _ in problems}
    fit = {name: given[name] for name in fields if name in given and name not in named}
    problems += look_at(fit)
    if problems:
        raise WrongSetting(*problems) from None
    return settings


def variables_of(settings: StoreSettings, kind: type[StoreSettings]) -> Mapping[str, str]:
    """Returns the variables by which a process of that kind has these settings. Some are secret."""
    return dict(_values(settings, kind))


def _values(
    settings: BaseModel, kind: type[BaseModel], prefix: str = _PREFIX
) -> Iterator[tuple[str, str]]:
    for name, field in kind.model_fields.items():
        value, variable = getattr(settings, name), prefix + name.upper()
        group = _group(field)
        if value is None:
            continue
        if group is not None:
            yield from _values(value, group, variable + _DELIMITER)
        else:
            secret = isinstance(value, SecretStr)
            yield variable, value.get_secret_value() if secret else str(value)


def _misplaced(kind: type[BaseModel], given: Mapping[str, str]) -> Iterator[Problem]:
    """Yields the variables that are a group, or are in one that has no such setting."""
    for group, variables in _groups(kind).items():
        if group in given:
            yield group, f"takes no value, as it is a group: set {', '.join(variables)}"
    known = {*_groups(kind), *dict(_fields(kind))}
    for variable in given:
        inside = [group for group in _groups(kind) if variable.startswith(group + _DELIMITER)]
        if inside and variable not in known:
            there = ", ".join(_groups(kind)[max(inside, key=len)])
            yield variable, f"is no setting: there are {there}"


def _empty(fields: Mapping[str, FieldInfo], given: Mapping[str, str]) -> Iterator[Problem]:
    for variable, field in fields.items():
        if given.get(variable) == "":
            yield variable, "is empty" if field.is_required() else "is empty: leave it out"


def _invalid(
    kind: type[BaseModel], fields: Mapping[str, FieldInfo], error: ValidationError
) -> Iterator[Problem]:
    for problem in error.errors(include_input=False, include_url=False):
        unfit = problem.get("ctx", {}).get("error")
        if isinstance(unfit, UnfitField):
            group = problem["loc"]
            if group[-1:] == (unfit.field,):  # found by the field itself
                group = group[:-1]
            [variable] = _variables(kind, (*group, unfit.field))
            yield variable, unfit.problem
            continue
        for variable in _variables(kind, problem["loc"]):
            missing = problem["type"] == "missing"
            yield variable, "is missing" if missing else f"must be {_wanted(fields[variable])}"


def _variables(kind: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """Returns the variable at a place in the tree; of a group that is missing, those that it cannot do without."""
    variable = _PREFIX + _DELIMITER.join(str(name).upper() for name in place)
    required = [
        name
        for name, field in _fields(kind)
        if name.startswith(variable + _DELIMITER) and field.is_required()
    ]
    return required or [variable]


def _fields(kind: type[BaseModel], prefix: str = _PREFIX) -> Iterator[tuple[str, FieldInfo]]:
    """Yields every variable with its field."""
    for name, field in kind.model_fields.items():
        variable = prefix + name.upper()
        group = _group(field)
        if group is None:
            yield variable, field
        else:
            yield from _fields(group, variable + _DELIMITER)


def _groups(kind: type[BaseModel], prefix: str = _PREFIX) -> Mapping[str, list[str]]:
    """Returns every group by the variable that it would have, with the variables of the settings in it."""
    found: dict[str, list[str]] = {}
    for name, field in kind.model_fields.items():
        group = _group(field)
        if group is not None:
            inside = prefix + name.upper() + _DELIMITER
            found[prefix + name.upper()] = [variable for variable, _ in _fields(group, inside)]
            found |= _groups(group, inside)
    return found


def _group(field: FieldInfo) -> type[BaseModel] | None:
    return next(
        (
            each
            for each in (field.annotation, *get_args(field.annotation))
            if isinstance(each, type) and issubclass(each, BaseModel)
        ),
        None,
    )


def _wanted(field: FieldInfo) -> str:
    """Returns in words what the field takes."""
    if get_origin(field.annotation) is Literal:
        return f"one of {', '.join(get_args(field.annotation))}"
    word = _WORDS.get(field.annotation, "a text")
    above, least, most, pattern = (_limit(field, name) for name in ("gt", "ge", "le", "pattern"))
    if pattern is not None:
        return f"{word} of the form {pattern}"
    if above is not None:
        return f"{word} above {above}"
    if least is not None:
        return f"{word} of at least {least}" if most is None else f"{word} from {least} to {most}"
    return word


def _limit(field: FieldInfo, name: str) -> object:
    return next((getattr(each, name) for each in field.metadata if hasattr(each, name)), None)
