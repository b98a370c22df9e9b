"""Hosts that keep papers.

A name stands for its subdomains too: ``springer.com`` covers ``link.springer.com``.
"""

from __future__ import annotations

_NAMES = """
arxiv.org ar5iv.org alphaxiv.org papers.cool hjfy.top arxiv-vanity.com arxiv-sanity.com
arxiv-sanity-lite.com scirate.com inspirehep.net adsabs.harvard.edu emergentmind.com xxx.lanl.gov
doi.org crossref.org datacite.org openalex.org dblp.org dblp.uni-trier.de semanticscholar.org
paperswithcode.com connectedpapers.com citeseerx.ist.psu.edu core.ac.uk
aclanthology.org aclweb.org openreview.net thecvf.com cv-foundation.org ecva.net bmva.org
bmva-archive.org.uk neurips.cc nips.cc iclr.cc icml.cc mlr.press jmlr.org aaai.org ijcai.org usenix.org
roboticsproceedings.org robotics-proceedings.org isca-speech.org isca-archive.org interspeech.org
vldb.org ndss-symposium.org iacr.org dagstuhl.de ceur-ws.org siam.org ams.org acm.org ieee.org
computer.org computer.csdl.org springer.com springeropen.com springernature.com nature.com science.org
sciencemag.org sciencedirect.com elsevier.com wiley.com tandfonline.com sagepub.com oup.com
academic.oup.com cambridge.org iop.org iopscience.org aps.org aip.org scitation.org acs.org rsc.org
mdpi.com frontiersin.org plos.org pnas.org cell.com elifesciences.org thelancet.com bmj.com nejm.org
hindawi.com degruyter.com karger.com jstor.org worldscientific.com emerald.com iospress.nl igi-global.com
scirp.org intechopen.com royalsocietypublishing.org annualreviews.org biomedcentral.com
direct.mit.edu mitpressjournals.org projecteuclid.org copernicus.org
biorxiv.org medrxiv.org chemrxiv.org techrxiv.org psyarxiv.com preprints.org researchsquare.com ssrn.com
hal.science archives-ouvertes.fr hal.inria.fr eprint.iacr.org vixra.org zenodo.org osf.io
pubmed.ncbi.nlm.nih.gov ncbi.nlm.nih.gov europepmc.org researchgate.net academia.edu
cyberleninka.ru elibrary.ru mathnet.ru cnki.net wanfangdata.com.cn jstage.jst.go.jp ci.nii.ac.jp
distill.pub transformer-circuits.pub
"""

SCHOLARLY_HOSTS = frozenset(_NAMES.split())
