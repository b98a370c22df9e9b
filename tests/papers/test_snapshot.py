from __future__ import annotations

import gzip
import json
import sys
import zipfile
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from littable.errors import PapersFileError
from littable.papers.record import PaperRecord
from littable.papers.snapshot.line import BadLine, SnapshotLine, parse_line
from littable.papers.snapshot.papers_file import PapersFile, read_papers
from littable.papers.snapshot.quick import parse_quickly
from littable.papers.sources import Candidates, Found, Unavailable
from littable.papers.store.rows import ORIGIN, pack, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

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


def exact(raw: bytes) -> SnapshotLine | str:
    try:
        return parse_line(raw, ORIGIN)
    except BadLine as error:
        return str(error)


def quick(raw: bytes) -> SnapshotLine | str:
    try:
        line = parse_quickly(raw, ORIGIN)
    except BadLine as error:
        return str(error)
    told = [field.name for field in fields(PaperRecord) if field.name != "as_of"]
    record = PaperRecord(**{name: getattr(line.record, name) for name in told})
    assert pack(line.record, 0) == pack(record, 0)
    return SnapshotLine(record, line.current, line.update_date)


def packed(record: PaperRecord) -> PaperRecord | None:
    return unpack(pack(record, 0))


def test_real_lines_read_quickly_are_the_same(shared: Path) -> None:
    lines = gzip.decompress((shared / "arxiv" / "snapshot_sample.jsonl.gz").read_bytes()).splitlines()
    assert len(lines) == 200
    for raw in lines:
        line = parse_line(raw, ORIGIN)
        assert quick(raw) == line
        assert line.update_date >= "2007"
        assert packed(line.record) == line.record


texts = (
    st.none() | st.text() | st.sampled_from(["", " a\n b ", "\ud800", "A. B and C. -D", "Withdrawn", "v1"])
)
created = st.sampled_from(
    [
        "Mon, 2 Apr 2007 19:18:42 GMT",
        "Tue, 02 Apr 2007 99:99:99 GMT",
        "Mon, 31 Feb 2007 19:18:42 GMT",
        "Mon, 2 Foo 2007 19:18:42 GMT",
        "Mon, 2 Apr 0000 19:18:42 GMT",
        "Mon, 2 Apr 2007 19:18:42 +0100",
        "2 Apr 2007",
        "2024-05-15",
        "2024-05-15T00:00:00Z",
        "٢ Apr 2007",
        "",
    ]
)
whatever = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.floats()
versions = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "version": st.sampled_from(
                ["v1", "v2", "v3", "v10", "v1000", "v9999", "v0", "v01", "1", "", None, 1]
            ),
            "created": created | texts,
        },
    )
)
people = st.lists(st.lists(texts | st.sampled_from(["Jr.", "J. -P.", "\u00a0", "von  Neumann"]), max_size=5))
ids = """
2403.03218 0704.0001 math.GT/0309136 hep-th/9901001 arXiv:2403.03218 2403.0321 2403.00000 2413.00001
0703.0001 2403.03218v2 ٢403.03218 x
""".split()
real_looking = st.fixed_dictionaries(
    {"id": st.sampled_from([*ids, "", " 2403.03218 "])},
    optional={
        **dict.fromkeys(["title", "authors", "abstract", "comments", "doi", "journal-ref"], texts | whatever),
        "versions": versions | whatever,
        "authors_parsed": people | whatever,
        "update_date": texts | whatever,
        "version": st.sampled_from(["v1", "v2", None]),
        "submitter": whatever,
        "deep": st.recursive(whatever, st.lists),
    },
)


@settings(max_examples=200)
@given(real_looking, st.booleans())
def test_any_line_read_quickly_is_the_same(line: dict[str, object], ascii_only: bool) -> None:
    raw = json.dumps(line, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert quick(raw) == exact(raw)


@settings(max_examples=200)
@given(st.data())
def test_any_damage_is_told_the_same(data: st.DataObject) -> None:
    whole = json.dumps(CURRENT | {"title": "Zählen", "submitter": "Ä"}, ensure_ascii=data.draw(st.booleans()))
    raw = whole.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 4)))
    put = data.draw(
        st.binary(max_size=3) | st.sampled_from([b"\xef\xbb\xbf", b"\\ud800", b"NaN", b"\x00", b"[["])
    )
    raw = raw[:start] + put + raw[end:]
    assert quick(raw) == exact(raw)


def test_packed_files_are_papers_files(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    data = json.dumps(CURRENT).encode()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("snapshot.json", data)
    assert [line.record.id for line in read_papers(path)] == ["2403.03218"]
    path.write_bytes(zstd.compress(data))
    assert [line.record.id for line in read_papers(path)] == ["2403.03218"]
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(PapersFileError, match="compressed data is damaged"):
        list(read_papers(path))


def test_a_line_that_is_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(json.dumps(CURRENT).encode() + b"\n" + b" " * (17 * 1024 * 1024) + b"{}\n")
    with pytest.raises(PapersFileError, match=r"papers\.jsonl:2: longer than 16 MB"):
        list(read_papers(path))
