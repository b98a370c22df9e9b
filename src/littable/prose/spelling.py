"""Whether two different words may be one word, once written wrongly."""

from __future__ import annotations

from littable.patterns import lazy

#: Shorter words are never misspelt. From LONG letters on two may be wrong, and from LONGEST on it is no word.
SHORTEST = 4
LONG = 8
LONGEST = 40
# Beginnings that make of a word another one: "symmetric" and "asymmetric" are two things.
_BEGINNINGS = frozenset(
    [
        "",
        *"""
    a ab ad af an anti bi co de di dis ef em en endo ex exo hyper hypo il im in inter intra ir macro max
    micro min mis non off on pre pro re sub tri un uni up
    """.split(),
    ]
)
_LONGEST_BEGINNING = 5
_SHORTEST_STEM = 3
_NUMBER = lazy(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|twenty"
    r"|(?:thir|four|for|fif|six|seven|eigh|nine)(?:teen|ty))(?:th|s)?|first|second|third|fifth|eighth|ninth"
    r"|twelfth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth"
)
_NUMERAL = lazy(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def is_misspelling(a: str, b: str) -> bool:
    """Whether two different lower-case words differ by a letter or two, or by a plural ending.

    A letter wrong, missing, surplus or swapped with its neighbour; two in words of eight letters or more.
    Numbers, numerals and words that a beginning turns into others (``supervised``, ``unsupervised``) do not.
    """
    if abs(len(a) - len(b)) > 2 or max(len(a), len(b)) > LONGEST or not (a.isalpha() and b.isalpha()):
        return False
    if singular(a) == singular(b):
        return True
    shorter = min(len(singular(a)), len(singular(b)))
    if shorter < SHORTEST or (is_number(a) and is_number(b)):
        return False
    allowed = 2 if min(len(a), len(b)) >= LONG else 1
    return letters_apart(a, b, allowed) <= allowed and not are_opposed(a, b)


def letters_apart(a: str, b: str, most: int) -> int:
    """How many letters must be changed, added, dropped or swapped; ``most`` + 1 when more than ``most``."""
    from rapidfuzz.distance import OSA  # late: few words are ever compared

    return OSA.distance(a, b, score_cutoff=most)


def is_number(word: str) -> bool:
    """Whether a lower-case word is a Roman numeral or a number spelt out."""
    return bool(word) and bool(_NUMERAL.fullmatch(word) or _NUMBER.fullmatch(word))


def are_opposed(a: str, b: str) -> bool:
    """Whether two words differ in beginnings that have a meaning of their own."""
    for length in range(min(_LONGEST_BEGINNING, len(a) - _SHORTEST_STEM) + 1):
        stem = a[length:]
        if a[:length] in _BEGINNINGS and b.endswith(stem) and b[: len(b) - len(stem)] in _BEGINNINGS:
            return True
    return False


def singular(word: str) -> str:
    """A word without the ending of an English plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]
