"""How far rows are compared: what other documents of a run hold, in its order, and after one is replaced."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.checker import check_document
from littable.config import Settings
from littable.document.model import Document
from littable.document.reading import read_document
from littable.rules._context import Context
from littable.rules._registry import all_rules, selected_rules
from littable.rules._rows import RunPlace, RunRows

RULES = tuple(rule for rule in all_rules() if rule.code.startswith("LT4"))
RUN = Settings(duplicates="run")
HEADER = "| Title | Authors | Link |\n| --- | --- | --- |\n"
SHEEP = "| Counting Sheep in Open Meadows | Ada Author | https://arxiv.org/abs/2001.00001 |\n"
SHEEP_PDF = "| Counting sheep in open meadows | Ada Author | https://arxiv.org/pdf/2001.00001v2 |\n"
SHEEP_UNNAMED = "| Counting Sheep in Open Meadows | Ada Author | https://example.org/sheep.pdf |\n"
SHEEP_MISSPELT = "| Counting Sheep in Open Medows | Ada Author | https://example.org/sheep.pdf |\n"
BRIDGES = "| Bridges over Frozen Rivers | Ben Body | https://arxiv.org/abs/2002.00002 |\n"
BRIDGES_COPIED = "| Bridges over Frozen Rivers | Ben Body | https://arxiv.org/abs/2001.00001 |\n"


def document(path: str, *rows: str) -> Document:
    return read_document(path, HEADER + "".join(rows))


def found(run: RunRows, file: int, text: Document | None = None, settings: Settings = RUN) -> list[str]:
    """What LT4 says about a document of the run, or about what it has become."""
    context = Context(settings, run=RunPlace(run, file))
    report = check_document(text or run.of(file).document, RULES, context)
    return [f"{d.code} {d.severity}: {d.message}" for d in report.diagnostics]


@pytest.mark.parametrize(
    ("first", "later", "said"),
    [
        (SHEEP, SHEEP_PDF, "LT402 note: 2001.00001 is in a.md, too, in line 3"),
        (SHEEP, SHEEP_UNNAMED, "LT403 note: title is the same as in a.md, line 3"),
        (
            SHEEP,
            SHEEP_MISSPELT,
            "LT404 warning: title differs from a.md, line 3, only by “medows” for “meadows”",
        ),
        (
            SHEEP,
            BRIDGES_COPIED,
            "LT405 warning: link is that of “Counting Sheep in Open Meadows” in a.md, line 3, too: "
            "one of the two rows is wrong",
        ),
    ],
)
def test_a_pair_of_rows_in_two_files_is_told_once_and_in_the_later(first: str, later: str, said: str) -> None:
    run = RunRows([document("a.md", first), document("b.md", BRIDGES, later)])
    if later is BRIDGES_COPIED:
        run = RunRows([document("a.md", first), document("b.md", later)])
    assert found(run, 0) == []
    assert found(run, 1) == [said]


@pytest.mark.parametrize("later", [SHEEP_PDF, SHEEP_UNNAMED, SHEEP_MISSPELT, BRIDGES_COPIED])
@pytest.mark.parametrize("duplicates", ["table", "file"])
def test_other_files_are_of_no_interest_unless_asked_for(later: str, duplicates: str) -> None:
    run = RunRows([document("a.md", SHEEP), document("b.md", later)])
    said = found(run, 1, settings=Settings(duplicates=duplicates))
    selected_by_hand = duplicates == "table" and later in (SHEEP_PDF, BRIDGES_COPIED)
    assert [line[:5] for line in said] == (["LT402"] if selected_by_hand else [])


def test_the_first_is_in_the_earliest_file_and_there_in_the_earliest_line() -> None:
    run = RunRows([
        document("a.md", BRIDGES),
        document("b.md", BRIDGES, SHEEP, SHEEP_PDF),
        document("c.md", SHEEP),
    ])  # fmt: skip
    assert found(run, 2) == ["LT402 note: 2001.00001 is in b.md, too, in line 4"]
    assert found(run, 1) == [
        "LT402 note: 2002.00002 is in a.md, too, in line 3",
        "LT401 warning: 2001.00001 is in this table already, in line 4",
    ]


def test_an_earlier_file_comes_before_an_earlier_line() -> None:
    own = read_document("b.md", f"{HEADER}{SHEEP_MISSPELT}\n{HEADER}{SHEEP_UNNAMED}")
    run = RunRows([document("a.md", SHEEP), own])
    assert found(run, 1) == [
        "LT404 warning: title differs from a.md, line 3, only by “medows” for “meadows”",
        "LT403 note: title is the same as in a.md, line 3",
    ]


def test_what_a_document_has_become_is_what_later_ones_see() -> None:
    run = RunRows([document("a.md", BRIDGES, SHEEP, SHEEP_PDF), document("b.md", SHEEP)])
    assert found(run, 1) == ["LT402 note: 2001.00001 is in a.md, too, in line 4"]
    run.replace(0, document("a.md", SHEEP, BRIDGES))
    assert found(run, 1) == ["LT402 note: 2001.00001 is in a.md, too, in line 3"]
    run.replace(0, document("a.md", BRIDGES))
    assert found(run, 1) == []
    run.replace(0, document("a.md", SHEEP_MISSPELT))
    assert found(run, 1) == ["LT404 warning: title differs from a.md, line 3, only by “meadows” for “medows”"]


def test_a_document_that_is_being_fixed_does_not_meet_what_it_was() -> None:
    run = RunRows([document("a.md", SHEEP), document("b.md", SHEEP_PDF, BRIDGES), document("c.md", BRIDGES)])
    assert found(run, 1, document("b.md", BRIDGES)) == []
    assert found(run, 1, document("b.md", SHEEP_MISSPELT)) == [
        "LT404 warning: title differs from a.md, line 3, only by “medows” for “meadows”"
    ]
    assert found(run, 2) == ["LT402 note: 2002.00002 is in b.md, too, in line 4"]


def test_a_document_taken_in_later_is_known_to_all() -> None:
    run = RunRows([document("a.md", BRIDGES)])
    assert found(run, 0) == []
    assert run.add(document("b.md", SHEEP_MISSPELT)) == 1
    assert run.add(document("c.md", SHEEP)) == 2
    assert found(run, 2) == ["LT404 warning: title differs from b.md, line 3, only by “meadows” for “medows”"]


def test_a_document_without_a_run_is_a_run_of_one() -> None:
    text = read_document("a.md", f"{HEADER}{SHEEP}\n{HEADER}{SHEEP_PDF}")
    report = check_document(text, RULES, Context(RUN))
    assert [d.message for d in report.diagnostics] == ["2001.00001 is in another table, too, in line 3"]


def test_places_in_other_files_are_no_places_of_this_file() -> None:
    run = RunRows([document("a.md", SHEEP), document("b.md", SHEEP)])
    context = Context(RUN, run=RunPlace(run, 1))
    (diagnostic,) = check_document(run.of(1).document, RULES, context).diagnostics
    assert diagnostic.related == ()


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        (Settings(), False),
        (Settings(duplicates="file"), True),
        (Settings(duplicates="run"), True),
        (Settings(duplicates="run", ignore=("LT402",)), False),
        (Settings(duplicates="run", ignore=("LT4",)), False),
        (Settings(duplicates="run", select=("LT403",)), False),
        (Settings(select=("LT402",)), True),
        (Settings(extend_select=("LT402",)), True),
    ],
)
def test_when_the_rule_about_other_tables_runs(settings: Settings, runs: bool) -> None:
    assert ("LT402" in [rule.code for rule in selected_rules(settings)]) == runs


_ROWS = st.lists(
    st.sampled_from([SHEEP, SHEEP_PDF, SHEEP_UNNAMED, SHEEP_MISSPELT, BRIDGES, BRIDGES_COPIED]), max_size=4
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 3), _ROWS), max_size=4))
def test_a_run_with_replaced_documents_is_a_run_of_the_new_ones(
    files: list[list[str]], changes: list[tuple[int, list[str]]]
) -> None:
    documents = [document(f"{at}.md", *rows) for at, rows in enumerate(files)]
    run = RunRows(documents)
    for at in range(len(files)):
        found(run, at)
    for at, rows in changes:
        if at < len(files):
            documents[at] = document(f"{at}.md", *rows)
            run.replace(at, documents[at])
    fresh = RunRows(documents)
    for at in range(len(files)):
        assert found(run, at) == found(fresh, at)


def test_very_many_rows_that_share_a_title_or_a_link() -> None:
    """Each is compared with the first of them, though not with all."""
    numbered = [SHEEP.replace("Ada Author", f"{chr(97 + n // 26)}{chr(97 + n % 26)}name") for n in range(200)]
    run = RunRows([document("a.md", *numbered[:100]), document("b.md", *numbered[100:])])
    assert Counter(line[:5] for line in found(run, 1)) == {"LT402": 1, "LT401": 99}
    unnamed = [row.replace("arxiv.org/abs/", "example.org/") for row in numbered]
    run = RunRows([document("a.md", *unnamed[:100]), document("b.md", *unnamed[100:])])
    assert Counter(line[:5] for line in found(run, 1)) == {}
    run = RunRows([document("a.md", *unnamed[:100]), document("b.md", *unnamed[100:], unnamed[0])])
    assert found(run, 1) == ["LT403 note: title is the same as in a.md, line 3"]
