import pytest

from en16931.hardened_xml import XmlLimits, parse_xml
from en16931.xml_reading import (
    ForbiddenXmlConstruct,
    NotWellFormed,
    XmlLimitExceeded,
    XmlReadingError,
)

SECRET = "Geheimnis4711"


def test_text_around_comments_and_cdata_is_one_text() -> None:
    root = parse_xml(b"<a>one <!-- gone -->two<![CDATA[ & three]]></a>")
    assert root.text == "one two & three"


def test_text_beside_child_elements_is_left_out() -> None:
    assert parse_xml(b"<a>before<b>in</b>after</a>").text == ""


def test_short_texts_that_repeat_are_kept_once_and_long_ones_as_they_are() -> None:
    long = "x" * 1_000
    root = parse_xml(f"<a><b>VAT</b><b>V<!-- -->AT</b><c>{long}</c><c>{long}</c></a>".encode())
    first, second = root.children["b"]
    assert first.text == "VAT" and first.text is second.text
    assert [child.text for child in root.children["c"]] == [long, long]


def test_more_different_texts_than_are_shared_are_all_read() -> None:
    texts = [str(number) for number in range(100_000, 103_000)] * 2
    root = parse_xml(f"<a>{''.join(f'<b>{text}</b>' for text in texts)}</a>".encode())
    assert [child.text for child in root.children["b"]] == texts


def test_names_carry_the_namespace_and_children_keep_their_order() -> None:
    root = parse_xml(b'<p:a xmlns:p="urn:x"><p:b>1</p:b><c/><p:b k="v">2</p:b></p:a>')
    assert root.name == "urn:x}a"
    assert [child.text for child in root.children["urn:x}b"]] == ["1", "2"]
    assert root.children["urn:x}b"][1].attributes == {"k": "v"}


def test_lines_are_counted_past_the_16_bit_limit() -> None:
    root = parse_xml(b"<a>" + b"\n" * 70_000 + b"<b/></a>")
    assert root.children["b"][0].line == 70_001


@pytest.mark.parametrize(
    "data",
    [
        "<?xml version='1.0' encoding='UTF-8'?><a>Säge €</a>".encode(),
        "\ufeff<a>Säge €</a>".encode(),
        "<?xml version='1.0' encoding='UTF-16'?><a>Säge €</a>".encode("utf-16"),
        "<?xml version='1.0' encoding='windows-1252'?><a>Säge €</a>".encode("cp1252"),
        "<?xml version='1.0' encoding='iso-8859-15'?><a>Säge €</a>".encode("iso-8859-15"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16", "windows-1252", "latin-9"],
)
def test_encodings_are_read_as_declared(data: bytes) -> None:
    assert parse_xml(data).text == "Säge €"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"%PDF-1.7",
        b"<a><b></a>",
        b"<a/><b/>",
        b"<a>&nbsp;</a>",
        b"<p:a/>",
        b"<a>\xff</a>",
        b"<a b='1' b='2'/>",
        b"<?xml version='1.0' encoding='x-unknown'?><a/>",
        b"<?xml version='1.0' encoding='shift_jis'?><a/>",
        b"<?xml version='1.0' encoding='undefined'?><a/>",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
    ],
)
def test_what_is_no_well_formed_xml_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(NotWellFormed):
        parse_xml(data)


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">'.encode() for n in range(1, 12))
    + b"]><lolz>&lol11;</lolz>"
)


@pytest.mark.parametrize(
    "data",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><a/>',
        b"<!DOCTYPE a><a/>",
    ],
)
def test_every_document_type_is_refused(data: bytes) -> None:
    with pytest.raises(ForbiddenXmlConstruct):
        parse_xml(data)


def test_size_is_refused_before_anything_is_parsed() -> None:
    with pytest.raises(XmlLimitExceeded):
        parse_xml(b"not even XML" * 5_000_000)


def test_a_size_at_the_limit_is_read() -> None:
    data = b"<a>12345</a>"
    assert parse_xml(data, limits=XmlLimits(max_bytes=len(data))).text == "12345"
    with pytest.raises(XmlLimitExceeded):
        parse_xml(data, limits=XmlLimits(max_bytes=len(data) - 1))


def test_deep_nesting_is_refused_without_a_tree_of_it() -> None:
    with pytest.raises(XmlLimitExceeded):
        parse_xml(b"<a>" * 1_000_000)


def test_depth_at_the_limit_is_read() -> None:
    limits = XmlLimits(max_depth=3)
    parse_xml(b"<a><a><a/></a></a>", limits=limits)
    with pytest.raises(XmlLimitExceeded):
        parse_xml(b"<a><a><a><a/></a></a></a>", limits=limits)


def test_one_element_too_many_is_refused() -> None:
    limits = XmlLimits(max_elements=3)
    parse_xml(b"<a><b/><b/></a>", limits=limits)
    with pytest.raises(XmlLimitExceeded):
        parse_xml(b"<a><b/><b/><b/></a>", limits=limits)


@pytest.mark.parametrize(
    "data",
    [
        f"<a><{SECRET}></a>",
        f"<!DOCTYPE {SECRET}><a/>",
        f"<a>&{SECRET};</a>",
        f"<{SECRET}:a/>",
        f"<?xml version='1.0' encoding='{SECRET}'?><a/>",
    ],
)
def test_messages_hold_no_text_of_the_document(data: str) -> None:
    with pytest.raises(XmlReadingError) as caught:
        parse_xml(data.encode())
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
