"""What a page's words say, where they stand, and whether anyone can see them."""

import pytest

import hostile_documents
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page
from invoice_reading.pages.engine import MuPdfEngine

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
# A word that reads from left to right at (100, 50) from the top left of a page that shows as 400 by 300.
_TURNED = {
    0: (b"[0 0 400 300]", b"1 0 0 1 100 250 Tm"),
    90: (b"[0 0 300 400]", b"0 1 -1 0 50 100 Tm"),
    180: (b"[0 0 400 300]", b"-1 0 0 -1 300 50 Tm"),
    270: (b"[0 0 300 400]", b"0 -1 1 0 250 300 Tm"),
}
_TEXT = b"BT /F1 12 Tf 72 720 Td (Invoice) Tj ET "
_HIDDEN = {
    "no paint": b"BT /F1 12 Tf 3 Tr 72 720 Td (Invoice) Tj ET",
    "clipping only": b"BT /F1 12 Tf 7 Tr 72 720 Td (Invoice) Tj ET",
    "white on white": b"1 g " + _TEXT,
    "nearly white on white": b".98 g " + _TEXT,
    "pale on white": b".9 g " + _TEXT,
    "black on black": b"0 g 0 600 595 200 re f " + _TEXT,
    "white among black words": b"0 g " + _TEXT + b"1 g BT /F1 4 Tf 74 720 Td (Pay) Tj ET",
    "no opacity": b"/Gs gs " + _TEXT,
    "too small": b"BT /F1 3.2 Tf 72 720 Td (Invoice) Tj ET",
    "squeezed": b"BT /F1 12 Tf 5 Tz 72 720 Td (Invoice) Tj ET",
    "pressed flat": b"BT /F1 12 Tf 1 0 0 .1 72 720 Tm (Invoice) Tj ET",
    "outside the page": b"BT /F1 12 Tf 700 720 Td (Invoice) Tj ET",
    "below the page": b"BT /F1 12 Tf 72 -40 Td (Invoice) Tj ET",
    "under a fill": _TEXT + b"1 1 .8 rg 0 600 595 200 re f",
    "under a picture": _TEXT + b"q 595 0 0 842 0 0 cm /Im Do Q",
}
_SEEN = {
    "black on white": _TEXT,
    "light grey on white": b".75 g " + _TEXT,
    "white on blue": b"0 0 .5 rg 0 600 595 200 re f 1 g " + _TEXT,
    "outlines only": b"BT /F1 12 Tf 1 Tr 72 720 Td (Invoice) Tj ET",
    "on a picture": b"q 595 0 0 842 0 0 cm /Im Do Q " + _TEXT,
    "under a picture that lets through": _TEXT + b"/Half gs q 595 0 0 842 0 0 cm /Im Do Q",
    "under a fill that lets through": _TEXT + b"/Half gs .5 g 0 600 595 200 re f",
    "footnote": b"BT /F1 5 Tf 72 720 Td (Invoice) Tj ET",
    "narrow": b"BT /F1 12 Tf 50 Tz 72 720 Td (Invoice) Tj ET",
    "large and pale": b".92 g BT /F1 40 Tf 72 720 Td (COPY) Tj ET",
    "struck through": _TEXT + b"72 724 m 120 724 l S",
    "painted through": b"q BT /F1 12 Tf 7 Tr 72 720 Td (Invoice) Tj ET 1 0 0 rg 0 0 595 842 re f Q",
    "drawn twice": _TEXT + b"BT /F1 12 Tf 72.3 720 Td (Invoice) Tj ET",
    "underlined": _TEXT + b"72 718 m 120 718 l S",
    "full stop": b"BT /F1 8 Tf 72 720 Td (.) Tj ET",
}


def _pdf(content: bytes, more: bytes = b"/MediaBox[0 0 595 842]") -> bytes:
    states = b"/Gs<</ca 0/CA 0>>" if b"/Gs gs" in content else b""
    states += b"/Half<</ca .5>>" if b"/Half gs" in content else b""
    checks = bytes(150 if (x + y) % 2 else 255 for y in range(8) for x in range(8))
    return hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s/Resources"
            b"<</Font<</F1 5 0 R/Blank 7 0 R>>/XObject<</Im 6 0 R>>/ExtGState<<%s>>>>>>"
            % (more, states),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
            _FONT,
            b"<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
            b"/ColorSpace/DeviceGray/Length 64>>\nstream\n%s\nendstream" % checks,
            b"<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 500 700]"
            b"/FirstChar 97/LastChar 97/Widths[500]/CharProcs<</a 8 0 R>>"
            b"/Encoding<</Differences[97/a]>>/Resources<<>>>>",
            b"<</Length 22>>\nstream\n500 0 0 0 500 700 d1  \nendstream",
        )
    )


def _page(data: bytes) -> Page:
    [page] = (MuPdfEngine()(data, PdfLimits())).pages
    return page


