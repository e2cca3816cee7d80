"""What else in Python takes CII: drafthorse reads it into objects, factur-x checks it by its schema (`pip install drafthorse factur-x`)."""

from drafthorse.models.document import Document
from facturx import xml_check_xsd

from judging.timing import print_times


def _check(document: bytes) -> None:
    assert xml_check_xsd(document, flavor="factur-x", level="en16931")


def main() -> None:
    print_times({"drafthorse": Document.parse, "factur-x, schema alone": _check}, "*.cii.xml")


if __name__ == "__main__":
    main()
