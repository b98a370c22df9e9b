"""Colours for terminals, or none."""

from __future__ import annotations

from dataclasses import dataclass

from littable.diagnostic import Severity

_BY_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;34"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Paints text that is already harmless; returns it as it is where colour is off."""

    color: bool

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def bold(self, text: str) -> str:
        """File names and headings."""
        return self._paint(text, "1")

    def severity(self, text: str, severity: Severity) -> str:
        """A rule's code or the mark under a finding."""
        return self._paint(text, _BY_SEVERITY[severity])

    def gutter(self, text: str) -> str:
        """Line numbers and the strokes beside them."""
        return self._paint(text, "1;34")

    def quiet(self, text: str) -> str:
        """Separators and marks."""
        return self._paint(text, "36")

    def removed(self, text: str) -> str:
        """Words that should go."""
        return self._paint(text, "31")

    def added(self, text: str) -> str:
        """Words that should come."""
        return self._paint(text, "32")
