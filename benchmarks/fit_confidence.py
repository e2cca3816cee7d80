"""Fits the confidence of values of pages on the manifests that are named, and writes the file of the curves."""

import argparse
import os
from pathlib import Path

from reading_quality.fit import cross_validated, examples, fitted
from reading_quality.ranking import auroc, calibration_error
from reading_quality.readings import judged_documents

from invoice_reading.calibration.fitted import FILE, decoded, encoded

_CHECKOUT = Path(os.environ.get("INVOICE_REPOSITORY_ROOT", "."))
_CURVES = _CHECKOUT / "src" / "python" / "invoice_reading" / "calibration" / FILE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "manifests", nargs="+", type=Path, help="of labelled or generated documents"
    )
    parser.add_argument("--out", type=Path, default=_CURVES, help="where the curves are written")
    arguments = parser.parse_args()
    known = [
        example
        for manifest in arguments.manifests
        for example in examples(judged_documents(manifest))
    ]
    curves = encoded(fitted(known))
    decoded(curves)  # none is written that would not be read
    arguments.out.write_bytes(curves)
    judged = cross_validated(known)
    for source in sorted({example.source for example in known}):
        of_source = [(example, found) for example, found in judged if example.source == source]
        scores = [(example.score, example.is_right) for example, _ in of_source]
        confidences = [(found, example.is_right) for example, found in of_source]
        print(f"{source}: {len(of_source)} values, on layouts that the curves were not fitted on")
        for name, ranked in (("scores", scores), ("confidences", confidences)):
            print(f"  {name}: AUROC {auroc(ranked) or 0:.3f}, ECE {calibration_error(ranked):.3f}")


if __name__ == "__main__":
    main()
