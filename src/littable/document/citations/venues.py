"""Whether a piece of plain text names a place of publication."""

from __future__ import annotations

from functools import lru_cache

from littable.document.citations.when import says_year
from littable.document.dates import month_of
from littable.patterns import lazy

_ACRONYMS = frozenset(
    """
    aaai aaai/acm aamas aacl accv acl acmmm alt aistats amia apsec asplos asru atc bmvc ccs ccks chi cikm
    cidr clear coling colm colt conll corl corr cvpr cvprw cvm cogsci dac date dcc dsn eacl ecai eccv
    eccvw ecir ecml emnlp emsoft esec eurocrypt eurographics eurosys fat* facct fast fg fpga fse fg gecco
    hotnets hpca hri hicss icann icassp iccad iccv iccvw icde icdm icdar icip icis iclr iclrw icme icml
    icmlw icmr icnn icpr icra icse icsme icst icwsm icaps icdcs ijcai ijcar ijcnn ijcv ijrr infocom
    interspeech ipcai ipmi iros iser isca iscas ismar ismir isprs issta isbi jair jmlr jfr kdd kr l4dc
    lrec medialab micro miccai midl mlhc mlsys mm mobicom mobisys mobihoc msr naacl ndss neurips nips nsdi
    oakland osdi oopsla pacmpl pami pakdd pets pldi pnas pods popl pvldb ral ra-l recsys rss rsj sac sc
    sdm sensys sgp siggraph sigcomm sigcse sigdial sigir sigkdd sigmetrics sigmod slt sosp sp stoc focs
    soda tacl tog tip tit tkde tkdd tmi tmlr tmm tnnls tois tomm tpami t-pami t-ro tro tase t-its tits
    tcsvt tvcg tsp tse tist uai ubicomp uist usenix vldb vr wacv wacvw wmt wsdm www thewebconf 3dv arxiv
    biorxiv medrxiv chemrxiv techrxiv ssrn nature science eswa nn pr prl spl tcyb tsmc tgrs jbhi media
    jstars iv itsc ivs case humanoids bioinformatics neucom neurocomputing
    """.split()
)
# Those that are words of English as well, and stand for a place in capitals only.
_ENGLISH = frozenset(
    """
    fast date clear micro media case mm slt chi pods fg vr nature science www sp sc pr nn kr iv cell spl
    dac
    """.split()
)
_JOURNALS = frozenset({"nature", "science", "cell"})
_WORDS = lazy(
    r"\b(?:arxiv|preprint|proceedings|proc|conference|conf|journal|j\.|transactions|trans|workshops?|symposium"
    r"|magazine|lncs|lecture notes|ieee|acm|usenix|springer|elsevier|annual meeting|advances in"
    r"|communications of|(?:ph\.?\s?d|master'?s?|bachelor'?s?|doctoral)\.? (?:thesis|dissertation)|thesis"
    r"|technical report|tech\. report|university press|in press|findings|nature (?:\w+ ){0,2}\w+"
    r"|science robotics|frontiers in|knowledge-based systems|pattern recognition(?: letters)?|neural networks"
    r"|information sciences|expert systems with applications|neural computation"
    r"|artificial intelligence review|letters|cornell|openreview|under review|submitted|to appear|accepted)\b"
    r"|学报|期刊|会议|论文集|預印本|预印本|学会|論文誌|конференци|журнал|препринт|труды|вестник|학회|학술지"
    r"|revista|congreso"
)
_WITH_YEAR = lazy(r"(?<![\w.])[A-Z][\w&/+*-]{1,14}(?:[\s@_-]{0,2}(?:19|20)\d\d|\s?['’‘]\s?\d\d)")
_BETWEEN = str.maketrans(dict.fromkeys("/@,'’‘()[]-", " "))
_EDGES = " .,;:()[]*"
_BEGINNINGS = ("arxiv", "preprint", "proceedings of", "advances in neural", "ieee trans", "ieee/cvf")
_TRACKS = frozenset(
    """
    oral spotlight poster workshop workshops findings best paper award main conference track demo long
    short highlight honorable mention outstanding runner-up notable top proc proceedings in of the at on
    and vol no volume issue preprint ieee acm cvf
    """.split()
)
_MOST_WORDS = 22
_LONGEST_ACRONYM = 16
_MOST_WORDS_OF_ACRONYM = 7


@lru_cache(maxsize=4096)
def is_acronym(text: str) -> bool:
    """Whether a word stands for a conference or journal."""
    word = text.strip(".,:;*()[] ")
    lowered = word.casefold()
    if lowered not in _ACRONYMS or lowered not in _ENGLISH:
        return lowered in _ACRONYMS
    return sum(map(str.isupper, word)) > 1 or (lowered in _JOURNALS and word[0].isupper())


@lru_cache(maxsize=4096)
def names_place(text: str) -> bool:
    """Whether a text names a place of publication: an acronym that is known, or one with a year, or a word
    that only those have.
    """
    words = text.split()
    if not words or len(words) > _MOST_WORDS:
        return False
    if is_acronym(words[0]) and len(words) <= 4 and (len(words) == 1 or not words[0][0].islower()):
        return True
    if _WITH_YEAR.fullmatch(text.strip(_EDGES)) or _WORDS.search(text.lower()):
        return True
    return says_year(text) and any(map(is_acronym, text.translate(_BETWEEN).split()))


@lru_cache(maxsize=4096)
def is_strict_place(text: str) -> bool:
    """The same of a text that might as well be the title: nothing but the place, its year and track."""
    text = text.strip(_EDGES)
    if _WITH_YEAR.fullmatch(text) and len(text) < _LONGEST_ACRONYM:
        return True
    words = text.translate(_BETWEEN).split()
    if not 0 < len(words) <= _MOST_WORDS_OF_ACRONYM:
        return False
    if not any(map(is_acronym, words)):
        return text.casefold().startswith(_BEGINNINGS)
    if words[0].casefold() in _JOURNALS and len(words) > 1 and not says_year(text):
        return len(words) <= 4 and all(word[0].isupper() for word in words)  # "Nature Machine Intelligence"
    return all(map(_goes_with_acronym, words))


def _goes_with_acronym(word: str) -> bool:
    return word.isdigit() or is_acronym(word) or word.casefold() in _TRACKS or month_of(word) is not None
