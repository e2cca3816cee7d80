"""A page of an invoice's lines, as they are stored."""

from dataclasses import dataclass

from sqlalchemy import LargeBinary, text
from sqlalchemy.ext.asyncio import AsyncConnection

from en16931.field_path import line_index
from invoice_summarizer.adapters.postgres.annotation_parts import annotations_in, place_of
from invoice_summarizer.adapters.postgres.column_types import JsonDocument
from invoice_summarizer.adapters.postgres.json_records import lines_of
from invoice_summarizer.adapters.postgres.packed_json import size_of
from invoice_summarizer.ports.invoice_reader import InvoiceLines, LinesPage

# The lines that are wanted, and the parts of the annotations that have what is known of them, without the rest.
_LINES = text("""
    SELECT
        version,
        coalesce((jsonb_path_query_first(content, '$.lines.size()'))::integer, 0) AS total_size,
        coalesce(
            jsonb_path_query_array(
                content,
                '$.lines[$first to $last]',
                jsonb_build_object('first', CAST(:first AS integer), 'last', CAST(:last AS integer))
            ),
            '[]'
        ) AS lines,
        coalesce(
            substr(
                annotations,
                annotation_ends[:before] + 1,
                annotation_ends[least(:last_part, cardinality(annotation_ends))]
                    - annotation_ends[:before]
            ),
            ''
        ) AS annotations
    FROM invoices
    WHERE id = :invoice_id
    """).columns(lines=JsonDocument(), annotations=LargeBinary())


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLines:
    """A Packed[InvoiceLines]: the JSON of the lines, and the parts of the annotations in which theirs are."""

    first: int
    limit: int
    lines: bytes
    annotations: bytes

    @property
    def size_bytes(self) -> int:
        return len(self.lines) + size_of(self.annotations)

    def unpacked(self) -> InvoiceLines:
        wanted = range(self.first, self.first + self.limit)
        return InvoiceLines(
            first=self.first,
            lines=lines_of(self.lines),
            annotations={
                path: known
                for path, known in annotations_in(self.annotations).items()
                if line_index(path) in wanted
            },
        )


async def lines_page(
    connection: AsyncConnection, invoice_id: str, *, first: int, limit: int
) -> LinesPage | None:
    """Returns the lines from the index `first` on, at most `limit`; None where there is no such invoice."""
    last = first + limit - 1
    before, last_part = place_of(first, last)
    wanted = {"invoice_id": invoice_id, "first": first, "last": last}
    parts = {"before": before, "last_part": last_part}
    row = (await connection.execute(_LINES, wanted | parts)).one_or_none()
    if row is None:
        return None
    return LinesPage(
        version=row.version,
        total_size=row.total_size,
        lines=StoredLines(first=first, limit=limit, lines=row.lines, annotations=row.annotations),
    )
