"""The line of a citation's title: which piece the title is, and what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from littable.document.citations.atoms import Atom, Kind
from littable.document.citations.body import Body
from littable.document.citations.citation import Citation
from littable.document.citations.links import is_generic, is_kept_beside, is_within, leads_to_paper, link_role
from littable.document.citations.nodes import Mark, Node
from littable.document.citations.people import name_strength
from littable.document.citations.people_run import PeopleRun, one_person
from littable.document.citations.plain_titles import unmarked
from littable.document.citations.titles import Title, count_words, set_off
from littable.document.citations.when import year_in
from littable.document.plain import plain
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_NUMBER = lazy(r"\W{0,4}\d{1,3}[.)]\s*(?=[^\W\d_])")
_TAG = lazy(r"(?:\*\*|__)\[(?!Re\])[^\[\]\n]{2,40}\]:?\s+(?=(?:[^\s*_]+\s+){2})", re.IGNORECASE)
_TWICE = lazy(r"(?:\*\*|__)?(?P<name>[^\s:*]{2,24})\s?:\s+(?=(?P=name)(?:\s?:|\s))")
_SENTENCE = lazy(
    r"(?:This|These|The)\s(?:data\s?sets?|data|paper|article|work|tool|library|package|collection|repo(?:sitory)?|project"
    r"|method|model|book|course|site|page|survey|study|post|series|framework|benchmark)\s[a-z]+s?\s"
    r"|\S+\s(?:currently\s|now\s)?(?:contains|includes|provides|offers|comprises|supports|implements)\s"
)
_LOWER = lazy(r"[^\W\d_A-ZА-Я][a-zа-я]+ ")
_LONG = 6
_PEOPLE = (Kind.NAME, Kind.MORE)


class Head(Body):
    """Reads the paragraph that a citation begins with."""

    def __init__(self, source: str, citation: Citation, nodes: Sequence[Node], atoms: Sequence[Atom]) -> None:
        super().__init__(source, citation)
        self.nodes = nodes
        self.atoms = atoms

    def read(self) -> None:
        """Find the title, then read what is around it."""
        title = self._find_title()
        if title is None:
            self.read_lines(self.atoms)
            return
        title = self._without_number(title)
        self._take(title)
        before = [atom for atom in self.atoms if atom.end <= title.span.start]
        behind = [atom for atom in self.atoms if atom.start >= title.span.end]
        within = [atom for atom in self.atoms if title.span.start <= atom.start < title.span.end]
        line = (within or before or self.atoms)[-1].line
        self._read_before(before)
        self.read_tail([atom for atom in behind if atom.line == line])
        self.read_lines([atom for atom in behind if atom.line > line])

    def _take(self, title: Title) -> None:
        citation = self.citation
        citation.title = title
        citation.title_text = plain(title.span.of(self.source))
        citation.name_first = name_strength(citation.title_text) == 2
        citation.add(Role.TITLE, title.span)
        if title.mark is Mark.TEXT and _LOWER.match(citation.title_text):
            citation.before += 3.0 if self._follows_people(title) else 1.0  # as sentences go on
        if title.mark is Mark.TEXT and _SENTENCE.match(citation.title_text):
            citation.before += 3.0
        if title.node is not None:
            self._see_link(title.node)

    def _without_number(self, title: Title) -> Title:
        """``01.`` before a title is no part of it, nor is a tag in brackets, nor its name said twice."""
        if title.node is not None or title.mark not in (Mark.TEXT, Mark.STRONG):
            return title
        number = next(
            (
                found
                for pattern in (_NUMBER, _TAG, _TWICE)
                if (found := pattern.match(self.source, title.span.start, title.span.end))
            ),
            None,
        )
        if number is None:
            return title
        end = title.span.end - (0 if title.mark is Mark.TEXT else len("**"))
        return Title(Span(number.end(), end), title.mark, title.words) if end > number.end() else title

    def _follows_people(self, title: Title) -> bool:
        return any(atom.kind in _PEOPLE and atom.end <= title.span.start for atom in self.atoms)

    def _see_link(self, node: Node) -> None:
        """What the title's own link tells."""
        citation, link = self.citation, node.link
        assert link is not None
        citation.links += 1
        citation.within += is_within(link.url)
        if found := leads_to_paper(link.url):
            citation.paper = found
        elif is_kept_beside(link.url) or (_is_short(citation) and link_role(self.source, node) is Role.CODE):
            citation.kin += 1

    def _read_before(self, atoms: Sequence[Atom]) -> None:
        """People, place and date in front of the title; whatever else is counted."""
        people = self.read_people(atoms)
        if people is not None and self._is_named_in_title(atoms, people):
            self.citation.cells = [cell for cell in self.citation.cells if cell[0] is not Role.AUTHORS]
            self.citation.people = 0
        if people is None and (alone := one_person(atoms)):
            people = alone
            self.add_people(atoms, alone)
        for at, atom in enumerate(atoms):
            if people is not None and at in people:
                continue
            if atom.kind in (Kind.WORDS, Kind.NAME) and atom.node is None:
                self._read_unknown(atom)
            else:
                self.read_known(atom, "")

    def _is_named_in_title(self, atoms: Sequence[Atom], people: PeopleRun) -> bool:
        """Whether what looks like a name is that of the thing: "Slope One: Slope One Predictors for …"."""
        if people.sure or people.stop - people.start > 1:
            return False
        return atoms[people.start].text.casefold() in self.citation.title_text.casefold()

    def _read_unknown(self, atom: Atom) -> None:
        bracketed = atom.group is not None and atom.group.mark in (Mark.ROUND, Mark.SQUARE)
        words = count_words(atom.text)
        self.see_news(atom.text)
        if not bracketed and words > 2:
            self.citation.before += words
            return
        found = year_in(atom.span.of(self.source))
        if found is not None and not self.citation.dated:
            self.citation.venue = self.citation.venue or words > 1
            self.read_year(atom, found)

    def _find_title(self) -> Title | None:
        marked = set_off(self.source, self.nodes)
        lead = [atom for atom in self.atoms if marked is None or atom.end <= marked.span.start]
        plainly = self._plain_title(lead)
        if marked is None or plainly is None:
            return marked or plainly or self._bracketed_title()
        if not _is_weightier(lead, plainly, marked):
            return marked
        joined = not self.source[plainly.span.end : marked.span.start].strip(" \n")
        if marked.mark is Mark.LINK and marked.words >= 2 and joined:
            self.citation.before += plainly.words  # a sentence that names the link
        return plainly

    def _bracketed_title(self) -> Title | None:
        """A title in brackets with a blank between them and the address: ``[Title] (https://…)``."""
        if len(self.atoms) < 2 or self.atoms[1].kind is not Kind.LINK:
            return None
        first = self.atoms[0]
        words = count_words(first.text)
        if first.group is None or first.group.mark is not Mark.SQUARE or words < 3:
            return None
        return Title(first.group.inner, Mark.TEXT, words)

    def _plain_title(self, atoms: Sequence[Atom]) -> Title | None:
        found = unmarked(atoms)
        if found is None:
            return None
        first, last = atoms[found[0]], atoms[found[1]]
        start, end = first.start, last.end
        if first.group is not None and first.group is not last.group:
            start = min(start, first.group.start)
        if last.group is not None and last.group is not first.group:
            end = max(end, last.group.end)
        end += self.source[end : end + 1] in ("?", "!", "？", "！")
        text = plain(self.source[start:end])
        words = count_words(text)
        return Title(Span(start, end), Mark.TEXT, words) if words and not is_generic(text) else None


def _is_short(citation: Citation) -> bool:
    """Whether a title is so short that it may only say what its link leads to."""
    return citation.title is None or citation.title.words < _LONG


def _is_weightier(lead: Sequence[Atom], plainly: Title, marked: Title) -> bool:
    """Whether what stands before a piece that is set off is the title instead."""
    inside = [atom for atom in lead if plainly.span.start <= atom.start < plainly.span.end]
    if all(atom.kind in _PEOPLE for atom in inside):
        return plainly.words >= 2 and marked.words < 3 and marked.mark is not Mark.QUOTE
    if marked.mark is Mark.QUOTE:
        return plainly.words > max(marked.words, 4)
    if marked.mark is Mark.STRONG:
        return plainly.words >= 3 > marked.words
    if marked.mark is Mark.LINK and marked.words >= 3:
        return plainly.words >= 4 and plainly.words > marked.words
    return plainly.words >= (marked.words if marked.mark is Mark.LINK else 2)
