"""How Markdown says what a TeX command says: emphasis, code, addresses, links, formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass

from littable.document.inline import LinkKind, find_links
from littable.patterns import lazy
from littable.rules._running_text import HIDDEN
from littable.rules._tex.commands import reads_formula
from littable.rules._tex.residue import Residue, replaced
from littable.text import Edit, Span

_CODE_CONTENT = lazy(rf"(?!\s)(?:[^\\`${{}}<>&|{HIDDEN}]|\\{{1,2}}[_%&#$])+(?<!\s)")
_ESCAPES = lazy(r"\\{1,2}([_%&#$])")
_PUNCTUATION_COMMAND = lazy(r"\\[!-/:-@\[-`{-~]")
_LIKE_TAG = lazy(r"<(?=[A-Za-z/!?])")
_FRAGILE = frozenset("_*<>~[]`")
_NUMBER = lazy(r"[<>]?[+−-]?\d[\d.,]*(?:\\?%)?")
_ADDRESS_ESCAPES = lazy(r"\\{1,2}([_%&#~])(?:\{\})?")
_SCHEME = lazy(r"https?://[^\s<>{}\\`|$]+", re.IGNORECASE)
_SCHEMELESS = lazy(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}(?:/[^\s<>{}\\`|$]*)?|this https? URL", re.IGNORECASE)
#: Nobody emphasises more than a sentence or two on purpose.
LONGEST_EMPHASIS = 400
_LONGEST_ADDRESS = 2_000
_PLACEHOLDER = lazy(r"\s*this[\s~]{1,9}https?[\s~]{1,9}URL\s*")
_BEFORE_ADDRESS = frozenset(" \t*_~(>")


@dataclass(frozen=True, slots=True)
class Argument:
    """A command with its argument: from ``start`` to ``end``, and where the text of the argument stands."""

    start: int
    inner_start: int
    inner_end: int
    end: int

    def wrapped(self, opening: str, closing: str) -> tuple[Edit, Edit]:
        """The edits that put something else around the argument."""
        return (
            Edit(Span(self.start, self.inner_start), opening),
            Edit(Span(self.inner_end, self.end), closing),
        )

    def residue(self, opening: str = "", closing: str = "") -> Residue:
        """The residue of which only the argument is to stay, between two texts."""
        return Residue(self.start, self.end, self.wrapped(opening, closing))


def emphasis(text: str, argument: Argument, mark: str) -> Residue:
    """The argument between asterisks; as it stands where they would not emphasise it.

    ``text`` has no asterisk of its own in running text. CommonMark §6.2: an asterisk that touches
    punctuation inside must touch a blank or punctuation outside.
    """
    if argument.inner_end - argument.inner_start > LONGEST_EMPHASIS:
        return argument.residue()
    inner = text[argument.inner_start : argument.inner_end]
    stands = (
        inner == inner.strip()
        and not _holds_command(inner)
        and _flanks(inner[:1], text[argument.start - 1 : argument.start])
        and _flanks(inner[-1:], text[argument.end : argument.end + 1])
    )
    return argument.residue(mark, mark) if stands else argument.residue()


def _holds_command(inner: str) -> bool:
    return re.search(r"\\[A-Za-z]|[{}]", inner) is not None


def _flanks(inside: str, outside: str) -> bool:
    """Whether an asterisk between the two opens or closes, seen from the side where it must."""
    if inside.isalnum():
        return outside not in ("*", "\\")
    return inside not in ("", "\\", "*", HIDDEN) and (outside == "" or outside in " \t.,;:!?)(\"'-")


def code(text: str, argument: Argument) -> Residue:
    """The argument between backticks, of which ``text`` has no others; as it stands where it is no code."""
    if argument.inner_end - argument.inner_start > LONGEST_EMPHASIS:
        return argument.residue()
    inner = text[argument.inner_start : argument.inner_end]
    if not _CODE_CONTENT.fullmatch(inner):
        return argument.residue()
    return replaced(argument.start, argument.end, f"`{_ESCAPES.sub(_bare, inner)}`")


def _bare(match: re.Match[str]) -> str:
    return match[1]


def formula(raw: str, start: int, end: int, inner: str) -> Residue:
    r"""The contents of ``\(…\)`` as GitHub renders them: between dollars, or as a mere number.

    Between plain dollars Markdown takes the backslash of ``\,`` away and GitHub looks at what stands around;
    between dollars with backticks neither matters.
    """
    inner = _LIKE_TAG.sub("< ", inner.replace("\\\\", "\\").strip())
    if _NUMBER.fullmatch(inner):
        return replaced(start, end, inner.replace("\\%", "%"))
    if not inner or "`" in inner or "$" in inner or not reads_formula(inner):
        return Residue(start, end)
    after = raw[end : end + 1]
    alone = raw[start - 1 : start] in ("", " ", "(") and not after.isalnum() and after not in ("_", inner[-1])
    if alone and _PUNCTUATION_COMMAND.search(inner) is None and _FRAGILE.isdisjoint(inner):
        return replaced(start, end, f"${inner}$")
    return replaced(start, end, f"$`{inner}`$")


def _address(written: str) -> str:
    r"""An address without what TeX needs: ``a\_b`` is ``a_b``, ``\~{}me`` is ``~me``."""
    url = _ADDRESS_ESCAPES.sub(_bare, written).strip()
    return url.replace("~", " ") if url.startswith("this") else url


def address(raw: str, argument: Argument, *, labelled: bool) -> Residue:
    r"""``\url{…}`` as the bare address, or in angle brackets where GitHub would link something else."""
    written = raw[argument.inner_start : min(argument.inner_end, argument.inner_start + _LONGEST_ADDRESS)]
    url = _address(written)
    if _SCHEMELESS.fullmatch(url):
        return replaced(argument.start, argument.end, url)
    if not _SCHEME.fullmatch(url) or labelled:
        return Residue(argument.start, argument.end)
    bare = _is_linked(raw[argument.start - 1 : argument.start], url, raw[argument.end : argument.end + 2])
    return replaced(argument.start, argument.end, url if bare else f"<{url}>")


def _is_linked(before: str, url: str, after: str) -> bool:
    """Whether GitHub links a bare address between two characters, and nothing beside it."""
    if before and before not in _BEFORE_ADDRESS:
        return False
    written = url + after
    links = find_links(written, 0, len(written))
    return bool(links) and links[0].kind is LinkKind.BARE and links[0].url == url


def hyperlink(raw: str, target: Argument, label: Argument, *, labelled: bool) -> Residue:
    r"""``\href{…}{…}`` as a Markdown link, or as the bare address where that is its text too."""
    url = _address(raw[target.inner_start : target.inner_end])
    if label.end - target.start > _LONGEST_ADDRESS:
        return Residue(target.start, label.end)
    text = raw[label.inner_start : label.inner_end]
    whole = Argument(target.start, target.inner_start, target.inner_end, label.end)
    if _address(text) in (url, url.partition("://")[2], "") or _PLACEHOLDER.fullmatch(text):
        return address(raw, whole, labelled=labelled)
    if labelled or not _SCHEME.fullmatch(url) or "[" in text or "]" in text:
        return Residue(target.start, label.end)
    destination = f"<{url}>" if "(" in url or ")" in url else url
    edits = (
        Edit(Span(target.start, label.inner_start), "["),
        Edit(Span(label.inner_end, label.end), f"]({destination})"),
    )
    return Residue(target.start, label.end, edits)
