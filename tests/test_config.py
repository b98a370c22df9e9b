from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable import config
from littable.config import Settings
from littable.diagnostic import Severity
from littable.errors import ConfigurationError
from littable.roles import Role


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Settings:
    return config.load(write(folder / "littable.toml", text))


def refusal(folder: Path, text: str, name: str = "littable.toml") -> str:
    path = write(folder / name, text)
    with pytest.raises(ConfigurationError) as caught:
        config.load(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message.removeprefix(str(path)).removeprefix(": ")


class TestFinding:
    def test_in_one_folder_the_dotted_file_comes_first_and_pyproject_last(self, tmp_path: Path) -> None:
        pyproject = write(tmp_path / "pyproject.toml", "[tool.littable]\n")
        assert config.find(tmp_path / "README.md") == pyproject
        plain = write(tmp_path / "littable.toml", "")
        assert config.find(tmp_path / "README.md") == plain
        dotted = write(tmp_path / ".littable.toml", "")
        assert config.find(tmp_path / "README.md") == dotted

    def test_a_nearer_folder_comes_before_a_better_name(self, tmp_path: Path) -> None:
        write(tmp_path / ".littable.toml", "")
        near = write(tmp_path / "docs" / "pyproject.toml", "[tool.littable]\n")
        assert config.find(tmp_path / "docs" / "deep" / "list.md") == near

    @pytest.mark.parametrize("text", ["[project]\n", 'dependencies = ["littable"]\n', "not toml at all"])
    def test_a_pyproject_of_somebody_else_is_passed_over(self, tmp_path: Path, text: str) -> None:
        above = write(tmp_path / "littable.toml", "")
        write(tmp_path / "docs" / "pyproject.toml", text)
        assert config.find(tmp_path / "docs") == above

    def test_a_broken_pyproject_that_names_littable_is_an_error(self, tmp_path: Path) -> None:
        path = write(tmp_path / "pyproject.toml", "[tool.littable]\nselect = [\n")
        with pytest.raises(ConfigurationError, match="not valid TOML") as caught:
            config.find(tmp_path)
        assert str(path) in str(caught.value)

    def test_none_at_all(self) -> None:
        assert config.find(Path("/")) is None

    def test_isolated_reads_no_file(self, tmp_path: Path) -> None:
        write(tmp_path / "littable.toml", "offline = true")
        assert config.resolve(tmp_path, environ={}).offline
        assert not config.resolve(tmp_path, isolated=True, environ={}).offline


class TestReading:
    def test_every_key(self, tmp_path: Path) -> None:
        settings = load(
            tmp_path,
            """
            select = ["LT5", "LT101"]
            extend-select = ["LT306"]
            ignore = ["LT504"]
            exclude = ["vendor"]
            required-columns = ["title", "year"]
            all-tables = true
            similar-title-threshold = 95
            offline = true
            papers = ["papers.jsonl", "/srv/more.jsonl.gz"]
            store = "cache/store.sqlite"
            max-wait = 10
            max-age = 0.5
            arxiv-url = "http://127.0.0.1:8080/api/query"
            arxiv-delay = 0
            fail-on = "error"
            output-format = "github"
            tex = "unicode"
            resolve = false
            [columns]
            "Titre de l’article" = "title"
            [per-file-ignores]
            "docs/*" = ["LT3"]
            """,
        )
        assert settings.select == ("LT5", "LT101")
        assert settings.extend_select == ("LT306",)
        assert settings.ignore == ("LT504",)
        assert settings.exclude == ("vendor",)
        assert settings.required_columns == (Role.TITLE, Role.YEAR)
        assert settings.all_tables
        assert settings.similar_title_threshold == 95
        assert settings.offline
        assert settings.papers == (tmp_path / "papers.jsonl", Path("/srv/more.jsonl.gz"))
        assert settings.store == tmp_path / "cache" / "store.sqlite"
        assert (settings.max_wait, settings.max_age, settings.arxiv_delay) == (10, 0.5, 0)
        assert settings.arxiv_url == "http://127.0.0.1:8080/api/query"
        assert settings.fail_on is Severity.ERROR
        assert settings.output_format == "github"
        assert settings.tex == "unicode"
        assert settings.resolve is False
        assert settings.columns == {"Titre de l’article": Role.TITLE}
        assert settings.per_file_ignores == {"docs/*": ("LT3",)}
        assert settings.file == tmp_path / "littable.toml"

    def test_an_empty_file_gives_the_defaults(self, tmp_path: Path) -> None:
        settings = load(tmp_path, "")
        assert settings == Settings(file=tmp_path / "littable.toml")
        assert settings.required_columns == (Role.TITLE, Role.LINK)
        assert settings.tex == "keep"
        assert settings.resolve is None

    def test_a_byte_order_mark_is_no_mistake(self, tmp_path: Path) -> None:
        assert load(tmp_path, "\ufeffoffline = true\r\n").offline

    def test_pyproject(self, tmp_path: Path) -> None:
        path = write(tmp_path / "pyproject.toml", '[tool.littable.columns]\nNom = "title"\n[tool.other]\nx=1')
        assert config.load(path).columns == {"Nom": Role.TITLE}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('selct = ["LT5"]', "unknown key `selct`; did you mean `select`?"),
            ("max_wait = 3", "unknown key `max_wait`; did you mean `max-wait`?"),
            ("zzz = 3", "unknown key `zzz`"),
            (
                'readers = ["bullets"]',
                '`readers`: expected one of table, key-value, html-table, bullet, section, not "bullets"; '
                "did you mean `bullet`?",
            ),
            (
                'sections = "Papers"',
                '`sections`: expected a list of headings, such as ["Papers", "!Datasets"], not "Papers"',
            ),
            ('"a\\u001Bb" = 3', 'unknown key `"a\\u001Bb"`'),
            (
                "[tool.littable]\noffline = true",
                "unknown key `tool`; in this file the keys stand at the top, not in [tool.littable]",
            ),
            (
                'select = "LT5"',
                '`select`: expected a list of rule codes or prefixes, such as ["LT5", "LT101"], not "LT5"',
            ),
            (
                "ignore = [5]",
                '`ignore`: expected a list of rule codes or prefixes, such as ["LT5", "LT101"], not [5]',
            ),
            ("offline = 1", "`offline`: expected true or false, not 1"),
            ("max-wait = -1", "`max-wait`: expected a number of seconds, 0 or more, not -1"),
            ("max-wait = true", "`max-wait`: expected a number of seconds, 0 or more, not true"),
            ("max-age = nan", "`max-age`: expected a number of days, 0 or more, not nan"),
            ("max-age = inf", "`max-age`: expected a number of days, 0 or more, not inf"),
            (
                "similar-title-threshold = 100.5",
                "`similar-title-threshold`: expected a number from 0 to 100, not 100.5",
            ),
            ('fail-on = "fatal"', '`fail-on`: expected "note", "warning" or "error", not "fatal"'),
            ("store = 2024-01-01", "`store`: expected a path, not 2024-01-01"),
            ('papers = ["a\\u0000b"]', '`papers`: expected a path, not "a\\u0000b"'),
            ('papers = "a"', '`papers`: expected a list of paths, not "a"'),
            ('exclude = ["!"]', '`exclude`: expected a file pattern as .gitignore has them, not "!"'),
            ('tex = "plain"', '`tex`: expected "keep" or "unicode", not "plain"'),
            ("tex = true", '`tex`: expected "keep" or "unicode", not true'),
            ('resolve = "no"', '`resolve`: expected true or false, not "no"'),
            ('output-format = " "', '`output-format`: expected a text that is not empty, not " "'),
            (
                '[columns]\n"Nom, court" = "titel"',
                '`columns."Nom, court"`: expected one of title, year, date, authors, link, abstract, venue, '
                'code, comment, number, topic, other, not "titel"; did you mean `title`?',
            ),
            (
                'columns = "title"',
                "`columns`: expected a table of headers and roles, "
                'such as { "Titre" = "title" }, not "title"',
            ),
            (
                '[per-file-ignores]\n"docs/*" = "LT5"',
                '`per-file-ignores."docs/*"`: expected a list of rule codes or prefixes, such as '
                '["LT5", "LT101"], not "LT5"',
            ),
        ],
    )
    def test_a_mistake_names_the_key_and_what_belongs_there(
        self, tmp_path: Path, text: str, message: str
    ) -> None:
        assert refusal(tmp_path, text) == message

    @pytest.mark.parametrize(
        "url",
        [
            '"arxiv.org"',
            '"ftp://arxiv.org"',
            '"http://"',
            '"http://a:99999/"',
            '"http://[::"',
            '"http://a b/"',
        ],
    )
    def test_an_address_that_is_none(self, tmp_path: Path, url: str) -> None:
        assert refusal(tmp_path, f"arxiv-url = {url}").endswith(f"not {url}")

    def test_a_key_of_pyproject_is_named_in_full(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, "[tool.littable]\nofline = true", "pyproject.toml")
        assert message == "unknown key `tool.littable.ofline`; did you mean `offline`?"

    def test_pyproject_without_our_table_asked_for_by_name(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, "[project]", "pyproject.toml")
        assert message == "there is no [tool.littable] table in it"

    def test_a_long_wrong_value_is_cut(self, tmp_path: Path) -> None:
        assert len(refusal(tmp_path, f'offline = "{"x" * 5000}"')) < 120

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("offline = true\nselect ! 3", ":2:8: not valid TOML: "),
            ("offline = true\nselect = [", ":2:11: not valid TOML: "),
        ],
    )
    def test_invalid_toml_names_line_and_column(self, tmp_path: Path, text: str, place: str) -> None:
        assert refusal(tmp_path, text).startswith(place)

    @pytest.mark.parametrize("text", ["max-wait = " + "9" * 5000, "select = " + "[" * 100_000])
    def test_hostile_toml(self, tmp_path: Path, text: str) -> None:
        refusal(tmp_path, text)

    def test_not_utf8_or_not_there(self, tmp_path: Path) -> None:
        path = tmp_path / "littable.toml"
        with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
            config.load(path)
        path.write_bytes(b"offline = \xff")
        with pytest.raises(ConfigurationError, match="not UTF-8 at byte 10"):
            config.load(path)


