"""The records of the papers that the user names, asked for together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from littable.adding.wanted import Wanted
from littable.papers.record import PaperRecord
from littable.papers.snapshot.papers_file import read_papers
from littable.papers.sources import Candidates, Found, Lookup, Missing, PaperSource
from littable.rules._wording import quoted, shortened

_SHOWN = 5
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a paper cannot be added; ``known`` is False where nobody could say."""

    reason: str
    known: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """The records in the order asked for, each once; what stands in the way; and those asked for beside."""

    records: tuple[PaperRecord, ...]
    refusals: tuple[Refusal, ...]
    beside: Mapping[str, PaperRecord]


def look_up(
    source: PaperSource, wanted: Sequence[Wanted], beside: Collection[str], files: Iterable[Path]
) -> Answers:
    """Ask for everything in one batch: the papers wanted, and those of ``beside`` if they are to be had.

    ``files`` are the papers files, in which DOIs are looked for. Raises PapersFileError where one is damaged.
    """
    named = {**_by_title(source, wanted), **_by_doi(wanted, files)}
    ids = [_id(paper, named) for paper in wanted]
    asked = dict.fromkeys([*filter(None, ids), *beside])
    lookups = source.papers(list(asked)) if asked else {}
    records: dict[str, PaperRecord] = {}
    refusals: list[Refusal] = []
    for paper, arxiv_id in zip(wanted, ids, strict=True):
        given = named.get(paper)
        found = given if isinstance(given, Refusal) else _answer(arxiv_id, lookups, given)
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            records.setdefault(found.id, found)
    near = {key: lookup.record for key in beside if isinstance(lookup := lookups.get(key), Found)}
    return Answers(tuple(records.values()), tuple(refusals), near)


_Named = Mapping[Wanted, PaperRecord | Refusal]


def _id(paper: Wanted, named: _Named) -> str | None:
    found = named.get(paper)
    return paper.arxiv_id or (found.id if isinstance(found, PaperRecord) else None)


def _answer(
    arxiv_id: str | None, lookups: Mapping[str, Lookup], given: PaperRecord | None
) -> PaperRecord | Refusal:
    """The current record; for a paper found by its title or DOI, else the one that was found."""
    assert arxiv_id is not None
    lookup = lookups[arxiv_id]
    if isinstance(lookup, Found):
        return lookup.record
    if given is not None:
        return given
    if isinstance(lookup, Missing):
        return Refusal(f"arXiv has no paper {arxiv_id}", known=True)
    return Refusal(f"{arxiv_id} could not be looked up: {lookup.reason}", known=False)


def _by_title(source: PaperSource, wanted: Sequence[Wanted]) -> dict[Wanted, PaperRecord | Refusal]:
    titled = {paper: paper.title for paper in wanted if paper.title is not None}
    if not titled:
        return {}
    lookups = source.by_title(list(dict.fromkeys(titled.values())))
    found: dict[Wanted, PaperRecord | Refusal] = {}
    for paper, title in titled.items():
        lookup = lookups[title]
        if isinstance(lookup, Candidates):
            found[paper] = _only(title, lookup.records)
        else:
            found[paper] = Refusal(f"{quoted(title)} could not be looked up: {lookup.reason}", known=False)
    return found


def _only(title: str, records: Sequence[PaperRecord]) -> PaperRecord | Refusal:
    if len(records) == 1:
        return records[0]
    if not records:
        return Refusal(f"arXiv has no paper of the title {quoted(title)}", known=True)
    shown = [f"{record.id} {shortened(record.title, _LONGEST_TITLE)}" for record in records[:_SHOWN]]
    listed = "\n  ".join(shown + ["…"] * (len(records) > _SHOWN))
    return Refusal(
        f"several papers have the title {quoted(title)}; name one of them:\n  {listed}", known=True
    )


def _by_doi(wanted: Sequence[Wanted], files: Iterable[Path]) -> dict[Wanted, PaperRecord | Refusal]:
    """What papers files know of DOIs that are not arXiv's."""
    asked = {paper.doi: paper for paper in wanted if paper.doi is not None}
    found: dict[Wanted, PaperRecord | Refusal] = {
        paper: Refusal(f"{paper.doi} could not be looked up: so far only papers on arXiv can be", known=False)
        for paper in asked.values()
    }
    for path in files if asked else ():
        for line in read_papers(path):
            if line.current and line.record.doi is not None and line.record.doi.lower() in asked:
                found[asked[line.record.doi.lower()]] = line.record
    return found
