"""Lists and paragraphs that look like papers and are none: nothing may be read in them."""

from __future__ import annotations

import pytest

from littable.document.reading import read_document

# ruff: noqa: E501 - lists have long lines
LOOK_ALIKES = {
    "Contents": """\
## Contents

- [Install](#install)
- [Usage](#usage)
""",
    "News": """\
## News

- [2024/05/01] 🔥 Our paper [Foo: A Very Fast Thing for Large Models](https://arxiv.org/abs/2405.00001) is accepted by ICML 2024!
- **2024.04.02** We release the code and the checkpoints. See the [paper](https://arxiv.org/abs/2405.00001).
""",
    "Highlights": """\
## Highlights

- [2024/05/01] 🔥 We propose **Foo Bar Baz Qux**, see [paper](https://arxiv.org/abs/2405.00001).
- Supports [FlashAttention-2](https://arxiv.org/abs/2307.08691) and [PagedAttention](https://arxiv.org/abs/2309.06180)
- Implements [Fast Inference from Transformers via Speculative Decoding](https://arxiv.org/abs/2211.17192)
- Quantization: [GPTQ](https://arxiv.org/abs/2210.17323), [AWQ](https://arxiv.org/abs/2306.00978)
""",
    "Models": """\
## Models

1. **[ALBERT](https://huggingface.co/docs/transformers/model_doc/albert)** (made by two laboratories) came with the paper [ALBERT: A Lite BERT for Self-supervised Learning of Language Representations](https://arxiv.org/abs/1909.11942), by Zhenzhong Lan, Mingda Chen, Sebastian Goodman.
1. **[BART](https://huggingface.co/docs/transformers/model_doc/bart)** (made by one laboratory) came with the paper [BART: Denoising Sequence-to-Sequence Pre-training for Natural Language Generation](https://arxiv.org/abs/1910.13461) by Mike Lewis, Yinhan Liu.
""",
    "Backbones": """\
## Backbones

- [x] [ResNet](configs/resnet/README.md) (CVPR'2016)
- [x] [MobileNetV2](configs/mobilenet_v2/README.md) (CVPR'2018)
- [x] [Swin Transformer](configs/swin/README.md) (ICCV'2021)
""",
    "Datasets": """\
## Datasets

- [COCO](https://cocodataset.org) - Common Objects in Context, 330K images. [paper](https://arxiv.org/abs/1405.0312)
- [ImageNet](https://image-net.org) - 14 million images. [paper](http://www.image-net.org/papers/imagenet_cvpr09.pdf)
- [KITTI](http://www.cvlibs.net/datasets/kitti/) - stereo, optical flow.
""",
    "Tools": """\
## Tools

- [PyTorch Geometric](https://github.com/pyg-team/pytorch_geometric) - networks on graphs, for one framework.
- [Deep Graph Library](https://github.com/dmlc/dgl) - the same for several frameworks.
- [FAISS](https://github.com/facebookresearch/faiss) - finds near vectors quickly [paper](https://arxiv.org/abs/1702.08734)
""",
    "Courses": """\
## Courses

- [CS231n: Convolutional Neural Networks for Visual Recognition](http://cs231n.stanford.edu/) by Fei-Fei Li, Andrej Karpathy
- [CS224n: Natural Language Processing with Deep Learning](http://web.stanford.edu/class/cs224n/) by Chris Manning
- [Deep Learning Specialization](https://www.coursera.org/specializations/deep-learning) by Andrew Ng
""",
    "Books": """\
## Books

- [Deep Learning](http://www.deeplearningbook.org/) by Ian Goodfellow, Yoshua Bengio and Aaron Courville (2016)
- [Pattern Recognition and Machine Learning](https://www.springer.com/book/9780387310732) by Christopher Bishop (2006)
- [Reinforcement Learning: An Introduction](http://incompleteideas.net/book/the-book-2nd.html) by Richard Sutton and Andrew Barto (2018)
""",
    "Changelog": """\
## Changelog

- 1.2.0 (2024-03-01): Added support for the new attention kernels
- 1.1.0 (2024-02-01): Fixed a bug in the tokenizer of long texts
""",
    "People": """\
## People

- Yann LeCun, Meta AI, [homepage](http://yann.lecun.com)
- Yoshua Bengio, Mila, [homepage](https://yoshuabengio.org)
""",
    "Acknowledgements": """\
## Acknowledgements

- This work was supported by Google Research and DeepMind, see [the paper](https://arxiv.org/abs/2405.00001).
- Thanks to [He et al.](https://arxiv.org/abs/1512.03385) for the code.
""",
    "Videos": """\
## Videos

- [Attention is all you need; Attentional Neural Network Models](https://www.youtube.com/watch?v=rBCqOTEfxvg) by Łukasz Kaiser
- [Transformers for Language Understanding explained in depth](https://www.youtube.com/watch?v=aaaa) by Jay Alammar
""",
    "Blogs": """\
## Blogs

- [The Illustrated Transformer](http://jalammar.github.io/illustrated-transformer/) by Jay Alammar
- [A Visual Guide to Quantization of Large Models](https://newsletter.maartengrootendorst.com/p/quant) by Maarten Grootendorst, 2024
- [The Annotated Transformer for everyone](http://nlp.seas.harvard.edu/annotated-transformer/) by Alexander Rush
""",
    "Notes": """\
## Notes

- In 2017, Vaswani et al. introduced the Transformer, which relies on attention only (NeurIPS 2017).
- He et al. (2016) showed that residual connections make it possible to train very deep networks.
- Later work [1, 2] improved on this by scaling the number of parameters.
""",
    "Results": """\
## Results

- Accuracy on ImageNet: 76.1% (ResNet-50, He et al., 2016)
- Accuracy on CIFAR-10: 95.3% (Wide ResNet, Zagoruyko et al., 2016)
""",
    "Citing": """\
## Citing

If you use this, cite:
- Foo Bar, Baz Qux. *Foo: A Very Fast Thing for Large Models*. ICML 2024.
""",
    "Conferences": """\
## Conferences

- [NeurIPS 2024](https://neurips.cc/Conferences/2024) December 10-15, Vancouver
- [ICML 2024](https://icml.cc/Conferences/2024) July 21-27, Vienna
- [CVPR 2024](https://cvpr.thecvf.com/) June 17-21, Seattle
""",
    "Workshops": """\
## Workshops

- [Workshop on Efficient Natural Language and Speech Processing](https://neurips2023-enlsp.github.io/), NeurIPS 2023
- [Workshop on Advancing Neural Network Training](https://want-ai-hpc.github.io/), NeurIPS 2023
""",
    "Fields": """\
## Fields

**Rich feature hierarchies for accurate object detection and semantic segmentation**

- intro: R-CNN
- arxiv: <http://arxiv.org/abs/1311.2524>
- slides: <http://www.image-net.org/challenges/LSVRC/2013/slides/r-cnn.pdf>
- github: <https://github.com/rbgirshick/rcnn>
""",
    "Prose": """\
## Prose

The Transformer was introduced by [Vaswani et al. (2017)](https://arxiv.org/abs/1706.03762) and has been used ever since.

[ResNets](https://arxiv.org/abs/1512.03385) are another family, as shown in *Deep Residual Learning for Image Recognition*.

This is the official code of [Attention Is All You Need](https://arxiv.org/abs/1706.03762) by Ashish Vaswani and Noam Shazeer, NeurIPS 2017.
""",
    "Networks": """\
## Networks

* **EEGNet**, [[paper](https://arxiv.org/abs/1611.08024), [original code](https://github.com/vlawhern/arl-eegmodels)]
* **EEG-TCNet**, [[paper](https://arxiv.org/abs/2006.00622), [original code](https://github.com/iis-eth-zurich/eeg-tcnet)]
* **TCNet_Fusion**, [[paper](https://doi.org/10.1016/j.bspc.2021.102826)]
""",
    "Systems": """\
## Systems

+ **论文**：Klein G, Murray D. [**Parallel tracking and mapping for small AR workspaces**](http://www.robots.ox.ac.uk/klein_murray_ismar2007.pdf)[C]//ISMAR 2007. IEEE, **2007**: 225-234.
+ **代码**：https://github.com/Oxford-PTAM/PTAM-GPL
+ 工程地址：http://www.robots.ox.ac.uk/~gk/PTAM/
""",
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_nothing_is_read_in_what_only_looks_like_papers(name: str) -> None:
    assert not read_document("notes.md", LOOK_ALIKES[name]).entries


def test_nothing_is_read_where_all_of_them_stand_together() -> None:
    assert not read_document("notes.md", "\n".join(LOOK_ALIKES.values())).entries
