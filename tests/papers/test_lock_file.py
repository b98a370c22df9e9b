"""What stands in a lock, what is believed of it, and what is said about lines that are not as written."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.papers.lock.line import LockedPaper, LockedTitle, write_line
from littable.papers.lock.lines import LockError, LockLines, write_lines
from littable.papers.lock.source import Lock
from littable.papers.record import PaperRecord
from littable.papers.sources import Candidates, Found, Missing, Unavailable

TODAY = date(2026, 4, 12)
NOT_THERE = Unavailable("not in littable.lock")
COUNTING = PaperRecord(
    id="2403.03218",
    version=2,
    title='Zählen: "数える" \\"title":',
    authors=("A. B", "C. D"),
    abstract="We count\n  $\\alpha$ | things.",
    published=date(2024, 3, 5),
    updated=date(2024, 5, 15),
    comment=None,
    doi="10.1000/182",
    journal_ref="J. 1",
    withdrawn=True,
    origin="littable.lock",
    version_dates=(date(2024, 3, 5), None),
)
FIRST = replace(COUNTING, version=1, title="Counting", updated=date(2024, 3, 5), doi=None, withdrawn=False)
SORTING = replace(COUNTING, id="hep-th/9901001", title="Sorting What Is There", comment="5 pages")
PAPERS = (
    LockedPaper("2403.03218", TODAY, COUNTING, {1: FIRST}),
    LockedPaper("1706.93762", TODAY, None),
    LockedPaper("hep-th/9901001", TODAY - timedelta(days=400), SORTING),
)
TITLES = (LockedTitle("sortingwhatisthere", ("hep-th/9901001",), TODAY), LockedTitle("nobodyelse", (), TODAY))
LOCK = write_lines(PAPERS, TITLES)


class Desk:
    """A lock file, and the notices given about it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []

    def lock(
        self, data: bytes, *, resolve: bool = False, today: date = TODAY, max_age: float = 36_500
    ) -> Lock:
        self.path.write_bytes(data)
        return Lock(self.path, resolve=resolve, max_age=max_age, notice=self._tell, today=today)

    def _tell(self, message: str) -> None:
        self.notices.append(message.removeprefix(str(self.path)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "littable.lock")


def _sealed(body: str) -> bytes:
    """A line that says anything under a checksum that fits; ``body`` lacks the last brace."""
    data = body.encode()
    return b'%s,"check":"%08x"}\n' % (data, zlib.crc32(data))


def test_the_lock_is_sorted_json_that_git_can_compare() -> None:
    lines = LOCK.decode().splitlines()
    assert [json.loads(line).get("id") or json.loads(line)["title_key"] for line in lines] == [
        "1706.93762", "2403.03218", "hep-th/9901001", "nobodyelse", "sortingwhatisthere",
    ]  # fmt: skip
    assert lines[0].startswith('{"id":"1706.93762","asked":"2026-04-12","missing":true,"check":"')
    assert "Zählen" in lines[1]
    assert LOCK.endswith(b"}\n")
    assert write_lines(reversed(PAPERS), reversed(TITLES)) == LOCK


def test_an_earlier_version_says_only_what_differs() -> None:
    line = json.loads(LOCK.splitlines()[1])
    assert line["earlier"] == [
        {"version": 1, "title": "Counting", "updated": "2024-03-05", "doi": None, "withdrawn": False}
    ]


def test_what_was_locked_is_found(desk: Desk) -> None:
    lock = desk.lock(LOCK)
    assert lock.papers(["2403.03218", "1706.93762", "2401.00001"]) == {
        "2403.03218": Found(COUNTING),
        "1706.93762": Missing(),
        "2401.00001": NOT_THERE,
    }
    assert lock.versions({"2403.03218": [1, 2, 3], "2401.00001": [1]}) == {
        ("2403.03218", 1): Found(FIRST),
        ("2403.03218", 2): Found(COUNTING),
        ("2403.03218", 3): NOT_THERE,
        ("2401.00001", 1): NOT_THERE,
    }
    assert desk.notices == []


def test_a_lock_that_is_not_there_knows_nothing(tmp_path: Path) -> None:
    notices: list[str] = []
    lock = Lock(tmp_path / "littable.lock", notice=notices.append)
    assert lock.papers(["2403.03218"]) == {"2403.03218": NOT_THERE}
    assert lock.by_title(["Sorting What Is There"]) == {"Sorting What Is There": NOT_THERE}
    assert notices == []


def test_a_lock_that_cannot_be_read_is_said_once_and_done_without(tmp_path: Path) -> None:
    (tmp_path / "littable.lock").mkdir()
    notices: list[str] = []
    lock = Lock(tmp_path / "littable.lock", notice=notices.append)
    for _ in range(2):
        assert lock.papers(["2403.03218"]) == {"2403.03218": NOT_THERE}
    assert notices == [f"{tmp_path}/littable.lock: is no file; working without it"]
    with pytest.raises(LockError, match=r"littable\.lock: is no file"):
        LockLines.of_file(tmp_path / "littable.lock")


def test_line_ends_of_windows_and_blank_lines_are_no_change(desk: Desk) -> None:
    lock = desk.lock(b"\r\n" + LOCK.replace(b"\n", b"\r\n\n"))
    assert lock.papers(["2403.03218"]) == {"2403.03218": Found(COUNTING)}
    assert desk.notices == []
    assert LockLines(LOCK.replace(b"\n", b"\r\n")).is_written_as(LOCK)


# Titles.


def test_a_title_that_was_looked_up_is_final(desk: Desk) -> None:
    lock = desk.lock(LOCK, resolve=True)
    titles = ["Sorting what is there", "Nobody, else", "Counting"]
    assert lock.searched(titles) == {"Sorting what is there", "Nobody, else"}
    assert lock.by_title(titles) == {
        "Sorting what is there": Candidates((SORTING,)),
        "Nobody, else": NOT_THERE,
        "Counting": NOT_THERE,
    }


def test_a_paper_of_the_lock_is_found_by_a_title_that_was_not_looked_up(desk: Desk) -> None:
    lock = desk.lock(write_lines(PAPERS, ()))
    assert lock.by_title(["sorting what is there"]) == {"sorting what is there": Candidates((SORTING,))}
    assert lock.searched(["sorting what is there"]) == set()


def test_a_title_that_only_a_machine_looked_up_is_not_final_where_arxiv_is_searched(desk: Desk) -> None:
    data = write_lines(PAPERS, [replace(TITLES[0], asked=None)])
    assert desk.lock(data).searched(["Sorting What Is There"]) == {"Sorting What Is There"}
    assert desk.lock(data, resolve=True).searched(["Sorting What Is There"]) == set()


def test_a_title_is_not_final_when_one_of_its_papers_is_lacking(desk: Desk) -> None:
    title = LockedTitle("sortingwhatisthere", ("2401.00001", "hep-th/9901001"), TODAY)
    assert desk.lock(write_lines(PAPERS, [title])).searched(["Sorting What Is There"]) == set()


# Papers that arXiv did not have.


@pytest.mark.parametrize(
    ("identifier", "asked", "today", "missing"),
    [
        ("2604.99999", date(2026, 4, 12), date(2026, 4, 12), True),  # the rule itself waits for the month
        ("2604.99999", date(2026, 4, 12), date(2026, 4, 13), True),
        ("2604.99999", date(2026, 4, 12), date(2026, 6, 1), False),  # may have come on the day after
        ("2604.99999", date(2026, 5, 7), date(2026, 6, 1), False),
        ("2604.99999", date(2026, 5, 8), date(2030, 1, 1), True),
        ("2403.99999", date(2026, 4, 12), date(2026, 6, 1), True),
        ("2403.99999", date(2029, 4, 12), date(2026, 4, 12), False),  # somebody's clock was wrong
    ],
)
def test_a_paper_is_missing_only_if_it_cannot_have_come_since(
    desk: Desk, identifier: str, asked: date, today: date, missing: bool
) -> None:
    lock = desk.lock(write_lines([LockedPaper(identifier, asked, None)], ()), today=today)
    said = Unavailable(f"arXiv did not have it on {asked}, says littable.lock")
    assert lock.papers([identifier]) == {identifier: Missing() if missing else said}


# Lines that are not as they were written.

BODY = '{"id":"2401.00001","asked":"2026-04-12"'


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"<<<<<<< HEAD\n", "the mark of a merge conflict"),
        (b"=======\n", "the mark of a merge conflict"),
        (b"||||||| 1a2b3c\n", "the mark of a merge conflict"),
        (b">>>>>>> topic\n", "the mark of a merge conflict"),
        (_sealed(BODY)[:30] + b"\n", "changed by hand, or half a line"),
        (b"papers\n", "changed by hand, or half a line"),
        (b"[" * 100_000 + b"\n", "changed by hand, or half a line"),
        (b"1" * 10_000 + b"\n", "changed by hand, or half a line"),
        (_sealed(BODY).replace(b"2401", b"2402"), "changed by hand"),
        (_sealed(BODY).replace(b":", b": "), "changed by hand"),
        (b"{}\n", "changed by hand"),
        (b"[]\n", "changed by hand"),
        (b'{"id":"\xff"}\n', "not UTF-8 at byte 7"),
        (b'{"id":"2401.00001","format":2}\n', "written by a newer littable"),
        (_sealed(BODY + ',"format":2,"mood":"good"'), "written by a newer littable"),
        (_sealed('{"format":3'), "written by a newer littable"),
        (_sealed(BODY + ',"mood":"good"'), 'unknown key "mood"'),
        (_sealed(BODY + ',"missing":true,"title":"A"'), 'unknown key "title"'),
        (_sealed(BODY + ',"version":"2"'), '"version" is not a number'),
        (_sealed(BODY + ',"version":true'), '"version" is not a number'),
        (_sealed(BODY + ',"title":2'), '"title" is not text'),
        (_sealed(BODY + ',"authors":"A. B"'), '"authors" is not a list'),
        (_sealed(BODY + ',"authors":[1]'), '"authors" is not text'),
        (_sealed(BODY + ',"withdrawn":1'), '"withdrawn" is not true or false'),
        (_sealed(BODY + ',"updated":"2024-13-01"'), '"updated" is not a day that there is'),
        (_sealed(BODY + ',"updated":"20240301"'), '"updated" is not a day such as 2024-03-05'),
        (_sealed(BODY + ',"earlier":[1]'), '"earlier" holds something else than objects'),
        (_sealed(BODY + ',"earlier":[{"title":"A"}]'), '"earlier" holds a version without its number'),
        (_sealed(BODY + ',"earlier":[{"version":1,"mood":1}]'), 'unknown key "mood"'),
        (_sealed('{"id":"2401.00001"'), '"asked" is no day on which arXiv can have been asked'),
        (
            _sealed('{"id":"2401.00001","asked":"0001-01-01"'),
            '"asked" is no day on which arXiv can have been asked',
        ),
        (_sealed('{"asked":"2026-04-12","id":"2401.00001"'), 'neither "id" nor "title_key" stands first'),
        (_sealed('{"id":"math.GT/0309136","asked":"2026-04-12"'), "'math.GT/0309136' is not how"),
        (_sealed('{"id":"2401.00001v2","asked":"2026-04-12"'), "'2401.00001v2' is not how"),
        (_sealed('{"id":"2413.00001","asked":"2026-04-12"'), "there is no month 13"),
        (_sealed('{"title_key":"x","papers":["x"],"asked":"2026-04-12"'), "'x' is not an arXiv identifier"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_used(desk: Desk, bad: bytes, reason: str) -> None:
    first, rest = LOCK.split(b"\n", 1)
    lock = desk.lock(first + b"\n" + bad + rest)
    ids = ["2401.00001", "2402.00001", "2401.00001v2", "2413.00001", "math.GT/0309136"]
    assert lock.papers(ids) == dict.fromkeys(ids, NOT_THERE)
    lock.searched(["x"])
    assert lock.papers(["2403.03218", "1706.93762"]) == {
        "2403.03218": Found(COUNTING),
        "1706.93762": Missing(),
    }
    (notice,) = desk.notices
    assert notice.startswith(":2: ")
    assert reason in notice
    assert ("`littable lock` puts it right" in notice) is ("newer" not in reason)


def test_many_bad_lines_are_counted(desk: Desk) -> None:
    desk.lock(LOCK.replace(b'":"', b'": "') * 20).papers(["2403.03218"])
    assert [notice.partition(": ")[0] for notice in desk.notices] == [":1", ":2", ":3", ":4", ":5", ""]
    assert desk.notices[-1] == ": 95 more lines are ignored"


@given(data=st.data())
def test_a_changed_byte_is_noticed_and_nothing_else_is_believed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(LOCK) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != LOCK[place]))
    lines = LockLines(LOCK[:place] + bytes([byte]) + LOCK[place + 1 :])
    papers, titles = lines.papers(), lines.titles()
    assert lines.faults
    assert papers.items() <= {paper.id: paper for paper in PAPERS}.items()
    assert titles.items() <= {title.key: title for title in TITLES}.items()
    changed = LOCK[:place].count(b"\n") + 1
    assert {fault.line for fault in lines.faults} <= {changed, changed + 1}


