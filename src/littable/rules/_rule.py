"""What a rule is: a code, a docstring that is its page, and a pure function of a document and its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from littable.config import Settings
from littable.diagnostic import Applicability, Change, Diagnostic, Fix, Related, Severity, Skip
from littable.document.entry import Entry
from littable.document.model import Document
from littable.roles import Role
from littable.rules._context import Context
from littable.text import Span

Finding = Diagnostic | Skip
Check = Callable[["Rule", Document, Context], Iterator[Finding]]


class Need(StrEnum):
    """What must be asked of the world before a rule can judge."""

    PAPERS = "papers"
    VERSIONS = "versions"
    TITLES = "titles"
    LINKS = "links"


class Stage(StrEnum):
    """When a rule runs: on the document, or after suppression, when it is known what was suppressed."""

    DOCUMENT = "document"
    SUPPRESSION = "suppression"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``fix`` is the highest applicability it offers; ``default`` whether it runs unselected, and
    ``wanted`` which settings, besides, make it run unselected.

    ``compares`` is set for a rule that can say nothing of a row without the record of its paper: the role of
    the field that it compares, or LINK where it is about the row as a whole. That a record could not be had
    is then said for all such rules together, and none of them does.
    """

    code: str
    name: str
    severity: Severity
    fix: Applicability | None
    needs: frozenset[Need]
    default: bool
    stage: Stage
    check: Check
    compares: Role | None = None
    wanted: Callable[[Settings], bool] | None = None

    def runs(self, settings: Settings) -> bool:
        """Whether the settings choose the rule, or leave it to run by default."""
        by_default = self.default or (self.wanted is not None and self.wanted(settings))
        return settings.enabled(self.code, by_default=by_default)

    @property
    def doc(self) -> str:
        """The docstring of the check, dedented."""
        import inspect  # late: only pages show it

        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.doc.partition("\n")[0].rstrip(".")

    def report(
        self,
        span: Span,
        message: str,
        *,
        entry: Entry | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
        related: Iterable[Related] = (),
        changes: Sequence[Change] = (),
        verdict: str | None = None,
        copied: int | None = None,
    ) -> Diagnostic:
        """A finding of this rule; without ``severity`` it has the rule's own.

        ``copied`` is the version of the paper that the text was copied from.
        """
        return Diagnostic(
            self.code,
            self.name,
            span,
            message,
            severity or self.severity,
            entry.reference if entry else None,
            tuple(related),
            tuple(changes),
            verdict,
            f"v{copied}" if copied is not None else None,
            fix,
        )

    def skip(self, span: Span, subject: str, reason: str, *, noun: str = "paper") -> Skip:
        """Say that ``subject`` could not be judged."""
        return Skip((self.code,), span, subject, reason, noun)


def rule(
    code: str,
    *,
    severity: Severity = Severity.WARNING,
    fix: Applicability | None = None,
    needs: Iterable[Need] = (),
    default: bool = True,
    stage: Stage = Stage.DOCUMENT,
    compares: Role | None = None,
    wanted: Callable[[Settings], bool] | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a check function: its name and page are the function's name and docstring."""

    def make(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        return Rule(code, name, severity, fix, frozenset(needs), default, stage, check, compares, wanted)

    return make
