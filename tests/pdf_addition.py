"""Something added to a page of a PDF, written as a PDF has it."""

import io
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    read_object,
)

PAGE_SIZE = (595, 842)  # A4, in points


@dataclass(slots=True)
class Addition:
    """What is added to a page: content after its own, or before, and the resources that it names.

    Resources, annotations and layers are written as in a PDF; a stream is its dictionary and its data.
    """

    content: str = ""
    before: str = ""
    states: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    patterns: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    shadings: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    annotation: str = ""
    appearance: str = ""
    in_hidden_layer: bool = False


def with_addition(document: bytes, addition: Addition) -> bytes:
    """Returns the document with the addition on its first page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    page = writer.pages[0]
    layer = _hidden_layer(writer) if addition.in_hidden_layer else None
    resources = _resources(writer, addition, layer)
    own = page[NameObject("/Resources")].get_object()
    assert isinstance(own, DictionaryObject)
    for kind, names in resources.items():
        there = own.setdefault(NameObject(kind), DictionaryObject()).get_object()
        assert isinstance(there, DictionaryObject)
        there.update(names)
    contents = page[NameObject("/Contents")]
    streams = [*contents] if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    before = _stream(writer, "", addition.before.encode("latin-1"))
    after = _stream(writer, "", ("\n" + addition.content).encode("latin-1"))
    page[NameObject("/Contents")] = ArrayObject([before, *streams, after])
    if addition.annotation:
        page[NameObject("/Annots")] = ArrayObject([_annotation(writer, addition, resources)])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _resources(
    writer: PdfWriter, addition: Addition, layer: IndirectObject | None
) -> dict[str, DictionaryObject]:
    fonts = {"HiF": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", **addition.fonts}
    properties: dict[str, PdfObject] = {
        name: _parsed(text) for name, text in addition.claims.items()
    }
    if layer is not None:
        properties["HiL"] = layer
    of_kind: dict[str, dict[str, PdfObject]] = {
        "/Font": {name: _parsed(text) for name, text in fonts.items()},
        "/ExtGState": {name: _parsed(text) for name, text in addition.states.items()},
        "/Shading": {name: _parsed(text) for name, text in addition.shadings.items()},
        "/XObject": {name: _stream(writer, *made) for name, made in addition.pictures.items()},
        "/Pattern": {name: _stream(writer, *made) for name, made in addition.patterns.items()},
        "/Properties": properties,
    }
    return {
        kind: DictionaryObject({NameObject(f"/{name}"): made for name, made in named.items()})
        for kind, named in of_kind.items()
        if named
    }


def _annotation(
    writer: PdfWriter, addition: Addition, resources: dict[str, DictionaryObject]
) -> IndirectObject:
    corners = f"[0 0 {PAGE_SIZE[0]} {PAGE_SIZE[1]}]"
    appearance = _stream(
        writer,
        f"/Type/XObject/Subtype/Form/BBox{corners}",
        addition.appearance.encode("latin-1"),
    )
    form = appearance.get_object()
    assert isinstance(form, DictionaryObject)
    form[NameObject("/Resources")] = DictionaryObject(
        {NameObject(kind): names for kind, names in resources.items()}
    )
    annotation = _parsed(f"<</Type/Annot/Rect{corners}{addition.annotation}>>")
    assert isinstance(annotation, DictionaryObject)
    annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): appearance})
    return writer._add_object(annotation)


def _hidden_layer(writer: PdfWriter) -> IndirectObject:
    layer = writer._add_object(_parsed("<</Type/OCG/Name(hidden)>>"))
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {
            NameObject("/OCGs"): ArrayObject([layer]),
            NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
        }
    )
    return layer


def _stream(writer: PdfWriter, entries: str, data: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    parsed = _parsed(f"<<{entries}>>")
    assert isinstance(parsed, DictionaryObject)
    stream.update(parsed)
    return writer._add_object(stream)


def _parsed(text: str) -> PdfObject:
    parsed = read_object(io.BytesIO(text.encode("latin-1")), None)
    assert isinstance(parsed, PdfObject)
    return parsed
