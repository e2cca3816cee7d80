"""The official XSLT of EN 16931 1.3.16, compiled once, by SaxonC-HE (`pip install saxonche`).

Its fourth argument is the jar of phive-rules-en16931, which has the XSLT.
"""

import sys
import tempfile
import zipfile
from pathlib import Path

from saxonche import PySaxonProcessor

from judging.timing import print_times

_STYLESHEETS = {
    "cii": "external/schematron/1.3.16/cii/EN16931-CII-validation.xslt",
    "ubl": "external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt",
}


def main() -> None:
    processor = PySaxonProcessor(license=False)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(sys.argv[4]) as jar:
            files = {kind: jar.extract(name, folder) for kind, name in _STYLESHEETS.items()}
        compiled = {
            kind: processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=file)
            for kind, file in files.items()
        }

    def judge(document: bytes) -> str:
        kind = "cii" if b"CrossIndustryInvoice" in document else "ubl"
        tree = processor.parse_xml(xml_text=document.decode("utf-8-sig"))
        report = compiled[kind].transform_to_string(xdm_node=tree)
        assert report is not None
        return str(report)

    print_times({"official XSLT": judge})


if __name__ == "__main__":
    assert Path(sys.argv[4]).is_file(), "the jar of phive-rules-en16931"
    main()
