from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.errors import PapersFileError
from littable.papers.snapshot import PapersFile, read_papers
from littable.papers.sources import Candidates, Found, Unavailable

CURRENT = {
    "id": "2403.03218",
    "authors": "A. B and C. D",
    "title": "On counting\n  things",
    "comments": "9 pages,\n  2 figures",
    "journal-ref": None,
    "doi": "10.1000/182",
    "abstract": "  We count 3,668 things.\nThen more.\n",
    "versions": [
        {"version": "v1", "created": "Tue, 5 Mar 2024 18:59:35 GMT"},
        {"version": "v2", "created": "2024-05-15"},
    ],
    "authors_parsed": [["B", "A.", ""], ["D", "C.", ""]],
}
EARLIER = CURRENT | {"version": "v1", "abstract": "We count 4,157 things."}


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_line_becomes_a_record(tmp_path: Path) -> None:
    (line,) = read_papers(write(tmp_path / "papers.jsonl", CURRENT))
    record = line.record
    assert line.current
    assert (record.id, record.version, record.title) == ("2403.03218", 2, "On counting things")
    assert record.authors == ("A. B", "C. D")
    assert record.abstract == "We count 3,668 things.\nThen more."
    assert (record.published, record.updated) == (date(2024, 3, 5), date(2024, 5, 15))
    assert record.version_dates == (date(2024, 3, 5), date(2024, 5, 15))
    assert (record.comment, record.doi, record.journal_ref) == ("9 pages, 2 figures", "10.1000/182", None)
    assert (record.withdrawn, record.origin) == (False, "papers.jsonl")


def test_a_papers_file_knows_the_current_text_and_earlier_ones(tmp_path: Path) -> None:
    source = PapersFile(write(tmp_path / "papers.jsonl", CURRENT, EARLIER, {"id": "hep-th/9901001"}))
    lookups = source.papers(["2403.03218", "2401.00001"])
    now = lookups["2403.03218"]
    assert isinstance(now, Found)
    assert "3,668" in now.record.abstract
    assert lookups["2401.00001"] == Unavailable("not in papers.jsonl")
    versions = source.versions({"2403.03218": [1, 2, 3], "hep-th/9901001": [1]})
    first, second = versions["2403.03218", 1], versions["2403.03218", 2]
    assert isinstance(first, Found)
    assert (first.record.version, first.record.updated) == (1, date(2024, 3, 5))
    assert "4,157" in first.record.abstract
    assert second == now
    assert versions["2403.03218", 3] == versions["hep-th/9901001", 1] == Unavailable("not in papers.jsonl")


def test_an_earlier_text_is_not_the_current_one(tmp_path: Path) -> None:
    source = PapersFile(write(tmp_path / "papers.jsonl", EARLIER))
    assert source.papers(["2403.03218"]) == {"2403.03218": Unavailable("not in papers.jsonl")}


def test_of_two_lines_the_later_counts(tmp_path: Path) -> None:
    path = write(tmp_path / "papers.jsonl", CURRENT, CURRENT | {"title": "Corrected"})
    lookup = PapersFile(path).papers(["2403.03218"])["2403.03218"]
    assert isinstance(lookup, Found)
    assert lookup.record.title == "Corrected"


def test_papers_are_found_by_title(tmp_path: Path) -> None:
    other = CURRENT | {"id": "2401.00001", "title": "On counting things!"}
    longer = CURRENT | {"id": "2401.00002", "title": f"Beyond: {CURRENT['title']}"}
    nothing = {"id": "2401.00003", "title": None}
    path = write(tmp_path / "papers.jsonl", CURRENT, EARLIER, other, longer, nothing)
    written = "ON COUNTING  THINGS"
    lookups = PapersFile(path).by_title([written, "Something else", ""])
    assert list(lookups) == [written, "Something else", ""]
    found = lookups[written]
    assert isinstance(found, Candidates)
    assert [record.id for record in found.records] == [CURRENT["id"], "2401.00001"]
    assert lookups["Something else"] == lookups[""] == Unavailable("not in papers.jsonl")


