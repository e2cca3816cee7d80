"""This library: judging alone, reading alone with the place of each value, and both as one call."""

from en16931.hardened_xml import parse_xml
from en16931.judgement import read_judged, stated_invoice
from en16931.reader import read_xml
from en16931.rules.cen_pack import CEN_PACK
from judging.timing import print_times


def _judge(document: bytes) -> None:
    invoice = stated_invoice(parse_xml(document))
    assert invoice is not None
    for _ in CEN_PACK.broken(invoice):
        pass


def main() -> None:
    print_times({"judge": _judge, "read": read_xml, "read and judge": read_judged})


if __name__ == "__main__":
    main()