class TestLayers:
    def test_options_win_over_the_environment_and_that_over_the_file(self, tmp_path: Path) -> None:
        settings = load(tmp_path, 'store = "a"\narxiv-url = "http://file/"\nmax-wait = 5')
        environ = {
            "LITTABLE_STORE": "b",
            "LITTABLE_ARXIV_URL": "http://variable/",
            "LITTABLE_ARXIV_DELAY": "0.5",
        }
        merged = config.merge(settings, {"store": "c", "max_wait": None}, environ)
        assert merged.store == Path("c")
        assert merged.arxiv_url == "http://variable/"
        assert merged.arxiv_delay == 0.5
        assert merged.max_wait == 5

    def test_an_empty_variable_is_none(self) -> None:
        assert config.merge(Settings(), {}, {"LITTABLE_STORE": "", "LITTABLE_ARXIV_DELAY": ""}) == Settings()

    def test_a_wrong_variable_or_option_is_named(self) -> None:
        with pytest.raises(ConfigurationError) as caught:
            config.merge(Settings(), {}, {"LITTABLE_ARXIV_DELAY": "soon"})
        expected = '`LITTABLE_ARXIV_DELAY`: expected a number of seconds, 0 or more, not "soon"'
        assert str(caught.value) == expected
        with pytest.raises(ConfigurationError) as caught:
            config.merge(Settings(), {"max_wait": -1.0})
        assert str(caught.value) == "`--max-wait`: expected a number of seconds, 0 or more, not -1.0"

    def test_select_starts_afresh(self, tmp_path: Path) -> None:
        settings = load(tmp_path, 'select = ["LT5"]\nextend-select = ["LT1"]\nignore = ["LT501"]')
        merged = config.merge(settings, {"select": ["LT501"]})
        assert (merged.select, merged.extend_select, merged.ignore) == (("LT501",), (), ())

    def test_extend_select_and_ignore_add_and_overrule(self, tmp_path: Path) -> None:
        settings = load(tmp_path, 'select = ["LT4", "LT501"]\nignore = ["LT301", "LT202"]')
        merged = config.merge(settings, {"extend_select": ["LT3"], "ignore": ["LT5"]})
        assert merged.select == ("LT4",)
        assert merged.extend_select == ("LT3",)
        assert merged.ignore == ("LT202", "LT5")

    @pytest.mark.parametrize("host", ["arxiv.org", "export.arxiv.org", "EXPORT.ARXIV.ORG."])
    def test_arxiv_is_never_asked_more_often_than_it_allows(self, tmp_path: Path, host: str) -> None:
        settings = load(tmp_path, f'arxiv-url = "http://{host}/api/query"\narxiv-delay = 1')
        with pytest.raises(ConfigurationError) as caught:
            config.merge(settings, {})
        assert str(caught.value) == (
            f"{tmp_path / 'littable.toml'}: `arxiv-delay`: arXiv asks for 3 seconds between two requests, "
            "so for arxiv.org it cannot be 1; make it 3 or more, or point `arxiv-url` at a mirror"
        )

    @pytest.mark.parametrize(
        "url", ["http://localhost:1/", "https://notarxiv.org/", "https://arxiv.org.example/"]
    )
    def test_other_hosts_may_be_asked_as_often_as_they_like(self, url: str) -> None:
        environ = {"LITTABLE_ARXIV_URL": url, "LITTABLE_ARXIV_DELAY": "0"}
        assert config.merge(Settings(), {}, environ).arxiv_delay == 0


