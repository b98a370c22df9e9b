"""When two titles differ by a slip of the pen.

Two titles differ by a slip when, apart from what they begin and end with alike, they differ in one or two
words, each of which

- has a letter wrong, missing, surplus or swapped with its neighbour (two in words of eight or more),
- is joined or split (``pretraining``, ``pre training``),
- is singular for plural, or
- is an article or preposition added or dropped.

A word exchanged for another, a number or a numeral makes another paper; so does a beginning that makes of a
word another (``symmetric``, ``asymmetric``).
"""

from __future__ import annotations

from littable.prose.spelling import SHORTEST, is_misspelling
from littable.rules._titles import FEWEST_WORDS, Words

Slip = tuple[Words, Words]

MOST_WORDS = 64
MOST_SLIPS = 2

#: Articles and prepositions; a title may have one more or less.
PARTICLES = frozenset(
    """
    a an the of in on for to with by from at via into onto upon toward towards
    """.split()
)
# "in finite groups" and "infinite groups" are two things.
_NEGATING_PARTICLES = frozenset(["a", "an", "in"])


def are_similar(first: Words, second: Words, threshold: float) -> bool:
    """Whether two titles differ by a slip, and are as similar as ``threshold`` (0 to 100) asks."""
    return is_eligible(first) and is_eligible(second) and is_slip_within(first, second, threshold)


def is_slip_within(first: Words, second: Words, threshold: float) -> bool:
    """``are_similar`` for titles that are eligible."""
    if not is_slip(first, second):
        return False
    from rapidfuzz.fuzz import ratio  # late: few titles come this far

    return ratio(" ".join(first), " ".join(second)) >= threshold


def is_eligible(words: Words) -> bool:
    """Whether a title has enough words to be told from others, and not so many that it is none."""
    return FEWEST_WORDS <= len(words) <= MOST_WORDS and len(set(words)) >= FEWEST_WORDS


def is_slip(first: Words, second: Words) -> bool:
    """Whether two titles differ, and by no more than two slips."""
    return bool(find_slips(first, second))


def find_slips(first: Words, second: Words) -> tuple[Slip, ...]:
    """The one or two slips in which two titles differ; none when they are equal or differ in more."""
    if abs(len(first) - len(second)) > MOST_SLIPS:
        return ()
    if first[-1:] != second[-1:] and not PARTICLES.isdisjoint((*first[-1:], *second[-1:])):
        # At the end of a title, as in "Hepatitis A", it is no article.
        return ()
    a, b = _without_common_ends(first, second)
    for step in _steps(a, b):
        slip = a[: step[0]], b[: step[1]]
        rest_a, rest_b = a[step[0] :], b[step[1] :]
        if not rest_a and not rest_b:
            return (slip,)
        same = _common(rest_a, rest_b)
        rest = len(rest_a) - same, len(rest_b) - same
        exchanged = not same and {step, rest} == {(0, 1), (1, 0)}
        if not exchanged and rest in _steps(rest_a[same:], rest_b[same:]):
            return slip, (rest_a[same:], rest_b[same:])
    return ()


def _without_common_ends(a: Words, b: Words) -> tuple[Words, Words]:
    start = _common(a, b)
    most = min(len(a), len(b)) - start
    end = 0
    while end < most and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def _common(a: Words, b: Words) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _steps(a: Words, b: Words) -> list[tuple[int, int]]:
    """How many words of each a single slip at their beginning can cover."""
    steps = []
    if a and b:
        if is_misspelling(a[0], b[0]):
            steps.append((1, 1))
        if b[1:] and is_split(a[0], b[0], b[1]):
            steps.append((1, 2))
        if a[1:] and is_split(b[0], a[0], a[1]):
            steps.append((2, 1))
    if a and a[0] in PARTICLES:
        steps.append((1, 0))
    if b and b[0] in PARTICLES:
        steps.append((0, 1))
    return steps


def is_split(whole: str, left: str, right: str) -> bool:
    """Whether two words are one that was torn apart."""
    if len(whole) < SHORTEST or whole != left + right or not whole.isalpha():
        return False
    return left not in _NEGATING_PARTICLES
