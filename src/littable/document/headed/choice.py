"""Which candidates are papers: by what each says, and by what they say together.

A heading alone is no evidence, and a single section seldom: documentation, posts and projects have headings
that read like titles. Papers come in runs, and most of a run say who wrote them or lead to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from littable.document.headed.alone import stands_alone
from littable.document.headed.candidates import Candidate
from littable.document.headed.companions import companions_of, linked_alike, own_papers
from littable.document.headed.titleness import titleness
from littable.document.page import Page
from littable.document.sections import Section
from littable.roles import Role

_ENOUGH = 3
_MANY = 8
_MEAN_WORDS = 5
# Where more than one in so many headings name something else than the paper below, they are no titles.
_FEW_REFER = 3
# Short titles that all lead to papers have so many blanks each, and so many words together.
_SHORT_TITLE = 2
_MEAN_SHORT = 4


def choose(
    page: Page, candidates: Sequence[Candidate], siblings: Mapping[Section | None, int]
) -> list[Candidate]:
    """The candidates of one level that are papers, in their order; ``siblings`` counts the sections below
    each parent.
    """
    named = [one for one in candidates if page.reading.sections and _is_in_named_place(page, one)]
    chosen = [one for one in named if _may_be(one, 1)]
    others = set(named)
    rest = [one for one in candidates if one not in others]
    likely = [one for one in rest if _may_be(one, _ENOUGH) and _is_of_paper(one)]
    if sum(one.found.refers for one in likely) * _FEW_REFER > len(likely):
        likely = []
    if not _are_long(likely):
        likely = [one for one in likely if _is_told_apart(one)]
    linked = linked_alike(likely, rest)
    if (
        linked
        or (len(likely) == 1 and stands_alone(page, likely[0]))
        or (len(likely) > 1 and _are_papers(likely, siblings))
    ):
        likely += linked
        chosen += likely
        chosen += companions_of(likely, rest, siblings)
    else:
        chosen += own_papers(page, rest, siblings)
    _name_lone(chosen)
    return sorted(chosen, key=lambda one: one.span.start)


def _is_in_named_place(page: Page, one: Candidate) -> bool:
    """Whether the configuration names a heading above it; the heading that it names is the place itself."""
    return one.parent is not None and one.parent.level > 0 and page.is_chosen(one.parent.start)


def _name_lone(chosen: Sequence[Candidate]) -> None:
    """A lone name below a heading is the author's where lists of names stand in its place elsewhere."""
    lone = [one for one in chosen if one.found.lone_name is not None and not one.found.names]
    named = sum(one.found.names > 0 for one in chosen)
    if named and (named + len(lone)) * 2 >= len(chosen):
        for one in lone:
            assert one.found.lone_name is not None
            one.found.cells.append((Role.AUTHORS, one.found.lone_name))


def _may_be(one: Candidate, least: int) -> bool:
    return titleness(one.found.words) > 0 and score(one) >= least


def score(one: Candidate) -> int:
    """How much of a paper a candidate says."""
    found, head = one.found, one.head
    labels = found.labels
    given = {role for role, _ in found.cells}
    return (
        3 * head.leads
        + 2 * (found.linked and not head.leads)
        + 2 * (found.names > 0)
        + 2 * (Role.ABSTRACT in labels)
        + 2 * (head.placed and titleness(found.words) > 1)
        + 2 * (Role.TITLE in labels)
        + (not found.linked and not head.leads and Role.LINK in given)
        + (not given.isdisjoint({Role.DATE, Role.YEAR, Role.VENUE}) and not head.placed)
        + (found.prose or found.texts)
    )


def _is_of_paper(one: Candidate) -> bool:
    """Whether something is said that only papers have."""
    found, head = one.found, one.head
    return head.leads or found.linked or found.names > 0 or (head.placed and titleness(found.words) > 1)


def _is_told_apart(one: Candidate) -> bool:
    """Whether more is said than a link and a text, which data sets and programs have as well."""
    found, head = one.found, one.head
    if head.leads or head.placed or found.names or titleness(found.words) > 2:
        return True
    return bool(found.labels & {Role.ABSTRACT, Role.DATE, Role.VENUE, Role.TITLE})


def _are_long(likely: Sequence[Candidate]) -> bool:
    """Whether the titles have as many words as papers' have."""
    words = sum(_words(one.found.words) for one in likely)
    return words >= _MEAN_WORDS * len(likely)


def _words(text: str) -> int:
    """The number of words; two Chinese characters are about one."""
    return text.count(" ") + 1 + sum(1 for c in text if c >= "\u2e80") // 2


def _are_papers(likely: Sequence[Candidate], siblings: Mapping[Section | None, int]) -> bool:
    """Whether candidates that each may be papers are so together."""
    count = len(likely)
    parents = {one.parent for one in likely}
    around = sum(siblings.get(parent, 0) for parent in parents) or count
    if count * 3 < around and count < _MANY:
        return False
    if sum(titleness(one.found.words) > 1 for one in likely) * 2 < count:
        return count >= _ENOUGH and count == around and _all_lead(likely)
    led = sum(one.head.leads or one.found.linked or one.head.placed for one in likely)
    written = sum(one.found.names > 1 for one in likely)
    return led * 10 >= count * 3 or written * 2 >= count


def _all_lead(likely: Sequence[Candidate]) -> bool:
    """Whether each is headed by a link to a paper, with notes below, and none is the name of a thing."""
    words = sum(_words(one.found.words) for one in likely)
    return words >= _MEAN_SHORT * len(likely) and all(
        one.head.leads and one.found.prose and one.found.words.count(" ") >= _SHORT_TITLE for one in likely
    )


def by_parent(chosen: Iterable[Candidate]) -> list[list[Candidate]]:
    """The papers below each heading."""
    groups: dict[object, list[Candidate]] = defaultdict(list)
    for one in chosen:
        groups[one.group, one.parent].append(one)
    return list(groups.values())
