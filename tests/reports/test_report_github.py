from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from littable import reports
from littable.diagnostic import FileReport
from littable.reports import ReportOptions
from support.invented import CLEAN, REPORT, found

anything = st.text(st.characters() | st.sampled_from("%:,\r\n\x1b\x85\u2028\ud800#["))


def render(*files: FileReport, quiet: bool = False) -> str:
    return "".join(reports.load("github")(files, ReportOptions(quiet=quiet)))


def test_whole() -> None:
    assert render(REPORT, CLEAN) == (
        "::warning title=littable (LT501),file=README.md,line=5,col=68,endLine=5,endColumn=386::"
        "README.md:5:68: LT501 the abstract is not that of the current version (v7)"
        "%0A4,157 → 3,668%0ACUT → RMU (twice)%0A+ publicly%0A- hazardous knowledge\n"
        "::notice title=littable (LT307),file=README.md,line=5,col=31,endLine=5,endColumn=65::"
        "README.md:5:31: LT307 the link is pinned to v1\n"
        "::error title=littable (LT201),file=README.md,line=6,col=17,endLine=6,endColumn=22::README.md:6:17: "
        "LT201 `20223` is not a year\n"
        "::error title=littable (LT401),file=README.md,line=7,col=31,endLine=7,endColumn=63::README.md:7:31: "
        "LT401 2403.03218 is already in this table\n"
        "Not checked: 2 papers (LT501, LT502): offline; not in the store\n"
        "Not checked: http://arxiv.org/abs/2303.18223 (LT303): no answer within 30 s\n"
    )


def test_clean_or_quiet_says_nothing_more() -> None:
    assert render(CLEAN) == ""
    assert "Not checked" not in render(REPORT, quiet=True)


def test_what_the_runner_would_read_as_its_own_is_escaped() -> None:
    line = render(found("100%\r\n::error::x", filename="a,b:c%.md"))
    assert line == (
        "::error title=littable (LT101),file=a%2Cb%3Ac%25.md,line=1,col=1,endLine=1,endColumn=2::"
        "a,b:c%25.md:1:1: LT101 100%25%0D%0A::error::x\n"
    )


@given(message=anything, filename=anything)
def test_one_command_for_each_finding_whatever_it_says(message: str, filename: str) -> None:
    output = render(found(message, filename=filename))
    output.encode()
    (line,) = output.splitlines()
    assert output == line + "\n"
    command, properties = line[2 : line.index("::", 2)].split(" ", 1)
    assert line.startswith("::")
    assert command == "error"
    names = [pair.split("=")[0] for pair in properties.split(",")]
    assert names == ["title", "file", "line", "col", "endLine", "endColumn"]