@given(st.binary(max_size=400))
def test_any_bytes_are_a_lock_or_named(data: bytes) -> None:
    lines = LockLines(data)
    assert lines.papers() == {}
    assert lines.titles() == {}
    assert bool(lines.faults) is any(line.strip(b"\r") for line in data.split(b"\n"))


# The same paper twice, as after a merge.


@pytest.mark.parametrize("order", [lambda lines: lines, lambda lines: lines[::-1]])
def test_of_two_lines_the_later_answer_counts(
    desk: Desk, order: Callable[[list[bytes]], list[bytes]]
) -> None:
    later = replace(COUNTING, version=7, title="Counting Again")
    lines = [
        write_line(LockedPaper("2403.03218", TODAY - timedelta(days=1), COUNTING, {1: FIRST})),
        write_line(LockedPaper("2403.03218", TODAY, later)),
    ]
    marked = [b"<<<<<<< HEAD", order(lines)[0], b"=======", order(lines)[1], b">>>>>>> topic"]
    lock = desk.lock(b"\n".join(marked) + b"\n")
    assert lock.papers(["2403.03218"]) == {"2403.03218": Found(later)}
    assert len(desk.notices) == 3


@given(data=st.data())
def test_lines_of_two_branches_mean_the_same_in_any_order(data: st.DataObject) -> None:
    """Of answers of one day, that with the later version counts."""
    ours = [LockedPaper(f"2403.0000{n}", TODAY - timedelta(days=n % 3), COUNTING) for n in range(1, 7)]
    theirs = [replace(paper, asked=TODAY - timedelta(days=1), record=FIRST) for paper in ours[2:]]
    lines = data.draw(st.permutations([write_line(paper) for paper in (*ours, *theirs)]))
    read = LockLines(b"\n".join(lines)).papers().values()
    expected = ours[:2] + [
        mine if mine.asked >= other.asked else other for mine, other in zip(ours[2:], theirs, strict=True)
    ]
    assert [
        (paper.id, paper.asked, _version(paper)) for paper in sorted(read, key=lambda paper: paper.id)
    ] == [(paper.id, paper.asked, _version(paper)) for paper in expected]