class TestSelection:
    @pytest.mark.parametrize(
        ("settings", "code", "by_default", "enabled"),
        [
            (Settings(), "LT501", True, True),
            (Settings(), "LT510", False, False),
            (Settings(select=("LT5",)), "LT510", False, True),
            (Settings(select=("LT5",)), "LT101", True, False),
            (Settings(select=()), "LT101", True, False),
            (Settings(extend_select=("LT510",)), "LT510", False, True),
            (Settings(extend_select=("LT510",)), "LT101", True, True),
            (Settings(ignore=("LT5",)), "LT501", True, False),
            (Settings(select=("LT501",), ignore=("LT5",)), "LT501", True, True),
            (Settings(select=("LT5",), ignore=("LT501",)), "LT501", True, False),
            (Settings(select=("LT5",), ignore=("LT5",)), "LT501", True, False),
        ],
    )
    def test_the_most_specific_selector_decides(
        self, settings: Settings, code: str, by_default: bool, enabled: bool
    ) -> None:
        assert settings.enabled(code, by_default=by_default) is enabled

    def test_where_each_selector_was_written(self, tmp_path: Path) -> None:
        settings = load(tmp_path, 'select = ["LT1"]\nignore = ["LT2"]\nper-file-ignores."a/*" = ["LT3"]')
        merged = config.merge(settings, {"ignore": ["LT9"]})
        file = tmp_path / "littable.toml"
        assert {selector.code: str(selector.place) for selector in merged.selectors()} == {
            "LT1": f"{file}: `select`",
            "LT2": f"{file}: `ignore`",
            "LT9": "`--ignore`",
            "LT3": f'{file}: `per-file-ignores."a/*"`',
        }

    def test_patterns_are_relative_to_the_file(self, tmp_path: Path) -> None:
        text = (
            'exclude = ["vendor", "*.draft.md"]\nper-file-ignores = { "docs/**" = ["LT5"], "*.md" = ["LT1"] }'
        )
        settings = load(tmp_path, text)
        assert settings.excluded(tmp_path / "a" / "vendor" / "list.md")
        assert settings.excluded(tmp_path / "a.draft.md")
        assert not settings.excluded(tmp_path / "README.md")
        assert not Settings().excluded(tmp_path / "README.md")
        assert settings.ignored_in(tmp_path / "docs" / "a.md") == ("LT5", "LT1")
        assert settings.ignored_in(tmp_path.parent / "b.md") == ("LT1",)


