"""Which candidates are papers: by what each says, and by what they say together.

A heading alone is no evidence, and a single section seldom: documentation, posts and projects have headings
that read like titles. Papers come in runs, and most of a run say who wrote them or lead to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from littable.document.columns import normalise_header
from littable.document.dates import read_date
from littable.document.headed.candidates import Candidate
from littable.document.page import Page
from littable.document.plain import plain
from littable.document.sections import Section
from littable.roles import Role

_ENOUGH = 3
_SINGLE_LABELS = 3
_MANY = 8
_MEAN_WORDS = 5
# Where more than one in so many headings name something else than the paper below, they are no titles.
_FEW_REFER = 3


def _names(listed: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in listed.split("|"))


_NO_TITLES = _names(
    """
    introduction | intro | overview | background | motivation | related work | method | methods |
    methodology | approach | architecture | experiments | experiment | results | evaluation |
    discussion | conclusion | conclusions | limitations | future work | appendix | references |
    reference | bibliography | acknowledgements | acknowledgments | acknowledgement | citation |
    citing | cite us | how to cite | bibtex | license | licence | contact | contributing |
    contributors | contribution | installation | install | setup | usage | quick start | quickstart |
    getting started | requirements | prerequisites | dependencies | environment | training | testing |
    inference | demo | demos | examples | example | tutorial | tutorials | faq | news | updates |
    changelog | release notes | todo | roadmap | features | contents | table of contents | toc |
    datasets | dataset | models | model zoo | pretrained models | checkpoints | code | data | papers |
    paper list | summary | notes | resources | links | further reading | see also | about | about us |
    team | members | support | documentation | docs | star history | acknowledgment | disclaimer |
    help | misc | miscellaneous | others | other | index | schedule | syllabus | 目录 | 简介 | 介绍 |
    安装 | 使用 | 使用方法 | 引用 | 参考文献 | 致谢 | 许可证 | 更新日志 | 数据集 | 模型 | 总结 | 背景 |
    方法 | 实验 | 结果 | 结论 | はじめに | 概要 | 目次 | まとめ | 参考文献 | 使い方 | インストール |
    введение | содержание | установка | использование | заключение
    """
)
_COMMANDS = ("pip install", "git clone", "conda create", "npm install")
_PROJECT_PARTS = _names(
    """
    installation | install | setup | usage | quick start | quickstart | getting started |
    requirements | prerequisites | dependencies | environment | environment setup | training |
    inference | citation | license | how to run | running | build | data preparation | how to use |
    example usage | run | 安装 | 使用方法 | 快速开始 | 使い方 | インストール | установка |
    license & citation | bibtex | project structure | repository structure | file structure |
    reproducing results | reproduction
    """
)


def choose(page: Page, candidates: Sequence[Candidate], siblings: Mapping[Section | None, int]) -> list[Candidate]:
    """The candidates of one level that are papers, in their order; ``siblings`` counts the sections below
    each
    parent.
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
    if (len(likely) == 1 and _stands_alone(page, likely[0])) or (
        len(likely) > 1 and _are_papers(likely, siblings)
    ):
        chosen += likely
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


def titleness(words: str) -> int:
    """How much plain words look like a paper's title: 0 for none, 1 for a name, 2 and 3 for several words."""
    name = words.casefold().strip(" :：*_")
    letters = sum(map(str.isalpha, words))
    if (
        letters < 2
        or name in _NO_TITLES
        or (len(words) < 30 and letters < 10 and read_date(words) is not None)
    ):
        return 0
    count = words.count(" ") + 1
    wide = sum(1 for c in words if c >= "\u2e80")
    if count >= 6 or wide >= 14 or (count >= 4 and (": " in words or "：" in words)):
        return 3
    return 2 if count >= 4 or wide >= 8 else 1


def _are_papers(likely: Sequence[Candidate], siblings: Mapping[Section | None, int]) -> bool:
    """Whether candidates that each may be papers are so together."""
    count = len(likely)
    parents = {one.parent for one in likely}
    around = sum(siblings.get(parent, 0) for parent in parents) or count
    if count * 3 < around and count < _MANY:
        return False
    if sum(titleness(one.found.words) > 1 for one in likely) * 2 < count:
        return False
    led = sum(one.head.leads or one.found.linked or one.head.placed for one in likely)
    written = sum(one.found.names > 1 for one in likely)
    return led * 10 >= count * 3 or written * 2 >= count


def _stands_alone(page: Page, one: Candidate) -> bool:
    """Whether a single section is a paper's: its labels say who wrote it and where it is, and the page is
    no project's.
    """
    found = one.found
    if Role.AUTHORS not in found.labels or not (found.linked or one.head.leads):
        return False
    if len(found.labels) + one.head.leads < _SINGLE_LABELS or titleness(found.words) < 2:
        return False
    if any(word in page.source for word in _COMMANDS):
        return False
    return not any(
        normalise_header(plain(section.title.of(page.shown))) in _PROJECT_PARTS for section in page.sections
    )


def by_parent(chosen: Iterable[Candidate]) -> list[list[Candidate]]:
    """The papers below each heading."""
    groups: dict[object, list[Candidate]] = defaultdict(list)
    for one in chosen:
        groups[one.group, one.parent].append(one)
    return list(groups.values())
