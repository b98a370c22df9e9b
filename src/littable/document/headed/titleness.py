"""How much plain words look like a paper's title."""

from __future__ import annotations

from littable.document.dates import read_date


def names(listed: str) -> frozenset[str]:
    """The names between bars."""
    return frozenset(" ".join(name.split()) for name in listed.split("|"))


_NO_TITLES = names(
    """
    introduction | intro | overview | background | motivation | related work | method | methods |
    methodology | approach | architecture | experiments | experiment | results | evaluation |
    discussion | conclusion | conclusions | limitations | future work | appendix | references |
    reference | bibliography | acknowledgements | acknowledgments | acknowledgement | citation |
    citing | cite us | how to cite | bibtex | license | licence | contact | contributing |
    contributors | contribution | installation | install | setup | usage | quick start | quickstart |
    getting started | requirements | prerequisites | dependencies | environment | training | testing |
    inference | demo | demos | examples | example | tutorial | tutorials | faq | news | updates |
    changelog | release notes | todo | roadmap | features | contents | table of contents | toc |
    datasets | dataset | models | model zoo | pretrained models | checkpoints | code | data | papers |
    paper list | summary | notes | resources | links | further reading | see also | about | about us |
    team | members | support | documentation | docs | star history | acknowledgment | disclaimer |
    help | misc | miscellaneous | others | other | index | schedule | syllabus | 目录 | 简介 | 介绍 |
    安装 | 使用 | 使用方法 | 引用 | 参考文献 | 致谢 | 许可证 | 更新日志 | 数据集 | 模型 | 总结 | 背景 |
    方法 | 实验 | 结果 | 结论 | はじめに | 概要 | 目次 | まとめ | 参考文献 | 使い方 | インストール |
    введение | содержание | установка | использование | заключение
    """
)


def titleness(words: str) -> int:
    """How much plain words look like a paper's title: 0 for none, 1 for a name, 2 and 3 for several words."""
    name = words.casefold().strip(" :：*_")
    letters = sum(map(str.isalpha, words))
    if (
        letters < 2
        or name in _NO_TITLES
        or (len(words) < 30 and letters < 10 and read_date(words) is not None)
    ):
        return 0
    count = words.count(" ") + 1
    wide = sum(1 for c in words if c >= "\u2e80")
    if count >= 6 or wide >= 14 or (count >= 4 and (": " in words or "：" in words)):
        return 3
    return 2 if count >= 4 or wide >= 8 else 1