class TestShowing:
    def test_defaults(self) -> None:
        lines = config.show(Settings()).splitlines()
        assert lines[0] == "# configuration file: none"
        assert "# select: not set (the rules that are on by default)" in lines
        assert 'required-columns = ["title", "link"]' in lines
        assert 'fail-on = "warning"' in lines
        assert 'tex = "keep"' in lines
        assert "# resolve: not set (up to the command)" in lines

    def test_each_value_tells_where_it_comes_from(self, tmp_path: Path) -> None:
        settings = load(tmp_path, 'ignore = ["LT2"]\ncolumns = { Titre = "title" }')
        shown = config.show(
            config.merge(settings, {"ignore": ["LT9"]}, {"LITTABLE_STORE": "x.db"})
        ).splitlines()
        file = tmp_path / "littable.toml"
        assert shown[0] == f"# configuration file: {file}"
        assert f'ignore = ["LT2", "LT9"]  # {file}, --ignore' in shown
        assert 'store = "x.db"  # LITTABLE_STORE' in shown
        assert shown[shown.index(f"[columns]  # {file}") + 1] == 'Titre = "title"'
        tables = next(at for at, line in enumerate(shown) if line.startswith("["))
        keys = [line.split(" = ")[0] for line in shown[:tables] if " = " in line]
        assert keys == sorted(keys)

    texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
        lambda text: bool(text.strip())
    )

    @given(
        codes=st.lists(texts),
        columns=st.dictionaries(texts, st.sampled_from(Role)),
        threshold=st.floats(0, 100),
    )
    def test_what_is_shown_can_be_read_again(
        self, codes: list[str], columns: dict[str, Role], threshold: float
    ) -> None:
        given_: dict[str, Any] = {"select": codes, "columns": columns, "similar_title_threshold": threshold}
        table = tomllib.loads(config.show(config.merge(Settings(), given_)))
        assert table["select"] == codes
        assert table["columns"] == columns
        assert table["similar-title-threshold"] == threshold


def test_settings_cost_no_heavy_import() -> None:
    heavy = "rich, jsonschema, json, tomllib, difflib, pathspec, urllib.parse, typer"
    # pathlib itself imports urllib before Python 3.13
    code = (
        f"import sys, pathlib; before = set(sys.modules); import littable.config\n"
        f"print({{*{heavy.split(', ')}}} & (set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
