"""Finding, reading and layering the sources of settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from littable.config import values
from littable.config.arxiv import ARXIV_DELAY, is_arxiv
from littable.config.links import link_table
from littable.config.settings import Settings
from littable.config.values import Place, did_you_mean
from littable.errors import ConfigurationError
from littable.patterns import lazy

_OWN_FILES = (".littable.toml", "littable.toml")
_PYPROJECT = "pyproject.toml"
_FOREVER = 1e9

_READERS: dict[str, Callable[[object, Place], object]] = {
    "select": values.codes,
    "extend-select": values.codes,
    "ignore": values.codes,
    "per-file-ignores": values.per_file,
    "exclude": values.globs,
    "columns": values.columns,
    "readers": values.shapes,
    "sections": values.words('a list of headings, such as ["Papers", "!Datasets"]'),
    "required-columns": values.roles,
    "all-tables": values.flag,
    "similar-title-threshold": values.number("a number from 0 to 100", 0, 100),
    "duplicates": values.one_of("table", "file", "run"),
    "offline": values.flag,
    "papers": values.paths,
    "store": values.path,
    "max-wait": values.number("a number of seconds, 0 or more", 0, _FOREVER),
    "max-age": values.number("a number of days, 0 or more", 0, _FOREVER),
    "arxiv-url": values.url,
    "arxiv-delay": values.number("a number of seconds, 0 or more", 0, _FOREVER),
    "arxiv-oai-url": values.url,
    "arxiv-link-form": values.one_of("abs", "pdf", "html"),
    "fail-on": values.severity,
    "output-format": values.word,
    "tex": values.one_of("keep", "unicode"),
    "resolve": values.flag,
    "links": link_table,
}
_VARIABLES = {
    "LITTABLE_STORE": "store",
    "LITTABLE_ARXIV_URL": "arxiv-url",
    "LITTABLE_ARXIV_DELAY": "arxiv-delay",
    "LITTABLE_ARXIV_OAI_URL": "arxiv-oai-url",
}
_ITEMISED = ("select", "extend-select", "ignore", "columns", "per-file-ignores")
_PLACE_IN_TOML = lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def find(start: Path) -> Path | None:
    """The configuration file nearest to a file or folder, walking up; None where there is none.

    In one folder ``.littable.toml`` comes before ``littable.toml`` before a ``pyproject.toml`` that has a
    ``[tool.littable]`` table.
    """
    absolute = Path(os.path.abspath(start))
    folder = absolute if absolute.is_dir() else absolute.parent
    for candidate in (folder, *folder.parents):
        for name in _OWN_FILES:
            if (candidate / name).is_file():
                return candidate / name
        if _has_table(candidate / _PYPROJECT):
            return candidate / _PYPROJECT
    return None


def load(path: Path) -> Settings:
    """The settings of one file over the defaults.

    Raises ConfigurationError for a file that cannot be read, an unknown key, a wrong type or an impossible
    value. How ``arxiv-delay`` and ``arxiv-url`` go together is known, and checked, only after ``merge``.
    """
    table = _parse(path, _read(path))
    prefix = ""
    if path.name == _PYPROJECT:
        prefix = "tool.littable"
        table = _own_table(table, path)
    place = Place(prefix, path, Path(os.path.abspath(path)).parent)
    given = {key: (value, _place_of(key, place, table)) for key, value in table.items()}
    return replace(_layered(Settings(), given), file=path)


def merge(
    settings: Settings, overrides: Mapping[str, object], environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings with environment variables and then command-line options laid over them.

    ``overrides`` go by the names of the fields of Settings; None means that the option was not given. As in
    ruff, ``select`` starts the selection afresh, while ``extend_select`` and ``ignore`` add to it.
    """
    settings = _layered(settings, _from_environment(environ or {}))
    given = {
        (key := name.replace("_", "-")): (value, Place(f"--{key}"))
        for name, value in overrides.items()
        if value is not None
    }
    settings = _layered(settings, given)
    _be_polite_to_arxiv(settings)
    return settings


