"""Which piece of a citation is its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from littable.document.citations.links import is_generic, is_mostly_generic, label_of
from littable.document.citations.nodes import Mark, Node, is_picture
from littable.document.citations.people import name_strength
from littable.document.citations.venues import is_strict_place, names_place
from littable.document.citations.when import is_date
from littable.document.plain import plain
from littable.patterns import lazy
from littable.text import Span


@dataclass(slots=True)
class Title:
    """Where the title stands: ``span`` with its link and marks, ``words`` how long it is.

    ``mark`` is how it is set off: by a link, emphasis, quotation marks, or not (TEXT).
    """

    span: Span
    mark: Mark
    words: float
    node: Node | None = None


_WORD = lazy(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff]")
_BEHIND_COMMA = lazy(r",[ \t]+(?P<piece>[^\Wa-z_][^\n,;.]{5,})")
_GROUPS = (Mark.STRONG, Mark.EMPHASIS, Mark.QUOTE, Mark.SQUARE, Mark.CODE)
_ENOUGH = 3


@lru_cache(maxsize=1024)
def count_words(text: str) -> float:
    """How many words a plain text has; two characters of Chinese or Japanese count as one."""
    characters = 0 if text.isascii() else len(_CJK.findall(text))
    if not characters:
        return len(_WORD.findall(text))
    return characters / 2 + len(_WORD.findall(_CJK.sub(" ", text)))


def core(node: Node) -> Node:
    """What is left of a group that holds nothing but one node: the link in ``**[…](…)**``."""
    while node.mark in _GROUPS:
        inside = [child for child in node.children if child.mark not in (Mark.TAG, Mark.IMAGE)]
        solid = [child for child in inside if child.mark is not Mark.TEXT]
        if len(solid) != 1 or solid[0].mark is Mark.BREAK or len(inside) > 1:
            break
        node = solid[0]
    return node


def set_off(source: str, nodes: Sequence[Node]) -> Title | None:
    """The title where a quotation, emphasis or a link sets it off, and nothing before it is a title."""
    found: list[tuple[int, Title]] = []
    for index, node in enumerate(nodes):
        if node.mark is Mark.TEXT:
            continue
        title = _candidate(source, node)
        if title is None or _is_within_words(source, nodes, index):
            continue
        if not _is_label(source, nodes, index, title):
            found.append((index, title))
            if len(found) == 1 and title.words >= _ENOUGH and not _has_quotation(nodes, index + 1):
                return title
    if not found:
        return None
    quoted = [one for one in found if one[1].mark is Mark.QUOTE]
    if quoted and quoted[0][1].words >= _ENOUGH and not _is_overtaken(found, quoted[0]):
        return quoted[0][1]
    return _first_solid(source, found)


def _has_quotation(nodes: Sequence[Node], start: int) -> bool:
    return any(nodes[at].mark is Mark.QUOTE for at in range(start, len(nodes)))


def _is_label(source: str, nodes: Sequence[Node], index: int, title: Title) -> bool:
    """Whether a few words, in bold or as a link, stand before a colon."""
    if title.mark is Mark.QUOTE or title.words > (2 if title.mark is Mark.LINK else 4):
        return False
    end = nodes[index].end
    if title.mark is Mark.STRONG and title.words <= 2 and _is_title_behind_comma(source, nodes, index):
        return True
    return index + 1 < len(nodes) and source[end : end + 3].lstrip()[:1] in (":", "：")


def _is_title_behind_comma(source: str, nodes: Sequence[Node], index: int) -> bool:
    """Whether a name in bold and a comma stand before a title: ``**DQN**, Playing Atari with …``."""
    following = nodes[index + 1] if index + 1 < len(nodes) else None
    if following is None or following.mark is not Mark.TEXT:
        return False
    found = _BEHIND_COMMA.match(source, following.start, following.end)
    if found is None or count_words(found["piece"]) < _ENOUGH or name_strength(found["piece"]):
        return False
    return not name_strength(plain(nodes[index].inner.of(source)))


def _is_within_words(source: str, nodes: Sequence[Node], index: int) -> bool:
    """Whether a quotation stands in the middle of a title."""
    node = nodes[index]
    if node.mark is not Mark.QUOTE or not 0 < index < len(nodes) - 1:
        return False
    before = source[nodes[index - 1].start : node.start].rstrip()[-1:]
    after = source[node.end : nodes[index + 1].end].lstrip()[:1]
    return before.isalpha() and after.isalnum()


def _is_overtaken(found: Sequence[tuple[int, Title]], quoted: tuple[int, Title]) -> bool:
    """Whether a longer piece that is set off stands before the quotation."""
    return any(
        one[0] < quoted[0]
        and one[1].mark in (Mark.STRONG, Mark.LINK)
        and one[1].words > max(quoted[1].words, 4)
        for one in found
    )


def _first_solid(source: str, found: Sequence[tuple[int, Title]]) -> Title | None:
    """The first that is long enough; a short name in bold before a longer title is its tag."""
    for (_, title), (_, following) in pairwise(found):
        if title.words >= _ENOUGH:
            return title
        longer = following.words > title.words + 1
        between = plain(source[title.span.end : following.span.start]).strip(" -–—:：|,.·~")
        if longer and title.mark is not Mark.LINK and not between:
            continue
        if title.mark in (Mark.STRONG, Mark.LINK, Mark.QUOTE) or not longer:
            return title
    return found[-1][1]


def _candidate(source: str, node: Node) -> Title | None:
    inner = core(node)
    if inner.mark is Mark.LINK:
        return _linked(source, node, inner)
    if node.mark in (Mark.STRONG, Mark.EMPHASIS, Mark.QUOTE, Mark.CODE):
        return _grouped(source, node)
    return None


def _linked(source: str, node: Node, inner: Node) -> Title | None:
    if is_picture(source, inner):
        return None
    label = label_of(source, inner)
    words = count_words(label)
    if not words or is_generic(label) or is_mostly_generic(label) or is_strict_place(label):
        return None
    if node.mark is Mark.SQUARE and words < _ENOUGH:
        return None
    mark = node.mark if node.mark in (Mark.QUOTE, Mark.STRONG) else Mark.LINK
    return Title(inner.span if node.mark in (Mark.SQUARE, Mark.QUOTE) else node.span, mark, words, inner)


def _grouped(source: str, node: Node) -> Title | None:
    if any(child.mark in (Mark.LINK, Mark.BREAK) for child in node.children):
        return None
    text = plain(node.inner.of(source)).strip()
    if (
        node.mark is not Mark.QUOTE
        and text.startswith(("[", "(", "【", "（"))
        and text.endswith(("]", ")", "】", "）"))
    ):
        return None  # a tag
    words = count_words(text)
    if not words or is_date(text) or is_strict_place(text) or text.endswith((":", "：")):
        return None
    if node.mark is Mark.QUOTE:
        return Title(_quoted(source, node), Mark.QUOTE, words) if words >= 2 else None
    if is_generic(text) or (names_place(text) and words < 6):
        return None
    if node.mark is not Mark.STRONG and words < _ENOUGH:
        return None
    if _are_people(text, node.mark):
        return None
    return Title(node.span, node.mark, words)


def _quoted(source: str, node: Node) -> Span:
    """What the quotation marks enclose, without a comma or full stop behind it."""
    text = node.inner.of(source)
    kept = text.rstrip(" ,.;，。")
    start = node.first + len(text) - len(text.lstrip())
    return Span(start, node.first + len(kept)) if kept else node.inner


def _are_people(text: str, mark: Mark) -> bool:
    if mark is Mark.STRONG and "," not in text:
        return name_strength(text) == 2
    parts = [
        part
        for part in text.replace(";", ",").replace("，", ",").replace("、", ",").split(",")
        if part.strip()
    ]
    strengths = [name_strength(part) for part in parts]
    return bool(parts) and all(strengths) and (len(parts) > 1 or strengths[0] == 2 or mark is Mark.EMPHASIS)
