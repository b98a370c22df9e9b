from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable import reports
from littable.diagnostic import (
    Applicability,
    Change,
    Diagnostic,
    EntryReference,
    FileReport,
    Fix,
    Related,
    Severity,
    Skip,
)
from littable.reports import ReportOptions
from littable.reports._statistics import statistics
from littable.text import Span
from support.invented import CLEAN, DUPLICATE, PINNED, REPORT, STALE, YEAR, found, span

anything = st.text(st.characters() | st.sampled_from("\x1b\x07\x9b\u202e\u2028\ud800:#[]%\r\n\t"))


def render(name: str, *files: FileReport, **options: object) -> str:
    return "".join(reports.load(name)(files, replace(ReportOptions(), **options)))  # type: ignore[arg-type]


def full(report: FileReport, **options: object) -> str:
    """The paragraphs alone."""
    return render("full", report, quiet=True, **options)


def only(*diagnostics: Diagnostic) -> FileReport:
    return replace(REPORT, diagnostics=diagnostics, skips=())


class TestFull:
    def test_whole(self) -> None:
        assert render("full", REPORT, CLEAN) == (
            """\
README.md:5:68: LT501 [*] the abstract is not that of the current version (v7)
  |
5 | …nguage models. We release WMDP, a dataset of 4,157 multiple-choice questions that serve as a p…
  |                                               ^^^^^
  = paper: The WMDP Benchmark, 2403.03218
  = 4,157 → 3,668
  = CUT → RMU (twice)
  = + publicly
  = - hazardous knowledge
  = copied from v1
  = help: replace the changed words

README.md:5:31: LT307 the link is pinned to v1
  |
5 | | The WMDP Benchmark | 2024 | https://arxiv.org/abs/2403.03218v1 | The White House Executive O…
  |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: drop the version (with `--unsafe`)

README.md:6:17: LT201 `20223` is not a year
  |
6 | | 大規模言語モデルの調査 | 20223 | http://arxiv.org/abs/2303.18223 | A survey. |
  |                            ^^^^^
  = help: write 2023, as the arXiv id has it (by hand)

README.md:7:31: LT401 2403.03218 is already in this table
  |
7 | | The WMDP benchmark | 2024 | https://arxiv.org/pdf/2403.03218 | |
  |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = README.md:5:31: first listed here

Not checked: 2 papers (LT501, LT502): offline; not in the store
Not checked: http://arxiv.org/abs/2303.18223 (LT303): no answer within 30 s
Found 2 errors, 1 warning, 1 note in 1 of 2 files (13 papers in 2 tables).
[*] 1 fixable with `littable fix` (1 more with `--unsafe`).
"""
        )

    def test_removed_words_are_red_and_added_ones_green(self) -> None:
        text = full(only(STALE), color=True)
        assert "\x1b[31m4,157\x1b[0m → \x1b[32m3,668\x1b[0m\n" in text
        assert "\x1b[32m+ publicly\x1b[0m\n" in text
        assert "\x1b[31m- hazardous knowledge\x1b[0m\n" in text

    def test_colour_changes_nothing_but_colour(self) -> None:
        painted = render("full", REPORT, CLEAN, color=True)
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == render("full", REPORT, CLEAN)

    def test_an_insertion_is_marked_where_it_would_go(self) -> None:
        assert full(found("x", "a | b", 2, 2)).splitlines()[2:4] == ["1 | a | b", "  |   ^"]

    def test_at_the_very_end_and_in_an_empty_file(self) -> None:
        assert full(found("x", "", 0, 0)).splitlines()[2:4] == ["1 |", "  | ^"]
        assert full(found("x", "ab\n", 3, 3)).splitlines()[2:4] == ["2 |", "  | ^"]
        assert full(found("x", "ab\r\ncd", 3, 3)).splitlines()[2:4] == ["1 | ab", "  |   ^"]

    def test_a_span_over_several_lines_is_marked_on_its_first(self) -> None:
        assert full(found("x", "abc\r\ndef", 1, 8)).splitlines()[2:] == ["1 | abc", "  |  ^^", ""]

    @pytest.mark.parametrize(
        ("line", "shown", "mark"),
        [
            ("a\tX", "a X", "  ^"),
            ("é\u0301e\u0301X", "é\u0301e\u0301X", "  ^"),
            ("論文X", "論文X", "    ^"),
            ("\x1b[31mX", "␛[31mX", "     ^"),
            ("\u202eX", "<U+202E>X", "        ^"),
            (":X", ":X", " ^"),
            ("##[error]X", "<U+0023>#[error]X", "                ^"),
        ],
    )
    def test_the_mark_stands_under_what_is_meant(self, line: str, shown: str, mark: str) -> None:
        start = line.index("X")
        lines = full(found("m", line, start, start + 1)).splitlines()
        assert lines[2:4] == [f"1 | {shown}", f"  | {mark}"]

    @given(
        before=st.text(
            st.characters(exclude_characters="X\r\n") | st.sampled_from("論\u0301\t"), max_size=300
        ),
        after=st.text(st.characters(exclude_characters="X\r\n"), max_size=300),
        width=st.integers(30, 120),
    )
    def test_a_long_line_is_cut_around_what_is_meant(self, before: str, after: str, width: int) -> None:
        report = found("m", f"{before}X{after}", len(before), len(before) + 1)
        _, _, line, mark, *_ = full(report, width=width).split("\n")
        assert columns(line[: line.index("X")]) == mark.index("^")
        assert mark.count("^") == 1
        assert columns(line) <= width

    def test_a_row_of_a_megabyte(self) -> None:
        text = "x" * 1_000_000
        assert len(full(found("m", text, 500_000, 999_999))) < 400

    def test_many_changes_and_places_are_counted_not_listed(self) -> None:
        many = replace(
            STALE,
            changes=tuple(Change(f"a{number}", "b") for number in range(40)),
            related=tuple(Related(span("2024"), "here") for _ in range(6)),
        )
        text = full(only(many))
        assert "  = a11 → b\n  = … and 28 more changes\n" in text
        assert "  = … and 1 more place\n" in text

    def test_long_changes_keep_both_ends(self) -> None:
        text = full(only(replace(STALE, changes=(Change("old " * 90 + "end", "new"),))), width=80)
        (line,) = [line for line in text.splitlines() if "→" in line]
        assert re.fullmatch(r"  = old [old ]+…[old ]+ end → new", line)
        assert len(line) <= 80

    def test_blanks_at_the_edge_of_a_change_are_seen(self) -> None:
        text = full(only(replace(STALE, changes=(Change("tasks.We", "tasks. We"), Change(" ", "")))))
        assert "  = tasks.We → tasks. We\n  = - “ ”\n" in text

    def test_the_paper_is_named_only_where_it_cannot_be_seen(self) -> None:
        assert "paper: " not in full(only(PINNED))
        named = replace(STALE, message="abstract of “The WMDP Benchmark”")
        assert "paper: " not in full(only(named))
        unknown = replace(STALE, entry=EntryReference(None, None, 0))
        assert "paper: " not in full(only(unknown))


