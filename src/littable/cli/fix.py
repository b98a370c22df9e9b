"""``littable fix``: mend what can be mended, and say what is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from littable.cli import options as opt

if TYPE_CHECKING:
    from littable.cli.run import Run
    from littable.cli.session import Opened, Session
    from littable.diagnostic import Diagnostic
    from littable.fixing import Fixed

Unsafe = Annotated[bool, typer.Option("--unsafe", help="Apply unsafe fixes, too.")]
Diff = Annotated[bool, typer.Option("--diff", help="Print a unified diff and write nothing.")]


def fix(
    paths: opt.Paths = None,
    unsafe: Unsafe = False,
    diff: Diff = False,
    select: opt.Select = None,
    ignore: opt.Ignore = None,
    extend_select: opt.ExtendSelect = None,
    output_format: opt.Format = None,
    output_file: opt.OutputFile = None,
    offline: opt.Offline = False,
    papers: opt.Papers = None,
    store: opt.Store = None,
    max_wait: opt.MaxWait = None,
    links: opt.Links = None,
    since: opt.Since = None,
    fail_on: opt.Fail = None,
    exit_zero: opt.ExitZero = False,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    force_exclude: opt.ForceExclude = False,
    stdin_filename: opt.StdinFilename = "-",
    statistics: opt.Statistics = False,
    no_color: opt.NoColor = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Mend what can be mended with certainty, write it back, and say what is left.

    Standard input is mended to standard output.
    """
    options = locals()
    from littable.cli.run import Run, check_output, check_statistics, exit_code, overrides_from, write_report
    from littable.cli.session import Session, since_of

    run = Run(overrides_from(options), config, isolated, quiet, verbose, stdin_filename, output_file)
    targets = paths or [Path()]
    settings = run.settings_for(targets[0])
    check_output(output_file)
    check_statistics(settings, wanted=statistics)
    with Session(run, settings, since_of(since, targets[0], stdin_filename)) as session:
        opened = session.read(run.files(targets, force_exclude=force_exclude))
        session.gather(opened)
        if session.interrupted:
            raise KeyboardInterrupt
        results = [
            (file, fixed) for file in opened if (fixed := session.fix(file, unsafe=unsafe)) is not None
        ]
        if session.interrupted:  # while what was mended was asked about
            raise KeyboardInterrupt
        changed = [(file, fixed) for file, fixed in results if fixed.text != file.source.text]
        if diff:
            _print_diffs(changed, color=not no_color)
            raise typer.Exit(2 if run.failures else 1 if changed and not exit_zero else 0)
        results = [(file, fixed) for file, fixed in results if _is_written(run, session, file, fixed)]
        changed = [(file, fixed) for file, fixed in results if fixed.text != file.source.text]
    reports = [fixed.report for _, fixed in results]
    if all(not file.is_stdin for file, _ in results):
        write_report(reports, settings, run, output=output_file, no_color=no_color, statistics=statistics)
    _tell(run, [diagnostic for _, fixed in changed for diagnostic in fixed.applied], len(changed))
    raise typer.Exit(exit_code(reports, settings, run, exit_zero=exit_zero))


def _print_diffs(changed: list[tuple[Opened, Fixed]], *, color: bool) -> None:
    import sys

    from littable.cli.diff import unified_diff
    from littable.cli.run import use_color

    color = color and use_color(sys.stdout)
    harmless = sys.stdout.isatty()
    for file, fixed in changed:
        before, after = file.source.raw, file.source.with_text(fixed.text).raw
        for line in unified_diff(file.name, before, after, color=color, harmless=harmless):
            sys.stdout.buffer.write(line.encode(errors="surrogateescape"))
    sys.stdout.flush()


def _is_written(run: Run, session: Session, file: Opened, fixed: Fixed) -> bool:
    """Write what has to be written; False where that failed, and the file is what it was."""
    if (file.is_stdin or fixed.text != file.source.text) and not session.write(file, fixed.text):
        return False
    run.say(f"{file.name}: {len(fixed.applied)} fixed")
    return True


def _tell(run: Run, applied: list[Diagnostic], files: int) -> None:
    if not applied:
        return
    from collections import Counter

    counts = Counter(f"{diagnostic.code} {diagnostic.name}" for diagnostic in applied)
    listed = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    run.notice(f"Fixed {len(applied)} in {files} {'file' if files == 1 else 'files'}: {listed}.")
