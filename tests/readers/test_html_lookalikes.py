"""HTML tables that are no literature, and HTML that is no table."""

from __future__ import annotations

import pytest

from littable.document.reading import read_document
from littable.shapes import Shape
from support.read_papers import read_papers

_LINK = "https://arxiv.org/abs/1706.03762"
_TABLES = {
    "contributors": """<table><tr>
<td align="center"><a href="https://github.com/a"><img src="https://x.org/a.png"/><br /><sub>
<b>Jane Doe</b></sub></a></td>
<td align="center"><a href="https://github.com/b"><img src="https://x.org/b.png"/><br /><sub>
<b>John Roe</b></sub></a></td>
</tr></table>""",
    "supported models": """<table>
<tr><td><b>Object Detection</b></td><td><b>Instance Segmentation</b></td></tr>
<tr><td><ul><li><a href="configs/fast">Fast R-CNN (ICCV'2015)</a></li><li>
<a href="configs/faster">Faster R-CNN</a></li></ul></td>
<td><ul><li><a href="https://arxiv.org/abs/1703.06870">Mask R-CNN (ICCV'2017)</a></li></ul></td></tr>
</table>""",
    "model zoo": f"""<table>
<tr><th>Model</th><th>Paper</th><th>Top-1</th><th>Download</th></tr>
<tr><td>ResNet-50</td><td><a href="{_LINK}">arXiv</a></td><td>76.1</td>
<td><a href="https://x.org/r.pth">model</a></td></tr>
<tr><td>ViT-B</td><td><a href="{_LINK}">arXiv</a></td><td>81.1</td>
<td><a href="https://x.org/v.pth">model</a></td></tr>
</table>""",
    "results": f"""<table>
<tr><td rowspan="2"><b>Conf.</b></td><td rowspan="2"><b>Trackers</b></td><td>MOT15</td><td>MOT16</td></tr>
<tr><td>MOTA/IDF1</td><td>MOTA/IDF1</td></tr>
<tr><td>CVPR21</td><td><a href="{_LINK}">Multi-attentional Deepfake Detection</a></td>
<td>97.60/99.29</td><td>88.69</td></tr>
<tr><td>ECCV20</td><td><a href="{_LINK}">Two-branch Recurrent Network for It</a></td>
<td>96.43/99.12</td><td>86.34</td></tr>
</table>""",
    "news": f"""<table>
<tr><td>2024-05</td>
<td>Our paper <a href="{_LINK}">Attention Is All You Need</a> was accepted as an oral.</td></tr>
<tr><td>2024-03</td>
<td>We have released <a href="https://github.com/x/y">the code and the models</a>.</td></tr>
</table>""",
    "tools": f"""<table>
<tr><td><b>Tool</b></td><td><b>What it does</b></td></tr>
<tr><td><a href="https://github.com/a/vllm">vLLM</a></td>
<td>A high-throughput inference engine (<a href="{_LINK}">paper</a>)</td></tr>
<tr><td><a href="https://github.com/a/lf">LLaMA-Factory</a></td>
<td>Unified fine-tuning of many models (<a href="{_LINK}">paper</a>)</td></tr>
</table>""",
    "contents": """<table>
<tr><td colspan="2"><a href="#survey-papers">1. Survey papers of all kinds</a></td></tr>
<tr><td><a href="#models">2.1 Basic Models of Graph Networks</a></td>
<td><a href="#types">2.2 Graph Types and Uses</a></td></tr>
</table>""",
    "badges": f"""<table align="center"><tr>
<td><b><a href="https://doi.org/10.1007/s11548-026-03750-9">🏛️ Paper (Springer Journal)</a></b></td>
<td><b><a href="{_LINK}">📄 arXiv preprint</a></b></td>
<td><b><a href="https://huggingface.co/datasets/a/b">🤗 Dataset</a></b></td>
</tr></table>""",
    "pictures": """<table>
<tr><td><img src="1.png"></td><td><img src="2.png"></td></tr>
<tr><td>Input image of a street</td><td>What our method makes of it</td></tr>
</table>""",
    "implementations": f"""<table>
<tr><th>Model</th><th>Paper</th><th>Conference/Journal</th><th>Code</th></tr>
<tr><td>LDM</td><td><a href="{_LINK}">R. Rombach et al.</a></td><td>CVPR 2022</td>
<td><a href="LDM">LDM</a></td></tr>
<tr><td>DiT</td><td><a href="{_LINK}">W. Peebles et al.</a></td><td>ICCV 2023</td>
<td><a href="DiT">DiT</a></td></tr>
</table>""",
    "environments": f"""<table>
<tr><th>Study</th><th>Training data</th><th>Test environment</th></tr>
<tr><td><a href="{_LINK}"><b>AerialVLN</b></a></td><td>Synthetic scenes and trajectories.</td>
<td>Held-out routes.</td></tr>
<tr><td><a href="{_LINK}"><b>CityNav</b></a></td><td>Human trajectories in a city.</td>
<td>Held-out routes.</td></tr>
</table>""",
    "a data frame": """<table border="1" class="dataframe">
<thead><tr><th></th><th>year</th><th>title</th><th>authors</th><th>abstract</th></tr></thead>
<tr><th>1001</th><td>2000</td><td>compactification geometry</td><td>P. Aspinwall</td>
<td>these are notes...</td></tr>
<tr><th>1002</th><td>2000</td><td>domain walls in space</td><td>M. Cvetic</td><td>we point out...</td></tr>
</table>""",
    "courses": """<table>
<tr><th>Week</th><th>Lecture</th><th>Slides</th></tr>
<tr><td>1</td><td>Introduction to Deep Learning</td><td><a href="https://x.org/1.pdf">slides</a></td></tr>
<tr><td>2</td><td>Optimisation of Neural Networks</td><td><a href="https://x.org/2.pdf">slides</a></td></tr>
</table>""",
}
_PAPERS = f"""<table>
<tr><th>Title</th><th>Link</th></tr>
<tr><td>Attention Is All You Need</td><td>{_LINK}</td></tr>
</table>
"""


@pytest.mark.parametrize("name", _TABLES)
def test_other_tables_are_shown_and_hold_no_papers(name: str) -> None:
    document = read_document("a.md", f"# A page\n\n{_TABLES[name]}\n")
    assert document.entries == ()
    assert [listing.literature for listing in document.listings] == [False]


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{_PAPERS}```\n",
        "".join(f"    {line}\n" for line in _PAPERS.splitlines()),
        f"<!--\n{_PAPERS}-->\n",
        f"`{_PAPERS.replace(chr(10), '')}`\n",
        _PAPERS.replace("<table>", "&lt;table&gt;").replace("<t", "&lt;t"),
        f"<div><script>document.write('{_PAPERS.replace(chr(10), '')}')</script></div>\n",
    ],
    ids=["fence", "indented", "comment", "code", "entities", "script"],
)
def test_html_that_is_only_shown_is_no_table(text: str) -> None:
    assert read_papers(text, Shape.HTML_TABLE) == []


def test_lists_in_the_cells_of_a_layout_are_left_to_their_reader() -> None:
    text = f"""<table><tr><td>

- [Attention Is All You Need]({_LINK})
- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385)

</td><td>

![](a.png)

</td></tr></table>
"""
    assert read_papers(text, Shape.HTML_TABLE) == []
