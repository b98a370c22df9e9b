"""Reading one value of the configuration, and saying what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from littable.diagnostic import Severity
from littable.errors import ConfigurationError
from littable.roles import Role
from littable.shapes import Shape

_LONGEST_SHOWN = 60
_CODES = 'a list of rule codes or prefixes, such as ["LT5", "LT101"]'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a key of a file, an option or an environment variable.

    ``file`` is None for the last two; ``folder`` is what relative paths are relative to.
    """

    key: str
    file: Path | None = None
    folder: Path | None = None

    def __str__(self) -> str:
        return f"{self.file}: `{self.key}`" if self.file else f"`{self.key}`"

    def within(self, name: str) -> Place:
        """The place of a key inside the table that stands here."""
        return Place(f"{self.key}.{toml_key(name)}" if self.key else toml_key(name), self.file, self.folder)

    def expected(self, what: str, value: object) -> ConfigurationError:
        """The error that says what belongs here instead of ``value``."""
        shown = toml(value)
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[: _LONGEST_SHOWN - 1] + "…"
        return ConfigurationError(f"{self}: expected {what}, not {shown}")


def toml(value: object) -> str:
    """A value as TOML writes it, with every character that does not print escaped."""
    match value:
        case bool():
            return "true" if value else "false"
        case Severity():
            return f'"{value}"'
        case int() | float():
            return str(value)
        case str() | Path():
            return '"' + "".join(map(_escaped, str(value))) + '"'
        case Mapping():
            pairs = (f"{toml_key(str(key))} = {toml(item)}" for key, item in value.items())
            return "{ " + ", ".join(pairs) + " }"
        case Iterable():
            return "[" + ", ".join(toml(item) for item in value) + "]"
        case _:
            return str(value)


def toml_key(key: str) -> str:
    """A key as TOML writes it: bare where that is allowed."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else toml(key)


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?`` where one of the known words is near, or nothing."""
    from difflib import get_close_matches  # only a mistake pays for the import

    near = get_close_matches(word.lower().replace("_", "-"), list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def flag(value: object, place: Place) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise place.expected("true or false", value)


def number(what: str, low: float, high: float) -> Callable[[object, Place], float]:
    """A reader of numbers from ``low`` to ``high``, both included."""

    def read(value: object, place: Place) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        raise place.expected(what, value)

    return read


def word(value: object, place: Place) -> str:
    """Text that is not blank."""
    if isinstance(value, str) and value.strip():
        return value
    raise place.expected("a text that is not empty", value)


def words(what: str) -> Callable[[object, Place], tuple[str, ...]]:
    """A reader of lists of texts that are not blank."""

    def read(value: object, place: Place) -> tuple[str, ...]:
        if isinstance(value, list | tuple) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        raise place.expected(what, value)

    return read


codes = words(_CODES)
_patterns = words('a list of file patterns, such as ["docs/**"]')


def globs(value: object, place: Place) -> tuple[str, ...]:
    """A list of file patterns, as .gitignore has them."""
    read = _patterns(value, place)
    for pattern in read:
        _check_pattern(pattern, place)
    return read


def _check_pattern(pattern: str, place: Place) -> None:
    from pathspec import GitIgnoreSpec  # only where patterns are configured

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        raise place.expected("a file pattern as .gitignore has them", pattern) from None


def path(value: object, place: Place) -> Path:
    """A path; a relative one is relative to the file in which it stands."""
    if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
        raise place.expected("a path", value)
    expanded = Path(os.path.expanduser(value))
    return place.folder / expanded if place.folder else expanded


def paths(value: object, place: Place) -> tuple[Path, ...]:
    """A list of paths."""
    if not isinstance(value, list | tuple):
        raise place.expected("a list of paths", value)
    return tuple(path(item, place) for item in value)


def url(value: object, place: Place) -> str:
    """An http or https address."""
    from urllib.parse import urlsplit

    expected = 'an address such as "https://export.arxiv.org/api/query"'
    if not isinstance(value, str) or not value.isprintable() or " " in value:
        raise place.expected(expected, value)
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise place.expected(expected, value)
    return value


def one_of(*choices: str) -> Callable[[object, Place], str]:
    """A reader of one of a few words."""
    listed = ", ".join(f'"{choice}"' for choice in choices[:-1])

    def read(value: object, place: Place) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise place.expected(f'{listed} or "{choices[-1]}"', value)

    return read


def severity(value: object, place: Place) -> Severity:
    """A severity by its name."""
    if isinstance(value, Severity):
        return value
    for level in Severity:
        if value == str(level):
            return level
    raise place.expected('"note", "warning" or "error"', value)


def role(value: object, place: Place) -> Role:
    """The role of a column by its name."""
    if isinstance(value, str) and value in list(Role):
        return Role(value)
    error = place.expected("one of " + ", ".join(Role), value)
    raise ConfigurationError(f"{error}{did_you_mean(value, Role)}" if isinstance(value, str) else str(error))


def shapes(value: object, place: Place) -> tuple[Shape, ...]:
    """A list of the shapes that are read."""
    listed = ", ".join(Shape)
    if not isinstance(value, list | tuple):
        raise place.expected(f"a list of shapes ({listed})", value)
    for item in value:
        if item not in list(Shape):
            error = place.expected(f"one of {listed}", item)
            raise ConfigurationError(f"{error}{did_you_mean(item, Shape) if isinstance(item, str) else ''}")
    return tuple(Shape(item) for item in value)


def roles(value: object, place: Place) -> tuple[Role, ...]:
    """A list of roles."""
    if not isinstance(value, list | tuple):
        raise place.expected('a list of roles, such as ["title", "link"]', value)
    return tuple(role(item, place) for item in value)


def columns(value: object, place: Place) -> dict[str, Role]:
    """Header texts and the role of each."""
    if not isinstance(value, Mapping):
        raise place.expected('a table of headers and roles, such as { "Titre" = "title" }', value)
    return {header: role(item, place.within(header)) for header, item in value.items()}


def per_file(value: object, place: Place) -> dict[str, tuple[str, ...]]:
    """File patterns and the codes that are ignored in the files they match."""
    if not isinstance(value, Mapping):
        raise place.expected('a table of file patterns and codes, such as { "docs/*" = ["LT5"] }', value)
    for pattern in value:
        _check_pattern(pattern, place)
    return {pattern: codes(item, place.within(pattern)) for pattern, item in value.items()}
