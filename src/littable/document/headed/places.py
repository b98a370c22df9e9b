"""When and where a paper came out, as it stands in brackets beside a title."""

from __future__ import annotations

from littable.document.headed.head import Head
from littable.papers.identifiers import identify
from littable.patterns import lazy
from littable.roles import Role
from littable.text import Span

DATE = lazy(r"(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?")
_YEAR = lazy(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
_SHORT_YEAR = lazy(r"(?<=[A-Za-z])\s?['’]?\s?\d\d(?!\d)")
_WORD = lazy(r"[A-Za-z]+")
_VENUES = frozenset(
    """arxiv cvpr iccv eccv neurips neurip nips icml iclr aaai ijcai emnlp acl eacl naacl aacl coling conll
    tacl kdd
    webconf sigir cikm wsdm recsys icra iros corl rss ral pami tpami ijcv jmlr tmlr bmvc wacv accv miccai
    isbi midl
    interspeech icassp taslp asru slt siggraph tog uai aistats colt nature science pnas osdi sosp nsdi
    eurosys asplos
    isca hpca mlsys vldb pvldb sigmod icde usenix ndss ccs chi uist cscw icse fse issta oopsla pldi popl dv
    icip icpr
    ismir mm tip tmm tnnls tkde tcsvt tvcg tmi lrec semeval colm preprint openreview ieee acm springer
    elsevier plos
    lancet biorxiv medrxiv icdm www ecir jair findings journal transactions proceedings conference workshop
    workshops
    """.split()
)
_BESIDE_VENUES = frozenset(
    "oral spotlight poster best paper award highlight asia track main in on the of".split()
)
_ET_AL = lazy(r"(?i)\bet\.?\s?al\b|等")


def place(source: str, head: Head, span: Span) -> bool:
    """Whether a text says when and where a paper came out, who wrote it, or its number; then it gets its
    cells.
    """
    text = span.of(source).strip()
    if (identity := identify(text)) is not None and identity.malformed is None:
        head.cells.append((Role.LINK, span))
        head.leads = True
        return True
    if text.count(" ") > 8:
        return False
    if DATE.fullmatch(text):
        head.cells.append((Role.DATE, span))
        return True
    year = _YEAR.search(source, span.start, span.end)
    words = set(_WORD.findall(text.casefold()))
    venue = not words.isdisjoint(_VENUES)
    if year is None:
        if not venue or not words <= _VENUES | _BESIDE_VENUES:
            return False
        short = _SHORT_YEAR.search(text)
        head.cells.append((Role.DATE if short else Role.VENUE, span))
        head.placed = head.placed or short is not None
        return True
    before = Span(span.start, year.start())
    name = before.of(source).strip(" ,;:'’·|/-")
    known = bool(venue or _ET_AL.search(name))
    if name and not known and not _NAME_AND_YEAR.fullmatch(text):
        return False
    head.cells.append((Role.YEAR, Span(*year.span())))
    head.placed = head.placed or known
    if name and known:
        start = before.start + before.of(source).index(name)
        head.cells.append((Role.VENUE if venue else Role.AUTHORS, Span(start, start + len(name))))
    return True


_NAME_AND_YEAR = lazy(r"(?:[A-Z][\w&.'’-]*[\s,]{1,3}){1,4}(?:[''’(]?(?:19|20)\d\d\)?)")


def is_place(text: str) -> bool:
    """Whether a text behind a dash or comma may say when and where a paper came out."""
    words = set(_WORD.findall(text.casefold()))
    return _YEAR.fullmatch(text.strip()) is not None or not words.isdisjoint(_VENUES)
