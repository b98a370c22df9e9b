"""What a citation says beside its title: people, place, date, links, and words about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from littable.document.citations.atoms import Atom, Gap, Kind
from littable.document.citations.citation import Citation
from littable.document.citations.links import is_within, leads_to_paper, link_role
from littable.document.citations.nodes import Mark
from littable.document.citations.notes import read_note
from littable.document.citations.people_run import (
    PeopleRun,
    are_people,
    find_people,
    is_bracketed,
    people_span,
)
from littable.document.citations.titles import Title, count_words
from littable.document.citations.when import year_in
from littable.document.fields import simple_part
from littable.document.labelled import Label, read_label
from littable.document.plain import plain
from littable.papers.identifiers import LinkIdentity, identify, identities_in
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

_IN = lazy(r"\W*(?:in|at|to appear in|accepted (?:to|by|at)|published in)\s+", re.IGNORECASE)
_ONLY_IN = lazy(r"(?:in|at|on|the|to appear in|published in)?", re.IGNORECASE)
_NEWS = lazy(
    r"\b(?:our|we|we're|we've|accepted|release[ds]?|releasing|is out|available now|is now|has been|have been"
    r"|check out|congrat\w*|welcome|please|thanks|you can|feel free|updated?|added)\b"
    r"|🎉|📢|恭喜|我们|发布了|开源了"
)
_EDGES = " \t\r\n\u00a0\u3000,;:|-–—/·•，；：。、"
_OPENING = '*_`"“”([「『《'
_CLOSING = '.。!?！？)]）】”」"*_`'
_PROSE = 6
_LABEL = 30


class Body:
    """Reads lines of atoms into a citation."""

    def __init__(self, source: str, citation: Citation) -> None:
        self.source = source
        self.citation = citation

    def read_lines(self, atoms: Sequence[Atom]) -> None:
        """Lines below the title."""
        lines: dict[int, list[Atom]] = {}
        for atom in atoms:
            lines.setdefault(atom.line, []).append(atom)
        whole = list(lines.values())
        at = 0
        while at < len(whole):
            behind = self._end_of_abstract(whole, at)
            self._read_line([atom for line in whole[at:behind] for atom in line])
            at = behind

    def read_tail(self, atoms: Sequence[Atom]) -> None:
        """The atoms of one line, behind the title or below it."""
        people = self.read_people(atoms)
        before, at = "", 0
        while at < len(atoms):
            atom = atoms[at]
            if people is not None and at in people:
                at = people.stop
            elif atom.kind is Kind.WORDS:
                at = self._read_words(atoms, at)
            else:
                self.read_known(atom, before)
                before = atom.text if atom.kind is not Kind.LINK else before if atom.gap is Gap.COMMA else ""
                at += 1

    def read_people(self, atoms: Sequence[Atom]) -> PeopleRun | None:
        """The first run of people, which becomes the authors."""
        run = None if self.citation.has(Role.AUTHORS) else find_people(atoms)
        if run is not None:
            self.add_people(atoms, run)
        return run

    def add_people(self, atoms: Sequence[Atom], run: PeopleRun) -> None:
        """Take a run as the authors."""
        self.citation.people = max(self.citation.people, 2 if run.sure else 1)
        self.citation.add(Role.AUTHORS, trimmed(self.source, people_span(self.source, atoms, run)))

    def read_known(self, atom: Atom, before: str) -> None:
        """An atom that is known for what it is; ``before`` are the words in front of it."""
        if atom.node is not None:
            self._read_link(atom, before)
        elif atom.kind is Kind.DATE:
            self._read_date(atom.span)
        elif atom.kind is Kind.PLACE:
            self._read_place(atom)
        elif atom.kind is Kind.IDENTIFIER:
            self._read_identifier(atom)

    def read_year(self, atom: Atom, found: tuple[int, int]) -> None:
        """A place with its year, each a cell of its own."""
        year = Span(atom.start + found[0], atom.start + found[1])
        sides = [Span(atom.start, year.start), Span(year.end, atom.end)]
        self._read_date(year)
        if self.citation.venue:
            rest = max((trimmed(self.source, side) for side in sides), key=lambda span: span.end - span.start)
            if _ONLY_IN.fullmatch(self.source, rest.start, rest.end) is None:
                self._add_place(rest)

    def see_news(self, text: str) -> None:
        """Note words of an announcement."""
        self.citation.news = self.citation.news or _NEWS.search(text.lower()) is not None

    def _end_of_abstract(self, lines: Sequence[Sequence[Atom]], at: int) -> int:
        """Behind the lines that an abstract with its label goes on over; behind any other line itself."""
        first = self._bounds(lines[at])
        label = read_label(self.source, first.start, first.end)
        at += 1
        if label is None or label.roles[0] is not Role.ABSTRACT:
            return at
        while at < len(lines) and self._goes_on(lines[at - 1], lines[at]):
            at += 1
        return at

    def _goes_on(self, line: Sequence[Atom], following: Sequence[Atom]) -> bool:
        """Whether nothing but the end of a line parts two, and the second says nothing of its own."""
        end, span = self._bounds(line).end, self._bounds(following)
        between = self.source[end : span.start]
        if between.count("\n") != 1 or "<" in between or between.partition("\n")[0].endswith(("  ", "\\")):
            return False
        return read_label(self.source, span.start, span.end) is None and following[0].kind is not Kind.LINK

    def _read_line(self, atoms: list[Atom]) -> None:
        span = self._bounds(atoms)
        label = read_label(self.source, span.start, span.end)
        if label is not None:
            self._read_labelled(label, atoms, Span(label.end, max(span.end, label.end)))
        elif are_people(atoms) and not self.citation.has(Role.AUTHORS):
            self._add_people_line(atoms)
        elif _is_prose(atoms):
            self._add_note(span)
        else:
            self.read_tail(atoms)

    def _add_people_line(self, atoms: Sequence[Atom]) -> None:
        """A line of names, without the firm in brackets behind them."""
        last = len(atoms)
        while last > 1 and atoms[last - 1].group is not atoms[0].group and is_bracketed(atoms[last - 1]):
            last -= 1
        span = simple_part(self.source, self._bounds(atoms[:last]))
        self.citation.people = 2
        self.citation.add(Role.AUTHORS, trimmed(self.source, span))

    def _bounds(self, atoms: Sequence[Atom]) -> Span:
        """From the first atom to the last, with the marks and the full stop around them."""
        source = self.source
        first = min(atom.group.start if atom.group else atom.start for atom in atoms)
        last = max(max(atom.end, atom.group.end if atom.group else 0) for atom in atoms)
        start = first
        while start > 0 and source[start - 1] in _OPENING:
            start -= 1
        stop = source.find("\n", last)
        tail = source[last : stop if stop >= 0 else len(source)]
        return Span(start, last + len(tail) - len(tail.lstrip(_CLOSING)))

    def _read_labelled(self, label: Label, atoms: Sequence[Atom], value: Span) -> None:
        citation, role = self.citation, label.roles[0]
        if Role.LINK in label.roles or role is Role.CODE:
            for atom in atoms:
                if atom.kind in (Kind.LINK, Kind.IDENTIFIER):
                    self.read_known(atom, label.name)
        elif role is Role.TITLE and (citation.title is None or citation.title.mark is not Mark.LINK):
            self._rename(value)
        elif role is Role.AUTHORS and not citation.has(role):
            citation.people = 2
            citation.add(role, trimmed(self.source, value))
        elif role in (Role.YEAR, Role.DATE):
            if year_in(value.of(self.source)) is not None:
                self._read_date(value)
        elif role is Role.VENUE:
            citation.venue = True
            self._add_place(value)
        elif role in (Role.ABSTRACT, Role.TOPIC, Role.COMMENT):
            citation.add(role, value)

    def _rename(self, value: Span) -> None:
        """Take what is labelled as the title instead of a short name above it."""
        before, words = self.citation.title, count_words(plain(value.of(self.source)))
        if words < max(before.words if before is not None else 0, 3):
            return
        span = simple_part(self.source, value)
        self.citation.cells = [cell for cell in self.citation.cells if cell[0] is not Role.TITLE]
        self.citation.add(Role.TITLE, span)
        self.citation.title = Title(span, Mark.TEXT, words)
        self.citation.title_text = plain(span.of(self.source))
        self.citation.name_first = False

    def _read_words(self, atoms: Sequence[Atom], start: int) -> int:
        """A run of words that are nothing known, which is a note where they are many; gives where it ends."""
        stop, words = _end_of_words(atoms, start)
        run = atoms[start:stop]
        self.citation.behind += words
        self.see_news(" ".join(atom.text for atom in run))
        if words >= _PROSE:
            span = self._bounds(run)
            self._add_note(Span(max(span.start, run[0].start), max(span.end, run[-1].end)))
        else:
            for atom in run:
                if not self.citation.dated and (found := year_in(atom.span.of(self.source))):
                    self.read_year(atom, found)
        if stop < len(atoms) and atoms[stop].node is not None:
            self._read_link(atoms[stop], run[-1].text)
            stop += 1
        return stop

    def _add_note(self, span: Span) -> None:
        notes = self.citation.notes
        if notes and not self.source[notes[-1].span.end : span.start].strip(" \t\r\n>*_"):
            span = Span(notes.pop().span.start, span.end)
        notes.append(read_note(self.source, span))

    def _read_place(self, atom: Atom) -> None:
        self.citation.venue = True
        named = next(identities_in(atom.span.of(self.source)), None)
        if named is not None and named.malformed is None:
            self._read_named_place(atom, named)
            return
        found = year_in(atom.span.of(self.source))
        if found is None:
            self._add_place(atom.span)
        else:
            self.read_year(atom, found)

    def _read_named_place(self, atom: Atom, named: LinkIdentity) -> None:
        """``arXiv preprint arXiv:1704.04861``: the place, and the paper's identifier."""
        text = atom.span.of(self.source)
        first = text.lower().rfind("arxiv", 0, named.id_start)
        self._add_place(Span(atom.start, atom.start + first))
        self.citation.paper = 2
        self.citation.add(
            Role.LINK, Span(atom.start + first, atom.start + (named.version_end or named.id_end))
        )
        behind = Span(atom.start + (named.version_end or named.id_end), atom.end)
        if (found := year_in(behind.of(self.source))) is not None:
            self._read_date(Span(behind.start + found[0], behind.start + found[1]))

    def _add_place(self, span: Span) -> None:
        lead = _IN.match(self.source, span.start, span.end)
        if not self.citation.has(Role.VENUE):
            self.citation.add(Role.VENUE, trimmed(self.source, Span(lead.end(), span.end) if lead else span))

    def _read_date(self, span: Span) -> None:
        if self.citation.dated:
            return
        self.citation.dated = True
        span = trimmed(self.source, span)
        text = span.of(self.source)
        self.citation.add(Role.YEAR if len(text) == 4 and text.isdigit() else Role.DATE, span)

    def _read_identifier(self, atom: Atom) -> None:
        span = trimmed(self.source, atom.span)
        if identify(span.of(self.source)) is not None:
            self.citation.paper = 2
            self.citation.add(Role.LINK, span)

    def _read_link(self, atom: Atom, before: str) -> None:
        node, citation = atom.node, self.citation
        assert node is not None
        assert node.link is not None
        role = link_role(self.source, node, before if len(before) < _LABEL else "")
        citation.links += 1
        citation.within += is_within(node.link.url)
        if role is Role.LINK:
            citation.paper = max(citation.paper, leads_to_paper(node.link.url), 1)
        citation.kin += role is Role.CODE
        citation.add(role, node.span)