def resolve(
    start: Path,
    *,
    file: Path | None = None,
    isolated: bool = False,
    overrides: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """The settings for a checked file or folder: the nearest file (or ``file``), environment, options.

    ``isolated`` leaves configuration files out; ``environ`` is the process's where it is None.
    """
    path = None if isolated else file or find(start)
    settings = load(path) if path else Settings()
    return merge(settings, overrides or {}, os.environ if environ is None else environ)


def _has_table(pyproject: Path) -> bool:
    """Whether the file is there and is ours; parsed only where it mentions littable at all."""
    if not pyproject.is_file():
        return False
    data = _read(pyproject)
    if b"littable" not in data:
        return False
    tool = _parse(pyproject, data).get("tool")
    return isinstance(tool, dict) and "littable" in tool


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}") from None


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 at byte {error.start}") from None
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigurationError(f"{path}: not valid TOML: nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError, or a number with more digits than Python reads
        raise _invalid_toml(path, text, str(error)) from None


def _invalid_toml(path: Path, text: str, message: str) -> ConfigurationError:
    """Python before 3.14 tells the line and column only inside the message."""
    found = _PLACE_IN_TOML.search(message)
    if not found:
        return ConfigurationError(f"{path}: not valid TOML: {message}")
    row, column = found.groups()
    if row is None:
        lines = text.replace("\r\n", "\n").split("\n")
        row, column = len(lines), len(lines[-1]) + 1
    return ConfigurationError(f"{path}:{row}:{column}: not valid TOML: {message[: found.start()]}")


def _own_table(table: dict[str, Any], path: Path) -> dict[str, Any]:
    tool = table.get("tool")
    own = tool.get("littable") if isinstance(tool, dict) else None
    if own is None:
        raise ConfigurationError(f"{path}: there is no [tool.littable] table in it")
    if not isinstance(own, dict):
        raise Place("tool.littable", path).expected("a table", own)
    return own


def _place_of(key: str, place: Place, table: Mapping[str, object]) -> Place:
    """Where a key of a file stands; an unknown key is refused here, with the likeliest meant one."""
    if key in _READERS:
        return place.within(key)
    error = f"{place.file}: unknown key `{place.within(key).key}`"
    if key == "tool" and isinstance(table[key], dict):
        raise ConfigurationError(f"{error}; in this file the keys stand at the top, not in [tool.littable]")
    raise ConfigurationError(error + did_you_mean(key, _READERS))


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[object, Place]]:
    given: dict[str, tuple[object, Place]] = {}
    for variable, key in _VARIABLES.items():
        text = environ.get(variable)
        if text:
            given[key] = (_number_or_text(text) if key == "arxiv-delay" else text, Place(variable))
    return given


def _number_or_text(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _layered(settings: Settings, given: Mapping[str, tuple[object, Place]]) -> Settings:
    """The settings with what one source gives laid over them."""
    fields: dict[str, Any] = {}
    places = {path: place for path, place in settings.places.items() if path[0] not in _replaced(given)}
    for key, (value, place) in given.items():
        if key not in _READERS:
            raise ConfigurationError(f"unknown setting `{key}`{did_you_mean(key, _READERS)}")
        read: Any = _READERS[key](value, place)
        fields[key.replace("-", "_")] = replace(settings.links, **read) if key == "links" else read
        places.update(_places(key, read, place))
    return replace(settings, **fields | _selection(settings, fields), places=places)


def _replaced(given: Mapping[str, object]) -> set[str]:
    """The keys of which nothing written before remains."""
    adding = {"extend-select", "ignore"}
    return set(given) | adding if "select" in given else set(given) - adding


def _places(key: str, value: Any, place: Place) -> dict[tuple[str, ...], Place]:
    """The place of a value, and of each item where the items can be told apart."""
    if key not in _ITEMISED:
        return {(key,): place}
    inside = isinstance(value, dict)
    return {(key,): place} | {(key, item): place.within(item) if inside else place for item in value}


def _selection(settings: Settings, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one source's selection over another's; what comes later overrules what it covers."""
    chosen = fields.get("extend_select", ())
    ignored = fields.get("ignore", ())
    if "select" in fields:
        return {"extend_select": chosen, "ignore": ignored}
    return {
        "select": None if settings.select is None else _without(settings.select, ignored),
        "extend_select": (*_without(settings.extend_select, ignored), *chosen),
        "ignore": (*_without(settings.ignore, chosen), *ignored),
    }


def _without(codes: tuple[str, ...], covered: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if not code.startswith(covered))


def _be_polite_to_arxiv(settings: Settings) -> None:
    from urllib.parse import urlsplit

    if settings.arxiv_delay >= ARXIV_DELAY or not is_arxiv(urlsplit(settings.arxiv_url).hostname or ""):
        return
    place = settings.places.get(("arxiv-delay",), Place("arxiv-delay"))
    raise ConfigurationError(
        f"{place}: arXiv asks for {ARXIV_DELAY:g} seconds between two requests, so for arxiv.org it cannot "
        f"be {settings.arxiv_delay:g}; make it {ARXIV_DELAY:g} or more, or point `arxiv-url` at a mirror"
    )
