"""The texts that littable began with, read where they are: ``LITTABLE_SHARED`` or ``../shared``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from littable.checker import check_document
from littable.diagnostic import Applicability, Change, Diagnostic, FileReport
from littable.document.model import Document
from littable.document.reading import read_document
from littable.fixing import Fixed, fix_text
from littable.gather import Gatherer
from littable.papers.snapshot.papers_file import PapersFile
from littable.rules._context import Context
from littable.rules._registry import all_rules

SHARED = Path(os.environ.get("LITTABLE_SHARED", Path(__file__).parents[2] / "shared"))
TITLE = "The WMDP Benchmark: Measuring and Reducing Malicious Use With Unlearning"

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason=f"the seeds are not at {SHARED}; LITTABLE_SHARED says where"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The rules of the given codes, with the records of the seeds' papers."""

    codes: tuple[str, ...]

    def check(self, text: str) -> tuple[Document, FileReport]:
        rules = tuple(rule for rule in all_rules() if rule.code in self.codes)
        document = read_document("seed.md", text)
        papers = PapersFile(SHARED / "arxiv" / "seed_papers.jsonl")
        facts = Gatherer(papers).gather([document], rules)
        return document, check_document(document, rules, Context(facts=facts, today=date(2026, 11, 22)))

    def find(self, text: str) -> tuple[Diagnostic, ...]:
        return self.check(text)[1].diagnostics

    def fix(self, text: str) -> Fixed:
        return fix_text(text, self.check, Applicability.SAFE)


def seed(number: str) -> str:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    return path.read_bytes().decode()


def wmdp_table(abstract: str) -> str:
    return (
        "# Reading list\n\n| Title | Year | Link | Abstract |\n|---|---|---|---|\n"
        f"|{TITLE}|2024|[Link](https://arxiv.org/abs/2403.03218)|{abstract}|\n\nThe end.\n"
    )


def wmdp_abstract() -> str:
    match = re.search(r"^\+ (The White House .*)$", seed("000"), re.MULTILINE)
    assert match is not None
    return match[1]


def test_the_old_wmdp_abstract_is_stale() -> None:
    (found,) = Desk(("LT501",)).find(wmdp_table(wmdp_abstract()))
    assert found.changes == (Change("4,157", "3,668"), Change("CUT", "RMU", 2))
    assert found.copied_from == "v1"
    assert found.verdict == "changed"
    assert "4,157 → 3,668, CUT → RMU" in found.message


def test_fixing_the_wmdp_abstract_changes_those_words_alone() -> None:
    before = wmdp_table(wmdp_abstract())
    after = Desk(("LT501",)).fix(before).text
    assert after == before.replace("4,157", "3,668").replace("CUT", "RMU")
    assert Desk(("LT501",)).fix(after).text == after


def test_the_table_of_ten_papers_has_no_stale_abstract() -> None:
    document, report = Desk(("LT501",)).check(seed("002"))
    assert len(document.entries) == 10
    assert (report.diagnostics, report.skips) == ((), ())


def test_the_table_of_ten_papers_has_placeholders_for_known_addresses() -> None:
    text = seed("002")
    desk = Desk(("LT204",))
    addresses = ("https://github.com/sci-assess/SciAssess", "https://github.com/NVlabs/DoRA")
    assert [found.message.rpartition(" ")[2] for found in desk.find(text)] == list(addresses)
    wanted = text.replace(r"\url{this https URL}", addresses[0]).replace("this https URL", addresses[1])
    assert desk.fix(text).text == wanted


def test_the_other_rules_about_years_and_links_are_silent_on_the_table() -> None:
    codes = ("LT201", "LT202", "LT301", "LT302", "LT305", "LT308", "LT311")
    assert Desk(codes).find(seed("002")) == ()


EVERYTHING = tuple(rule.code for rule in all_rules() if rule.default)


def test_all_rules_find_what_is_true_of_the_table_and_fixing_leaves_it_clean() -> None:
    text = seed("002")
    desk = Desk(EVERYTHING)
    assert [found.code for found in desk.find(text)] == ["LT307", "LT204", "LT203", "LT204"]
    fixed = desk.fix(text)
    assert [found.code for found in fixed.report.diagnostics] == ["LT307"]
    wanted = text.replace(r"\url{this https URL}", "https://github.com/sci-assess/SciAssess")
    wanted = wanted.replace("this https URL", "https://github.com/NVlabs/DoRA")
    assert fixed.text == wanted.replace(r"\ours~", "DoRA ").replace(r"\ours", "DoRA")


def test_the_post_as_a_row_without_a_link_is_told_by_its_title_and_authors() -> None:
    authors = re.search(r"^Nathaniel Li, .*$", seed("000"), re.MULTILINE)
    assert authors is not None
    head = f"| Title | Year | Authors | Abstract |\n| --- | --- | --- | --- |\n| {TITLE} | 2024 | "
    text = f"{head}{authors[0]} | {wmdp_abstract()} |\n"
    found = {found.code: found for found in Desk(EVERYTHING).find(text)}
    assert found["LT501"].copied_from == "v1"
    assert "https://wmdp.ai" in found["LT204"].message
    fixed = Desk(EVERYTHING).fix(text)
    wanted = text.replace("4,157", "3,668").replace("CUT", "RMU").replace("this https URL", "https://wmdp.ai")
    assert fixed.text == wanted
    assert not {"LT501", "LT204"} & {found.code for found in fixed.report.diagnostics}
