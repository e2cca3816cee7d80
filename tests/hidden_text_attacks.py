"""Readable invoices to which somebody adds what no reader can see: an account, an amount, a name, more of a number."""

import io
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
from reportlab.pdfbase.pdfmetrics import stringWidth

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.stages import Stages
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.wording import ENGLISH, GERMAN

HIDDEN = ReviewReason(ReviewCode.RULE_FAILED, "HIDDEN-TEXT-01")

ALL = 300
SEED = 20_261_126
_TEXTS = (
    "IBAN: DE89 3704 0044 0532 0130 00",
    "IBAN DE02 1203 0000 0000 2020 51",
    "Kontonummer: GB33BUKB20201555555555",
    "Gesamtbetrag 91.420,50 EUR",
    "Total amount due: 91,420.50 EUR",
    "Rechnungsnummer RE-999-1",
    "Invoice number: X-4711",
    "Umsatzsteuer 19 % 912,00 EUR",
    "Faellig am 24.12.2031",
    "Rechnungssteller: Schattenhandel GmbH",
    "Beneficiary: Shadow Trading Ltd",
)
_BODY = 10.0
_PAGE = (595, 842)


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


class Spot(NamedTuple):
    """Text at a place, as an attack finds it."""

    text: str
    x: float
    y: float
    chance: random.Random

    def box(self, more: float = 2) -> str:
        """Returns the path of a box around the text."""
        width = stringWidth(self.text, "Helvetica", _BODY) + 2 * more
        return f"{self.x - more:.2f} {self.y - 3 - more:.2f} {width:.2f} {_BODY + 2 * more:.2f} re"

    def rectangle(self) -> tuple[float, float, float, float]:
        x, y, width, height = (float(number) for number in self.box().split()[:4])
        return x, y, x + width, y + height

    def shown(self, before: str = "", size: float = _BODY, matrix: str = "1 0 0 1") -> str:
        return (
            f"q {before} BT /HiF {size:.2f} Tf {matrix} {self.x:.2f} {self.y:.2f} Tm"
            f" ({self.text}) Tj ET Q\n"
        )


Method = Callable[[Spot], Addition]


def _white(spot: Spot) -> Addition:
    return Addition(spot.shown("1 g"))


def _pale(spot: Spot) -> Addition:
    return Addition(spot.shown(f"{spot.chance.uniform(0.93, 0.99):.3f} g"))


def _in_colour_of_its_box(spot: Spot) -> Addition:
    colour = [spot.chance.uniform(0.05, 0.95) for _ in range(3)]
    near = [part + spot.chance.uniform(-0.02, 0.02) for part in colour]
    return Addition(f"q {_rgb(colour)} rg {spot.box()} f Q " + spot.shown(f"{_rgb(near)} rg"))


def _in_colours_of_a_gradient(spot: Spot) -> Addition:
    x0, y0, x1, y1 = spot.rectangle()
    shading = (
        f"<</ShadingType 2/ColorSpace/DeviceGray/Coords[{x0} {y0} {x1} {y1}]"
        "/Function<</FunctionType 2/Domain[0 1]/C0[.9]/C1[1]/N 1>>/Extend[true true]>>"
    )
    return Addition(
        f"q {spot.box()} W n /HiG sh Q " + spot.shown(".95 g"), shadings={"HiG": shading}
    )


def _under_a_box(spot: Spot) -> Addition:
    return Addition(spot.shown() + f"q {_any_pale(spot)} {spot.box()} f Q")


def _under_stripes(spot: Spot) -> Addition:
    x0, y0, x1, y1 = spot.rectangle()
    step, grey = spot.chance.uniform(1.5, 4), spot.chance.uniform(0.3, 0.92)
    if spot.chance.random() < 0.5:
        lines = [f"{x:.2f} {y0} m {x:.2f} {y1} l" for x in _steps(x0, x1, step)]
    else:
        lines = [f"{x0} {y:.2f} m {x1} {y:.2f} l" for y in _steps(y0, y1, step)]
    stripes = f"{grey:.2f} G {step / 2:.2f} w {' '.join(lines)} S"
    return Addition(spot.shown() + f"q 1 g {spot.box()} f {stripes} Q")


def _under_two_greys(spot: Spot) -> Addition:
    x0, y0, x1, y1 = spot.rectangle()
    middle = (y0 + y1) / 2
    one, other = spot.chance.uniform(0.4, 0.7), spot.chance.uniform(0.75, 0.98)
    return Addition(
        spot.shown() + f"q {one:.2f} g {spot.box()} f"
        f" {other:.2f} g {x0} {middle:.2f} {x1 - x0:.2f} {y1 - middle:.2f} re f Q"
    )


