"""HTML tables without a header: a picture beside what is said of a paper."""

from __future__ import annotations

from littable.shapes import Shape
from support.read_papers import ReadPaper, read_papers

_NERF = "https://arxiv.org/abs/2003.08934"
_RESNET = "https://arxiv.org/abs/1512.03385"


def test_a_picture_and_lines_of_title_authors_venue_and_links() -> None:
    text = f"""<table>
<tr>
<td width="25%"><img src="images/nerf.png" width="160"></td>
<td valign="top">
<b>NeRF: Representing Scenes as Neural Radiance Fields</b><br>
<a href="https://bmild.github.io">Ben Mildenhall</a>*, Matthew Tancik, <strong>Ren Ng</strong><br>
<em>ECCV</em>, 2020 (<font color="red">Oral</font>)<br>
<a href="{_NERF}">arXiv</a> / <a href="https://github.com/bmild/nerf">code</a> / <a href="nerf.bib">bibtex</a>
<p>We show how a scene can be kept in the weights of a small network.</p>
</td>
</tr>
<tr>
<td><video><source src="b.mp4"></video></td>
<td>
<a href="{_RESNET}">
  <papertitle>Deep Residual Learning for Image Recognition</papertitle>
</a>
<br> Kaiming He, Xiangyu Zhang <br> <em>CVPR</em>, 2016
</td>
</tr>
</table>
"""
    assert read_papers(text, Shape.HTML_TABLE) == [
        ReadPaper(
            (2, 11), "NeRF: Representing Scenes as Neural Radiance Fields",
            ("Ben Mildenhall", "Matthew Tancik", "Ren Ng"), 2020, "2003.08934",
            ("https://bmild.github.io", _NERF, "https://github.com/bmild/nerf", "nerf.bib"),
            "We show how a scene can be kept in the weights of a small network.",
        ),
        ReadPaper(
            (12, 20), "Deep Residual Learning for Image Recognition", ("Kaiming He", "Xiangyu Zhang"), 2016,
            "1512.03385", (_RESNET,),
        ),
    ]  # fmt: skip


def test_each_paper_in_a_table_of_its_own() -> None:
    table = """<table><tr><td><img src="a.png"></td><td>
<a href="https://arxiv.org/abs/{}"><b>{}</b></a><br/>
{}<br/>
CVPR'16 &nbsp; <a href="https://github.com/a/b"><img src="https://img.shields.io/badge/code-x"></a>
</td></tr></table>

"""
    text = table.format("1512.03385", "Deep Residual Learning for Image Recognition", "何恺明、张祥雨、孙剑")
    text += table.format("1703.06870", "Mask R-CNN", "Kaiming He, Georgia Gkioxari, Ross Girshick")
    assert [(paper.title, paper.authors, paper.year, paper.id) for paper in read_papers(text)] == [
        ("Deep Residual Learning for Image Recognition", ("何恺明", "张祥雨", "孙剑"), 2016, "1512.03385"),
        ("Mask R-CNN", ("Kaiming He", "Georgia Gkioxari", "Ross Girshick"), 2016, "1703.06870"),
    ]


def test_several_papers_in_a_row() -> None:
    text = f"""<table><tr>
<td><img src="a.gif"><br><b>NeRF: Representing Scenes as Fields</b><br>Ben Mildenhall, Ren Ng<br>ECCV 2020
<a href="{_NERF}">[paper]</a></td>
<td><img src="b.gif"><br><b>Deep Residual Learning for Images</b><br>Kaiming He, Jian Sun<br>CVPR 2016
<a href="{_RESNET}">[paper]</a></td>
</tr></table>
"""
    assert [(paper.lines, paper.title, paper.year, paper.id) for paper in read_papers(text)] == [
        ((2, 3), "NeRF: Representing Scenes as Fields", 2020, "2003.08934"),
        ((4, 5), "Deep Residual Learning for Images", 2016, "1512.03385"),
    ]


def test_markdown_behind_blank_lines() -> None:
    text = f"""<table>
<tr><td>

**[NeRF: Representing Scenes as Fields]({_NERF})** <br>
Ben Mildenhall, Ren Ng <br>
ECCV 2020 | [code](https://github.com/bmild/nerf)

</td><td>

![](a.png)

</td></tr>
<tr><td>

**[Deep Residual Learning for Images]({_RESNET})** <br>
Kaiming He, Jian Sun

</td><td>

![](b.png)

</td></tr>
</table>
"""
    assert [(paper.lines, paper.title, paper.authors, paper.id) for paper in read_papers(text)] == [
        ((2, 12), "NeRF: Representing Scenes as Fields", ("Ben Mildenhall", "Ren Ng"), "2003.08934"),
        ((13, 22), "Deep Residual Learning for Images", ("Kaiming He", "Jian Sun"), "1512.03385"),
    ]


def test_papers_in_a_table_within_a_table() -> None:
    row = '<tr><td><img src="x.jpg"></td><td><a href="{}">{}</a><br>{}</td></tr>'
    text = f"""<table><tbody><tr><td>
<table><tr><td>Jane Doe</td><td><p>I work at a lab. See my <a href="cv.pdf">CV</a>.</p></td></tr></table>
<table><tbody>
{row.format(_NERF, "NeRF: Representing Scenes as Fields", "Ben Mildenhall, Ren Ng")}
{row.format(_RESNET, "Deep Residual Learning for Images", "Kaiming He, Jian Sun")}
</tbody></table>
</td></tr></tbody></table>
"""
    assert [(paper.lines, paper.id) for paper in read_papers(text)] == [
        ((4, 4), "2003.08934"),
        ((5, 5), "1512.03385"),
    ]


def test_columns_that_nothing_names() -> None:
    text = f"""<table>
<tr><td><b>2020</b></td><td><a href="{_NERF}">NeRF: Representing Scenes as Fields</a></td><td>ECCV</td></tr>
<tr><td><b>2016</b></td><td><a href="{_RESNET}">Deep Residual Learning for Images</a></td><td>CVPR</td></tr>
</table>
"""
    assert [(paper.title, paper.year, paper.id) for paper in read_papers(text)] == [
        ("NeRF: Representing Scenes as Fields", 2020, "2003.08934"),
        ("Deep Residual Learning for Images", 2016, "1512.03385"),
    ]


def test_labels_before_the_values() -> None:
    row = """<tr><td><b>Title:</b> {}<br><b>Authors:</b> {}<br><b>Venue:</b> {}<br>
<b>Paper:</b> <a href="https://arxiv.org/abs/{}">link</a></td></tr>
"""
    text = f"""<table>
{row.format("Mask R-CNN", "Kaiming He, Ross Girshick", "ICCV 2017", "1703.06870")}\
{row.format("Deep Residual Learning", "Kaiming He, Jian Sun", "CVPR 2016", "1512.03385")}\
</table>
"""
    assert [(paper.title, paper.authors, paper.year, paper.id) for paper in read_papers(text)] == [
        ("Mask R-CNN", ("Kaiming He", "Ross Girshick"), 2017, "1703.06870"),
        ("Deep Residual Learning", ("Kaiming He", "Jian Sun"), 2016, "1512.03385"),
    ]