class TestConcise:
    def test_whole(self) -> None:
        assert render("concise", REPORT) == (
            """\
README.md:5:68: LT501 [*] the abstract is not that of the current version (v7)
README.md:5:31: LT307 the link is pinned to v1
README.md:6:17: LT201 `20223` is not a year
README.md:7:31: LT401 2403.03218 is already in this table
Not checked: 2 papers (LT501, LT502): offline; not in the store
Not checked: http://arxiv.org/abs/2303.18223 (LT303): no answer within 30 s
Found 2 errors, 1 warning, 1 note in 1 file (3 papers in 1 table).
[*] 1 fixable with `littable fix` (1 more with `--unsafe`).
"""
        )


class TestClosing:
    def closing(self, *files: FileReport, **options: object) -> list[str]:
        return [line for line in render("concise", *files, **options).splitlines() if ": LT" not in line]

    def test_clean(self) -> None:
        assert self.closing(CLEAN) == ["All checks passed. 10 papers in 1 table in 1 file."]

    def test_clean_because_nothing_was_there(self) -> None:
        assert self.closing(FileReport("a.md", "")) == ["All checks passed. No papers found in 1 file."]

    def test_papers_in_lists_are_in_no_table(self) -> None:
        report = FileReport("a.md", "", entries=1200, lists=3)
        assert self.closing(report) == ["All checks passed. 1,200 papers in 3 lists in 1 file."]
        both = replace(report, tables=1)
        assert self.closing(both) == ["All checks passed. 1,200 papers in 1 table and 3 lists in 1 file."]

    def test_clean_as_far_as_could_be_seen(self) -> None:
        skip = Skip(("LT501",), Span(0, 0), "2403.03218", "offline; not in the store")
        assert self.closing(replace(CLEAN, skips=(skip,))) == [
            "Not checked: 2403.03218 (LT501): offline; not in the store",
            "All other checks passed. 10 papers in 1 table in 1 file.",
        ]

    def test_papers_and_links_that_were_not_checked(self) -> None:
        subjects = ["2403.03218", "A title", "https://a.example/", "https://a.example/"]
        nouns = ["paper", "paper", "link", "link"]
        named = zip(subjects, nouns, strict=True)
        skips = tuple(Skip(("LT303",), Span(0, 0), subject, "offline", noun) for subject, noun in named)
        first, *_ = self.closing(replace(CLEAN, skips=skips))
        assert first == "Not checked: 2 papers and 1 link (LT303): offline"

    def test_many_reasons_do_not_flood_the_screen(self) -> None:
        skips = tuple(
            Skip(("LT303",), Span(0, 0), f"http://a/{n}", f"reason {n}", "link") for n in range(500)
        )
        lines = self.closing(replace(CLEAN, skips=skips))
        assert len(lines) == 12
        assert lines[10] == "Not checked: 490 links for 490 other reasons"

    def test_only_unsafe_fixes(self) -> None:
        assert (
            self.closing(only(PINNED, YEAR))[-1] == "No safe fixes; 1 fixable with `littable fix --unsafe`."
        )

    def test_no_fix_at_all(self) -> None:
        assert self.closing(only(DUPLICATE)) == ["Found 1 error in 1 file (3 papers in 1 table)."]

    def test_findings_that_do_not_fail(self) -> None:
        lines = self.closing(only(PINNED))
        assert lines[-1] == "None of them fails the check: `--fail-on` is `warning`."
        assert len(self.closing(only(PINNED), fail_on=Severity.NOTE)) == len(lines) - 1

    def test_quiet_is_findings_alone(self) -> None:
        assert self.closing(REPORT, quiet=True) == []
        assert render("full", CLEAN, quiet=True) == ""


