"""How well strokes can be made out in a picture: do the pixels that they cover differ from those around them?"""

from collections.abc import Sequence

# Of 256 levels: about 1.3 to 1 as contrasts are measured on the web (WCAG 2.2), where 4.5 to 1 is asked for. Large
# letters are made out at less.
LEAST_CONTRAST = 32
LEAST_CONTRAST_OF_LARGE = 16
# A letter that is half there is read, and among others in a word one of which less is left. What covers a letter
# without regard to its strokes leaves it a likeness near 0.
LEAST_LIKENESS = 0.5
LEAST_LIKENESS_AMONG_OTHERS = 0.3

_LEAST_COVER = 64  # of 255: pixels that are covered less, or less than half of the most, are edges
# The contrast of strokes is that of the pixel at this place among them, from the most to the least: some of a large
# pale letter may have darker ones across.
_RANK = 0.3


def likeness(cover: bytes, picture: Sequence[int], least_contrast: int) -> float:
    """Returns 1 for strokes that all stand out from their ground, and 0 where they do not, or all the ground does as well.

    `cover` says how far the strokes cover each pixel, 0 to 255. The ground is what most pixels around them are.
    """
    least = max(_LEAST_COVER, max(cover, default=0) // 2)
    inside = [level for covered, level in zip(cover, picture, strict=True) if covered >= least]
    around = sorted(level for covered, level in zip(cover, picture, strict=True) if not covered)
    if not inside:
        return 0.0
    ground = around[len(around) // 2] if around else 0
    differences = sorted((abs(level - ground) for level in inside), reverse=True)
    covers = sorted((covered for covered in cover if covered >= least), reverse=True)
    rank = int(len(differences) * _RANK)
    contrast = differences[rank]
    if contrast * 255 < least_contrast * covers[rank]:
        return 0.0
    strokes = sum([2 * difference > contrast for difference in differences]) / len(differences)
    if not around:
        return strokes
    return strokes - sum([2 * abs(level - ground) > contrast for level in around]) / len(around)