@pytest.mark.parametrize("turn", sorted(_TURNED))
def test_word_of_a_turned_page_stands_upright(turn: int) -> None:
    media_box, matrix = _TURNED[turn]
    content = b"BT /F1 12 Tf " + matrix + b" (Invoice) Tj ET"
    page = _page(_pdf(content, b"/MediaBox%s/Rotate %d" % (media_box, turn)))
    [word] = page.words
    assert (page.width_points, page.height_points) == (400, 300)
    assert not word.hidden
    assert word.box.left == pytest.approx(250_000, abs=2)
    assert word.box.right == pytest.approx(250_000 + 95_000, abs=5_000)
    # The baseline is 50 of 300 points from the top; ascenders reach above it, descenders below.
    assert 110_000 < word.box.top < 166_667 < word.box.bottom < 190_000


_LONG = b"Invoice number twenty of the fifth of March in London"


@pytest.mark.parametrize("told", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", sorted(_TURNED))
def test_page_whose_text_lies_on_its_side_is_read_upright_whatever_the_pdf_says(
    turn: int, told: int
) -> None:
    media_box, matrix = _TURNED[turn]
    content = b"BT /F1 10 Tf " + matrix + b" (%s) Tj ET" % _LONG
    page = _page(_pdf(content, b"/MediaBox%s/Rotate %d" % (media_box, told)))
    assert (page.width_points, page.height_points) == (400, 300)
    assert " ".join(word.text for word in page.words) == _LONG.decode()
    lefts = [word.box.left for word in page.words]
    assert lefts == sorted(lefts) and lefts[0] == pytest.approx(250_000, abs=2)
    assert len({word.box.top for word in page.words}) == 1


def test_few_words_on_their_side_turn_no_page() -> None:
    content = b"BT /F1 10 Tf 0 1 -1 0 50 100 Tm (Copy) Tj ET"
    assert _page(_pdf(content)).width_points == 595


def test_box_counts_from_the_corner_of_the_crop_box() -> None:
    content = b"BT /F1 12 Tf 1 0 0 1 300 450 Tm (Invoice) Tj ET"
    page = _page(_pdf(content, b"/MediaBox[0 0 800 800]/CropBox[200 200 600 500]"))
    assert (page.width_points, page.height_points) == (400, 300)
    assert page.words[0].box.left == pytest.approx(250_000, abs=2)
    assert 110_000 < page.words[0].box.top < 166_667 < page.words[0].box.bottom < 190_000


@pytest.mark.parametrize("kind", sorted(_HIDDEN))
def test_word_that_nobody_sees_is_hidden(kind: str) -> None:
    page = _page(_pdf(_HIDDEN[kind]))
    assert page.words[-1].hidden, page.words


@pytest.mark.parametrize("kind", sorted(_SEEN))
def test_word_that_can_be_seen_is_not_hidden(kind: str) -> None:
    page = _page(_pdf(_SEEN[kind]))
    assert {word.hidden for word in page.words} == {False}


def test_hidden_part_of_a_word_is_a_word_of_its_own() -> None:
    content = b"BT /F1 12 Tf 72 720 Td 0 g (12) Tj 1 g (9) Tj 0 g (,50) Tj ET"
    page = _page(_pdf(content))
    assert [(word.text, word.hidden) for word in page.words] == [
        ("12", False),
        ("9", True),
        (",50", False),
    ]


def test_digit_under_a_box_is_no_part_of_the_amount_that_people_see() -> None:
    content = b"BT /F1 12 Tf 72 720 Td (9100,50) Tj ET 1 g 70 715 8.2 15 re f"
    page = _page(_pdf(content))
    assert [(word.text, word.hidden) for word in page.words] == [("9", True), ("100,50", False)]


@pytest.mark.parametrize(
    ("below", "above"), [(b"333", b"888"), (b"3.000,00", b"8.000,00"), (b"9.412", b"9.112")]
)
def test_word_under_a_box_with_a_word_much_like_it_is_hidden(below: bytes, above: bytes) -> None:
    box = b"1 g 60 700 100 40 re f 0 g "
    content = (b"BT /F1 10 Tf 72 720 Td (%s) Tj ET " % below) + box
    page = _page(_pdf(content + b"BT /F1 10 Tf 72 720 Td (%s) Tj ET" % above))
    assert [(word.text, word.hidden) for word in page.words] == [
        (below.decode(), True),
        (above.decode(), False),
    ]


def test_letters_that_are_too_many_to_be_looked_at_hide_no_others() -> None:
    column = b"BT /F1 8 Tf 236 460 Td 8 TL " + b"(%s) Tj T* " * 8 + b"ET "
    below, above = column % ((b"8.000,00",) * 8), column % ((b"9.412,00",) * 8)
    rows = hostile_documents.overprinted_rows(rows=20, layers=2)
    content = below + b"1 g 200 390 90 90 re f 0 g " + above + rows + b"1 0 0 1 0 -650 cm " + rows
    page = _page(_pdf(content))
    assert {word.hidden for word in page.words if word.text == "9.412,00"} == {False}
    assert {word.hidden for word in page.words if word.text == "8.000,00"} == {True}


def test_letters_of_which_the_upper_part_is_left_are_seen() -> None:
    content = b"BT /F1 12 Tf 72 720 Td (10050) Tj ET 1 g 70 717 80 5 re f"
    page = _page(_pdf(content))
    assert [(word.text, word.hidden) for word in page.words] == [("10050", False)]


def test_text_is_what_is_painted_and_not_what_is_claimed() -> None:
    content = b"/Span <</ActualText(900)>> BDC BT /F1 12 Tf 72 720 Td (100) Tj ET EMC"
    page = _page(_pdf(content))
    assert [(word.text, word.hidden) for word in page.words] == [("100", False), ("900", True)]


@pytest.mark.parametrize("claimed", [b"100", b"(100)", b"", b"Net 100"])
def test_claim_of_no_other_letters_is_no_hidden_text(claimed: bytes) -> None:
    net = b"BT /F1 12 Tf 20 720 Td (Net) Tj ET "
    text = b"/Span <</ActualText(%s)>> BDC BT /F1 12 Tf 72 720 Td (100) Tj ET EMC" % claimed
    page = _page(_pdf(net + text))
    assert [(word.text, word.hidden) for word in page.words] == [("Net", False), ("100", False)]


def test_soft_hyphen_on_paper_is_a_hyphen() -> None:
    page = _page(_pdf(b"BT /F1 12 Tf 72 720 Td (INV\\2552018\\2550001) Tj ET"))
    assert [word.text for word in page.words] == ["INV-2018-0001"]


def test_share_of_the_largest_picture() -> None:
    small = b"q 59.5 0 0 84.2 0 0 cm /Im Do Q "
    page = _page(_pdf(small + b"q 595 0 0 421 0 0 cm /Im Do Q"))
    assert page.image_share == pytest.approx(0.5, abs=0.01)
    page = _page(_pdf(small + b"q 2000 0 0 2000 -9 -9 cm /Im Do Q"))
    assert page.image_share == pytest.approx(1, abs=0.02)
    assert _page(_pdf(_TEXT)).image_share == 0


def test_broken_page_is_missing_and_counted() -> None:
    nested = b"[" * 100_000
    data = hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(nested), nested),
        )
    )
    content = MuPdfEngine()(data, PdfLimits())
    assert [page.number for page in content.pages] == [1]
    assert content.pages_total == 2


