"""The code lists of EN 16931, a module each, in the versions that the official validation artefacts 1.3.16 hold.

Another version of the artefacts brings other lists: compare them when a pack is added.
"""

VERSION = "1.3.16"
