"""What an entry says, each field at the text proper."""

from __future__ import annotations

import pytest

from littable.document.entry import Entry
from littable.document.reading import read_document

ABS = "https://arxiv.org/abs/1706.03762"


def _entry(row: str, header: str = "|Title|Year|Authors|Link|Abstract|", after: str = "") -> Entry:
    delimiter = "|" + "-|" * (header.count("|") - 1)
    return read_document("a.md", f"{header}\n{delimiter}\n{row}\n{after}").entries[0]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("**Attention** Is All You Need", "**Attention** Is All You Need"),
        ("**Attention Is All You Need**", "Attention Is All You Need"),
        (f"[Attention Is All You Need]({ABS})", "Attention Is All You Need"),
        (f"**[Attention Is All You Need]({ABS})**", "Attention Is All You Need"),
        (f"[**Attention Is All You Need**]({ABS})", "Attention Is All You Need"),
        ("[DDIM] Denoising Diffusion Implicit Models", "[DDIM] Denoising Diffusion Implicit Models"),
        (f"(2017) Attention Is All You Need (({ABS}))", "Attention Is All You Need"),
        ("🔥 Attention Is All You Need", "Attention Is All You Need"),
        (":star: Attention Is All You Need", "Attention Is All You Need"),
        (
            f"Attention Is All You Need [[PDF]({ABS})] [code](https://github.com/a/b)",
            "Attention Is All You Need",
        ),
        ("How Do Models Read? [@reviewer](https://github.com/reviewer)", "How Do Models Read?"),
        (
            f"[![Star](https://img.s.io/x)](https://g.h/a)<br>[Attention Is All You Need]({ABS})<br>A. V.",
            "Attention Is All You Need",
        ),
        ("<b>Attention Is All You Need</b>", "Attention Is All You Need"),
        ("$\\alpha$-Trees and Their Leaves", "$\\alpha$-Trees and Their Leaves"),
    ],
)
def test_the_title_is_the_title_alone(cell: str, title: str) -> None:
    field = _entry(f"|{cell}|2017|A. Vaswani|{ABS}|text|").title
    assert field is not None
    assert field.text == title


@pytest.mark.parametrize(
    "cell",
    [
        "{}",
        "<details><summary>Abstract</summary>{}</details>",
        "<details><summary>Show</summary><p>{}</p></details>",
        "<details> <summary>EN</summary> <p>{}</p> </details><details><summary>中文</summary>注意</details>",
        "<p>{}</p>",
        "*{}*",
        "_{}_",
        "**Abstract:** {}",
        "Abstract — {}",
        "Аннотация: {}",
        "摘要：{}",
        "<br>{}<br/>",
        "<p><em>{}</em></p>",
        "<details><summary>torn</summary>{}",
    ],
)
def test_the_abstract_is_the_text_inside_its_wrappers(cell: str) -> None:
    text = "We build a network from attention alone, with 41.8 BLEU."
    abstract = _entry(f"|Attention Is All You Need|2017|A. Vaswani|{ABS}|{cell.format(text)}|").abstract
    assert abstract is not None
    assert abstract.text == text
    assert abstract.span.of(abstract.source) == text


@pytest.mark.parametrize(
    ("cell", "arxiv_id", "doi"),
    [
        (ABS, "1706.03762", None),
        ("[pdf](http://www.arxiv.org/pdf/1706.03762v5.pdf?x=1#page=2)", "1706.03762", None),
        (
            "[a](https://www.alphaxiv.org/abs/1706.03762) [b](https://papers.cool/arxiv/1706.03762)",
            "1706.03762",
            None,
        ),
        ("https://huggingface.co/papers/1706.03762", "1706.03762", None),
        ("arXiv:1706.03762v5 [cs.CL]", "1706.03762", None),
        ("1706.03762", "1706.03762", None),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136", None),
        ("https://doi.org/10.48550/arXiv.1706.03762", "1706.03762", "10.48550/arxiv.1706.03762"),
        ("[doi](https://dx.doi.org/10.1000/ABC)", None, "10.1000/abc"),
        (f"[code](https://github.com/a/b) [paper]({ABS})", "1706.03762", None),
        (f"[![b](https://img.shields.io/x)]({ABS})", "1706.03762", None),
        ("-", None, None),
        ("https://arxiv.org/list/cs.CL/recent", None, None),
    ],
)
def test_the_identifier_comes_from_the_link_cell(cell: str, arxiv_id: str | None, doi: str | None) -> None:
    other = "as in https://arxiv.org/abs/2402.09353 <!-- arXiv:2404.08676 -->"
    entry = _entry(f"|Attention Is All You Need|2017|A. Vaswani|{cell}|{other}|")
    assert (entry.arxiv_id, entry.doi) == (arxiv_id, doi)


def test_the_title_link_names_the_paper_where_there_is_no_link_column() -> None:
    header = "|Title|Date|Comment|Code|"
    row = f"|[Attention Is All You Need]({ABS}v5)|2017|see arXiv:2402.09353|https://arxiv.org/abs/2404.08676|"
    assert _entry(row, header).arxiv_id == "1706.03762"


def test_a_reference_link_leads_to_its_definition() -> None:
    entry = _entry("|Attention Is All You Need|2017|A. V.|[paper][1]|text|", after=f"\n[1]: {ABS}\n")
    assert entry.arxiv_id == "1706.03762"
    crlf = read_document(
        "a.md", f"|Title|Link|\r\n|-|-|\r\n|Attention Is All You Need|[p][1]|\r\n\r\n[1]: {ABS}\r\n"
    )
    assert crlf.entries[0].arxiv_id == "1706.03762"


def test_authors_below_the_title_are_read() -> None:
    entry = _entry(
        f"|[Attention Is All You Need]({ABS}) <br> Ashish Vaswani, Noam Shazeer|x|", "|Title & Authors|Note|"
    )
    assert entry.title is not None
    assert entry.title.text == "Attention Is All You Need"
    assert entry.authors is not None
    assert entry.authors.text == "Ashish Vaswani, Noam Shazeer"


def test_header_delimiter_and_blank_rows_are_no_papers() -> None:
    text = "|Title|Link|\n|-|-|\n|Attention Is All You Need|x|\n|**Title**|Link|\n|---|---|\n| | |\n"
    document = read_document("a.md", text.replace("x", ABS))
    assert len(document.tables[0].rows) == 4
    assert len(document.entries) == 1


def test_a_row_that_says_nothing_of_a_paper_is_none() -> None:
    header = "|Date|Presenter|Title|Link|\n|-|-|-|-|\n"
    rows = f"|17/12|A. B.|Attention Is All You Need|{ABS}|\n|24/12|holiday|||\n"
    document = read_document("a.md", header + rows)
    assert [entry.title.text for entry in document.entries if entry.title] == ["Attention Is All You Need"]
    assert len(document.entries) == 1
