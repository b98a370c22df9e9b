"""The settings as text, for ``--show-settings``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from littable.config.settings import Settings
from littable.config.values import Place, toml, toml_key

_NOT_SETTINGS = ("file", "places")
_UNSET = {
    "select": "the rules that are on by default",
    "store": "in the user's cache folder",
    "resolve": "up to the command",
}


def show(settings: Settings) -> str:
    """Every setting, sorted, as TOML that could be read again, each with the place it comes from."""
    values = {
        field.name.replace("_", "-"): getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in _NOT_SETTINGS
    }
    values["links"] = settings.links.as_table()
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lines = [f"# configuration file: {_origin(settings)}"]
    lines += [_line(key, values[key], settings) for key in sorted(values.keys() - tables.keys())]
    for key in sorted(tables):
        lines += ["", *_table(key, tables[key], settings)]
    return "\n".join(lines) + "\n"


def _origin(settings: Settings) -> str:
    return toml(settings.file)[1:-1] if settings.file else "none"


def _line(key: str, value: object, settings: Settings) -> str:
    if value is None:
        return f"# {key}: not set ({_UNSET[key]})"
    return f"{key} = {toml(value)}{_comment(_places(key, value, settings))}"


def _places(key: str, value: object, settings: Settings) -> list[Place | None]:
    """The places of the items where each has one, else that of the whole."""
    items = value if isinstance(value, tuple) else ()
    places = [settings.places.get((key, str(item))) for item in items]
    return places if any(places) else [settings.places.get((key,))]


def _table(key: str, table: Mapping[str, object], settings: Settings) -> Iterator[str]:
    yield f"[{key}]{_comment([settings.places.get((key,))])}"
    for name in sorted(table):
        yield f"{toml_key(name)} = {toml(table[name])}"


def _comment(places: list[Place | None]) -> str:
    """Each origin once, in the order of the values."""
    origins = dict.fromkeys(_name(place) for place in places if place)
    return "  # " + ", ".join(origins) if origins else ""


def _name(place: Place) -> str:
    return toml(place.file)[1:-1] if place.file else place.key
