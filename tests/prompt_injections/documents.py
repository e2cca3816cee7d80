"""Documents that give orders to a model: in each text of an invoice, where no reader sees them, and beside the document."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from random import Random

from prompt_injections.orders import KINDS, order

from en16931.field_path import leaf_type, leaves, replaced
from en16931.model import InvoiceContent
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.ubl_xml import ubl_xml
from invoice_summarizer.samples.wording import ENGLISH
from pdf_addition import with_addition
from summary_invoices.catalogue import made_invoices
from summary_invoices.changed_pages import texts

ALL = 200
SEED = 20_261_127
_LONGEST_INSTRUCTION = 500  # as the API has it
_LONGEST_ON_PAGE = 90
_CODES = ("_code", "scheme", "scheme_id", "specification_identifier")
UNSEEN = frozenset({"hidden text", "comment", "file name", "instruction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """A document with an order in it or beside it; `place` is a field of the invoice, `page` before it for pages."""

    kind: str
    place: str
    data: bytes
    clean: bytes  # the same document without the order
    file_name: str = "invoice.xml"
    instruction: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind} in {self.place}"


def injections(count: int = ALL, seed: int = SEED) -> Iterator[Injection]:
    """Yields the documents, every kind at every place in turn, the same for the same seed."""
    chance = Random(seed)
    fields, ways = cycle(_fields()), cycle(_WAYS)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        text = order(kind, chance)
        # Two of three are in a field of an e-invoice: there are the most places.
        if number % 3:
            yield _in_field(kind, text, *next(fields))
        else:
            yield next(ways)(kind, text)


def _in_field(kind: str, text: str, invoice: str, path: str) -> Injection:
    content, written = _e_invoices()[invoice]
    return Injection(
        kind=kind,
        place=path,
        data=written(replaced(content, path, _of_xml(text))),
        clean=written(content),
    )


def _in_comment(kind: str, text: str) -> Injection:
    content, written = _e_invoices()["nordlicht-cii.xml"]
    clean = written(content)
    comment = f"<!-- {_of_xml(text).replace('-', ' ')} -->".encode()
    return Injection(
        kind=kind, place="comment", data=clean.replace(b"?>\n", b"?>\n" + comment, 1), clean=clean
    )


def _on_page(path: str) -> Callable[[str, str], Injection]:
    def of(kind: str, text: str) -> Injection:
        content = _page_content()
        changed = replaced(content, path, _of_page(text))
        return Injection(
            kind=kind,
            place=f"page {path}",
            data=printed(changed, ENGLISH),
            clean=_clean_page(),
            file_name="invoice.pdf",
        )

    return of


def _hidden(kind: str, text: str) -> Injection:
    clean = _clean_page()
    escaped = _of_page(text).replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return Injection(
        kind=kind,
        place="hidden text",
        data=with_addition(clean, texts((60, 150, escaped), colour="1 g")),
        clean=clean,
        file_name="invoice.pdf",
    )


def _in_file_name(kind: str, text: str) -> Injection:
    return replace(
        _beside(kind, "file name"), file_name=f"{_of_xml(text)[:200].replace('/', ' ')}.xml"
    )


def _in_instruction(kind: str, text: str) -> Injection:
    # As the servicer hands it on: with plain spaces.
    instruction = " ".join(text.split())[:_LONGEST_INSTRUCTION]
    return replace(_beside(kind, "instruction"), instruction=instruction)


def _beside(kind: str, place: str) -> Injection:
    content, written = _e_invoices()["polderdruk-wrong-total.xml"]
    data = written(content)
    return Injection(kind=kind, place=place, data=data, clean=data)


_WAYS: tuple[Callable[[str, str], Injection], ...] = (
    _in_instruction,
    _hidden,
    _on_page("seller.name"),
    _in_file_name,
    _on_page("lines[1].item.name"),
    _in_comment,
    _on_page("buyer.name"),
    _on_page("purchase_order_reference"),
)


def _fields() -> list[tuple[str, str]]:
    """Returns every text of the e-invoices by invoice and path, each role before any comes again; a code is no text."""
    found = [
        (name, path)
        for name, (content, _) in _e_invoices().items()
        for path, _ in leaves(content)
        if leaf_type(path) is str and not path.endswith(_CODES)
    ]
    Random(SEED).shuffle(found)
    times = Counter[str]()
    turns = dict[tuple[str, str], int]()
    for name, path in found:
        role = role_of_path(path)
        turns[name, path] = times[role]
        times[role] += 1
    return sorted(found, key=turns.__getitem__)


@cache
def _e_invoices() -> Mapping[str, tuple[InvoiceContent, Callable[[InvoiceContent], bytes]]]:
    written = {
        **{
            sample.file_name: (sample.expected, sample.data)
            for sample in sample_invoices()
            if sample.file_name.endswith(".xml")
        },
        **{made.name: (made.content, made.data) for made in made_invoices() if not made.is_page},
    }
    return {
        name: (content, form)
        for name, (content, data) in written.items()
        for form in (cii_xml, ubl_xml)
        if form(content) == data
    }


@cache
def _clean_page() -> bytes:
    return printed(_page_content(), ENGLISH)


def _page_content() -> InvoiceContent:
    [content] = [s.expected for s in sample_invoices() if s.file_name == "fenwick-two-pages.pdf"]
    return content


def _of_xml(text: str) -> str:
    """Returns the text without what no XML may hold (XML 1.0, 2.2)."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")


def _of_page(text: str) -> str:
    """Returns the beginning of the text in one line, of the signs that the page's font has."""
    shown = " ".join(text.encode("latin-1", "replace").decode("latin-1").split())
    return "".join(sign for sign in shown if sign.isprintable())[:_LONGEST_ON_PAGE]