def _version(paper: LockedPaper) -> int | None:
    return paper.record.version if paper.record else None


# Any record.

_day = st.none() | st.dates(date(1986, 1, 1), date(2100, 1, 1))
_text = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\u2028\ud800🎈'))
_number = st.integers(1, 9999)


@st.composite
def _records(draw: st.DrawFn, identifier: str) -> PaperRecord:
    return PaperRecord(
        id=identifier,
        version=draw(st.none() | _number),
        title=draw(_text),
        authors=tuple(draw(st.lists(_text, max_size=3))),
        abstract=draw(_text),
        published=draw(_day),
        updated=draw(_day),
        comment=draw(st.none() | _text),
        doi=draw(st.none() | _text),
        journal_ref=draw(st.none() | _text),
        withdrawn=draw(st.booleans()),
        origin="littable.lock",
        version_dates=tuple(draw(st.lists(_day, max_size=3))),
    )


@st.composite
def _locked(draw: st.DrawFn) -> LockedPaper:
    identifier = draw(st.sampled_from(["2403.03218", "0704.0001", "solv-int/9901001", "hep-th/9901001"]))
    asked = draw(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
    record = draw(st.none() | _records(identifier))
    if record is None:
        return LockedPaper(identifier, asked, None)
    # An empty comment says as much as none.
    record = replace(record, comment=record.comment or None, doi=record.doi or None)
    record = replace(record, journal_ref=record.journal_ref or None)
    earlier = draw(st.dictionaries(_number, st.none() | _records(identifier), max_size=3))
    exact = {key: value and replace(value, version=key) for key, value in earlier.items()}
    return LockedPaper(identifier, asked, record, exact)


@given(paper=_locked())
def test_any_record_reads_back_as_it_was(paper: LockedPaper) -> None:
    data = write_lines([paper], [])
    lines = LockLines(data)
    assert lines.papers() == {paper.id: paper}
    assert lines.faults == []
    assert write_lines(lines.papers().values(), []) == data
    assert data.count(b"\n") == 1
    data.decode()


@given(key=st.text(st.characters(categories=["L", "N"]), min_size=1), asked=_day)
def test_any_title_reads_back_as_it_was(key: str, asked: date | None) -> None:
    title = LockedTitle(key, ("2403.03218", "hep-th/9901001"), asked)
    lines = LockLines(write_lines([], [title]))
    assert lines.titles() == {key: title}
    assert lines.faults == []


def test_a_record_that_was_asked_for_long_ago_says_when(desk: Desk) -> None:
    for days, as_of in ((7, None), (8, TODAY)):
        lock = desk.lock(LOCK, today=TODAY + timedelta(days=days), max_age=7)
        (lookup,) = lock.papers([COUNTING.id]).values()
        assert isinstance(lookup, Found)
        assert lookup.record == replace(COUNTING, as_of=as_of)
