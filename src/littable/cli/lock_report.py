"""What ``littable lock`` says about its work: what has changed, and what nobody could be asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from littable.cli.lock_contents import Contents
from littable.cli.lock_listing import Listed
from littable.cli.run import Run
from littable.config import Settings
from littable.papers.arxiv.title_query import title_query
from littable.papers.arxiv_id import ArxivId
from littable.papers.lock.renewal import Renewal, change

_MOST_NAMED = 5
# arXiv was asked and answered; asking again helps nothing.
_TOO_MANY = "have these words in their titles"


def tell_changes(
    run: Run, path: Path, contents: tuple[Contents, Contents], found: Listed, *, rewritten: bool
) -> None:
    """Say which papers read differently now, which arXiv does not have, and how many there are."""
    old, new = contents
    added = new.papers.keys() - old.papers.keys()
    removed = old.papers.keys() - new.papers.keys()
    differing = {key for key in new.papers.keys() - added if new.papers[key] != old.papers[key]}
    again = {key for key in differing if _as_of_then(old, new, key)}
    for key in sorted(differing):
        said = change(old.papers[key], new.papers[key])
        if said:
            run.notice(f"{key}: {said}")
    _tell_missing(
        run, [key for key in found.papers if key in added and new.papers[key].record is None], found
    )
    for key in sorted(added | removed):
        run.say(f"{_named(ArxivId(key), found)}: {'added' if key in added else 'removed'}")
    counts = {"added": added, "removed": removed, "updated": differing - again, "asked again": again}
    changed = ", ".join(f"{len(keys):,} {what}" for what, keys in counts.items() if keys)
    otherwise = "lines put right" if rewritten else "nothing changed"
    run.notice(f"Locked {count_of(len(new.papers))} in {path} ({changed or otherwise}).")


def _as_of_then(old: Contents, new: Contents, key: str) -> bool:
    """Whether nothing but the day on which arXiv was asked is another."""
    return replace(new.papers[key], asked=old.papers[key].asked) == old.papers[key]


def _tell_missing(run: Run, keys: Sequence[str], found: Listed) -> None:
    for key in keys[:_MOST_NAMED]:
        run.notice(f"{_named(ArxivId(key), found)}: arXiv has no such paper")
    more = len(keys) - _MOST_NAMED
    if more > 0:
        run.notice(f"arXiv does not have {more:,} more; `littable check` names them")


def complain(run: Run, settings: Settings, old: Contents, renewal: Renewal, found: Listed) -> None:
    """Say what nobody could be asked about; the run ends with 2."""
    order = {key: place for place, key in enumerate(found.papers)}
    groups: dict[tuple[str, str], list[ArxivId]] = {}
    for key, reason in sorted(renewal.unavailable().items(), key=lambda pair: order.get(pair[0].id, -1)):
        kept = "earlier version" if key.version else "paper" if key.id in old.papers else "new paper"
        groups.setdefault((kept, reason), []).append(key)
    for (kind, reason), keys in groups.items():
        run.complain(f"{_could_not_be_asked(kind, len(keys), reason)}: {_some(keys, found)}")
    lost = [
        (title, reason)
        for title, reason in renewal.unavailable_titles().items()
        if settings.resolve and title_query(title) and not reason.endswith(_TOO_MANY)
    ]
    for title, reason in lost[:_MOST_NAMED]:
        run.complain(f"the title '{title}' could not be looked for: {reason}")
    if len(lost) > _MOST_NAMED:
        run.complain(f"{len(lost) - _MOST_NAMED:,} more titles could not be looked for")


def _could_not_be_asked(kind: str, count: int, reason: str) -> str:
    if count == 1:
        then = "stays as it is" if kind == "paper" else "is not locked"
        return f"1 {kind} could not be asked for ({reason}) and {then}"
    then = "stay as they are" if kind == "paper" else "are not locked"
    return f"{count:,} {kind}s could not be asked for ({reason}) and {then}"


def _some(keys: Sequence[ArxivId], found: Listed) -> str:
    named = ", ".join(_named(key, found) for key in keys[:_MOST_NAMED])
    more = len(keys) - _MOST_NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _named(key: ArxivId, found: Listed) -> str:
    place = found.papers.get(key.id)
    return f"{key} ({place})" if place else str(key)


def count_of(papers: int) -> str:
    """A number of papers in words."""
    return f"{papers:,} paper" if papers == 1 else f"{papers:,} papers"
