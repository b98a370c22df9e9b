"""Author lists beside the record's: ways to write them, defects, and the edits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from littable.prose.authors import AuthorVerdict, compare_authors
from littable.text import apply_edits

NAMES = (
    "Ashish Vaswani, Noam Shazeer, Ann-Kathrin Müller, Laurens van der Maaten, Jia-Yu Yao, Łukasz Kaiser, "
    "Aidan N. Gomez, José García-Márquez, Xin Eric Wang, Hal Daumé, Siobhan O'Brien, Tae-Hyun Oh, "
    "Benjamin Van Durme, Søren Bøgh, Mohd Fahad Idris, Illia Polosukhin, Krisztina Nagy, Deniz Öztürk"
).split(", ")
LISTS = st.lists(st.sampled_from(NAMES), min_size=3, max_size=9, unique=True)
STRANGERS = ("Pablo Picasso", "Frida Kahlo")


def parts(name: str) -> tuple[list[str], str]:
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return words[:start], " ".join(words[start:])


def initials(given: Sequence[str], point: str = ".", glue: str = " ") -> str:
    letters = ("-".join(part[0] + point for part in word.split("-")) for word in given)
    return glue.join(letters).replace("-" if not point else "--", "")


def plain(text: str) -> str:
    text = text.translate(str.maketrans("łŁø", "lLo"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def spelt_out(text: str) -> str:
    return text.replace("ü", "ue").replace("ö", "oe").replace("Ö", "Oe").replace("ø", "oe")


def last_first(name: str) -> str:
    given, family = parts(name)
    return f"{family}, {' '.join(given)}"


def with_and(names: Sequence[str], word: str = " and ") -> str:
    return ", ".join(names[:-1]) + word + names[-1]


STYLES: dict[str, Callable[[Sequence[str]], str]] = {
    "and": with_and,
    "Oxford": lambda names: with_and(names, ", and "),
    "ampersand": lambda names: with_and(names, " &amp; "),
    "tight": ",".join,
    "semicolons": "; ".join,
    "ideographic": "、".join,
    "breaks": "<br>".join,
    "dots": " · ".join,
    "no separator": " ".join,
    "last, first": lambda names: "; ".join(map(last_first, names)),
    "last, first by commas": lambda names: ", ".join(map(last_first, names)),
    "MLA": lambda names: with_and([last_first(names[0]), *names[1:]]),
    "initials": lambda names: ", ".join(f"{initials(g)} {f}" for g, f in map(parts, names)),
    "close initials": lambda names: ", ".join(f"{initials(g, glue='')}{f}" for g, f in map(parts, names)),
    "Vancouver": lambda names: ", ".join(f"{f} {initials(g, '', '')}" for g, f in map(parts, names)),
    "APA": lambda names: ", ".join(f"{f}, {initials(g)}" for g, f in map(parts, names)),
    "family first": lambda names: ", ".join(f"{f} {' '.join(g)}" for g, f in map(parts, names)),
    "capitals": lambda names: ", ".join(f"{f.upper()} {' '.join(g)}" for g, f in map(parts, names)),
    "no middle names": lambda names: ", ".join(f"{g[0]} {f}" for g, f in map(parts, names)),
    "no accents": lambda names: plain(", ".join(names)),
    "umlauts spelt out": lambda names: spelt_out(", ".join(names)),
    "decomposed": lambda names: unicodedata.normalize("NFD", ", ".join(names)),
    "no hyphens": lambda names: ", ".join(names).replace("-", " "),
    "links": lambda names: ", ".join(f"[**{name}**](https://ex.org/{at})" for at, name in enumerate(names)),
    "footnotes": lambda names: ", ".join(f"{name}<sup>{at},*</sup>" for at, name in enumerate(names)),
    "bare footnotes": lambda names: ", ".join(f"{name}{at + 1},2" for at, name in enumerate(names)),
    "marks": lambda names: ", ".join(f"{name}\\*†" for name in names) + ".",
    "affiliations": lambda names: ", ".join(f"{name} (MIT, USA)" for name in names),
    "label": lambda names: "Authors: " + ", ".join(names),
}
#: Styles that show whole names in an order that a reader of the list can tell.
WHOLE = ["and", "Oxford", "tight", "semicolons", "ideographic", "breaks", "last, first", "MLA", "links"]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_the_same_list(style: str) -> None:
    assert compare_authors(STYLES[style](NAMES), NAMES).verdict is AuthorVerdict.SAME


@given(LISTS, st.sampled_from(sorted(STYLES)))
def test_generated_lists_in_every_style(names: list[str], style: str) -> None:
    assert compare_authors(STYLES[style](names), names).verdict is AuthorVerdict.SAME


@given(LISTS, st.sampled_from(WHOLE), st.data())
def test_a_dropped_name_is_missed(names: list[str], style: str, data: st.DataObject) -> None:
    dropped = data.draw(st.sampled_from(names[:-1]))
    found = compare_authors(STYLES[style]([name for name in names if name != dropped]), names)
    assert found.missing == (dropped,)
    assert found.verdict is AuthorVerdict.MISSING


@given(LISTS, st.sampled_from(WHOLE), st.data())
def test_swapped_names_are_noticed(names: list[str], style: str, data: st.DataObject) -> None:
    one, other = data.draw(st.permutations(range(len(names))))[:2]
    written = names.copy()
    written[one], written[other] = names[other], names[one]
    assert compare_authors(STYLES[style](written), names).verdict is AuthorVerdict.REORDERED


@given(LISTS, st.sampled_from(WHOLE), st.data())
def test_a_stranger_is_one_too_many(names: list[str], style: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(names) - 1))
    written = [*names[:place], STRANGERS[0], *names[place:]]
    found = compare_authors(STYLES[style](written), names)
    assert found.verdict is AuthorVerdict.EXTRA
    assert len(found.extra) == 1


@given(LISTS, st.sampled_from(WHOLE), st.data())
def test_a_misspelt_name_is_told(names: list[str], style: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(names) - 1))
    word = max(names[place].split(), key=len)
    assume("-" not in word and "'" not in word)
    at = data.draw(st.integers(1, len(word) - 2))
    wrong = word[:at] + "q" + word[at + 1 :]
    written = [*names[:place], names[place].replace(word, wrong), *names[place + 1 :]]
    found = compare_authors(STYLES[style](written), names)
    assert found.verdict is AuthorVerdict.MISSPELT
    assert found.tiny
    assert [edit.text for edit in found.edits] == [word]


@given(LISTS, st.sampled_from(sorted(STYLES)), st.data())
def test_edits_make_the_list_the_record_s(names: list[str], style: str, data: st.DataObject) -> None:
    written = [name for name in data.draw(st.permutations(names)) if name != names[0] or len(names) % 2]
    written.insert(data.draw(st.integers(0, len(written))), data.draw(st.sampled_from(STRANGERS)))
    text = STYLES[style](written)
    edited = apply_edits(text, compare_authors(text, names).edits)
    assert edited == text or not compare_authors(edited, names).wrong


@given(st.permutations(NAMES), st.integers(2, 9), st.integers(2, 9), st.sampled_from(sorted(STYLES)))
def test_other_people_are_not_judged(people: list[str], count: int, other: int, style: str) -> None:
    names, others = people[:count], people[9 : 9 + other]
    found = compare_authors(STYLES[style](others), names)
    assert found.verdict is AuthorVerdict.OTHER
    assert not found.supports


@pytest.mark.parametrize(
    "written",
    [
        "Ashish Vaswani et al.",
        "Vaswani et.al.",
        "A. Vaswani, N. Shazeer, et al. (2017)",
        "Ashish Vaswani, Noam Shazeer и др.",
        "Ashish Vaswani、Noam Shazeer 等",
        "Ashish Vaswani and 17 others",
        "Ashish Vaswani + 3 more",
        "Ashish Vaswani, Noam Shazeer, ..., Deniz Öztürk",
        "Ashish Vaswani",
        "Deniz Öztürk",
        "Ashish Vaswani, Deniz Öztürk",
        "Ashish Vaswani, Noam Shazeer, Ann-Kathrin Müller",
        "Vaswani, Shazeer, Müller, Maaten, Yao, Kaiser",
        "Google Brain: Ashish Vaswani, Noam Shazeer",
    ],
)
def test_shortened_lists_are_a_choice(written: str) -> None:
    assert compare_authors(written, NAMES).verdict is AuthorVerdict.SHORTENED


@pytest.mark.parametrize(
    "written",
    [
        "Google, CMU",
        "Google Brain",
        "University of Toronto, Stanford University and MIT",
        "The Transformer Team",
        "瓦斯瓦尼，沙泽尔",
        "А. Васвани, Н. Шазир",
        "2017",
        "-",
        "We propose a network that is made of attention alone, and it translates well.",
        "Wei Wang",
        "Noam Chomsky et al.",
    ],
)
def test_cells_with_something_else_are_not_judged(written: str) -> None:
    assert compare_authors(written, NAMES).verdict is AuthorVerdict.OTHER


@pytest.mark.parametrize(
    ("written", "record"),
    [
        ("Hal Daume", ("Hal Daum\\'e III",)),
        ("H. Schutze and T. Schick", ('Hinrich Sch\\"utze', "Timo Schick")),
        ("Wei Li, Bo Xu", ("Li Wei", "Xu Bo")),
        ("Yongjae Lee, Bo Xu", ("Yongjae Leeand", "Bo Xu")),
        ("Mike Lewis, Chris Manning, Bo Xu", ("Michael Lewis", "Christopher D. Manning", "Bo Xu")),
        ("H. K., A. Datta", ("Harikrishnan K.", "Anwitaman Datta")),
        ("Y. Yao, J. Dong, Y. Yao", ("Yumeng Yao", "Jingzhi Dong", "Yazhou Yao")),
        ("Shubham More, Bo Xu, Will Others", ("Shubham More", "Bo Xu", "Will Others")),
        ("OpenAI: Bo Xu, Wei Li", ("OpenAI", ":", "Bo Xu", "Wei Li")),
        ("Bo Xu, Wei Li, Google", ("Bo Xu", "Wei Li")),
        ("Huawei Shen, Bo Xu", ("Huawei Shen", "Bo Xu")),
    ],
)
def test_what_is_no_defect(written: str, record: tuple[str, ...]) -> None:
    found = compare_authors(written, record)
    assert found.verdict in (AuthorVerdict.SAME, AuthorVerdict.SHORTENED)


@pytest.mark.parametrize(
    "record",
    [
        ("Ada Author", "Ben Writer; Cleo Scribe"),
        ("Ko Watanabe. Stanislav Frolov. Adriano Lucieri", "Ada Author"),
        ("ATLAS Collaboration",),
        ("",),
        (),
    ],
)
def test_records_that_cannot_tell(record: tuple[str, ...]) -> None:
    written = "Ada Author, Ben Wrter, Cleo Scribe, Dan Poet"
    assert compare_authors(written, record).verdict is AuthorVerdict.OTHER


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("Ada Author and Cleo Scribe", "Ada Author, Ben Writer and Cleo Scribe"),
        ("Ben Writer, and Cleo Scribe", "Ada Author, Ben Writer, and Cleo Scribe"),
        ("Author, A., & Scribe, C.", "Author, A., Writer, B., & Scribe, C."),
        ("Author A, Scribe C", "Author A, Writer B, Scribe C"),
        ("A.Author, C.Scribe", "A.Author, B.Writer, C.Scribe"),
        ("Author, Ada; Scribe, Cleo", "Author, Ada; Writer, Ben; Scribe, Cleo"),
        ("Ada Author, Pablo Picasso, Cleo Scribe", "Ada Author, Ben Writer, Cleo Scribe"),
        ("Ada Author, Ben Writer, Pablo Picasso and Cleo Scribe", "Ada Author, Ben Writer and Cleo Scribe"),
        ("Cleo Scribe, Ben Writer and Ada Author.", "Ada Author, Ben Writer and Cleo Scribe."),
        (
            "Ada Autor (MIT), [Ben Writer](https://ex.org) et al.",
            "Ada Author (MIT), [Ben Writer](https://ex.org) et al.",
        ),
        ("ADA AUTOR, BEN WRITER, CLEO SCRIBE", "ADA AUTHOR, BEN WRITER, CLEO SCRIBE"),
    ],
)
def test_edits_keep_the_manner_of_the_list(written: str, fixed: str) -> None:
    found = compare_authors(written, ("Ada Author", "Ben Writer", "Cleo Scribe"))
    assert apply_edits(written, found.edits) == fixed


def test_a_list_that_edits_cannot_keep_has_none() -> None:
    record = ("Ada Author", "Ben Writer", "Cleo Scribe", "Dan Poet")
    for written in (
        "[Ada Author](https://ex.org), [Cleo Scribe](https://ex.org), [Dan Poet](https://ex.org)",
        "Ada Author1, Cleo Scribe2, Dan Poet1",
    ):
        found = compare_authors(written, record)
        assert found.missing == ("Ben Writer",)
        assert not found.edits


@pytest.mark.parametrize(
    "unit",
    "A, |A. B, |(|[|](|<|<sup>|<!--|*|_|^{|\\|&amp;|et al |1,|等|and |Wang, |Wei Wang; |…|'| · |\u0301".split(
        "|"
    ),
)
def test_hostile_cells_are_compared(unit: str) -> None:
    for length in (20_000, 1_000_000):
        assert not compare_authors(unit * (length // len(unit)), NAMES).wrong


def test_thousands_of_authors() -> None:
    letters = "abcdefghijklmnop"
    people = [f"{a.upper()}{b}{c}en {c.upper()}{a}{b}son" for a in letters for b in letters for c in letters]
    assert compare_authors(", ".join(people), people).verdict is AuthorVerdict.SAME
    found = compare_authors(", ".join(people[:1000] + people[1001:]), people)
    assert found.missing == (people[1000],)
    assert re.sub(r"\W", "", found.edits[0].text) == re.sub(r"\W", "", people[1000])
