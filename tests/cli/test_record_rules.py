"""The rules that compare a row with plain facts of its record, before a server that answers as arXiv does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arxiv_server import EMPTY, ArxivServer, Fault, Served
from support.command import Outcome, littable

HEADER = "| Title | Year | Link |\n| --- | --- | --- |\n"
ATTENTION = "Attention Is All You Need"
WITHDRAWN = "This paper has been withdrawn by the author because Lemma 3 assumes what it proves"


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    first, latest = "2017-06-12T17:57:34Z", "2023-08-02T00:41:18Z"
    papers = [
        Served(
            "1706.03762", 1, ATTENTION, published=first, updated=first, journal_ref="Counting Days 7 (2018)"
        ),
        Served(
            "1706.03762", 7, ATTENTION, published=first, updated=latest, journal_ref="Counting Days 7 (2018)"
        ),
        Served("2402.99999", 2, "Every Even Number", comment=WITHDRAWN),
    ]
    with ArxivServer(papers) as running:
        yield running


def _run(folder: Path, server: ArxivServer, *arguments: str) -> Outcome:
    return littable(*arguments, cwd=folder, LITTABLE_ARXIV_URL=server.url, LITTABLE_ARXIV_DELAY="0")


def _write(folder: Path, *rows: str) -> None:
    (folder / "a.md").write_text(HEADER + "".join(f"| {row} |\n" for row in rows))


def _concise(folder: Path, server: ArxivServer, *arguments: str) -> Outcome:
    return _run(folder, server, "check", "--output-format", "concise", *arguments, "a.md")


def test_a_paper_that_two_whole_answers_lacked_is_unknown(tmp_path: Path, server: ArxivServer) -> None:
    _write(tmp_path, f"{ATTENTION} | 2017 | https://arxiv.org/abs/1706.93762")
    outcome = _concise(tmp_path, server)
    assert outcome.code == 1
    assert "a.md:3:60: LT309 arXiv has no paper 1706.93762" in outcome.out
    assert [asked.ids[0] for asked in server.asked].count("1706.93762") >= 2


@pytest.mark.parametrize(
    "fault", [EMPTY, Fault(status=503), Fault(truncate=300), Fault(lacks=("1706.93762",))]
)
def test_nothing_is_unknown_when_arxiv_could_not_be_asked(
    tmp_path: Path, server: ArxivServer, fault: Fault
) -> None:
    server.add(Served("1706.93762"))
    server.fail_always(fault)
    _write(tmp_path, f"{ATTENTION} | 2017 | https://arxiv.org/abs/1706.93762")
    outcome = _concise(tmp_path, server, "--max-wait", "0.1")
    assert outcome.code == 0, outcome
    assert "Not checked: 1706.93762 (" in outcome.out
    assert "LT309" in outcome.out
    assert "arXiv has no paper" not in outcome.out


def test_one_line_says_what_no_rule_could_judge(tmp_path: Path, server: ArxivServer) -> None:
    _write(
        tmp_path,
        f"{ATTENTION} | 2011 | https://arxiv.org/abs/1706.03762v1",
        "Every Even Number | 2024 | https://arxiv.org/abs/2402.99999",
    )
    out = _concise(tmp_path, server, "--offline", "--select", "LT309,LT504,LT505,LT508,LT509").out
    assert out.splitlines() == [
        "Not checked: 2 papers (LT309, LT504, LT505, LT508, LT509): not in the store; offline",
        "All other checks passed. 2 papers in 1 table in 1 file.",
    ]


def test_a_version_is_said_not_to_exist_only_when_arxiv_was_just_asked(
    tmp_path: Path, server: ArxivServer
) -> None:
    _write(tmp_path, f"{ATTENTION} | 2017 | https://arxiv.org/abs/1706.03762v9")
    assert "LT309 1706.03762 has no v9; v7 is current" in _concise(tmp_path, server).out
    later = _concise(tmp_path, server, "--offline", "--select", "LT309")
    assert later.code == 0
    assert "(LT309): the store does not know the version that the row links" in later.out


def test_a_withdrawn_paper_is_an_error(tmp_path: Path, server: ArxivServer) -> None:
    _write(tmp_path, "Every Even Number | 2024 | https://arxiv.org/abs/2402.99999v1")
    outcome = _concise(tmp_path, server)
    assert outcome.code == 1
    assert f"a.md:3:3: LT505 withdrawn on arXiv: '{WITHDRAWN}'" in outcome.out
    assert "LT307" not in outcome.out


def test_a_wrong_year_is_mended_on_request(tmp_path: Path, server: ArxivServer) -> None:
    row = f"{ATTENTION} | 2014 | https://arxiv.org/abs/1706.03762"
    _write(tmp_path, row)
    select = ("--select", "LT504")
    assert (
        "LT504 year 2014 is not the paper's: submitted 2017, published 2018"
        in _concise(tmp_path, server, *select).out
    )
    assert _run(tmp_path, server, "fix", "--unsafe", *select, "a.md").code == 0
    assert (tmp_path / "a.md").read_text() == f"{HEADER}| {row.replace('2014', '2017')} |\n"


PINNED = f"{ATTENTION} | 2017 | https://arxiv.org/abs/1706.03762v1"


def test_one_note_for_one_pinned_link(tmp_path: Path, server: ArxivServer) -> None:
    _write(tmp_path, PINNED, PINNED.replace("v1", "v7"))
    out = _concise(tmp_path, server, "--ignore", "LT1,LT4").out.splitlines()
    assert out[:2] == [
        "a.md:3:70: LT508 pinned to v1 (2017-06-12); v7 (2023-08-02) is current",
        "a.md:4:70: LT307 link is pinned to v7",
    ]
    assert "LT307 link is pinned to v1" in _concise(tmp_path, server, "--ignore", "LT508").out


@pytest.mark.parametrize(
    ("arguments", "version"),
    [
        ((), ""),
        (("--ignore", "LT508"), ""),
        (("--ignore", "LT307"), "v7"),
        (("--offline", "--ignore", "LT508"), ""),
        (("--offline",), ""),
    ],
)
def test_a_pin_is_dropped_or_where_pins_are_wanted_renewed(
    tmp_path: Path, server: ArxivServer, arguments: tuple[str, ...], version: str
) -> None:
    _write(tmp_path, PINNED)
    assert _run(tmp_path, server, "fix", "--unsafe", *arguments, "a.md").code == 0
    assert (tmp_path / "a.md").read_text() == f"{HEADER}| {PINNED.replace('v1', version)} |\n"


def test_the_published_version_is_named_when_asked_for(tmp_path: Path, server: ArxivServer) -> None:
    _write(tmp_path, f"{ATTENTION} | 2017 | https://arxiv.org/abs/1706.03762")
    assert "LT509" not in _concise(tmp_path, server).out
    out = _concise(tmp_path, server, "--extend-select", "LT509").out
    assert "a.md:3:60: LT509 published in Counting Days 7 (2018)" in out
