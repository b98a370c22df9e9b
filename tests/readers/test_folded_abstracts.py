"""Abstracts folded away below an item: where they stand, whatever letters come before them."""

from __future__ import annotations

from littable.document.reading import read_document

_ITEM = """\
- **[{title}](https://arxiv.org/abs/{paper})** _Ashish Vaswani, Noam Shazeer_
  <DETAILS><summary>Abstract</summary>
  We build a network of layers, number {number} of them, and show what it can do without recurrence.
  </Details>
"""
_PAPERS = {
    "1706.03762": "Attention Is All You Need for İzmir",
    "1810.04805": "Pre-training of Deep Bidirectional Transformers",
    "2005.14165": "Language Models are Few-Shot Learners",
}


def test_a_letter_that_is_longer_in_lower_case_moves_nothing() -> None:
    items = [
        _ITEM.format(title=title, paper=paper, number=number)
        for number, (paper, title) in enumerate(_PAPERS.items())
    ]
    document = read_document("a.md", "# Papers from İstanbul\n\n" + "\n".join(items))
    abstracts = [entry.abstract.text.strip() if entry.abstract else None for entry in document.entries]
    assert abstracts == [
        f"We build a network of layers, number {number} of them, and show what it can do without recurrence."
        for number in range(len(_PAPERS))
    ]
