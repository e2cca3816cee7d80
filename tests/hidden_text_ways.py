"""The ways in which text is put on a page so that nobody sees it."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth

from pdf_addition import PAGE_SIZE, Addition

_BODY = 10.0


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
    return Addition(before=spot.shown() + f"q 1 g 0 0 {PAGE_SIZE[0]} {PAGE_SIZE[1]} re f Q\n")


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


METHODS: tuple[Method, ...] = (
    *(_white, _pale, _in_colour_of_its_box, _in_colours_of_a_gradient),
    *(_under_a_box, _under_stripes, _under_two_greys, _under_a_checkerboard),
    *(_under_a_box_with_text, _under_a_picture, _under_a_pattern, _under_letters),
    *(_under_an_annotation, _under_the_paper, _tiny, _squeezed, _pressed_flat, _cut_off),
    *(_without_paint, _cutting_only, _cutting_under_stripes, _transparent, _lightening),
    *(_in_a_hidden_layer, _in_a_hidden_annotation, _in_a_hidden_field),
    *(_claimed_by_other_text, _outside_the_page),
)
# Those that leave text where it is written, so that it can go on what is printed there.
PROLONGING: tuple[Method, ...] = (
    *(_white, _pale, _under_a_box, _under_stripes, _under_a_checkerboard, _under_a_picture),
    *(_under_an_annotation, _without_paint, _transparent),
)


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + step * at for at in range(int((end - start) / step) + 1)]


def _rgb(parts: Sequence[float]) -> str:
    return " ".join(f"{min(1.0, max(0.0, part)):.3f}" for part in parts)


def _any_pale(spot: Spot) -> str:
    return f"{_rgb([spot.chance.uniform(0.5, 1) for _ in range(3)])} rg"
