"""The rules there are, found by looking into the package."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from littable.config import Settings
from littable.rules._rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by code. Two rules with one code or name are a mistake and raise RuntimeError."""
    rules: dict[str, Rule] = {}
    folder = str(Path(__file__).parent)
    for module in pkgutil.iter_modules([folder]):
        if module.name.startswith("_"):
            continue
        found = getattr(importlib.import_module(f"littable.rules.{module.name}"), module.name)
        if not isinstance(found, Rule) or found.code in rules:
            raise RuntimeError(f"littable.rules.{module.name} does not hold one rule of its own")
        rules[found.code] = found
    return tuple(rules[code] for code in sorted(rules))


def selected_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that the settings choose."""
    return tuple(rule for rule in all_rules() if rule.runs(settings))


def is_known(selector: str) -> bool:
    """Whether a code or prefix names at least one rule."""
    return any(rule.code.startswith(selector) for rule in all_rules())


def nearest(text: str) -> str | None:
    """The code that was probably meant: by its rule's name, by its number, or by what looks like it."""
    from difflib import get_close_matches

    names = {rule.name: rule.code for rule in all_rules()}
    if name := get_close_matches(text.lower().replace("_", "-"), names, n=1, cutoff=0.8):
        return names[name[0]]
    digits = "".join(filter(str.isdigit, text))
    if is_known(f"LT{digits}") and len(digits) == 3:
        return f"LT{digits}"
    near = get_close_matches(text.upper(), names.values(), n=1, cutoff=0.75)
    return near[0] if near else None