def _under_a_checkerboard(spot: Spot) -> Addition:
    x0, y0, x1, y1 = spot.rectangle()
    step, grey = spot.chance.uniform(1.5, 4), spot.chance.uniform(0, 0.8)
    squares = [
        f"{x:.2f} {y:.2f} {step:.2f} {step:.2f} re"
        for row, y in enumerate(_steps(y0, y1, step))
        for column, x in enumerate(_steps(x0, x1, step))
        if (row + column) % 2
    ]
    return Addition(
        spot.shown() + f"q {spot.box()} W n 1 g {spot.box()} f {grey:.2f} g {' '.join(squares)} f Q"
    )


def _under_a_box_with_text(spot: Spot) -> Addition:
    above = spot._replace(text="Thank you for your order and your trust in us")
    if spot.chance.random() < 0.5:
        above = above._replace(x=spot.x + spot.chance.uniform(-1, 3))
    return Addition(spot.shown() + f"q 1 g {spot.box()} f Q " + above.shown())


def _under_a_picture(spot: Spot) -> Addition:
    x0, y0, x1, y1 = spot.rectangle()
    noise = spot.chance.randbytes(40 * 8)
    entries = (
        "/Type/XObject/Subtype/Image/Width 40/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    return Addition(
        spot.shown() + f"q {x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0} {y0} cm /HiI Do Q",
        pictures={"HiI": (entries, noise)},
    )


def _under_a_pattern(spot: Spot) -> Addition:
    step = spot.chance.uniform(2, 5)
    tile = f".8 g 0 0 {step} {step} re f .5 g 0 0 {step / 2} {step / 2} re f".encode()
    entries = (
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/Resources<<>>"
        f"/BBox[0 0 {step} {step}]/XStep {step}/YStep {step}"
    )
    return Addition(
        spot.shown() + f"q /Pattern cs /HiP scn {spot.box()} f Q",
        patterns={"HiP": (entries, tile)},
    )


def _under_letters(spot: Spot) -> Addition:
    """A row of black squares, which are letters of ZapfDingbats."""
    grey, size = spot.chance.uniform(0.2, 0.9), _BODY * 2
    x0, y0, x1, _ = spot.rectangle()
    squares = " ".join(
        f"BT /HiZ {size} Tf 1 0 0 1 {x:.2f} {y0 - 1:.2f} Tm (n) Tj ET"
        for x in _steps(x0 - 4, x1, size * 0.6)
    )
    return Addition(
        spot.shown() + f"q {grey:.2f} g {squares} Q",
        fonts={"HiZ": "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"},
    )


def _under_an_annotation(spot: Spot) -> Addition:
    return Addition(
        spot.shown(),
        annotation="/Subtype/Square/F 4",
        appearance=f"q {_any_pale(spot)} {spot.box()} f Q",
    )


def _under_the_paper(spot: Spot) -> Addition:
    return Addition(before=spot.shown() + f"q 1 g 0 0 {_PAGE[0]} {_PAGE[1]} re f Q\n")


def _tiny(spot: Spot) -> Addition:
    return Addition(spot.shown(size=spot.chance.uniform(0.4, 3.2)))


def _squeezed(spot: Spot) -> Addition:
    return Addition(spot.shown(f"{spot.chance.uniform(1, 8):.1f} Tz"))


def _pressed_flat(spot: Spot) -> Addition:
    return Addition(spot.shown(matrix=f"1 0 0 {spot.chance.uniform(0.02, 0.2):.3f}"))


def _cut_off(spot: Spot) -> Addition:
    x0, y0, *_ = spot.rectangle()
    return Addition(
        f"q {x0} {y0 - 40:.2f} 30 {spot.chance.uniform(4, 38):.2f} re W n {spot.shown()} Q"
    )


def _without_paint(spot: Spot) -> Addition:
    return Addition(spot.shown("3 Tr"))


def _cutting_only(spot: Spot) -> Addition:
    return Addition(spot.shown("7 Tr"))


def _cutting_under_stripes(spot: Spot) -> Addition:
    stripes = _under_stripes(spot).content.partition("\n")[2]
    return Addition(spot.shown("7 Tr") + stripes)


def _transparent(spot: Spot) -> Addition:
    opacity = spot.chance.choice((0, 0.02, 0.05, 0.08))
    return Addition(spot.shown("/HiS gs"), states={"HiS": f"<</ca {opacity}/CA {opacity}>>"})


def _lightening(spot: Spot) -> Addition:
    # Blending knows nothing of the paper, only of what is painted on it.
    return Addition(
        f"q 1 g {spot.box()} f Q " + spot.shown("/HiS gs 0 .2 .4 rg"),
        states={"HiS": "<</BM/Lighten>>"},
    )


def _in_a_hidden_layer(spot: Spot) -> Addition:
    return Addition(f"/OC /HiL BDC {spot.shown()} EMC", in_hidden_layer=True)


def _in_a_hidden_annotation(spot: Spot) -> Addition:
    flags = spot.chance.choice((2, 32, 34))
    return Addition(annotation=f"/Subtype/FreeText/F {flags}", appearance=spot.shown())


def _in_a_hidden_field(spot: Spot) -> Addition:
    return Addition(
        annotation=f"/Subtype/Widget/FT/Tx/T(hi)/V({spot.text})/F {spot.chance.choice((2, 32))}",
        appearance=spot.shown(),
    )


