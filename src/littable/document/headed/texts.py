"""Texts about a paper: which may be its abstract, and where one goes on."""

from __future__ import annotations

from littable.document.headed.gathered import Gathered, Rank
from littable.document.headed.labels import LineLabel
from littable.document.headed.lines import Nature, Statement
from littable.document.headed.link_lines import cells_of
from littable.document.headed.mentions import publication_year
from littable.document.headed.values import is_latin, weight
from littable.document.outline import Kind
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

PROSE = 60
_NOTE = 20
_REMARK = 15
_SENTENCE = lazy(r"[。，；！？,;!?]|\.(?:\s|\Z)")
_ABSTRACTS = frozenset(
    {"abstract", "original abstract", "paper abstract", "英文摘要", "full abstract", "abstract (en)"}
)
_PLAIN_ABSTRACTS = frozenset(
    """摘要 аннотация реферат 초록 要旨 アブストラクト resumen résumé resumo zusammenfassung 论文摘要 内容摘要
    中文摘要""".split()
)


class Texts(Gathered):
    """What is gathered of one paper, and the texts about it."""

    def take_abstract(self, label: LineLabel, statement: Statement, *, more: bool) -> None:
        """Take a statement for the abstract, or for one of several texts that may be it."""
        rank = (
            Rank.ABSTRACT
            if label.name in _ABSTRACTS
            else Rank.NAMED
            if label.name in _PLAIN_ABSTRACTS
            else Rank.LIKE
        )
        value = statement.value
        if more and self.abstracts and self.abstracts[-1][0] == rank:
            if self._is_quoted_apart(statement):
                return
            value = Span(self.abstracts.pop()[1].start, value.end)
        elif statement.nature is Nature.LINKS or weight(value.of(self.source)) < _NOTE:
            self.links += cells_of(self.page, statement.links)
            return
        self.abstracts.append((rank, value))
        self.found.labels.add(Role.ABSTRACT)

    def _is_quoted_apart(self, statement: Statement) -> bool:
        """Whether marks of a quote stand before a further paragraph, which no text may go across."""
        if all(container.kind is not Kind.QUOTE for container in statement.containers):
            return False
        return ">" in self.source[self.abstracts[-1][1].end : statement.value.start]

    def see_year(self, remark: Span) -> None:
        """See whether a remark says when the paper came out."""
        if self.published is None:
            self.published = publication_year(self.source, remark)

    def add_text(self, rank: Rank, value: Span) -> None:
        """Keep a text that may stand for an abstract where there is no better one."""
        text = value.of(self.source)
        if text.startswith("[") and "]({{" in text:
            return  # links whose addresses a template makes
        size = weight(plain(text)) if text.startswith(("!", "<", "[![")) else weight(text)
        if size >= PROSE:
            if rank is Rank.TEXT and self._follows_text(value):
                value = Span(self.abstracts.pop()[1].start, value.end)
            self.abstracts.append((rank, value))
        elif size >= _REMARK and not self._is_translated_title(text):
            self.abstracts.append((Rank.REMARK, value))

    def _follows_text(self, value: Span) -> bool:
        """Whether the text before is a paragraph of the same text: nothing but blanks stands between."""
        if not self.abstracts or self.abstracts[-1][0] is not Rank.TEXT:
            return False
        return not self.source[self.abstracts[-1][1].end : value.start].strip()

    def _is_translated_title(self, text: str) -> bool:
        words = plain(text)
        latin = is_latin(self.found.head.words)
        return self.seen == 1 and latin != is_latin(words) and _SENTENCE.search(words) is None
