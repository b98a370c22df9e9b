from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from littable import config
from littable.config.links import HostSettings, LinkSettings
from littable.config.settings import Settings
from littable.errors import ConfigurationError

WHOLE = """
[links]
check = true
exclude = ['^https://x\\.org']
include = ["keep"]
accept = [200, "300..=308", "403..405"]
remap = ["^https://a.b http://127.0.0.1:1"]
allow-private = true
unknown = "note"
fragments = true
max-age = 1
timeout = 5
pause = 2
[links.hosts."GitHub.com"]
interval = 1
concurrency = 3
accept = [403, "500..=599"]
"""
READ = LinkSettings(
    check=True,
    exclude=("^https://x\\.org",),
    include=("keep",),
    accept=((200, 200), (300, 308), (403, 404)),
    remap=(("^https://a.b", "http://127.0.0.1:1"),),
    allow_private=True,
    unknown="note",
    fragments=True,
    max_age=1.0,
    timeout=5.0,
    pause=2.0,
    hosts={"github.com": HostSettings(3, 1.0, ((403, 403), (500, 599)))},
)


def _load(folder: Path, text: str) -> Settings:
    (folder / "littable.toml").write_text(text)
    return config.load(folder / "littable.toml")


def test_a_whole_table(tmp_path: Path) -> None:
    assert _load(tmp_path, WHOLE).links == READ


def test_an_option_changes_one_key_and_leaves_the_others(tmp_path: Path) -> None:
    settings = config.merge(_load(tmp_path, WHOLE), {"links": {"check": False}})
    assert settings.links.check is False
    assert settings.links.unknown == "note"


def test_what_is_shown_can_be_read_again(tmp_path: Path) -> None:
    for settings in (Settings(), _load(tmp_path, WHOLE)):
        shown = tomllib.loads(config.show(settings))["links"]
        again = config.merge(Settings(), {"links": shown})
        assert again.links == settings.links


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("links = 3", "`links`: expected a table, not 3"),
        ("[links]\nchck = true", "unknown key `links.chck`; did you mean `check`?"),
        ('[links]\nexclude = ["("]', "`links.exclude`: '(' is no regular expression: missing )"),
        ('[links]\naccept = ["20"]', "`links.accept`: expected a list of status codes and ranges"),
        ('[links]\naccept = ["300..200"]', "`links.accept`: expected a list of status codes and ranges"),
        ("[links]\naccept = [true]", "`links.accept`: expected a list of status codes and ranges"),
        ("[links.hosts.x]\ninterval = -1", "`links.hosts.x.interval`: expected a number of seconds"),
        ("[links.hosts.x]\nconcurrency = 0", "`links.hosts.x.concurrency`: expected a number from 1"),
        (
            '[links]\nremap = ["^a(b) c/$2"]',
            "`links.remap`: '^a(b)' has no group $2; write $$ for a dollar sign",
        ),
        ('[links]\nremap = ["a b/${x}"]', "`links.remap`: 'a' has no group $x; write $$ for a dollar sign"),
        ("[links]\npause = 601", "`links.pause`: expected a number of seconds from 0 to 600"),
        (
            "[links.hosts.x]\naccept = 403",
            "`links.hosts.x.accept`: expected a list of status codes and ranges",
        ),
        ('[links]\nremap = ["a"]', '`links.remap`: expected a list of "pattern replacement"'),
        ('[links]\nunknown = "fail"', '`links.unknown`: expected "skip", "note" or "error", not "fail"'),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        _load(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'littable.toml'}: {message}")