def _is_prose(atoms: Sequence[Atom]) -> bool:
    """Whether a line is more words than names, places and links."""
    words = sum(count_words(atom.text) for atom in atoms if atom.kind is Kind.WORDS)
    known = sum(
        count_words(atom.text) for atom in atoms if atom.kind in (Kind.NAME, Kind.PLACE, Kind.DATE, Kind.MORE)
    )
    if atoms[0].kind in (Kind.NAME, Kind.MORE) and known >= words:
        return False
    linked = any(atom.kind is Kind.LINK for atom in atoms)
    if linked and all(atom.kind is Kind.LINK or count_words(atom.text) <= 2 for atom in atoms):
        return False
    return words >= 4 and words > known


def _end_of_words(atoms: Sequence[Atom], at: int) -> tuple[int, float]:
    """Behind a run of words, and how many there are; the label of a link ends it."""
    start, words = at, 0.0
    while at < len(atoms):
        atom = atoms[at]
        within = atom.kind in (Kind.WORDS, Kind.NAME, Kind.NUMBER)
        if not within and not (words > _PROSE and atom.kind is Kind.PLACE):
            break
        words += count_words(atom.text)
        at += 1
        labels = at < len(atoms) and atoms[at].kind is Kind.LINK and 0 < len(atom.text) < _LABEL
        if labels and at - 1 > start:
            break
    return at, words


def trimmed(source: str, span: Span) -> Span:
    """Without separators at either side, and a bracket that opens behind."""
    piece = span.of(source)
    kept = piece.strip(_EDGES).rstrip("(（[【 ")
    start = span.start + piece.find(kept) if kept else span.start
    return Span(start, start + len(kept))
