"""Pages of the documentation, as the tests look at them: tables, links, anchors and fenced blocks."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
CHECKOUT = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", _HERE))
# Pants runs tests in a sandbox that holds what the BUILD file declares.
ROOT = next(place for place in (Path.cwd(), CHECKOUT) if (place / "README.md").is_file())

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    path: str  # from the root of the repository
    text: str

    def rows(self, heading: str) -> list[Row]:
        """Returns the rows of all tables below the heading and its sub-headings, by the names of their columns."""
        return [row for table in self._tables(heading) for row in table]

    def table(self, heading: str, first_column: str) -> list[Row]:
        """Returns the one table below the heading whose first column has that name."""
        found = [
            table
            for table in self._tables(heading)
            if table and next(iter(table[0])) == first_column
        ]
        assert len(found) == 1, f"{len(found)} tables of {first_column!r} in {self.path}#{heading}"
        return found[0]

    def fenced(self, *languages: str) -> list[str]:
        """Returns the fenced blocks of these languages."""
        return [body for language, body in _FENCE.findall(self.text) if language in languages]

    def anchors(self) -> set[str]:
        """Returns what a link can point to, as GitHub names it."""
        found: set[str] = set()
        for _, title in _HEADING.findall(self._prose()):
            slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
            repeats = sum(
                1 for anchor in found if re.fullmatch(rf"{re.escape(slug)}(-\d+)?", anchor)
            )
            found.add(f"{slug}-{repeats}" if repeats else slug)
        return found

    def links(self) -> list[str]:
        return _LINK.findall(_CODE.sub("", self._prose()))

    def _prose(self) -> str:
        return _FENCE.sub("", self.text)

    def _tables(self, heading: str) -> Iterator[list[Row]]:
        for block in re.split(r"\n(?!\|)", self.section(heading)):
            lines = [line for line in block.splitlines() if line.startswith("|")]
            if len(lines) > 2:
                names, _, *body = map(_cells, lines)
                yield [dict(zip(names, cells, strict=True)) for cells in body]

    def section(self, heading: str) -> str:
        """Returns what stands below the heading and its sub-headings, without fenced blocks."""
        prose = self._prose()
        found = [one for one in _HEADING.finditer(prose) if one[2] == heading]
        assert len(found) == 1, f"{len(found)} headings {heading!r} in {self.path}"
        [start] = found
        later = (
            one for one in _HEADING.finditer(prose, start.end()) if len(one[1]) <= len(start[1])
        )
        end = next(later, None)
        return prose[start.end() : end.start() if end else len(prose)]


def code(cell: str) -> str:
    """Returns what the first `code` of the cell says."""
    found = re.search(r"`([^`]+)`", cell)
    assert found, f"no code in the cell {cell!r}"
    return found[1]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def page(path: str) -> MarkdownPage:
    return MarkdownPage(path, (ROOT / path).read_text(encoding="utf-8"))


@cache
def pages() -> tuple[MarkdownPage, ...]:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return tuple(page(str(path.relative_to(ROOT))) for path in sorted(paths))


def repository_path(path: str) -> Path | None:
    """Returns the file or folder of the repository, where there is one."""
    places = (place / path for place in (ROOT, CHECKOUT))
    return next((place for place in places if place.exists()), None)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
