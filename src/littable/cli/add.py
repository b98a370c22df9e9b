"""``littable add``: put papers into a table, in its own manner."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from littable.cli import options as opt
from littable.errors import LittableError

if TYPE_CHECKING:
    from littable.adding.additions import AddedRow, Additions
    from littable.adding.lookups import Answers
    from littable.adding.tables import Candidate
    from littable.adding.wanted import Wanted
    from littable.cli.run import Run
    from littable.config import Settings
    from littable.document.model import Document

_LONGEST_TITLE = 60

File = Annotated[
    Path, typer.Argument(help="A Markdown file; `-` reads standard input and writes to standard output.")
]
Papers = Annotated[
    list[str],
    typer.Argument(
        help="Identifiers of arXiv in any form, URLs, DOIs or titles.",
        metavar="ID|URL|DOI|TITLE...",
        show_default=False,
    ),
]
TableOption = Annotated[
    str | None,
    typer.Option(
        "--table",
        help="Which table of papers: its number, from 1, or the heading above it. Default: the only one.",
        metavar="N|HEADING",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print a unified diff and write nothing.")]


def add(
    file: File,
    papers_to_add: Papers,
    table: TableOption = None,
    dry_run: DryRun = False,
    offline: opt.Offline = False,
    papers: opt.Papers = None,
    store: opt.Store = None,
    max_wait: opt.MaxWait = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    stdin_filename: opt.StdinFilename = "-",
    no_color: opt.NoColor = False,
    quiet: Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Add papers to a table, as rows in its own style and order.

    All of them are added, or none: nothing is written where one is in the table already or cannot be found.
    """
    options = locals()
    from littable.adding.additions import reasons_against
    from littable.adding.tables import choose_table
    from littable.adding.wanted import read_wanted
    from littable.cli.run import STDIN, Run, overrides_from
    from littable.document.reading import read_document

    run = Run(overrides_from(options), config, isolated, quiet, verbose, stdin_filename)
    wanted = [read_wanted(written) for written in papers_to_add]
    named = Path(stdin_filename) if file == STDIN else file
    settings = run.settings_for(named)
    source = run.read(file)
    if source is None:
        raise typer.Exit(2)
    document = read_document(str(named), source.text, settings.reading)
    chosen = choose_table(document, table)
    run.say(f"{named}: table {chosen}")
    reasons = reasons_against(document, chosen, wanted)
    if len(reasons) == len(wanted):  # nothing need be asked
        _refuse(reasons, alone=len(wanted) == 1)
        raise typer.Exit(1)
    answers = _ask(run, settings, document, chosen, wanted)
    added = _add(document, chosen, answers, settings)
    written = source.with_text(added.text)
    if dry_run:
        _print_diff(str(named), source.raw, written.raw, color=not no_color)
    else:
        _write(file, written.encode())
    for row in added.rows:
        _tell(run, row, str(named), written=not dry_run)


def _ask(
    run: Run, settings: Settings, document: Document, chosen: Candidate, wanted: Sequence[Wanted]
) -> Answers:
    """What the sources know of the papers; arXiv is searched for titles, whatever ``resolve`` says."""
    from littable.adding.additions import ids_beside
    from littable.adding.lookups import look_up
    from littable.cli.library import open_library

    if any(paper.title is not None for paper in wanted):
        settings = replace(settings, resolve=True)
    library = open_library(settings, run)
    try:
        return look_up(library, wanted, ids_beside(document, chosen.table), settings.papers)
    finally:
        library.close()


def _add(document: Document, chosen: Candidate, answers: Answers, settings: Settings) -> Additions:
    """The new text; ends with 1 where papers are there already or do not exist, with 2 where nobody knows."""
    from littable.adding.additions import AlreadyThere, add_papers, reason_against

    reasons = [refusal.reason for refusal in answers.refusals]
    unknown = any(not refusal.known for refusal in answers.refusals)
    there = (reason_against(document, chosen, record) for record in answers.records)
    reasons += [reason for reason in there if reason is not None]
    if not reasons:
        try:
            return add_papers(document, chosen, answers.records, answers.beside, settings)
        except AlreadyThere as error:  # two of the papers are one
            reasons.append(str(error))
    _refuse(reasons, alone=len(answers.records) + len(answers.refusals) == 1)
    raise typer.Exit(2 if unknown else 1)


def _refuse(reasons: Sequence[str], *, alone: bool) -> None:
    """Say on standard error why nothing is written."""
    from littable.reports._safe import shown

    for line in "\n".join([f"error: {reason}" for reason in reasons]).split("\n"):
        print(shown(line), file=sys.stderr)
    if not alone:
        print("Nothing was added.", file=sys.stderr)


def _write(file: Path, data: bytes) -> None:
    """Put the new text where the old one came from; a file is replaced whole or not at all."""
    from littable.cli.run import STDIN
    from littable.fixing import write_whole

    if file == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        write_whole(file, data)
    except OSError as error:
        reason = error.strerror or error
        raise LittableError(f"{file}: cannot be written: {reason}; it is as it was") from None


def _print_diff(name: str, before: str, after: str, *, color: bool) -> None:
    from littable.cli.diff import unified_diff
    from littable.cli.run import use_color

    color = color and use_color(sys.stdout)
    for line in unified_diff(name, before, after, color=color, harmless=sys.stdout.isatty()):
        sys.stdout.buffer.write(line.encode(errors="surrogateescape"))
    sys.stdout.flush()


def _tell(run: Run, row: AddedRow, name: str, *, written: bool) -> None:
    """Say what was added, and what is left to the user."""
    from littable.rules._wording import shortened

    record = row.record
    title = shortened(record.title, _LONGEST_TITLE)
    run.notice(f"{'Added' if written else 'Would add'} {record.id} '{title}' to {name}, {row.place}.")
    if row.left_empty:
        run.notice(f"  left to you: {', '.join(row.left_empty)}")
    if row.elsewhere is not None:
        run.notice(f"  it is in {row.elsewhere}, too, in another table")
    if record.withdrawn:
        run.notice("  it was withdrawn from arXiv")
