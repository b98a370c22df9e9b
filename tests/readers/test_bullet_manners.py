"""Lists whose items say little, or say it in ways of their own, each with what is read: title, authors, year,
identifier, and whether there is a text about the paper.
"""

from __future__ import annotations

import pytest

from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.document.names import split_names
from littable.document.reading import read_document

# ruff: noqa: E501 - lists have long lines
SHAPES = {
    "a page's title on arXiv as the label": (
        """\
- [[1706.06383] Programmable Agents](https://arxiv.org/abs/1706.06383)
- [[1612.00222] Interaction Networks for Learning about Objects, Relations and Physics](https://arxiv.org/abs/1612.00222)
- [[1805.09354] Working Memory Networks: Augmenting Memory Networks with a Relational Reasoning Module](https://arxiv.org/abs/1805.09354)
""",
        """\
Programmable Agents |  |  | 1706.06383 |
Interaction Networks for Learning about Objects, Relations and Physics |  |  | 1612.00222 |
Working Memory Networks: Augmenting Memory Networks with a Relational Reasoning Module |  |  | 1805.09354 |
""",
    ),
    "year and place in the label, behind a comma": (
        """\
- [Skyfire: Data-Driven Seed Generation for Fuzzing, 2017](https://www.ieee-security.org/TC/SP2017/papers/42.pdf)
- [GraphTMT: Unsupervised Graph-based Topic Modeling from Video Transcripts, 2021](https://arxiv.org/pdf/2105.01466.pdf)
- [Topic Modeling Revisited: A Document Graph-based Neural Network Perspective, 2021, NIPS](https://proceedings.neurips.cc/paper/2021/hash/7b6982e584636e6a1cda934f1410299c-Abstract.html)
""",
        """\
Skyfire: Data-Driven Seed Generation for Fuzzing |  | 2017 |  |
GraphTMT: Unsupervised Graph-based Topic Modeling from Video Transcripts |  | 2021 | 2105.01466 |
Topic Modeling Revisited: A Document Graph-based Neural Network Perspective |  | 2021 |  |
""",
    ),
    "no link, the place and its year right behind the title": (
        """\
- Page-level Optimization of e-Commerce Item Recommendations RecSys 2021 【商品推荐】
- Privacy Preserving Collaborative Filtering by Distributed Mediation RecSys 2021【隐私保护】
- Next-item Recommendations in Short Sessions RecSys 2021 【短会话】
""",
        """\
Page-level Optimization of e-Commerce Item Recommendations |  | 2021 |  |
Privacy Preserving Collaborative Filtering by Distributed Mediation |  | 2021 |  |
Next-item Recommendations in Short Sessions |  | 2021 |  |
""",
    ),
    "authors before a colon, alone or several": (
        """\
* Tomas Mikolov, et al.: Efficient Estimation of Word Representations in Vector Space, 2013.
* Yoon Kim, et al.: Character-Aware Neural Language Models, 2015.
* Mike Mintz et al.: Distant supervision for relation extraction without labeled data, ACL 2009.
* Michael Collins: Discriminative Training Methods for Hidden Markov Models, EMNLP 2002.
* John Lafferty, Andrew McCallum, Fernando C.N. Pereira: Conditional Random Fields: Probabilistic Models for Segmenting and Labeling Sequence Data, ICML 2001.
* Dekai Wu: Inversion Transduction Grammars and the Bilingual Parsing of Parallel Corpora, 1997.
""",
        """\
Efficient Estimation of Word Representations in Vector Space | Tomas Mikolov | 2013 |  |
Character-Aware Neural Language Models | Yoon Kim | 2015 |  |
Distant supervision for relation extraction without labeled data | Mike Mintz | 2009 |  |
Discriminative Training Methods for Hidden Markov Models | Michael Collins | 2002 |  |
Conditional Random Fields: Probabilistic Models for Segmenting and Labeling Sequence Data | John Lafferty; Andrew McCallum; Fernando C.N. Pereira | 2001 |  |
Inversion Transduction Grammars and the Bilingual Parsing of Parallel Corpora | Dekai Wu | 1997 |  |
""",
    ),
    "a name before a colon is no author where no others are": (
        """\
- Latent Dirichlet: A Review of Topic Models, ICML 2001. [pdf](https://arxiv.org/abs/2101.00001)
- Mask Proposals: A Study of Scene Segmentation, CVPR 2012. [pdf](https://arxiv.org/abs/2101.00002)
""",
        """\
Latent Dirichlet: A Review of Topic Models |  | 2001 | 2101.00001 |
Mask Proposals: A Study of Scene Segmentation |  | 2012 | 2101.00002 |
""",
    ),
    "the identifier in the name of the place, authors left out": (
        """\
- Vaswani, A., Shazeer, N., Parmar, N., ... & Polosukhin, I. (2017). Attention is all you need. In Advances in neural information processing systems (pp. 5998-6008).
- Mullenbach, J., Wiegreffe, S., Duke, J., Sun, J., & Eisenstein, J. (2018). Explainable prediction of medical codes from clinical text. arXiv preprint arXiv:1802.05695.
- Kim, Y. (2014). Convolutional neural networks for sentence classification. arXiv preprint arXiv:1408.5882.
""",
        """\
Attention is all you need | Vaswani, A.; Shazeer, N.; Parmar, N.; Polosukhin, I. | 2017 |  |
Explainable prediction of medical codes from clinical text | Mullenbach, J.; Wiegreffe, S.; Duke, J.; Sun, J.; Eisenstein, J. | 2018 | 1802.05695 |
Convolutional neural networks for sentence classification | Kim, Y. | 2014 | 1408.5882 |
""",
    ),
    "the name of a method said twice, or before a title that has it": (
        """\
1. BERT : BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding (https://arxiv.org/abs/1810.04805)
2. StarGAN : StarGAN: Unified Generative Adversarial Networks for Multi-Domain Image-to-Image Translation (https://arxiv.org/abs/1711.09020)
3. Slope One: **Slope One Predictors for Online Rating-Based Collaborative Filtering**. [[PDF](https://arxiv.org/pdf/cs/0702144.pdf)]
""",
        """\
BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding |  |  | 1810.04805 |
StarGAN: Unified Generative Adversarial Networks for Multi-Domain Image-to-Image Translation |  |  | 1711.09020 |
Slope One Predictors for Online Rating-Based Collaborative Filtering |  |  | cs/0702144 |
""",
    ),
    "initials before the family name behind a year": (
        """\
1. Dropout: A simple way to prevent neural networks from overfitting (2014), N. Srivastava et al. [pdf]
2. Adam: A method for stochastic optimization (2014), D. Kingma and J. Ba [pdf]
3. Deep residual learning for image recognition (2016), K. He et al. [pdf]
""",
        """\
Dropout: A simple way to prevent neural networks from overfitting | N. Srivastava | 2014 |  |
Adam: A method for stochastic optimization | D. Kingma; J. Ba | 2014 |  |
Deep residual learning for image recognition | K. He | 2016 |  |
""",
    ),
    "a blank between the title in brackets and the address": (
        """\
- [Epidemic Algorithms for Replicated Database Maintenance] (https://arxiv.org/abs/2101.00001)
- [Bimodal Multicast in Large Networks](https://arxiv.org/abs/2101.00002)
""",
        """\
Epidemic Algorithms for Replicated Database Maintenance |  |  | 2101.00001 |
Bimodal Multicast in Large Networks |  |  | 2101.00002 |
""",
    ),
    "a label before everything, below a short name": (
        """\
1. **Drain (He et al., ICWS 2017)**
   - *Title*: Drain: An Online Log Parsing Approach with Fixed Depth Tree
   - *Authors*: Pinjia He, Jieming Zhu, Zibin Zheng, and Michael R. Lyu.
   - *Conference*: 2017 IEEE International Conference on Web Services (ICWS).
   - *Summary*: Drain uses a fixed-depth parse tree to extract log templates.
2. **Laya (arXiv:2503.23303, 2025)**
   - *Title*: Laya: A ModernBERT Approach to High-Speed Log Classification
   - *Authors*: Jane Doe, Richard Roe
   - *Summary*: Laya achieves semantic triage of log templates.
""",
        """\
Drain: An Online Log Parsing Approach with Fixed Depth Tree | Pinjia He; Jieming Zhu; Zibin Zheng; Michael R. Lyu | 2017 |  | abstract
Laya: A ModernBERT Approach to High-Speed Log Classification | Jane Doe; Richard Roe | 2025 | 2503.23303 | abstract
""",
    ),
    "paragraphs, a heading for each": (
        """\
# Papers

## Profile

**[Agent Profile] CAMEL: Communicative Agents for Exploration of Language Model Society**. [[Paper](https://arxiv.org/abs/2303.17760)]

## Memory

**[Agent Memory] Reflexion: language agents with verbal reinforcement learning**. [[Paper](https://arxiv.org/abs/2303.11366)]

## Planning

**[Agent Planning] Tree of Thoughts: Deliberate Problem Solving with Large Language Models**. [[Paper](https://arxiv.org/abs/2305.10601)]
""",
        """\
CAMEL: Communicative Agents for Exploration of Language Model Society |  |  | 2303.17760 |
Reflexion: language agents with verbal reinforcement learning |  |  | 2303.11366 |
Tree of Thoughts: Deliberate Problem Solving with Large Language Models |  |  | 2305.10601 |
""",
    ),
    "a name in bold and a comma before the title, badges behind": (
        """\
- **DQN**, Playing Atari with Deep Reinforcement Learning. [![arXiv](https://img.shields.io/badge/arXiv-1312.5602-b31b1b.svg)](https://arxiv.org/abs/1312.5602) [![Website](https://img.shields.io/badge/Website-Link-blue)](https://example.org/dqn)
- **PPO**, Proximal Policy Optimization Algorithms. [![arXiv](https://img.shields.io/badge/arXiv-1707.06347-b31b1b.svg)](https://arxiv.org/abs/1707.06347) [![Website](https://img.shields.io/badge/Website-Link-blue)](https://example.org/ppo)
- Graph Neural Networks (GNN) Models: Methods, Tasks, Limits and Applications. [![arXiv](https://img.shields.io/badge/arXiv-1812.08434-b31b1b.svg)](https://arxiv.org/abs/1812.08434)
- Mixture of Experts (MoE) Layers: Methods, Tasks, Limits and Applications. [![arXiv](https://img.shields.io/badge/arXiv-1701.06538-b31b1b.svg)](https://arxiv.org/abs/1701.06538)
""",
        """\
Playing Atari with Deep Reinforcement Learning |  |  | 1312.5602 |
Proximal Policy Optimization Algorithms |  |  | 1707.06347 |
Graph Neural Networks (GNN) Models: Methods, Tasks, Limits and Applications |  |  | 1812.08434 |
Mixture of Experts (MoE) Layers: Methods, Tasks, Limits and Applications |  |  | 1701.06538 |
""",
    ),
    "authors in one paragraph, the title in the next": (
        """\
- **ResNet:** Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun.<br />

  "Deep Residual Learning for Image Recognition." CVPR(2016)

  [[paper](https://arxiv.org/abs/1512.03385)]

- Diederik P. Kingma, Jimmy Ba:

  Adam: A Method for Stochastic Optimization.

  [[paper](https://arxiv.org/abs/1412.6980)]
""",
        """\
Deep Residual Learning for Image Recognition | Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun | 2016 | 1512.03385 |
Adam: A Method for Stochastic Optimization | Diederik P. Kingma; Jimmy Ba |  | 1412.6980 |
""",
    ),
    "dashes in the label between a name, the title, the place and the year": (
        """\
- [FCN - Fully Convolutional Networks for Semantic Segmentation - CVPR - 2015](https://arxiv.org/abs/1411.4038)
- [Mask R-CNN - ICCV - 2017](https://arxiv.org/abs/1703.06870)
- [Feature Pyramid Networks for Object Detection - CVPR - 2017](https://arxiv.org/abs/1612.03144)
""",
        """\
Fully Convolutional Networks for Semantic Segmentation |  | 2015 | 1411.4038 |
Mask R-CNN |  | 2017 | 1703.06870 |
Feature Pyramid Networks for Object Detection |  | 2017 | 1612.03144 |
""",
    ),
    "a title in bold above labelled items": (
        """\
# Backbone

**Deep Residual Learning for Image Recognition**

- Paper(Oral): https://arxiv.org/abs/1512.03385
- Code: https://github.com/KaimingHe/deep-residual-networks

**Densely Connected Convolutional Networks**

- Paper: https://arxiv.org/abs/1608.06993

- Code: None

**Aggregated Residual Transformations for Deep Neural Networks**

- Paper: https://arxiv.org/abs/1611.05431
- Code: https://github.com/facebookresearch/ResNeXt
""",
        """\
Deep Residual Learning for Image Recognition |  |  | 1512.03385 |
Densely Connected Convolutional Networks |  |  | 1608.06993 |
Aggregated Residual Transformations for Deep Neural Networks |  |  | 1611.05431 |
""",
    ),
    "initials before the family names, a full stop before the title": (
        """\
- Y. LeCun, Y. Bengio. Convolutional networks for images, speech, and time series. In: Proceedings of the 5th Conference on Neural Networks. 1995.
- C. Cortes, M. Mohri, A. Rostamizadeh. Learning Kernels by Maximising Alignment of Centred Features. In: Proceedings of the 27th International Conference on Machine Learning. 2010.
- L. Bottou, O. Bousquet. The Tradeoffs of Large Scale Learning. In: Advances in Neural Information Processing Systems. 2008.
""",
        """\
Convolutional networks for images, speech, and time series | Y. LeCun; Y. Bengio | 1995 |  |
Learning Kernels by Maximising Alignment of Centred Features | C. Cortes; M. Mohri; A. Rostamizadeh | 2010 |  |
The Tradeoffs of Large Scale Learning | L. Bottou; O. Bousquet | 2008 |  |
""",
    ),
    "angle brackets around the title's link": (
        """\
* <[Generative Adversarial Imitation Learning](https://arxiv.org/abs/1606.03476)> by Jonathan Ho, Stefano Ermon, 2016.
* <[Causal Confusion in Imitation Learning](https://arxiv.org/abs/1905.11979)> by Pim de Haan, Dinesh Jayaraman, Sergey Levine, 2019.
""",
        """\
Generative Adversarial Imitation Learning | Jonathan Ho; Stefano Ermon | 2016 | 1606.03476 |
Causal Confusion in Imitation Learning | Pim de Haan; Dinesh Jayaraman; Sergey Levine | 2019 | 1905.11979 |
""",
    ),
    "words to search for below citations": (
        """\
- Vaswani A., Shazeer N. *Attention Is All You Need, Again and Again.* NeurIPS, 2017.
- Devlin J., Chang M. *Pre-training of Deep Bidirectional Transformers for Language Understanding.* NAACL, 2019.
- Queries: `language model`, `pre-training objectives`, `masked tokens`.
- Queries: `positional encoding of tokens`, `attention heads`.
""",
        """\
Attention Is All You Need, Again and Again. | Vaswani A; Shazeer N | 2017 |  |
Pre-training of Deep Bidirectional Transformers for Language Understanding. | Devlin J; Chang M | 2019 |  |
""",
    ),
}
NOTHING = {
    "text books": """\
- Bishop C. M. Pattern Recognition and Machine Learning. Springer, 2006.
- Murphy K. Machine Learning: A Probabilistic Perspective. MIT Press, 2012.
- Mohri M., Rostamizadeh A., Talwalkar A. Foundations of Machine Learning. MIT Press, 2012.
- Hastie T., Tibshirani R., Friedman J. The Elements of Statistical Learning (2nd edition). Springer, 2009.
""",
    "a pattern for those who add papers": """\
- **This is a title.** (year). [[pdf]](link-to-pdf) [[code]](link-to-code)
  - Main Author et al. *Name of the journal*
""",
    "data sets linked to where they are described": """\
* [QM9](https://www.nature.com/articles/sdata201422): This dataset includes the computed energetic and electronic properties of small molecules.
* [GEOM](https://nature.com/articles/s41597-022-01288-4): This dataset features conformations for over 450k molecules, generated using sampling.
* [RepoRT](https://chemrxiv.org/engage/chemrxiv/article-details/64a5a08c9ea64cc1677e120f): RepoRT currently contains 373 datasets, measured on 49 different columns.
""",
    "how to cite a project": """\
# Paper

* Lukas Schmid, Jeffrey Delmerico, Cesar Cadena. "**Panoptic Multi-TSDFs: a Flexible Representation for Online Volumetric Mapping**" arXiv preprint arXiv:2109.10165 (2021)
  ```bibtex
  @ARTICLE{schmid2021panoptic,
    year={2021}
  }
  ```
""",
}


