"""How sure a value is, as explicit scores between 0 and 1.

The scores order values by the strength of their evidence. They are no probabilities: those are made of them as they
leave the system, by `invoice_reading.calibration`.
"""

CHECKED = 0.98  # proven by arithmetic or check digits and named by a label
LABELLED = 0.9  # the label says exactly what it is
IMPLIED = 0.75  # a general label, or the place on the page
GUESSED = 0.5  # nothing contradicts it, little supports it
DOUBTED = 0.3  # something contradicts it

_RIVAL_PENALTY = 0.15


def with_rivals(confidence: float, rivals: int) -> float:
    """Returns the confidence of a value that `rivals` other values compete with: no lower than DOUBTED by them alone."""
    rivalled = max(DOUBTED, confidence - _RIVAL_PENALTY * min(rivals, 3))
    return min(confidence, rivalled)