def _claimed_by_other_text(spot: Spot) -> Addition:
    dash = spot._replace(text="-")
    if spot.chance.random() < 0.5:
        return Addition(f"/Span <</ActualText({spot.text})>> BDC {dash.shown()} EMC")
    return Addition(
        f"/Span /HiC BDC {dash.shown()} EMC", claims={"HiC": f"<</ActualText({spot.text})>>"}
    )


def _outside_the_page(spot: Spot) -> Addition:
    x, y = spot.chance.choice(((620, 300), (-400, 300), (100, 860), (100, -30)))
    return Addition(spot._replace(x=x, y=y).shown())


_METHODS: tuple[Method, ...] = (
    *(_white, _pale, _in_colour_of_its_box, _in_colours_of_a_gradient),
    *(_under_a_box, _under_stripes, _under_two_greys, _under_a_checkerboard),
    *(_under_a_box_with_text, _under_a_picture, _under_a_pattern, _under_letters),
    *(_under_an_annotation, _under_the_paper, _tiny, _squeezed, _pressed_flat, _cut_off),
    *(_without_paint, _cutting_only, _cutting_under_stripes, _transparent, _lightening),
    *(_in_a_hidden_layer, _in_a_hidden_annotation, _in_a_hidden_field),
    *(_claimed_by_other_text, _outside_the_page),
)
# Those that leave text where it is written, so that it can go on what is printed there.
_PROLONGING: tuple[Method, ...] = (
    *(_white, _pale, _under_a_box, _under_stripes, _under_a_checkerboard, _under_a_picture),
    *(_under_an_annotation, _without_paint, _transparent),
)


@dataclass(frozen=True, slots=True)
class Attack:
    """`invoice` is the document as it was, `document` the same with a text added; nobody can see a difference in words."""

    method: str
    invoice: bytes
    document: bytes


def attacks(count: int = ALL, seed: int = SEED) -> Iterator[Attack]:
    """Yields the attacks, method by method in turn, the same for the same seed."""
    chance = random.Random(seed)
    invoices = [_Invoice(data, account) for data, account in _readable_invoices()]
    for number in range(count):
        turn = number % (len(_METHODS) + len(_PROLONGING))
        invoice = chance.choice(invoices)
        if turn < len(_METHODS):
            method, kind = _METHODS[turn], ""
            spot = Spot(
                chance.choice(_TEXTS), chance.uniform(60, 340), chance.uniform(125, 205), chance
            )
        else:
            method, kind = _PROLONGING[turn - len(_METHODS)], " after an account"
            spot = Spot(chance.choice(("7", "42", "0815")), invoice.end_of_account, 74, chance)
        yield Attack(
            method.__name__.strip("_") + kind, invoice.data, _with(invoice.data, method(spot))
        )


@dataclass(frozen=True, slots=True)
class _Invoice:
    data: bytes
    account: str

    @property
    def end_of_account(self) -> float:
        return 56.0 + stringWidth(self.account, "Helvetica", 9.5) + 0.1


def _readable_invoices() -> Iterator[tuple[bytes, str]]:
    """Yields invoices of one page with room below the sums, and the text of their last line with an account."""
    samples = {sample.file_name: sample.expected for sample in sample_invoices()}
    for name, wording in (
        ("nordlicht-cii.xml", GERMAN),
        ("muehlbach-hybrid.pdf", GERMAN),
        ("garonne-ubl.xml", ENGLISH),
    ):
        payment = samples[name].payment_instructions
        assert payment is not None
        [transfer] = payment.credit_transfers
        account = f"{wording.account} {transfer.account_identifier}"
        yield printed(samples[name], wording), account


def _with(invoice: bytes, addition: Addition) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(invoice)))
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
    corners = f"[0 0 {_PAGE[0]} {_PAGE[1]}]"
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


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + step * at for at in range(int((end - start) / step) + 1)]


def _rgb(parts: Sequence[float]) -> str:
    return " ".join(f"{min(1.0, max(0.0, part)):.3f}" for part in parts)


def _any_pale(spot: Spot) -> str:
    return f"{_rgb([spot.chance.uniform(0.5, 1) for _ in range(3)])} rg"


@dataclass(slots=True)
class Outcome:
    """What came of attacks, by method."""

    tried: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)


def outcome(of: Iterator[Attack]) -> Outcome:
    """Returns in how many the content that is read changed, and how many were not reported."""
    found = Outcome()
    before: dict[bytes, Reading] = {}
    for attack in of:
        if attack.invoice not in before:
            before[attack.invoice] = _read(attack.invoice)
        reading = _read(attack.document)
        found.tried[attack.method] += 1
        found.changed[attack.method] += reading.content != before[attack.invoice].content
        found.untold[attack.method] += HIDDEN not in reading.review_reasons
    return found


def _read(data: bytes) -> Reading:
    return read(data, "application/pdf", Stages(pdf_engine=MuPdfEngine()), PdfLimits())