def _row(entry: Entry) -> str:
    date = read_date(entry.date.plain) if entry.date else None
    return " | ".join(
        (
            entry.title.plain if entry.title else "",
            "; ".join(split_names(entry.authors.plain)) if entry.authors else "",
            str(date.year) if date else "",
            entry.arxiv_id or entry.doi or "",
            "abstract" if entry.abstract else "",
        )
    ).rstrip()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_in_this_manner_is_read(shape: str) -> None:
    text, expected = SHAPES[shape]
    assert [_row(entry) for entry in read_document("list.md", text).entries] == expected.splitlines()


@pytest.mark.parametrize("kind", NOTHING)
def test_this_is_no_list_of_papers(kind: str) -> None:
    assert [_row(entry) for entry in read_document("list.md", NOTHING[kind]).entries] == []


def test_an_abstract_below_its_label_goes_on_over_the_lines_of_its_paragraph() -> None:
    text = """\
- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385)
  - Abstract: Deeper neural networks are more difficult to train.
    We present a framework to ease the training of networks,
    Residual Networks.
- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
  - Abstract: The dominant models are recurrent.
"""
    first = read_document("list.md", text).entries[0].abstract
    assert first is not None
    assert first.plain.startswith("Deeper neural networks")
    assert first.plain.endswith("Residual Networks.")


def test_names_among_long_runs_of_blanks_are_read() -> None:
    assert split_names("Ann Lee," + " " * 20_000 + "Bob Ray" + " " * 20_000 + "et al.") == (
        "Ann Lee",
        "Bob Ray",
    )
