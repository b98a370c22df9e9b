"""Hosts that answer https for every address they answer at all."""

from __future__ import annotations

_HOSTS = frozenset(
    """
arxiv.org doi.org dx.doi.org aclanthology.org aclweb.org openreview.net openaccess.thecvf.com
papers.nips.cc papers.neurips.cc proceedings.neurips.cc proceedings.mlr.press jmlr.org
ieeexplore.ieee.org dl.acm.org link.springer.com nature.com science.org sciencedirect.com
onlinelibrary.wiley.com tandfonline.com pnas.org journals.plos.org mdpi.com frontiersin.org biorxiv.org
medrxiv.org ecva.net ijcai.org ojs.aaai.org usenix.org eprint.iacr.org pubmed.ncbi.nlm.nih.gov
ncbi.nlm.nih.gov zenodo.org osf.io dblp.org semanticscholar.org researchgate.net papers.ssrn.com
huggingface.co github.com gist.github.com raw.githubusercontent.com gitlab.com bitbucket.org
kaggle.com colab.research.google.com youtube.com youtu.be medium.com
""".split()
)
_WITH_SUBDOMAINS = (".arxiv.org", ".github.io", ".wikipedia.org")


def answers_https(host: str) -> bool:
    """Whether the host, in lower case, is known to answer https."""
    return host.removeprefix("www.") in _HOSTS or host.endswith(_WITH_SUBDOMAINS)
