"""The page of a rule, from its docstring, as Markdown; and the list of all."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from littable.diagnostic import Applicability
from littable.patterns import lazy
from littable.rules._rule import Need, Rule

_SECTION = lazy(r"^(Why|Bad|Good|Fix safety|Options):[ \t]*", re.MULTILINE)
_FIXES = {
    Applicability.SAFE: "`littable fix` mends it where the repair is certain.",
    Applicability.UNSAFE: "`littable fix --unsafe` mends it.",
    Applicability.DISPLAY: "A repair is shown, to be made by hand.",
}


def sections(rule: Rule) -> dict[str, str]:
    """The parts of a rule's docstring by their heading, examples dedented; "" is what comes first."""
    parts = _SECTION.split(rule.doc)
    found = {"": parts[0].strip()}
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        found[heading] = textwrap.dedent(text.strip("\n")) if heading in ("Bad", "Good") else text.strip()
    return found


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    parts = sections(rule)
    text = [f"# {rule.name} ({rule.code})", parts[""], " ".join(_facts(rule))]
    if why := parts.get("Why"):
        text += ["## Why is this bad?", _sentence(why)]
    for heading, title in (("Bad", "Example"), ("Good", "Use instead")):
        if example := parts.get(heading):
            text += [f"## {title}", f"```markdown\n{example.rstrip()}\n```"]
    for heading in ("Fix safety", "Options"):
        if part := parts.get(heading):
            text += [f"## {heading}", _sentence(part)]
    return "\n\n".join(text) + "\n"


def _facts(rule: Rule) -> Iterable[str]:
    yield f"Severity: {rule.severity}." if rule.default else f"Severity: {rule.severity}. Off by default."
    if rule.fix is not None:
        yield _FIXES[rule.fix]
    if Need.PAPERS in rule.needs:
        yield "Needs records of papers: from arXiv, the store or `--papers`."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def listing(rules: Iterable[Rule]) -> str:
    """One line a rule: code, name, what it finds."""
    return "".join(
        f"{rule.code}  {rule.name:<22} {rule.severity!s:<8} {rule.summary}{_off(rule)}\n" for rule in rules
    )


def _off(rule: Rule) -> str:
    return "" if rule.default else " (off)"
