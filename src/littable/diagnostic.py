"""What a rule reports: diagnostics with their fixes, and skips."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from littable.text import Edit, Span


class Severity(IntEnum):
    """How much a finding weighs; the order is used by ``--fail-on``."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Applicability(IntEnum):
    """How far a fix can be trusted.

    DISPLAY is shown only, UNSAFE is applied on request, SAFE is applied by ``littable fix``.
    """

    DISPLAY = 1
    UNSAFE = 2
    SAFE = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all of them are applied, or none.

    ``reshapes`` says that the fix is meant to change which rows or cells there are; any other fix that
    does so is refused. ``reveals`` says that more can be read in its line afterwards (an address that was
    broken, a title that was missing, the record's own text), so that rules may have more to say there.
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability
    reshapes: bool = False
    reveals: bool = False

    @classmethod
    def replace(
        cls, span: Span, text: str, title: str, applicability: Applicability, *, reveals: bool = False
    ) -> Fix:
        """A fix of one edit."""
        return cls(title, (Edit(span, text),), applicability, reveals=reveals)

    @property
    def spans(self) -> Iterable[Span]:
        """Where the fix writes."""
        return (edit.span for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase as it stands and as it should read; ``count`` tells how often the pair occurs.

    Either side is empty for an insertion or a deletion.
    """

    old: str
    new: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class EntryReference:
    """The paper a finding is about; ``offset`` is where its row begins."""

    title: str | None
    arxiv_id: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, such as the first of two duplicates."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    ``verdict``, ``changes`` and ``copied_from`` (such as ``"v1"``) are set by the rules that compare
    with a record.
    """

    code: str
    name: str
    span: Span
    message: str
    severity: Severity
    entry: EntryReference | None = None
    related: tuple[Related, ...] = ()
    changes: tuple[Change, ...] = ()
    verdict: str | None = None
    copied_from: str | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """What could not be judged, and why; never a finding.

    ``codes`` are the rules that could not; ``subject`` names what was to be judged, such as an arXiv id, and
    ``noun`` what kind of thing that is; ``span`` is where it stands.
    """

    codes: tuple[str, ...]
    span: Span
    subject: str
    reason: str
    noun: str = "paper"


@dataclass(frozen=True, slots=True)
class FileReport:
    """Everything that is said about one file; ``text`` is its decoded source. ``tables`` were read,
    ``entries`` are the papers in them and in ``lists`` of other shapes.

    ``file_row`` tells the 1-based line of the file for an offset of the text, where that is another than the
    line of the text, as in a notebook.
    """

    filename: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    skips: tuple[Skip, ...] = ()
    tables: int = 0
    entries: int = 0
    lists: int = 0
    file_row: Callable[[int], int] | None = None
