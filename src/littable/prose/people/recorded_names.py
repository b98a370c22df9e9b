"""The names of a record: which of them are people, and whether they can be relied on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from littable.patterns import lazy
from littable.prose.people.names import Name, Word, read_name
from littable.prose.tex import decode_accents

# Several names run together, or no names at all: such a record cannot say what is wrong.
_DAMAGED = lazy(r"[;:@\d]|[^\W\d_]+\s[^\W\d_]{3,}\.\s[^\W\d_]{3,}|\bet\.? al\b")
_MOST_WORDS = 7
_COLLECTIVE = lazy(
    r"\b(?:collaborations?|teams?|groups?|consortium|projects?|community|initiative|committee|labs?|laboratory"
    r"|laboratories|research|university|institutes?|institut|school|college|academy|department|hospital"
    r"|cent(?:er|re)|inc|corp|ltd|company|foundation|network|survey|society|association|tech|technology"
    r"|technologies|sciences|robotics|contributors|authors)\b|(?-i:\bAI\Z)",
    re.IGNORECASE,
)
_COMPANY = lazy(
    r"(?:the\s)?(?:openai|deepmind|anthropic|google|meta|microsoft|nvidia|apple|amazon|ibm|intel|huawei|tencent"
    r"|alibaba|baidu|bytedance|facebook|deepseek(?:-ai)?|mistral|cohere|qwen)(?:\s(?:deepmind|brain|cloud))?",
    re.IGNORECASE,
)
_STUCK = "and"
_SHORTEST_STUCK = 6


def recorded_names(record: Sequence[str]) -> tuple[Name, ...]:
    """The names of people in a record, in order, without collaborations; none where it looks damaged."""
    names: list[Name] = []
    for raw in record:
        text = display(raw)
        if text in ("", ":"):
            continue
        name = read_name(text)
        if not name.words or is_collective(text):
            continue
        if len(name.words) > _MOST_WORDS or _DAMAGED.search(text):
            return ()
        names.append(_loosened(name))
    return tuple(names)


def has_collective(record: Sequence[str]) -> bool:
    """Whether a record names a collaboration, a team or a company among its authors."""
    return any(map(is_collective, record))


def is_collective(text: str) -> bool:
    """Whether this is the name of a team, a company, an institute or the like."""
    return _COLLECTIVE.search(text) is not None or _COMPANY.fullmatch(text.strip(" .:")) is not None


def display(raw: str) -> str:
    """A record's name as people read it, TeX accents resolved."""
    text = decode_accents(raw) if "\\" in raw else raw
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").split())


def _loosened(name: Name) -> Name:
    """An "and" that ran into a name (``Yongjae Leeand``) is an error of the record's, not of the row's."""
    last = name.words[-1]
    if len(last.text) < _SHORTEST_STUCK or not last.text.endswith(_STUCK):
        return name
    spellings = last.spellings | {spelling.removesuffix(_STUCK) for spelling in last.spellings}
    loose: Word = replace(last, spellings=spellings)
    return replace(name, words=(*name.words[:-1], loose))
