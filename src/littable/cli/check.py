"""``littable check``: say what is wrong."""

from __future__ import annotations

from pathlib import Path

import typer

from littable.cli import options as opt


def check(
    paths: opt.Paths = None,
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
    show_settings: opt.ShowSettings = False,
    no_color: opt.NoColor = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Check Markdown files and say what is wrong in their tables of papers."""
    options = locals()
    from littable.cli.run import Run, overrides_from, show

    run = Run(overrides_from(options), config, isolated, quiet, verbose, stdin_filename, output_file)
    targets = paths or [Path()]
    if show_settings:
        show(run, targets[0])
        return
    from littable.cli.run import check_output, check_statistics, exit_code, write_report
    from littable.cli.session import Session, since_of

    settings = run.settings_for(targets[0])
    check_output(output_file)
    check_statistics(settings, wanted=statistics)
    with Session(run, settings, since_of(since, targets[0], stdin_filename)) as session:
        documents = session.read(run.files(targets, force_exclude=force_exclude))
        reports = session.check(documents)
    write_report(reports, settings, run, output=output_file, no_color=no_color, statistics=statistics)
    if session.interrupted:
        raise KeyboardInterrupt
    raise typer.Exit(exit_code(reports, settings, run, exit_zero=exit_zero))
