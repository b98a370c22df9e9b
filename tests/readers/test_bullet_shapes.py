"""Lists in the shapes that people write them in, each with what is read: title, authors, year, identifier, and
whether there is a text about the paper.
"""

from __future__ import annotations

import pytest

from littable.document.dates import read_date
from littable.document.entry import Entry
from littable.document.names import split_names
from littable.document.reading import read_document
from littable.shapes import Shape

# ruff: noqa: E501, W291 - lists have long lines, and line breaks made of blanks
SHAPES = {
    "a bold title, authors, place and year behind it": (
        """\
- **Attention Is All You Need**, Ashish Vaswani, Noam Shazeer, Niki Parmar, NeurIPS 2017 [[paper](https://arxiv.org/abs/1706.03762)] [[code](https://github.com/tensorflow/tensor2tensor)]
- **BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding**, Jacob Devlin, Ming-Wei Chang, NAACL 2019 [[paper](https://arxiv.org/abs/1810.04805)]
""",
        """\
Attention Is All You Need | Ashish Vaswani; Noam Shazeer; Niki Parmar | 2017 | 1706.03762 |
BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding | Jacob Devlin; Ming-Wei Chang | 2019 | 1810.04805 |
""",
    ),
    "a linked title, a dash, authors, the place in italics": (
        """\
- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385) - Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun. *CVPR 2016*
- [Mask R-CNN](https://arxiv.org/abs/1703.06870) - Kaiming He, Georgia Gkioxari, Piotr Dollár, Ross Girshick. *ICCV 2017*
- [Neural Ordinary Differential Equations](https://arxiv.org/abs/1806.07366) - Chen et al. (2018)
""",
        """\
Deep Residual Learning for Image Recognition | Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun | 2016 | 1512.03385 |
Mask R-CNN | Kaiming He; Georgia Gkioxari; Piotr Dollár; Ross Girshick | 2017 | 1703.06870 |
Neural Ordinary Differential Equations | Chen | 2018 | 1806.07366 |
""",
    ),
    "the year in brackets before": (
        """\
- (2024) DPO Meets PPO: Reinforced Token Optimization for RLHF [[pdf](https://arxiv.org/abs/2404.18922)]
- (2023) Direct Preference Optimization: Your Language Model is Secretly a Reward Model [[pdf](https://arxiv.org/abs/2305.18290)]
""",
        """\
DPO Meets PPO: Reinforced Token Optimization for RLHF |  | 2024 | 2404.18922 |
Direct Preference Optimization: Your Language Model is Secretly a Reward Model |  | 2023 | 2305.18290 |
""",
    ),
    "the place in brackets, as code, with a short year": (
        """\
* [NeurIPS 2023] Direct Preference Optimization: Your Language Model is Secretly a Reward Model [[pdf]](https://arxiv.org/abs/2305.18290) [[code]](https://github.com/eric-mitchell/direct-preference-optimization)
* [ICLR'24] Let's Verify Step by Step [pdf](https://arxiv.org/abs/2305.20050)
* `ICML 2022` Perceiver AR [pdf](https://arxiv.org/abs/2202.07765)
* **[CVPR 2020]** Momentum Contrast for Unsupervised Visual Representation Learning. [[Paper]](https://arxiv.org/abs/1911.05722)
""",
        """\
Direct Preference Optimization: Your Language Model is Secretly a Reward Model |  | 2023 | 2305.18290 |
Let's Verify Step by Step |  | 2024 | 2305.20050 |
Perceiver AR |  | 2022 | 2202.07765 |
Momentum Contrast for Unsupervised Visual Representation Learning |  | 2020 | 1911.05722 |
""",
    ),
    "date, title, authors, labelled addresses": (
        """\
- 2024-05-01, **KAN: Kolmogorov-Arnold Networks**, Ziming Liu et.al., Paper: [http://arxiv.org/abs/2404.19756](http://arxiv.org/abs/2404.19756), Code: **[https://github.com/KindXiaoming/pykan](https://github.com/KindXiaoming/pykan)**
- 2024-05-02, **Prometheus 2: An Open Source Language Model Specialized in Evaluating Other Language Models**, Seungone Kim et.al., Paper: [http://arxiv.org/abs/2405.01535](http://arxiv.org/abs/2405.01535)
""",
        """\
KAN: Kolmogorov-Arnold Networks | Ziming Liu | 2024 | 2404.19756 |
Prometheus 2: An Open Source Language Model Specialized in Evaluating Other Language Models | Seungone Kim | 2024 | 2405.01535 |
""",
    ),
    "authors and place on lines of their own": (
        """\
- **An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale**  
  Alexey Dosovitskiy, Lucas Beyer, Alexander Kolesnikov, et al.  
  ICLR 2021. [[paper](https://arxiv.org/abs/2010.11929)] [[code](https://github.com/google-research/vision_transformer)]
- **Training data-efficient image transformers & distillation through attention** \\
  *Hugo Touvron, Matthieu Cord, Matthijs Douze* \\
  ICML 2021. [[paper](https://arxiv.org/abs/2012.12877)] \\
  Dec 23, 2020
""",
        """\
An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale | Alexey Dosovitskiy; Lucas Beyer; Alexander Kolesnikov | 2021 | 2010.11929 |
Training data-efficient image transformers & distillation through attention | Hugo Touvron; Matthieu Cord; Matthijs Douze | 2021 | 2012.12877 |
""",
    ),
    "lines parted by br": (
        """\
- [Swin Transformer: Hierarchical Vision Transformer using Shifted Windows](https://arxiv.org/abs/2103.14030)<br>Ze Liu, Yutong Lin, Yue Cao<br>ICCV 2021
- [CoAtNet: Marrying Convolution and Attention for All Data Sizes](https://arxiv.org/abs/2106.04803)<br>Zihang Dai, Hanxiao Liu<br>NeurIPS 2021
""",
        """\
Swin Transformer: Hierarchical Vision Transformer using Shifted Windows | Ze Liu; Yutong Lin; Yue Cao | 2021 | 2103.14030 |
CoAtNet: Marrying Convolution and Attention for All Data Sizes | Zihang Dai; Hanxiao Liu | 2021 | 2106.04803 |
""",
    ),
    "bibliography with years in brackets": (
        """\
1. Vaswani A., Shazeer N., Parmar N. (2017). Attention is all you need. NeurIPS.
1. Devlin J., Chang M.-W. (2019). BERT: Pre-training of deep bidirectional transformers. NAACL.
1. He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. In *Proceedings of CVPR* (pp. 770-778).
""",
        """\
Attention is all you need | Vaswani A; Shazeer N; Parmar N | 2017 |  |
BERT: Pre-training of deep bidirectional transformers | Devlin J; Chang M.-W | 2019 |  |
Deep residual learning for image recognition | He, K.; Zhang, X.; Ren, S.; Sun, J. | 2016 |  |
""",
    ),
    "titles in quotation marks": (
        """\
* A. Vaswani et al., "Attention is all you need", NeurIPS, 2017.
* J. Devlin, M.-W. Chang, K. Lee, and K. Toutanova, "BERT: Pre-training of deep bidirectional transformers," in NAACL, 2019.
* Y. LeCun, Y. Bengio, and G. Hinton, “Deep learning,” Nature, vol. 521, no. 7553, pp. 436–444, 2015.
""",
        """\
Attention is all you need | A. Vaswani | 2017 |  |
BERT: Pre-training of deep bidirectional transformers | J. Devlin; M.-W. Chang; K. Lee; K. Toutanova | 2019 |  |
Deep learning | Y. LeCun; Y. Bengio; G. Hinton | 2015 |  |
""",
    ),
    "task lists, authors in brackets": (
        """\
- [ ] [Learning Transferable Visual Models From Natural Language Supervision](https://arxiv.org/abs/2103.00020) (Radford et al., 2021)
- [x] [Zero-Shot Text-to-Image Generation](https://arxiv.org/abs/2102.12092) (Ramesh et al., 2021)
""",
        """\
Learning Transferable Visual Models From Natural Language Supervision | Radford | 2021 | 2103.00020 |
Zero-Shot Text-to-Image Generation | Ramesh | 2021 | 2102.12092 |
""",
    ),
    "family name of the first author first": (
        """\
- Hinton, Geoffrey, Oriol Vinyals, and Jeff Dean. "Distilling the knowledge in a neural network." arXiv preprint arXiv:1503.02531 (2015).
- Romero, Adriana, et al. "Fitnets: Hints for thin deep nets." arXiv preprint arXiv:1412.6550 (2014).
""",
        """\
Distilling the knowledge in a neural network | Hinton, Geoffrey; Oriol Vinyals; Jeff Dean | 2015 | 1503.02531 |
Fitnets: Hints for thin deep nets | Romero, Adriana | 2014 | 1412.6550 |
""",
    ),
    "authors and year behind a comma": (
        """\
- Playing Atari with Deep Reinforcement Learning, Mnih et al, 2013. Algorithm: DQN. [link](https://arxiv.org/abs/1312.5602)
- Deep Recurrent Q-Learning for Partially Observable MDPs, Hausknecht and Stone, 2015. [link](https://arxiv.org/abs/1507.06527)
""",
        """\
Playing Atari with Deep Reinforcement Learning | Mnih | 2013 | 1312.5602 |
Deep Recurrent Q-Learning for Partially Observable MDPs | Hausknecht; Stone | 2015 | 1507.06527 |
""",
    ),
    "the identifier linked before the title": (
        """\
- [[2401.04088](https://arxiv.org/abs/2401.04088)] Mixtral of Experts
- [[2310.06825](https://arxiv.org/abs/2310.06825)] Mistral 7B
- [[2307.09288](https://arxiv.org/abs/2307.09288)] Llama 2: Open Foundation and Fine-Tuned Chat Models
""",
        """\
Mixtral of Experts |  |  | 2401.04088 |
Mistral 7B |  |  | 2310.06825 |
Llama 2: Open Foundation and Fine-Tuned Chat Models |  |  | 2307.09288 |
""",
    ),
    "bold sentence, italic authors": (
        """\
- **Chain-of-Thought Prompting Elicits Reasoning in Large Language Models.** *Jason Wei, Xuezhi Wang, Dale Schuurmans.* NeurIPS 2022. [[Paper](https://arxiv.org/abs/2201.11903)] ![](https://img.shields.io/badge/CoT-blue)
- **Self-Consistency Improves Chain of Thought Reasoning in Language Models.** *Xuezhi Wang, Jason Wei.* Preprint. [[Paper](https://arxiv.org/abs/2203.11171)] 
""",
        """\
Chain-of-Thought Prompting Elicits Reasoning in Large Language Models. | Jason Wei; Xuezhi Wang; Dale Schuurmans | 2022 | 2201.11903 |
Self-Consistency Improves Chain of Thought Reasoning in Language Models. | Xuezhi Wang; Jason Wei |  | 2203.11171 |
""",
    ),
    "authors with their laboratory": (
        """\
- [2023/05] [**Tree of Thoughts: Deliberate Problem Solving with Large Language Models**](https://arxiv.org/abs/2305.10601). *Shunyu Yao (Princeton) et al. arXiv.* [[code](https://github.com/princeton-nlp/tree-of-thought-llm)]
- [2022/10] **[ReAct: Synergizing Reasoning and Acting in Language Models](https://arxiv.org/abs/2210.03629)**. Shunyu Yao (Princeton) et al. arXiv.
""",
        """\
Tree of Thoughts: Deliberate Problem Solving with Large Language Models | Shunyu Yao (Princeton) | 2023 | 2305.10601 |
ReAct: Synergizing Reasoning and Acting in Language Models | Shunyu Yao (Princeton) | 2022 | 2210.03629 |
""",
    ),
    "badges": (
        """\
- ![](https://img.shields.io/badge/ICLR-2023-blue) [Automatic Chain of Thought Prompting in Large Language Models](https://arxiv.org/abs/2210.03493) [![Star](https://img.shields.io/github/stars/amazon-science/auto-cot.svg?style=social)](https://github.com/amazon-science/auto-cot)
- [![arXiv](https://img.shields.io/badge/arXiv-2205.11916-b31b1b.svg)](https://arxiv.org/abs/2205.11916) **Large Language Models are Zero-Shot Reasoners** 
""",
        """\
Automatic Chain of Thought Prompting in Large Language Models |  |  | 2210.03493 |
Large Language Models are Zero-Shot Reasoners |  |  | 2205.11916 |
""",
    ),
    "Chinese": (
        """\
- **注意力机制综述**，张三，李四，计算机学报 2020 [[论文](https://doi.org/10.11897/SP.J.1016.2020.00001)]
- 基于深度学习的图像识别方法研究，王五，2019。[论文](https://kns.cnki.net/abc) [代码](https://github.com/a/b)
- 【CVPR 2023】Planning-oriented Autonomous Driving [论文](https://arxiv.org/abs/2212.10156) [代码](https://github.com/OpenDriveLab/UniAD)
- [ICLR 2022] 《LoRA: Low-Rank Adaptation of Large Language Models》 [[论文](https://arxiv.org/abs/2106.09685)]
""",
        """\
注意力机制综述 | 张三; 李四 | 2020 | 10.11897/sp.j.1016.2020.00001 |
基于深度学习的图像识别方法研究 | 王五 | 2019 |  |
Planning-oriented Autonomous Driving |  | 2023 | 2212.10156 |
LoRA: Low-Rank Adaptation of Large Language Models |  | 2022 | 2106.09685 |
""",
    ),
    "Japanese with a note below": (
        """\
- [Attention Is All You Need](https://arxiv.org/abs/1706.03762) (NIPS 2017)
  - Transformerを提案した論文。再帰や畳み込みを使わず、注意機構だけで翻訳を行う。
- [BERT: Pre-training of Deep Bidirectional Transformers](https://arxiv.org/abs/1810.04805) (NAACL 2019)
  - 双方向の事前学習を行うモデルを提案した論文。
""",
        """\
Attention Is All You Need |  | 2017 | 1706.03762 | abstract
BERT: Pre-training of Deep Bidirectional Transformers |  | 2019 | 1810.04805 | abstract
""",
    ),
    "Korean with a note behind": (
        """\
- [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385) (2015) - 잔차 학습을 제안한 논문입니다. 매우 깊은 신경망을 학습할 수 있게 합니다.
- [Generative Adversarial Nets](https://arxiv.org/abs/1406.2661) (2014) - 생성자와 판별자를 서로 경쟁시키며 학습하는 방법을 제안합니다.
""",
        """\
Deep Residual Learning for Image Recognition |  | 2015 | 1512.03385 | abstract
Generative Adversarial Nets |  | 2014 | 1406.2661 | abstract
""",
    ),
    "Russian bibliography": (
        """\
1. Иванов И.И., Петров П.П. Методы глубокого обучения в задачах анализа текстов // Труды ИСП РАН. 2020. Т. 32. № 1.
2. Сидоров А.А. Нейронные сети и их применение в обработке изображений // Вестник МГУ. 2018.
3. Vaswani A., Shazeer N. Attention is all you need // NeurIPS. 2017.
""",
        """\
Методы глубокого обучения в задачах анализа текстов | Иванов И.И; Петров П.П | 2020 |  |
Нейронные сети и их применение в обработке изображений | Сидоров А.А | 2018 |  |
Attention is all you need | Vaswani A; Shazeer N | 2017 |  |
""",
    ),
    "Spanish": (
        """\
- **La atención es todo lo que necesitas**, Ashish Vaswani y Noam Shazeer (2017). [Artículo](https://arxiv.org/abs/1706.03762)
- **Redes residuales profundas para el reconocimiento de imágenes**, Kaiming He y Jian Sun (2016). [Artículo](https://arxiv.org/abs/1512.03385)
""",
        """\
La atención es todo lo que necesitas | Ashish Vaswani; Noam Shazeer | 2017 | 1706.03762 |
Redes residuales profundas para el reconocimiento de imágenes | Kaiming He; Jian Sun | 2016 | 1512.03385 |
""",
    ),
    "captions above, authors and abstract below": (
        """\
- **Transformers**
  - [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
    - Authors: Ashish Vaswani, Noam Shazeer
    - Abstract: The dominant sequence models are recurrent. This one is not and is faster to train.
  - [Reformer: The Efficient Transformer](https://arxiv.org/abs/2001.04451)
    - Authors: Nikita Kitaev, Łukasz Kaiser
- **Diffusion**
  - [Denoising Diffusion Probabilistic Models](https://arxiv.org/abs/2006.11239)
    <details><summary>Abstract</summary>

    Images are made out of noise, step by step. The steps are learnt.

    </details>
""",
        """\
Attention Is All You Need | Ashish Vaswani; Noam Shazeer |  | 1706.03762 | abstract
Reformer: The Efficient Transformer | Nikita Kitaev; Łukasz Kaiser |  | 2001.04451 |
Denoising Diffusion Probabilistic Models |  |  | 2006.11239 | abstract
""",
    ),
    "loose items": (
        """\
- Attention Is All You Need

  Ashish Vaswani, Noam Shazeer, Niki Parmar

  [arXiv:1706.03762](https://arxiv.org/abs/1706.03762) | NeurIPS 2017

- Deep Residual Learning for Image Recognition

  Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun

  [arXiv:1512.03385](https://arxiv.org/abs/1512.03385) | CVPR 2016
""",
        """\
Attention Is All You Need | Ashish Vaswani; Noam Shazeer; Niki Parmar | 2017 | 1706.03762 |
Deep Residual Learning for Image Recognition | Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun | 2016 | 1512.03385 |
""",
    ),
    "links in an item below": (
        """\
- (19 ICML) Simple Black-box Adversarial Attacks
  - [Paper](https://arxiv.org/abs/1905.07121), [Code](https://github.com/cg563/simple-blackbox-attack)
- (20 ECCV) Square attack: a query-efficient black-box adversarial attack via random search
  - [Paper](https://arxiv.org/abs/1912.00049), [Code](https://github.com/max-andr/square-attack)
""",
        """\
Simple Black-box Adversarial Attacks |  |  | 1905.07121 |
Square attack: a query-efficient black-box adversarial attack via random search |  |  | 1912.00049 |
""",
    ),
    "soft line breaks": (
        """\
1. Towards Stabilizing Batch Statistics in Backward Propagation of Batch Normalization 
Junjie Yan, Ruosi Wan, Xiangyu Zhang, Wei Zhang, Yichen Wei, Jian Sun
[Paper](https://openreview.net/pdf?id=SkgGjRVKDS)  [code](https://github.com/megvii-model/MABN)

2. Fast Neural Network Adaptation via Parameter Remapping and Architecture Search 
Jiemin Fang*, Yuzhu Sun*, Kangjian Peng*, Qian Zhang, Yuan Li, Wenyu Liu, Xinggang Wang
[Paper](https://openreview.net/pdf?id=rklTmyBKPH)  [code](https://github.com/JaminFong/FNA)
""",
        """\
Towards Stabilizing Batch Statistics in Backward Propagation of Batch Normalization | Junjie Yan; Ruosi Wan; Xiangyu Zhang; Wei Zhang; Yichen Wei; Jian Sun |  |  |
Fast Neural Network Adaptation via Parameter Remapping and Architecture Search | Jiemin Fang; Yuzhu Sun; Kangjian Peng; Qian Zhang; Yuan Li; Wenyu Liu; Xinggang Wang |  |  |
""",
    ),
    "italic titles": (
        """\
- *Striving for Simplicity: The All Convolutional Net* [[arxiv, 14.12]](http://arxiv.org/abs/1412.6806)
- *U-Net: Convolutional Networks for Biomedical Image Segmentation* [[arxiv, 15.05]](https://arxiv.org/abs/1505.04597)
- *Wide Residual Networks* [[arxiv, 16.05]](https://arxiv.org/abs/1605.07146) [[**PyTorch**]](https://github.com/kuc2477/pytorch-wrn)
""",
        """\
Striving for Simplicity: The All Convolutional Net |  |  | 1412.6806 |
U-Net: Convolutional Networks for Biomedical Image Segmentation |  |  | 1505.04597 |
Wide Residual Networks |  |  | 1605.07146 |
""",
    ),
    "authors, a dash, the title": (
        """\
* Krizhevsky et al. - **Imagenet classification with deep CNNs** [[pdf]](http://papers.nips.cc/paper/4824-imagenet)
* He et al. - **Deep residual learning for image recognition** [[pdf]](https://arxiv.org/abs/1512.03385)
* Simonyan & Zisserman - **Very deep convolutional networks** [[pdf]](https://arxiv.org/abs/1409.1556)
""",
        """\
Imagenet classification with deep CNNs | Krizhevsky |  |  |
Deep residual learning for image recognition | He |  | 1512.03385 |
Very deep convolutional networks | Simonyan; Zisserman |  | 1409.1556 |
""",
    ),
    "a short name before the title": (
        """\
+ [ ] LeNet: [Gradient-Based Learning Applied to Document Recognition](https://www.researchgate.net/publication/2985446)
+ [x] VGG: [Very Deep Convolutional Networks for Large-Scale Image Recognition](https://arxiv.org/abs/1409.1556)
+ **CLASSIC**: [CLASSIC: Continual and Contrastive Learning of Aspect Sentiment Classification Tasks](https://aclanthology.org/2021.emnlp-main.550/), EMNLP 2021
+ **EWC**: [Overcoming catastrophic forgetting in neural networks](https://arxiv.org/abs/1612.00796), Kirkpatrick et al., PNAS 2017
""",
        """\
Gradient-Based Learning Applied to Document Recognition |  |  |  |
Very Deep Convolutional Networks for Large-Scale Image Recognition |  |  | 1409.1556 |
CLASSIC: Continual and Contrastive Learning of Aspect Sentiment Classification Tasks |  | 2021 |  |
Overcoming catastrophic forgetting in neural networks | Kirkpatrick | 2017 | 1612.00796 |
""",
    ),
    "bare addresses": (
        """\
+ [CNN][Paper] You Only Look Once: Unified, Real-Time Object Detection, https://arxiv.org/abs/1506.02640
+ [CNN][Paper] YOLOv4: Optimal Speed and Accuracy of Object Detection, https://arxiv.org/abs/2004.10934
+ YOLO9000: Better, Faster, Stronger: https://arxiv.org/abs/1612.08242
""",
        """\
You Only Look Once: Unified, Real-Time Object Detection |  |  | 1506.02640 |
YOLOv4: Optimal Speed and Accuracy of Object Detection |  |  | 2004.10934 |
YOLO9000: Better, Faster, Stronger |  |  | 1612.08242 |
""",
    ),
    "a whole citation as label": (
        """\
- [Geva et al. — "Transformer Feed-Forward Layers Are Key-Value Memories"（EMNLP 2021）](https://aclanthology.org/2021.emnlp-main.446/)
- [Belrose et al. — "Eliciting Latent Predictions from Transformers with the Tuned Lens"（ACL 2023）](https://arxiv.org/abs/2303.08112)
""",
        """\
Transformer Feed-Forward Layers Are Key-Value Memories | Geva | 2021 |  |
Eliciting Latent Predictions from Transformers with the Tuned Lens | Belrose | 2023 | 2303.08112 |
""",
    ),
    "somebody's own papers": (
        """\
- **Jane Q. Public**, John Doe, Wei Zhang. *Learning to rank with very few labels*. In Proceedings of SIGIR, 2021. [[pdf](papers/rank.pdf)] [[bib](papers/rank.bib)]
- Wei Zhang, **Jane Q. Public**. *Efficient indexing of sparse vectors*. In CIKM 2020. [[pdf](papers/index.pdf)]
""",
        """\
Learning to rank with very few labels | Jane Q. Public; John Doe; Wei Zhang | 2021 |  |
Efficient indexing of sparse vectors | Wei Zhang; Jane Q. Public | 2020 |  |
""",
    ),
    "files of the repository, and a list in a quotation": (
        """\
- [MapReduce: Simplified Data Processing on Large Clusters](mapreduce.pdf) - Jeffrey Dean and Sanjay Ghemawat, 2004
- :scroll: [The Google File System](gfs.pdf) by Ghemawat et al. (2003)
- [Time, Clocks, and the Ordering of Events in a Distributed System](https://lamport.azurewebsites.net/pubs/time-clocks.pdf) (1978)
> - [Attention Is All You Need](https://arxiv.org/abs/1706.03762), Vaswani et al., 2017
> - [Reformer: The Efficient Transformer](https://arxiv.org/abs/2001.04451), Kitaev et al.,
>   2020
""",
        """\
MapReduce: Simplified Data Processing on Large Clusters | Jeffrey Dean; Sanjay Ghemawat | 2004 |  |
The Google File System | Ghemawat | 2003 |  |
Time, Clocks, and the Ordering of Events in a Distributed System |  | 1978 |  |
Attention Is All You Need | Vaswani | 2017 | 1706.03762 |
Reformer: The Efficient Transformer | Kitaev | 2020 | 2001.04451 |
""",
    ),
    "paragraphs with numbers": (
        """\
**[1]** Hinton, Geoffrey E., Simon Osindero, and Yee-Whye Teh. "**A fast learning algorithm for deep belief nets**." Neural computation 18.7 (2006): 1527-1554. [[pdf]](http://www.cs.toronto.edu/~hinton/absps/ncfast.pdf)**(Deep Learning Eve)** :star::star::star:

**[2]** LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. "**Deep learning**." Nature 521.7553 (2015): 436-444. [[pdf]](http://www.cs.toronto.edu/~hinton/absps/NatureDeepReview.pdf) **(Three Giants' Survey)** :star:

**[3]** Krizhevsky, Alex, Ilya Sutskever, and Geoffrey E. Hinton. "**Imagenet classification with deep convolutional neural networks**." Advances in neural information processing systems. 2012. [[pdf]](http://papers.nips.cc/paper/4824.pdf) **(AlexNet, Deep Learning Breakthrough)** :star:
""",
        """\
A fast learning algorithm for deep belief nets | Hinton, Geoffrey E; Simon Osindero; Yee-Whye Teh | 2006 |  |
Deep learning | LeCun, Yann; Yoshua Bengio; Geoffrey Hinton | 2015 |  |
Imagenet classification with deep convolutional neural networks | Krizhevsky, Alex; Ilya Sutskever; Geoffrey E. Hinton | 2012 |  |
""",
    ),
    "the year, then the authors": (
        """\
- **Distilling the knowledge in a neural network** (2015), G. Hinton et al. [[pdf]](http://arxiv.org/pdf/1503.02531)
- **Deep neural networks are easily fooled: High confidence predictions for unrecognizable images** (2015), A. Nguyen et al. [[pdf]](http://arxiv.org/pdf/1412.1897)
- **CNN features off-the-Shelf: An astounding baseline for recognition** (2014), A. Razavian et al. [[pdf]](http://www.cv-foundation.org//openaccess/x.pdf)
- **The Unreasonable Effectiveness of Recurrent Neural Networks**, Andrej Karpathy [[html]](http://karpathy.github.io/2015/05/21/rnn-effectiveness/)
""",
        """\
Distilling the knowledge in a neural network | G. Hinton | 2015 | 1503.02531 |
Deep neural networks are easily fooled: High confidence predictions for unrecognizable images | A. Nguyen | 2015 | 1412.1897 |
CNN features off-the-Shelf: An astounding baseline for recognition | A. Razavian | 2014 |  |
The Unreasonable Effectiveness of Recurrent Neural Networks | Andrej Karpathy |  |  |
""",
    ),
    "authors in a paragraph below": (
        """\
1. **Graph Neural Networks: A Review of Methods and Applications.** AI Open 2020. [paper](https://www.sciencedirect.com/science/article/pii/S2666651021000012)

    *Jie Zhou, Ganqu Cui, Zhengyan Zhang, Cheng Yang, Zhiyuan Liu, Maosong Sun.*

1. **A Comprehensive Survey on Graph Neural Networks.** arxiv 2019. [paper](https://arxiv.org/pdf/1901.00596.pdf)

    *Zonghan Wu, Shirui Pan, Fengwen Chen, Guodong Long, Chengqi Zhang, Philip S. Yu.*
""",
        """\
Graph Neural Networks: A Review of Methods and Applications. | Jie Zhou; Ganqu Cui; Zhengyan Zhang; Cheng Yang; Zhiyuan Liu; Maosong Sun | 2020 |  |
A Comprehensive Survey on Graph Neural Networks. | Zonghan Wu; Shirui Pan; Fengwen Chen; Guodong Long; Chengqi Zhang; Philip S. Yu | 2019 | 1901.00596 |
""",
    ),
    "date as code, authors below": (
        """\
- **Pre-Trained Models: Past, Present and Future**, Preprint. `2021.06` ![](https://img.shields.io/badge/Survey-green)

  *Xu Han, Zhengyan Zhang, Ning Ding* [[pdf](https://arxiv.org/abs/2106.07139)], [[project](https://github.com/thunlp/x)]

- **Language Models are Few-Shot Learners**, NeurIPS 2020. `2020.05` ![](https://img.shields.io/badge/GPT3-green)

  *Tom B. Brown, Benjamin Mann* [[pdf](https://arxiv.org/abs/2005.14165)]
""",
        """\
Pre-Trained Models: Past, Present and Future | Xu Han; Zhengyan Zhang; Ning Ding | 2021 | 2106.07139 |
Language Models are Few-Shot Learners | Tom B. Brown; Benjamin Mann | 2020 | 2005.14165 |
""",
    ),
    "citations below their short names": (
        """\
* ResNet [[Paper]](http://arxiv.org/pdf/1512.03385v1.pdf)[[Slide]](http://image-net.org/challenges/talks/ilsvrc2015.pdf)
  * Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun, Deep Residual Learning for Image Recognition, arXiv:1512.03385.
* VGG-Net [[Web]](http://www.robots.ox.ac.uk/~vgg/research/very_deep/) [[Paper]](http://arxiv.org/pdf/1409.1556)
  * Karen Simonyan and Andrew Zisserman, Very Deep Convolutional Networks for Large-Scale Visual Recognition, ICLR, 2015.
* Shaoqing Ren, Kaiming He, Ross Girshick, Jian Sun, *Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks*, arXiv:1506.01497. [[Paper]](http://arxiv.org/pdf/1506.01497)
""",
        """\
Deep Residual Learning for Image Recognition | Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun |  | 1512.03385 |
Very Deep Convolutional Networks for Large-Scale Visual Recognition | Karen Simonyan; Andrew Zisserman | 2015 |  |
Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks | Shaoqing Ren; Kaiming He; Ross Girshick; Jian Sun |  | 1506.01497 |
""",
    ),
    "place in bold between bars": (
        """\
- **[R-CNN]** Rich feature hierarchies for accurate object detection and semantic segmentation | **[CVPR' 14]** |[`[pdf]`](https://arxiv.org/pdf/1311.2524.pdf) [`[official code - caffe]`](https://github.com/rbgirshick/rcnn)
- **[Fast R-CNN]** Fast R-CNN | **[ICCV' 15]** |[`[pdf]`](https://arxiv.org/pdf/1504.08083.pdf) [`[official code - caffe]`](https://github.com/rbgirshick/fast-rcnn)
- **[MSC-MultiBox]** Scalable, High-Quality Object Detection | **[arXiv' 14]** |[`[pdf]`](https://arxiv.org/pdf/1412.1441.pdf)
""",
        """\
Rich feature hierarchies for accurate object detection and semantic segmentation |  | 2014 | 1311.2524 |
Fast R-CNN |  | 2015 | 1504.08083 |
Scalable, High-Quality Object Detection |  | 2014 | 1412.1441 |
""",
    ),
    "numbered paragraphs": (
        """\
[1] Instance-aware Spatial-Frequency Feature Fusion Detector for Oriented Objects(空间-频率特征融合)<br>
[paper](https://arxiv.org/abs/2403.00001) | [code](https://github.com/a/b)

[2] SDDGR: Stable Diffusion-based Deep Generative Replay for Class Incremental Object Detection<br>
[paper](https://arxiv.org/abs/2402.17323)

[3] Preserving Fairness Generalization in Deepfake Detection<br>
[paper](https://arxiv.org/abs/2402.17229) | [code](https://github.com/c/d)
""",
        """\
Instance-aware Spatial-Frequency Feature Fusion Detector for Oriented Objects |  |  | 2403.00001 |
SDDGR: Stable Diffusion-based Deep Generative Replay for Class Incremental Object Detection |  |  | 2402.17323 |
Preserving Fairness Generalization in Deepfake Detection |  |  | 2402.17229 |
""",
    ),
    "a line break before italic authors": (
        """\
- HandOccNet: Occlusion-Robust 3D Hand Mesh Estimation Network. [[PDF]](https://arxiv.org/abs/2203.14564) [[Code]](https://github.com/namepllet/HandOccNet)
  <br>*JoonKyu Park, Yeonguk Oh, Gyeongsik Moon, Kyoung Mu Lee*
- Keypoint Transformer: Solving Joint Identification in Challenging Hands and Object Interactions. [[PDF]](https://arxiv.org/abs/2104.14639)
  <br>*Shreyas Hampali, Sayan Deb Sarkar*
""",
        """\
HandOccNet: Occlusion-Robust 3D Hand Mesh Estimation Network | JoonKyu Park; Yeonguk Oh; Gyeongsik Moon; Kyoung Mu Lee |  | 2203.14564 |
Keypoint Transformer: Solving Joint Identification in Challenging Hands and Object Interactions | Shreyas Hampali; Sayan Deb Sarkar |  | 2104.14639 |
""",
    ),
    "paragraphs with a short name in bold": (
        """\
**PointTrack++**: PointTrack++ for Effective Online Multi-Object Tracking and Segmentation [[code]](https://github.com/detectRecog/PointTrack)[[paper]](https://arxiv.org/pdf/2007.01549.pdf)

**FFT**: Multiple Object Tracking by Flowing and Fusing [[paper]](https://arxiv.org/pdf/2001.11180)

**GNMOT**: Graph Networks for Multiple Object Tracking [[code]](https://github.com/yinizhizhu/GNMOT)[[paper]](https://openaccess.thecvf.com/content_WACV_2020/html/Li_paper.html)
""",
        """\
PointTrack++ for Effective Online Multi-Object Tracking and Segmentation |  |  | 2007.01549 |
Multiple Object Tracking by Flowing and Fusing |  |  | 2001.11180 |
Graph Networks for Multiple Object Tracking |  |  |  |
""",
    ),
    "paragraphs with small authors": (
        """\
**Model building of protein complexes from intermediate-resolution cryo-EM maps with deep learning-guided automatic assembly** <br>
<sub>Jiahua He, Peicong Lin, Ji Chen, Hong Cao, Sheng-You Huang</sub> <br>
*Nature Communications, July 2022.* <br>
[[paper]](https://www.nature.com/articles/s41467-022-31748-9) [[code]](http://huanglab.phys.hust.edu.cn/EMBuild/) ${\\color{red}\\texttt{[EMBuild]}}$

**FFF: Fragment-Guided Flexible Fitting for Building Complete Protein Structures**<br>
<sub>Weijie Chen, Xinyan Wang, Yuhang Wang</sub>
<br>
*CVPR, February 2023.* <br>
[[paper]](https://openaccess.thecvf.com/content/CVPR2023/papers/Chen_FFF.pdf) [[demo1]](https://app.bohrium.dp.tech/fff)

**Improved AlphaFold modeling with implicit experimental information**<br>
<sub>Thomas C. Terwilliger, Billy K. Poon, Jane. S. Richardson</sub>
<br>
*Nature Methods, October 2022.* <br>
[[paper]](https://www.nature.com/articles/s41592-022-01645-6)
""",
        """\
Model building of protein complexes from intermediate-resolution cryo-EM maps with deep learning-guided automatic assembly | Jiahua He; Peicong Lin; Ji Chen; Hong Cao; Sheng-You Huang | 2022 |  |
FFF: Fragment-Guided Flexible Fitting for Building Complete Protein Structures | Weijie Chen; Xinyan Wang; Yuhang Wang | 2023 |  |
Improved AlphaFold modeling with implicit experimental information | Thomas C. Terwilliger; Billy K. Poon; Jane. S. Richardson | 2022 |  |
""",
    ),
    "family names and initials": (
        """\
- Smith, J. A., & Doe, J. (2020). The effect of sleep on memory in adults. *Journal of Sleep*, 12(3), 1–10. https://doi.org/10.1000/xyz123
- Kahneman, D. (2011). Thinking about probability under uncertainty. *Econometrica*, 47(2), 263-291. https://doi.org/10.2307/1914185
""",
        """\
The effect of sleep on memory in adults | Smith, J. A.; Doe, J. | 2020 | 10.1000/xyz123 |
Thinking about probability under uncertainty | Kahneman, D. | 2011 | 10.2307/1914185 |
""",
    ),
    "numbers, place and year": (
        """\
10. [2025 CVPR] **LPOSS: Label Propagation Over Patches and Pixels for Open-vocabulary Semantic Segmentation** [[paper]](https://arxiv.org/pdf/2503.19777) [[code]](https://github.com/vladan-stojnic/LPOSS)
11. [2025 CVPR] **ResCLIP: Residual Attention for Training-free Dense Vision-language Inference** [[paper]](https://arxiv.org/pdf/2411.15851) [[note]](https://www.guyuehome.com/detail?id=1915057149535399937)
""",
        """\
LPOSS: Label Propagation Over Patches and Pixels for Open-vocabulary Semantic Segmentation |  | 2025 | 2503.19777 |
ResCLIP: Residual Attention for Training-free Dense Vision-language Inference |  | 2025 | 2411.15851 |
""",
    ),
    "a star, a dash, the authors": (
        """\
- ⭐ **A Path Towards Autonomous Machine Intelligence** — *Yann LeCun, 2022*  
  一篇展望文章，讨论机器如何学会预测和规划，并给出整体的结构。  
  [Paper](https://openreview.net/forum?id=BZ5a1r-kVsf)
- ⭐ **[V-JEPA 2: Self-Supervised Video Models Enable Understanding, Prediction and Planning](https://arxiv.org/abs/2506.09985)** — *Meta FAIR, 2025*  
  先用大量视频学习表示，再用少量机器人数据学习如何行动。  
  [Code + Models](https://github.com/facebookresearch/vjepa2) · [Project](https://ai.meta.com/research/vjepa/)
""",
        """\
A Path Towards Autonomous Machine Intelligence | Yann LeCun | 2022 |  | abstract
V-JEPA 2: Self-Supervised Video Models Enable Understanding, Prediction and Planning |  | 2025 | 2506.09985 | abstract
""",
    ),
    "the place within the label": (
        """\
- [\\[ACL 2025\\] CoVE: Compressed Vocabulary Expansion Makes Better LLM-based Recommender Systems](../../ACL2025/recommender/cove.md)
- [\\[ICLR 2026\\] Continual Low-Rank Adapters for LLM-based Generative Recommender Systems](../../ICLR2026/rec/c.md)
""",
        """\
CoVE: Compressed Vocabulary Expansion Makes Better LLM-based Recommender Systems |  | 2025 |  |
Continual Low-Rank Adapters for LLM-based Generative Recommender Systems |  | 2026 |  |
""",
    ),
    "fields in a list of their own": (
        """\
1. ReAct: Synergizing Reasoning and Acting in Language Models [[ICLR2023](https://arxiv.org/abs/2210.03629)] [[code](https://react-lm.github.io/)]
- Dataset: HotpotQA, FEVER, ALFWorld, WebShop

2. Autogen: Enabling Next-Gen Llm Applications Via Multi-Agent Conversation[[ICLR2024](https://openreview.net/pdf?id=tEAF9LBdgu)][[code](https://anonymous.4open.science/r/autogen-iclr2024/README.md)]
- task:Math, QA, Decision, Coding, Chat, Chess

3. [2023/03] DERA: Enhancing Large Language Model Completions with Dialog-Enabled Resolving Agents. (Curai Health) [[paper](https://arxiv.org/abs/2303.17071)]
""",
        """\
ReAct: Synergizing Reasoning and Acting in Language Models |  |  | 2210.03629 |
Autogen: Enabling Next-Gen Llm Applications Via Multi-Agent Conversation |  |  |  |
DERA: Enhancing Large Language Model Completions with Dialog-Enabled Resolving Agents |  | 2023 | 2303.17071 |
""",
    ),
    "a short name, a colon, authors and year": (
        """\
- Consistency Models, Song et al., 2023. [[arXiv:2303.01469](https://arxiv.org/abs/2303.01469)]
- Progressive Distillation for Fast Sampling of Diffusion Models, Salimans & Ho, 2022. [[arXiv:2202.00512](https://arxiv.org/abs/2202.00512)]
- DDIM: Denoising Diffusion Implicit Models, Song et al., 2020. [[arXiv:2010.02502](https://arxiv.org/abs/2010.02502)]
- NCSN: Generative Modeling by Estimating Gradients of the Data Distribution, Song & Ermon, 2019. [[arXiv:1907.05600](https://arxiv.org/abs/1907.05600)]
""",
        """\
Consistency Models | Song | 2023 | 2303.01469 |
Progressive Distillation for Fast Sampling of Diffusion Models | Salimans; Ho | 2022 | 2202.00512 |
DDIM: Denoising Diffusion Implicit Models | Song | 2020 | 2010.02502 |
NCSN: Generative Modeling by Estimating Gradients of the Data Distribution | Song; Ermon | 2019 | 1907.05600 |
""",
    ),
    "task lists with dashes and bare links": (
        """\
- [ ] [2021] DINO: Emerging Properties in Self-Supervised Vision Transformers — [paper](https://arxiv.org/abs/2104.14294)
- [ ] [2023] DINOv2: Learning Robust Visual Features without Supervision — [paper](https://arxiv.org/abs/2304.07193)
- [ ] [2025] DINOv3 - [paper](https://arxiv.org/abs/2508.10104)
- [ ] [paper](https://arxiv.org/abs/2506.22355)
- [ ] Cambrian (Saining): <https://cambrian-mllm.github.io/>, [paper](https://arxiv.org/abs/2406.16860)
- [ ] SAM papers
- [ ] Flamingo: a Visual Language Model for Few-Shot Learning — [paper](https://arxiv.org/abs/2204.14198)
""",
        """\
DINO: Emerging Properties in Self-Supervised Vision Transformers |  | 2021 | 2104.14294 |
DINOv2: Learning Robust Visual Features without Supervision |  | 2023 | 2304.07193 |
DINOv3 |  | 2025 | 2508.10104 |
Cambrian |  |  | 2406.16860 |
Flamingo: a Visual Language Model for Few-Shot Learning |  |  | 2204.14198 |
""",
    ),
    "bold title, then a whole reference": (
        """\
- **The EU General Data Protection Regulation (GDPR)**. P. Voigt and A. Von dem Bussche. A Practical Guide, 1st Ed., Cham: Springer International Publishing, vol. 10, no. 3152676, pp. 10–5555, 2017. [[book](https://dl.acm.org/doi/10.5555/3152676)]
- **Truebit: A scalable verification solution for blockchains**. J. Teutsch and C. Reitwießner. 2018. [[paper](https://arxiv.org/abs/1908.04756)]
- **Language models are few-shot learners**. T. B. Brown et al., 2020. [[paper](https://arxiv.org/abs/2005.14165)]
""",
        """\
The EU General Data Protection Regulation (GDPR) | P. | 2017 | 10.5555/3152676 | abstract
Truebit: A scalable verification solution for blockchains | J. | 2018 | 1908.04756 |
Language models are few-shot learners | T. B. Brown | 2020 | 2005.14165 |
""",
    ),
    "a dash before authors, a remark below": (
        """\
- **Attention Is All You Need** — Vaswani et al., 2017. [[arXiv]](https://arxiv.org/abs/1706.03762)
  *Introduced the Transformer architecture.*
- **Language Models are Few-Shot Learners (GPT-3)** — Brown et al., 2020. [[arXiv]](https://arxiv.org/abs/2005.14165)
""",
        """\
Attention Is All You Need | Vaswani | 2017 | 1706.03762 |
Language Models are Few-Shot Learners (GPT-3) | Brown | 2020 | 2005.14165 |
""",
    ),
    "authors, then the linked title": (
        """\
* Weiping Song, Zhijian Duan, Ziqing Yang, Ming Zhang and Jian Tang. [Explainable Knowledge Graph-based Recommendation via Deep Reinforcement Learning](https://arxiv.org/abs/1906.09506). arXiv 2019.
* Weiping Song, Zhiping Xiao, Yifan Wang, Laurent Charlin, Ming Zhang, Jian Tang. [Session-based Social Recommendation via Dynamic Graph Attention Networks](https://arxiv.org/abs/1902.09362). In WSDM'19.
""",
        """\
Explainable Knowledge Graph-based Recommendation via Deep Reinforcement Learning | Weiping Song; Zhijian Duan; Ziqing Yang; Ming Zhang; Jian Tang | 2019 | 1906.09506 |
Session-based Social Recommendation via Dynamic Graph Attention Networks | Weiping Song; Zhiping Xiao; Yifan Wang; Laurent Charlin; Ming Zhang; Jian Tang | 2019 | 1902.09362 |
""",
    ),
    "numbered lines of one paragraph": (
        """\
[2] Generative Adversarial networks, Goodfellow et al., 2014. [[arXiv:1406.2661](https://arxiv.org/abs/1406.2661)] \\
[3] FFJORD: Free-form Continuous Dynamics for Scalable Reversible Generative Models, Grathwohl et al., 2018. [[arXiv:1810.01367](https://arxiv.org/abs/1810.01367)] \\
[4] Neural Ordinary Differential Equations, Chen et al., 2018. [[arXiv:1806.07366](https://arxiv.org/abs/1806.07366)]
""",
        """\
Generative Adversarial networks | Goodfellow | 2014 | 1406.2661 |
FFJORD: Free-form Continuous Dynamics for Scalable Reversible Generative Models | Grathwohl | 2018 | 1810.01367 |
Neural Ordinary Differential Equations | Chen | 2018 | 1806.07366 |
""",
    ),
    "authors, place and summary in items below": (
        """\
- **Scaling Instruction-Finetuned Language Models**
  - *Hyung Won Chung, Le Hou, Shayne Longpre* (Google)
  - arXiv 2022 / [Paper](https://arxiv.org/abs/2210.11416) / [Code](https://github.com/google-research/t5x)
  - TL;DR: Tuning on many tasks makes models better at new ones.
- **OPT: Open Pre-trained Transformer Language Models**
  - *Susan Zhang, Stephen Roller, Naman Goyal* (Meta)
  - arXiv 2022 / [Paper](https://arxiv.org/abs/2205.01068) / [Code](https://github.com/facebookresearch/metaseq)
""",
        """\
Scaling Instruction-Finetuned Language Models | Hyung Won Chung; Le Hou; Shayne Longpre | 2022 | 2210.11416 | abstract
OPT: Open Pre-trained Transformer Language Models | Susan Zhang; Stephen Roller; Naman Goyal | 2022 | 2205.01068 |
""",
    ),
    "fields between bars": (
        """\
- 2023.03 | GPT-4 Technical Report | OpenAI | [paper](https://arxiv.org/abs/2303.08774)
- 2023.02 | LLaMA: Open and Efficient Foundation Language Models | Hugo Touvron et al. | [paper](https://arxiv.org/abs/2302.13971)
""",
        """\
GPT-4 Technical Report |  | 2023 | 2303.08774 |
LLaMA: Open and Efficient Foundation Language Models | Hugo Touvron | 2023 | 2302.13971 |
""",
    ),
    "sentences behind the authors": (
        """\
* [A Neural Probabilistic Language Model](http://www.jmlr.org/papers/volume3/bengio03a/bengio03a.pdf) (2003), Yoshua Bengio et al. Learns word vectors together with a language model.
* [Efficient Estimation of Word Representations in Vector Space](https://arxiv.org/abs/1301.3781) (2013), Tomas Mikolov et al. Two simple models that learn good vectors quickly.
""",
        """\
A Neural Probabilistic Language Model | Yoshua Bengio | 2003 |  | abstract
Efficient Estimation of Word Representations in Vector Space | Tomas Mikolov | 2013 | 1301.3781 | abstract
""",
    ),
    "HTML links and emphasis": (
        """\
1. <a href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</a>. <b>NeurIPS 2017</b>. <br> <i>Ashish Vaswani, Noam Shazeer</i>
2. <a href="https://arxiv.org/abs/1810.04805">BERT: Pre-training of Deep Bidirectional Transformers</a>. <b>NAACL 2019</b>. <br> <i>Jacob Devlin, Ming-Wei Chang</i>
""",
        """\
Attention Is All You Need | Ashish Vaswani; Noam Shazeer | 2017 | 1706.03762 |
BERT: Pre-training of Deep Bidirectional Transformers | Jacob Devlin; Ming-Wei Chang | 2019 | 1810.04805 |
""",
    ),
    "references with anchors and numbers": (
        """\
- <a name="vaswani"></a>[1] Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł., and Polosukhin, I. Attention is all you need. In *Advances in Neural Information Processing Systems*, 2017.
- [2] Tom Brown, Benjamin Mann, Nick Ryder, et al. Language models are few-shot learners. *NeurIPS*, 33:1877–1901, 2020.
- [3] Rumelhart, D. E., Hinton, G. E., & Williams, R. J. Learning representations by back-propagating errors. Nature 323, 533–536 (1986). doi:10.1038/323533a0
""",
        """\
Attention is all you need | Vaswani, A.; Shazeer, N.; Parmar, N.; Uszkoreit, J.; Jones, L.; Gomez, A. N.; Kaiser, Ł.; Polosukhin, I. | 2017 |  |
Language models are few-shot learners | Tom Brown; Benjamin Mann; Nick Ryder | 2020 |  |
Learning representations by back-propagating errors | Rumelhart, D. E.; Hinton, G. E.; Williams, R. J. | 1986 | 10.1038/323533a0 |
""",
    ),
    "quotation marks, brackets and TeX in titles": (
        """\
- Why "Just Scale It" Fails: A Study of (Very) Large Models [[paper](https://arxiv.org/abs/2401.00001)]
- Is Attention All You Need? [[paper](https://arxiv.org/abs/2401.00002)] [[code](https://github.com/a/b)]
- $\\mathcal{O}(n)$ Connections are Expressive Enough: Universal Approximability of Sparse Transformers. Chulhee Yun, Yin-Wen Chang. NeurIPS 2020. [[paper](https://arxiv.org/abs/2006.04862)]
- Don't Stop Pretraining: Adapt Language Models to Domains and Tasks (ACL'20) [[paper](https://arxiv.org/abs/2004.10964)]
""",
        """\
Why "Just Scale It" Fails: A Study of (Very) Large Models |  |  | 2401.00001 |
Is Attention All You Need? |  |  | 2401.00002 |
$\\mathcal{O}(n)$ Connections are Expressive Enough: Universal Approximability of Sparse Transformers | Chulhee Yun; Yin-Wen Chang | 2020 | 2006.04862 |
Don't Stop Pretraining: Adapt Language Models to Domains and Tasks |  | 2020 | 2004.10964 |
""",
    ),
    "a picture before the title, bars between links": (
        """\
- ![teaser](img/a.png) **LoRA: Low-Rank Adaptation of Large Language Models** (ICLR 2022 Oral) [[Paper](https://arxiv.org/abs/2106.09685)] | [[Code](https://github.com/microsoft/LoRA)]
- **QLoRA: Efficient Finetuning of Quantized LLMs** (NeurIPS 2023) [[Paper](https://arxiv.org/abs/2305.14314)] | [[Code](https://github.com/artidoro/qlora)]
""",
        """\
LoRA: Low-Rank Adaptation of Large Language Models |  | 2022 | 2106.09685 |
QLoRA: Efficient Finetuning of Quantized LLMs |  | 2023 | 2305.14314 |
""",
    ),
    "the short name linked, the title behind a colon": (
        """\
- **2023-05-23** [QLoRA](https://arxiv.org/abs/2305.14314): Efficient Finetuning of Quantized LLMs
- **2021-06-17** [LoRA](https://arxiv.org/abs/2106.09685): Low-Rank Adaptation of Large Language Models
- **2022-05-24** [FlashAttention](https://arxiv.org/abs/2205.14135): Fast and Memory-Efficient Exact Attention with IO-Awareness
""",
        """\
Efficient Finetuning of Quantized LLMs |  | 2023 | 2305.14314 |
Low-Rank Adaptation of Large Language Models |  | 2021 | 2106.09685 |
Fast and Memory-Efficient Exact Attention with IO-Awareness |  | 2022 | 2205.14135 |
""",
    ),
    "place and short name in brackets": (
        """\
- [arXiv 2023] [QLoRA] Efficient Finetuning of Quantized LLMs. [[Paper]](https://arxiv.org/abs/2305.14314) [[Code]](https://github.com/artidoro/qlora) ⭐
- [ICLR 2022] [LoRA] Low-Rank Adaptation of Large Language Models. [[Paper]](https://arxiv.org/abs/2106.09685)
""",
        """\
Efficient Finetuning of Quantized LLMs |  | 2023 | 2305.14314 |
Low-Rank Adaptation of Large Language Models |  | 2022 | 2106.09685 |
""",
    ),
    "references with document codes": (
        """\
* Dettmers T, Pagnoni A, Holtzman A, et al. QLoRA: Efficient finetuning of quantized LLMs[J]. Advances in neural information processing systems, 2023, 36: 10088-10115.
* Hu E J, Shen Y, Wallis P, et al. LoRA: Low-rank adaptation of large language models[C]. ICLR, 2022, 1(2): 3.
""",
        """\
QLoRA: Efficient finetuning of quantized LLMs | Dettmers T; Pagnoni A; Holtzman A | 2023 |  |
LoRA: Low-rank adaptation of large language models | Hu E J; Shen Y; Wallis P | 2022 |  |
""",
    ),
}


def _row(entry: Entry) -> str:
    date = read_date(entry.date.plain) if entry.date else None
    fields = (
        entry.title.plain if entry.title else "",
        "; ".join(split_names(entry.authors.plain)) if entry.authors else "",
        str(date.year) if date else "",
        entry.arxiv_id or entry.doi or "",
        "abstract" if entry.abstract else "",
    )
    return " | ".join(fields).rstrip()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_in_this_shape_is_read(shape: str) -> None:
    text, expected = SHAPES[shape]
    entries = read_document("list.md", text).entries
    assert [_row(entry) for entry in entries] == expected.splitlines()
    assert all(entry.shape is Shape.BULLET for entry in entries)
