"""What ``check`` and ``fix`` share: settings, reading files, asking for papers, writing the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from littable.cli.discovery import find_files
from littable.config import Settings, resolve
from littable.decoding import decode
from littable.diagnostic import FileReport, Severity
from littable.errors import ConfigurationError, EncodingError, LittableError, UnreadableFile

if TYPE_CHECKING:
    from littable.notebook.file import Notebook
    from littable.text import Source

STDIN = Path("-")
_FOR_PEOPLE = ("full", "concise")


@dataclass(slots=True)
class Run:
    """One invocation: its options, and what went wrong on the way without stopping it."""

    overrides: Mapping[str, object]
    config: Path | None = None
    isolated: bool = False
    quiet: bool = False
    verbose: bool = False
    stdin_filename: str = "-"
    output: Path | None = None
    failures: int = 0
    _settings: dict[Path, Settings] = field(default_factory=dict)

    def settings_for(self, path: Path) -> Settings:
        """The settings for a file or folder; the nearest configuration wins."""
        folder = Path(os.path.abspath(path if path.is_dir() else path.parent))
        if folder not in self._settings:
            settings = resolve(folder, file=self.config, isolated=self.isolated, overrides=self.overrides)
            _check_codes(settings)
            _check_format(settings)
            self._settings[folder] = settings
        return self._settings[folder]

    def complain(self, message: str) -> None:
        """Say on standard error what could not be done; the run goes on and ends with 2."""
        from littable.reports._safe import shown

        print(f"error: {shown(message)}", file=sys.stderr)
        self.failures += 1

    def notice(self, message: str) -> None:
        """Say something on standard error that is no failure."""
        from littable.reports._safe import shown

        if not self.quiet:
            print(shown(message), file=sys.stderr)

    def say(self, message: str) -> None:
        """Say what is being done, for ``--verbose``."""
        if self.verbose:
            self.notice(message)

    def files(self, paths: Sequence[Path], *, force_exclude: bool) -> Iterator[Path]:
        """The files to work on, each once, whatever links lead to it; what does not exist or holds no
        Markdown is complained of.
        """
        seen: set[Path] = set()
        for path in paths:
            for file in self._expand(path, force_exclude=force_exclude):
                key = file if file == STDIN else Path(os.path.realpath(file))
                if key not in seen:
                    seen.add(key)
                    self._keep_apart(file, key)
                    yield file

    def _keep_apart(self, file: Path, real: Path) -> None:
        if self.output is not None and Path(os.path.realpath(self.output)) == real:
            raise LittableError(f"--output-file {self.output}: this is {file}, which is to be read")

    def _expand(self, path: Path, *, force_exclude: bool) -> Iterator[Path]:
        if path == STDIN or not path.is_dir():
            if not (force_exclude and self.settings_for(path).excluded(path)):
                yield path
            return
        found = [file for file in find_files(path) if not self.settings_for(file).excluded(file)]
        if not found:
            self.complain(f"{path}: no Markdown files here")
        yield from found

    def read(self, path: Path) -> Source | Notebook | None:
        """The source of a file, or None after saying why it cannot be read."""
        name = self.stdin_filename if path == STDIN else str(path)
        try:
            return decode(name, _bytes(path))
        except (EncodingError, UnreadableFile) as error:
            self.complain(f"{path}: {error}")
            return None


def _bytes(path: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror or error}") from None


def _check_format(settings: Settings) -> None:
    from littable.reports import load

    load(settings.output_format)


def _check_codes(settings: Settings) -> None:
    from littable.rules._registry import is_known, nearest

    for selector in settings.selectors():
        if not is_known(selector.code):
            meant = nearest(selector.code)
            hint = f"; did you mean {meant}?" if meant else ""
            raise ConfigurationError(f"{selector.place}: there is no rule {selector.code} (LT902){hint}")


def check_output(output: Path | None) -> None:
    """Refuse an output file that cannot be written, before anything is asked for or changed."""
    if output is None:
        return
    folder = output.parent
    if output.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise LittableError(f"--output-file {output}: a file cannot be written there")


def check_statistics(settings: Settings, *, wanted: bool) -> None:
    """Refuse ``--statistics`` where programs expect findings, before anything is asked for or written."""
    if wanted and settings.output_format not in _FOR_PEOPLE:
        fitting = " and ".join(_FOR_PEOPLE)
        raise ConfigurationError(
            f"--statistics goes with the output formats {fitting}, not {settings.output_format}"
        )


def write_report(
    files: Sequence[FileReport],
    settings: Settings,
    run: Run,
    *,
    output: Path | None,
    no_color: bool,
    statistics: bool,
) -> None:
    """Print the findings, or their counts, in the chosen format, or write them to a file.

    Nothing is said to people about no files at all, when what could not be read was named already.
    """
    if not files and run.failures and settings.output_format in _FOR_PEOPLE:
        return
    pieces = _counts(files) if statistics else _findings(files, settings, run, output, no_color=no_color)
    if output is not None:
        _write_text(output, "".join(pieces))
        return
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.flush()


def _counts(files: Sequence[FileReport]) -> Iterator[str]:
    from littable.reports._statistics import statistics

    yield statistics(files)


def _findings(
    files: Sequence[FileReport], settings: Settings, run: Run, output: Path | None, *, no_color: bool
) -> Iterator[str]:
    from littable.reports import ReportOptions, load

    options = ReportOptions(fail_on=settings.fail_on, quiet=run.quiet)
    if output is None:
        options = replace(options, color=use_color(sys.stdout) and not no_color, width=_width())
    return load(settings.output_format)(files, options)


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise LittableError(f"{path}: cannot be written: {error.strerror or error}") from None


def use_color(stream: TextIO) -> bool:
    """Whether a stream is a terminal, unless NO_COLOR or FORCE_COLOR say otherwise (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size((100, 24)).columns


def exit_code(files: Sequence[FileReport], settings: Settings, run: Run, *, exit_zero: bool) -> int:
    """2 where something could not be done, 1 for findings of the severity that fails, else 0."""
    if run.failures:
        return 2
    lowest: Severity = settings.fail_on
    found = any(diagnostic.severity >= lowest for file in files for diagnostic in file.diagnostics)
    return 1 if found and not exit_zero else 0


def overrides_from(options: Mapping[str, Any]) -> dict[str, object]:
    """The options that stand above the configuration, by field of Settings; None where not given.

    ``options`` are those of a command, by name; what is no setting is passed over.
    """
    given = options.get
    return {
        "select": _split_codes(given("select")),
        "ignore": _split_codes(given("ignore")),
        "extend_select": _split_codes(given("extend_select")),
        "output_format": given("output_format"),
        "offline": given("offline") or None,
        "papers": [str(path) for path in given("papers") or ()] or None,
        "store": str(given("store")) if given("store") else None,
        "max_wait": given("max_wait"),
        "max_age": given("max_age"),
        "links": None if given("links") is None else {"check": given("links")},
        "fail_on": str(given("fail_on")) if given("fail_on") else None,
    }


def show(run: Run, target: Path) -> None:
    """Print the settings that hold for a file or folder."""
    from littable.config import show as text_of

    sys.stdout.write(text_of(run.settings_for(target)))


def _split_codes(values: Sequence[str] | None) -> list[str] | None:
    """The codes of a repeatable option that also takes commas."""
    if values is None:
        return None
    codes = [code.strip() for value in values for code in value.split(",") if code.strip()]
    if not codes:
        raise ConfigurationError(
            "--select, --ignore and --extend-select take codes, such as LT5,LT101, not nothing"
        )
    return codes
