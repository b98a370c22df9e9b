"""Where the parts of a headed paper lie: fixes write there."""

from __future__ import annotations

from littable.config.reading import Reading
from littable.document.entry import Entry
from littable.document.reading import read_document

_NAMES = "Ada Byron, Charles Babbage, Alan Turing"
_ABSTRACT = "Boxes hold things. We show that things fit, and that boxes close, with a lid that has a hinge."
_POST = f"""---
title: review
date: 2024-05-01
---

### Caches:


### Small Boxes for Large Language Models
{_NAMES}
+ {_ABSTRACT}

### Large Boxes in Small Rooms: A Study
+ {_NAMES}
+ {_ABSTRACT}

+ https://github.com/a/b
"""


def _entries(source: str, reading: Reading | None = None) -> list[Entry]:
    return list(read_document("post.md", source, reading).entries)


def test_items_below_a_heading_are_its_authors_and_abstract() -> None:
    for entry in _entries(_POST):
        assert entry.authors is not None
        assert entry.authors.text == _NAMES
        assert entry.abstract is not None
        assert entry.abstract.text == _ABSTRACT
        assert entry.date is None
    assert len(_entries(_POST)) == 2


def test_a_paper_ends_where_its_text_ends() -> None:
    first, last = _entries(_POST)
    assert first.row.text.startswith("### Small Boxes")
    assert first.row.text.endswith(_ABSTRACT)
    assert last.row.text.endswith("+ https://github.com/a/b")


def test_a_quoted_abstract_over_several_lines_is_one_text() -> None:
    quote = "**Abstract:**\n> Boxes hold things, and\n> things are held by boxes.\n\n"
    entries = _entries(
        f"## [Small Boxes for All](https://arxiv.org/abs/2405.00010)\n{quote}"
        f"## [No Boxes at All](https://arxiv.org/abs/2405.00011)\n{quote}"
    )
    assert [entry.abstract and entry.abstract.plain for entry in entries] == [
        "Boxes hold things, and things are held by boxes."
    ] * 2


def test_a_numbered_link_gives_title_and_address_apart() -> None:
    entries = _entries(
        "## [1. Small Boxes for All (CVPR 2021)](https://arxiv.org/abs/2405.00010)\nText.\n\n"
        "## [2. No Boxes for Anybody at All](https://arxiv.org/abs/2405.00011)\nText.\n"
    )
    assert [entry.title and entry.title.text for entry in entries] == [
        "Small Boxes for All",
        "No Boxes for Anybody at All",
    ]
    assert [entry.arxiv_id for entry in entries] == ["2405.00010", "2405.00011"]
    assert entries[0].date is not None
    assert entries[0].date.text == "2021"


def test_links_in_an_abstract_are_not_the_papers() -> None:
    below = (
        "**Authors:** Ada Byron, Alan Turing\n\n"
        "**Abstract:** Goes beyond https://arxiv.org/abs/1706.03762 in all.\n\n"
    )
    entries = _entries(f"## Small Boxes for All of Us\n{below}## Large Boxes for All of Us\n{below}")
    assert [entry.arxiv_id for entry in entries] == [None, None]
    assert len(entries) == 2


def test_below_a_heading_that_the_settings_name_one_paper_is_enough() -> None:
    source = "# My Papers\n\n## Small Boxes for All of Us\n\nhttps://arxiv.org/abs/2405.00010\n"
    assert not _entries(source)
    assert len(_entries(source, Reading(sections=("my papers",)))) == 1
    assert not _entries(_POST, Reading(sections=("!*boxes*",)))


def test_a_list_below_a_title_stays_a_list() -> None:
    items = "".join(
        f"- [Paper Number {n} about Boxes](https://arxiv.org/abs/2405.0001{n})\n" for n in range(4)
    )
    entries = _entries(
        f"## Small Boxes for Large Models\n\n{items}\n## Large Boxes for Small Models\n\n{items}"
    )
    assert {entry.shape.value for entry in entries} == {"bullet"}
    assert len(entries) == 8


def test_the_heading_that_the_configuration_names_is_a_place_and_no_paper() -> None:
    source = "# Reading\n\n## Old papers of ours about boxes\n\n### Small Boxes\n\nAda Byron, Alan Turing\n"
    assert [entry.title and entry.title.plain for entry in _entries(source, Reading(sections=("old*",)))] == [
        "Small Boxes"
    ]


def test_paragraphs_of_a_quote_are_one_text_without_its_marks() -> None:
    first, second = "Boxes hold things in all the rooms of the houses of us.", "They close, and have lids."
    (entry,) = _entries(
        f"## [Small Boxes for All](https://arxiv.org/abs/2405.00010)\n\n**Authors:** {_NAMES}\n\n"
        f"**Date:** 2024\n\n**Abstract:**\n\n> {first}\n>\n> {second}\n"
    )
    assert entry.abstract is not None
    assert ">" not in entry.abstract.text
    assert entry.abstract.text.split() == f"{first} {second}".split()
