"""``littable lock``: write down what arXiv says of the papers, so that checks are the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from littable.cli import options as opt
from littable.errors import ConfigurationError

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files or folders. Default: the folder of the configuration, or the current one.",
        show_default=False,
    ),
]
Upgrade = Annotated[
    bool, typer.Option("--upgrade", help="Ask again, too, for what is older than the allowed age.")
]
Check = Annotated[
    bool, typer.Option("--check", help="Write and ask nothing; exit with 1 where the lock is not up to date.")
]
MaxAge = Annotated[
    float | None,
    typer.Option(help="Allowed age in days. Default: the `max-age` setting, 7.", show_default=False),
]


def lock(
    paths: Paths = None,
    upgrade: Upgrade = False,
    check: Check = False,
    max_age: MaxAge = None,
    offline: opt.Offline = False,
    papers: opt.Papers = None,
    store: opt.Store = None,
    max_wait: opt.MaxWait = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    quiet: opt.Quiet = False,
    verbose: opt.Verbose = False,
) -> None:
    """Write what arXiv says of the papers in Markdown files into littable.lock, beside the configuration.

    check, fix and add use it before anything else. What is in it stays as it is; what no file of the project
    has any more is dropped.
    """
    options = locals()
    from littable.cli.library import lock_path
    from littable.cli.lock_job import Job, check_lock, write_lock
    from littable.cli.run import Run, overrides_from
    from littable.cli.session import Session
    from littable.papers.lock.lines import LockLines

    if upgrade and check:
        raise ConfigurationError("--check asks nothing and writes nothing, so it does not go with --upgrade")
    run = Run(overrides_from(options), config, isolated, quiet, verbose)
    settings = run.settings_for(paths[0] if paths else Path())
    path = lock_path(settings)
    lines = LockLines.of_file(path)
    targets = paths or [path.parent]
    with Session(run, settings) as session:
        files = session.read(run.files(targets, force_exclude=False))
    if not files:
        raise typer.Exit(2)
    job = Job(run, settings, path, targets, files, lines, upgrade)
    raise typer.Exit(check_lock(job) if check else write_lock(job))
