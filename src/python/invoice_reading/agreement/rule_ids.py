"""The rules on which pages and XML of one document contradict each other."""

# By any of them somebody has to look, also of fields by which nobody pays: two sources say different things.
CONTRADICTIONS = frozenset(f"PAGE-XML-{number:02d}" for number in range(1, 9))