def test_a_title_is_read_however_its_line_is_written(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(
        b'{"id": "2401.00001", "title" :\t"The \\"\\u00c9tude\\" of\\n counting"}\n'
        b'{"id": "2401.00002", "abstract": "\\"title\\": \\"The Etude of counting\\"", "title": "Other"}\n'
        b'{"id": "2401.00003", "comments": "title", "title": "The Etude of counting"}\r\n'
    )
    found = PapersFile(path).by_title(["The Étude of Counting"])["The Étude of Counting"]
    assert isinstance(found, Candidates)
    assert [record.id for record in found.records] == ["2401.00001", "2401.00003"]


@pytest.mark.parametrize(
    "line", [b"nonsense", b"[1]", b'{"id": 5, "title": "Counting things"}', b'{"title": "\xff"}']
)
def test_a_bad_line_is_named_where_titles_are_looked_for(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(line + b"\n")
    with pytest.raises(PapersFileError, match=r"papers\.jsonl:1: "):
        PapersFile(path).by_title(["Counting things"])


def test_missing_fields_are_unknown(tmp_path: Path) -> None:
    nothing = dict.fromkeys(CURRENT) | {"id": "math.GT/0309136"}
    (line,) = read_papers(write(tmp_path / "papers.jsonl", nothing))
    record = line.record
    assert record.id == "math/0309136"
    assert (record.version, record.title, record.authors, record.abstract) == (None, "", (), "")
    assert (record.published, record.updated, record.comment, record.version_dates) == (None, None, None, ())


def test_compressed_files_are_told_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(gzip.compress(json.dumps(CURRENT).encode()))
    assert [line.record.id for line in read_papers(path)] == ["2403.03218"]
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(PapersFileError, match="compressed data is damaged"):
        list(read_papers(path))


def test_blank_lines_and_other_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    line = json.dumps(CURRENT).encode()
    path.write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\r\n   \n" + line)
    assert len(list(read_papers(path))) == 2
    path.write_bytes(b"")
    assert list(read_papers(path)) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "not JSON"),
        (b"nonsense", "not JSON"),
        (b"[1]", "object is expected, not a list"),
        (b'"2403.03218"', "object is expected, not text"),
        (b"null", "object is expected, not null"),
        (b"{}", '"id" is missing'),
        (b'{"id": 2403.03218}', '"id" is a number, not text'),
        (b'{"id": "2413.00001"}', "there is no month 13"),
        (b'{"id": "2403.03218v2"}', 'say "version": "v2" instead'),
        (b'{"id": "2403.03218", "title": ["x"]}', '"title" is a list, not text'),
        (b'{"id": "2403.03218", "abstract": true}', '"abstract" is true or false, not text'),
        (b'{"id": "2403.03218", "abstract": "\\ud800"}', '"abstract" holds an unpaired surrogate'),
        (b'{"id": "2403.03218", "abstract": "\xff"}', "not UTF-8: byte 0xff at offset"),
        (b'{"id": "2403.03218", "versions": {}}', '"versions" is an object, not a list'),
        (b'{"id": "2403.03218", "versions": ["v1"]}', '"versions" holds text, not an object'),
        (b'{"id": "2403.03218", "versions": [{"version": "1"}]}', "is not a version such as"),
        (b'{"id": "2403.03218", "versions": [{"version": "v1", "created": "soon"}]}', "'soon' is not a date"),
        (b'{"id": "2403.03218", "version": 1}', '"version" is a number, not text'),
        (b'{"id": "2403.03218", "version": "v0"}', "is not a version such as"),
        (b'{"id": "2403.03218", "authors_parsed": [[1]]}', '"authors_parsed" holds something else'),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 10_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(tmp_path: Path, line: bytes, what: str) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(json.dumps(CURRENT).encode() + b"\n\n" + line + b"\n")
    with pytest.raises(PapersFileError) as caught:
        PapersFile(path).papers(["2403.03218"])
    assert str(caught.value).startswith(f"{path}:3: ")
    assert what in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PapersFileError, match="cannot be read"):
        PapersFile(tmp_path / "none.jsonl")
    with pytest.raises(PapersFileError, match="cannot be read"):
        list(read_papers(tmp_path))


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(CURRENT)), st.none() | st.text() | st.lists(st.text()) | st.integers()
    )
)
def test_any_object_is_a_record_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    path = write(tmp_path_factory.mktemp("any") / "papers.jsonl", {"id": "2403.03218"} | fields)
    message = ""
    try:
        read = list(read_papers(path))
    except PapersFileError as error:
        read, message = [], str(error)
    assert [bool(line.record.id) for line in read] == [True] or message.startswith(f"{path}:1: ")


def test_real_lines_of_the_snapshot(shared: Path) -> None:
    path = shared / "arxiv" / "snapshot_sample.jsonl.gz"
    records = [line.record for line in read_papers(path)]
    assert len({record.id for record in records}) == 200
    for record in records:
        assert record.title
        assert record.abstract
        assert record.authors
        assert record.version == len(record.version_dates)
        assert record.published is not None
        assert record.published <= (record.updated or date.min)
    assert [record.id for record in records if record.withdrawn] == ["0704.0156"]


def test_the_papers_of_the_seeds(shared: Path) -> None:
    source = PapersFile(shared / "arxiv" / "seed_papers.jsonl")
    now = source.papers(["2403.03218"])["2403.03218"]
    first = source.versions({"2403.03218": [1]})["2403.03218", 1]
    assert isinstance(now, Found)
    assert isinstance(first, Found)
    assert "3,668" in now.record.abstract
    assert "4,157" in first.record.abstract
