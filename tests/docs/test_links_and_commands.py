"""Links of the documentation lead somewhere, and its commands can be typed."""

import ast
import posixpath
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from invoice_summarizer.cli.main import app
from markdown_page import MarkdownPage, page, pages, repository_path

_GOALS = frozenset(
    "check export export-codegen fmt generate-lockfiles lint list package run tailor test"
    " update-build-files".split()
)
_PAGES = pytest.mark.parametrize("this", pages(), ids=lambda one: one.path)


@_PAGES
def test_relative_links_lead_to_files_and_headings(this: MarkdownPage) -> None:
    for link in this.links():
        if re.match(r"https?:", link):
            continue
        target, _, anchor = link.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(this.path), target))
        there = this.path if not target else path
        assert repository_path(there) is not None, f"{this.path}: {link}"
        if anchor:
            assert anchor in page(there).anchors(), f"{this.path}: {link}"


@_PAGES
def test_pants_commands_name_goals_and_targets(this: MarkdownPage) -> None:
    for words in _commands(this, "./pants"):
        arguments = words[: words.index("--")] if "--" in words else words
        goals = [word for word in arguments if word in _GOALS]
        assert goals and arguments[0] in _GOALS, f"{this.path}: {words}"
        for word in arguments:
            if word not in _GOALS and not word.startswith("--"):
                assert _is_target(word), f"{this.path}: {word}"


@_PAGES
def test_commands_of_invoicectl_are_there(this: MarkdownPage) -> None:
    group: Any = get_command(app)
    assert isinstance(group, TyperGroup)
    for words in _commands(this, "invoicectl"):
        command: Any = group
        known = _options(group)
        for word in words:
            if isinstance(command, TyperGroup) and not word.startswith("-"):
                assert word in command.commands, f"{this.path}: {word}"
                command = command.commands[word]
                known |= _options(command)
        unknown = {word for word in words if word.startswith("-")} - known
        assert unknown == set(), f"{this.path}: {words}"


def test_readme_has_the_two_commands_and_every_page_is_reached_from_it() -> None:
    readme = page("README.md")
    assert [" ".join(words) for words in _commands(readme, "./pants")] == ["run //:demo", "test ::"]
    reached = {"README.md"}
    waiting = ["README.md"]
    while waiting:
        this = page(waiting.pop())
        for link in this.links():
            path = posixpath.normpath(
                posixpath.join(posixpath.dirname(this.path), link.partition("#")[0])
            )
            if path.endswith(".md") and path not in reached and "://" not in link:
                reached.add(path)
                waiting.append(path)
    assert {this.path for this in pages()} <= reached


def _commands(this: MarkdownPage, program: str) -> Iterator[list[str]]:
    """Yields the words after the program of every line that calls it, in fenced blocks of the shell."""
    for block in this.fenced("sh", "console"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0] == program:
                yield words[1:]
            elif program == "invoicectl" and words[:4] == ["./pants", "run", "//:invoicectl", "--"]:
                yield words[4:]


def _options(command: Any) -> set[str]:
    """Returns the options of a command of Typer's, which has a Click of its own."""
    context = command.context_class(command)
    return {
        option
        for parameter in command.get_params(context)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }


def _is_target(word: str) -> bool:
    folder, _, name = word.removeprefix("//").partition(":")
    if name == ":":
        return not folder or repository_path(folder) is not None
    if not name:
        return repository_path(folder) is not None
    build = repository_path(f"{folder}/BUILD" if folder else "BUILD")
    if build is None:
        return False
    constants = (
        node.value
        for node in ast.walk(ast.parse(build.read_text()))
        if isinstance(node, ast.Constant)
    )
    return name in set(constants)
