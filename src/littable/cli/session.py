"""Files opened together, their facts gathered once, checked and fixed one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from littable.checker import check_document
from littable.cli.library import open_library, open_links
from littable.cli.run import STDIN, Run
from littable.config import Settings
from littable.decoding import placed
from littable.diagnostic import Applicability, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.errors import FixError, LittableError
from littable.gather import Gatherer
from littable.rules._context import Context
from littable.rules._registry import selected_rules
from littable.rules._rows import RunPlace, RunRows
from littable.rules._rule import Rule

if TYPE_CHECKING:
    from littable.cli.since import Since
    from littable.fixing import Fixed
    from littable.notebook.file import Notebook
    from littable.text import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read; ``name`` is what findings call it, ``number`` its place in the run."""

    path: Path
    name: str
    source: Source | Notebook
    settings: Settings
    rules: tuple[Rule, ...]
    document: Document
    number: int

    @property
    def is_stdin(self) -> bool:
        """Whether the text came from standard input."""
        return self.path == STDIN


def since_of(ref: str | None, target: Path, stdin_filename: str) -> Since | None:
    """What a run is limited to by ``--since``, in the repository that the first target stands in."""
    if ref is None:
        return None
    from littable.cli.since import Since

    return Since(Path(stdin_filename) if target == STDIN else target, ref)


class Session:
    """One run over some files. Use it as a context: it closes what it opened."""

    def __init__(self, run: Run, settings: Settings, since: Since | None = None) -> None:
        self._run = run
        self._since = since
        self._library = open_library(settings, run)
        self._links = open_links(settings, run) if settings.links.check else None
        self._gatherer = Gatherer(self._library, self._links, since.entries if since else None)
        self._rows = RunRows()
        self._today = date.today()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._library.close()
        if self._links is not None:
            self._links.close()

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended the asking, so that not all is known that could be."""
        return self._links is not None and self._links.interrupted

    def read(self, paths: Iterable[Path]) -> list[Opened]:
        """The files that can be read."""
        return [opened for path in paths if (opened := self._open(path)) is not None]

    def _open(self, path: Path) -> Opened | None:
        run = self._run
        named = Path(run.stdin_filename) if path == STDIN else path
        source = run.read(path)
        if source is None:
            return None
        settings = run.settings_for(named)
        off = settings.ignored_in(named)
        rules = tuple(rule for rule in selected_rules(settings) if not rule.code.startswith(off))
        document = read_document(str(named), source.text, settings.reading)
        run.say(f"{named}: {len(document.entries)} papers")
        if self._since is not None and not self._compare(self._since, named, document, settings):
            return None
        return Opened(path, str(named), source, settings, rules, document, self._rows.add(document))

    def _compare(self, since: Since, path: Path, document: Document, settings: Settings) -> bool:
        """Whether it can be told what is new in a file; else it was said why not."""
        try:
            if path == STDIN:
                raise LittableError("--since needs --stdin-filename to tell what changed in standard input")
            since.open(path, document, settings.reading)
        except LittableError as error:
            self._run.complain(str(error))
            return False
        return True

    def gather(self, files: Sequence[Opened]) -> None:
        """Ask for everything that the rules need, for all files together."""
        rules = {rule.code: rule for file in files for rule in file.rules}
        self._gatherer.gather([file.document for file in files], list(rules.values()))

    def check(self, files: Sequence[Opened]) -> list[FileReport]:
        """What the rules say about each file."""
        self.gather(files)
        return [self._check(file, file.document) for file in files]

    def _check(self, file: Opened, document: Document) -> FileReport:
        report = check_document(document, file.rules, self._context(file, document))
        return placed(self._limited(document, report), file.source)

    def _limited(self, document: Document, report: FileReport) -> FileReport:
        return report if self._since is None else self._since.limited(document, report)

    def _context(self, file: Opened, document: Document) -> Context:
        facts = self._gatherer.facts_for(document, file.rules)
        return Context(file.settings, facts, self._today, RunPlace(self._rows, file.number))

    def _check_text(self, file: Opened, text: str) -> tuple[Document, FileReport]:
        same = text == file.source.text
        document = file.document if same else read_document(file.name, text, file.settings.reading)
        return document, check_document(document, file.rules, self._context(file, document))

    def fix(self, file: Opened, *, unsafe: bool) -> Fixed | None:
        """The fixed text of a file, or None after saying why it was refused.

        Later files see what this one has become, so they are to be fixed in the order of the run.
        """
        from littable.fixing import everything, fix_text

        trust = Applicability.UNSAFE if unsafe else Applicability.SAFE
        try:
            concern = self._since.concerning if self._since is not None else everything
            fixed = fix_text(file.source.text, partial(self._check_text, file), trust, concern)
            source = self._rewritten(file, fixed.text)
        except LittableError as error:
            self._run.complain(str(error))
            return None
        if fixed.refused:
            self._run.notice(fixed.refused)
        document = file.document
        if fixed.text != file.source.text:
            document = read_document(file.name, fixed.text, file.settings.reading)
            self._rows.replace(file.number, document)
        return replace(fixed, report=placed(self._limited(document, fixed.report), source))

    def _rewritten(self, file: Opened, text: str) -> Source | Notebook:
        """The file with another text, verified. Raises FixError where it cannot be written."""
        try:
            return file.source.with_text(text)
        except FixError as error:
            raise FixError(f"{file.name}: {error}") from None

    def write(self, file: Opened, text: str) -> bool:
        """Put the new text where the old one came from; a file is replaced whole or not at all.

        Whether it was: if not, it was said why.
        """
        from littable.fixing import write_whole

        data = file.source.with_text(text).encode()
        if file.is_stdin:
            import sys

            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            return True
        try:
            write_whole(file.path, data)
        except OSError as error:
            self._run.complain(f"{file.name}: cannot be written: {error.strerror or error}; it is as it was")
            return False
        return True