class TestStatistics:
    def test_the_most_frequent_first(self) -> None:
        unfixed = replace(STALE, fix=None)
        files = [
            only(*[DUPLICATE] * 12, STALE, unfixed),
            only(replace(STALE, code="LT502", name="stale-title")),
        ]
        assert statistics(files) == (
            """\
12  LT401  [ ] duplicate-paper
 2  LT501  [-] stale-abstract
 1  LT502  [*] stale-title
[*] fixable with `littable fix`
[-] some of them fixable with `littable fix`
"""
        )

    def test_nothing_found(self) -> None:
        assert statistics([CLEAN]) == ""


def columns(text: str) -> int:
    """Columns of a terminal: marks and the later parts of a Korean syllable take none, wide ones two."""
    taking = [
        c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf") and not "\u1160" <= c <= "\u11ff"
    ]
    return len(taking) + sum(unicodedata.east_asian_width(c) in "WF" for c in taking)


@pytest.mark.parametrize("name", ["full", "concise"])
@given(hostile=anything, row=anything)
def test_a_terminal_or_build_log_is_never_given_orders(name: str, hostile: str, row: str) -> None:
    text = row.encode("utf-8", "replace").decode() or "x"
    diagnostic = Diagnostic(
        code="LT501",
        name="stale-abstract",
        span=Span(0, len(text)),
        message=hostile,
        severity=Severity.NOTE,
        entry=EntryReference(hostile, hostile, 0),
        related=(Related(Span(0, 0), hostile),),
        changes=(Change(hostile, "b"), Change("", hostile), Change(hostile, "")),
        copied_from=hostile,
        fix=Fix.replace(Span(0, 1), hostile, hostile, Applicability.SAFE),
    )
    skips = (Skip((hostile,), Span(0, 0), hostile, hostile), Skip((), Span(0, 0), "x", hostile))
    output = render(name, FileReport(hostile, text, (diagnostic,), skips))
    output.encode()
    for line in output.split("\n"):
        assert all(unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") for character in line)
        assert all(c in "\u200c\u200d" for c in line if unicodedata.category(c) == "Cf")
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