def test_words_drawn_again_to_look_bold_are_read_once() -> None:
    text = b"BT /F1 12 Tf %s 720 Td (Total due) Tj ET "
    content = b"".join(text % at for at in (b"72", b"72.4", b"72.8", b"73.1"))
    assert [word.text for word in _page(_pdf(content)).words] == ["Total", "due"]


def test_same_word_beside_or_under_itself_is_read_each_time() -> None:
    content = b"BT /F1 12 Tf 72 720 Td (10 10) Tj 0 -12 Td (10) Tj ET"
    assert [word.text for word in _page(_pdf(content)).words] == ["10", "10", "10"]


def _numbered(hyphen: bytes, content: bytes) -> list[str]:
    """The words of a page whose font maps its hyphen to that character (UTF-16 in hexadecimal digits)."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapName /Made def /CMapType 2 def "
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <2d> <%s> endbfchar "
        b"1 beginbfrange <30> <5a> <0030> endbfrange endcmap end" % hyphen
    )
    data = hostile_documents.pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(cmap), cmap),
        )
    )
    return [word.text for word in _page(data).words if not word.hidden]


_PLAIN = b"BT /F1 12 Tf 72 720 Td (ABCD1234-0001) Tj ET"
_CLAIMED = (
    b"BT /F1 12 Tf 72 720 Td (ABCD1234) Tj /Span<</ActualText(%s)>>BDC (-) Tj EMC (0001) Tj ET"
)


@pytest.mark.parametrize("hyphen", [b"002d", b"00ad", b"2010", b"2011"])
def test_hyphens_of_all_kinds_are_hyphens(hyphen: bytes) -> None:
    assert _numbered(hyphen, _PLAIN) == ["ABCD1234-0001"]


@pytest.mark.parametrize("unmapped", [b"fffd", b"e02d"])
def test_dash_that_no_font_maps_is_what_the_page_claims_of_it(unmapped: bytes) -> None:
    assert _numbered(unmapped, _CLAIMED % b"-") == ["ABCD1234-0001"]


@pytest.mark.parametrize("claim", [b"7", b".", b"X"])
def test_nothing_but_a_dash_is_taken_from_what_a_page_claims(claim: bytes) -> None:
    assert _numbered(b"fffd", _CLAIMED % claim) == ["ABCD1234\ufffd0001"]
    assert _numbered(b"002d", _CLAIMED % claim) == ["ABCD1234-0001"]


def test_ligature_is_the_letters_that_people_see() -> None:
    assert _numbered(b"fb01", b"BT /F1 12 Tf 72 720 Td (OF-CE) Tj ET") == ["OFfiCE"]
