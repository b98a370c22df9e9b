"""Papers found by title on a server that searches as arXiv does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from littable.papers.arxiv.title_query import title_query
from littable.papers.arxiv_api import ArxivApi
from littable.papers.sources import Candidates, TitleLookup, Unavailable
from littable.papers.title_key import title_key
from support.arxiv_server import EMPTY, HTML, RESET, TRUNCATED, ArxivServer, Fault, Served
from support.clock import Clock

MakeApi = Callable[..., ArxivApi]
ATTENTION = Served("1706.03762", 7, "Attention Is All You Need", authors=("Ashish Vaswani",))
BERT = Served("1810.04805", 2, "BERT: Pre-training of Deep Bidirectional Transformers")
SAME = Served("2401.00001", 1, "Attention is all you need!", authors=("Ada Author",))
LONGER = Served("2401.00002", 1, "Is attention all you need? Attention is all you need")


def ids(lookup: TitleLookup) -> list[str]:
    assert isinstance(lookup, Candidates), lookup
    return [record.id for record in lookup.records]


def reason(lookup: TitleLookup) -> str:
    assert isinstance(lookup, Unavailable), lookup
    return lookup.reason


def many(count: int) -> list[Served]:
    return [
        Served(f"2401.{number:05}", title=f"Study number {number} of counting")
        for number in range(1, count + 1)
    ]


def test_all_papers_of_a_title_are_found_and_no_others(server: ArxivServer, make: MakeApi) -> None:
    server.add(ATTENTION, BERT, SAME, LONGER)
    wanted = ["Attention is all you need", "BERT: Training of Deep Bidirectional Transformers", BERT.title]
    lookups = make().by_title(wanted)
    assert list(lookups) == wanted
    assert ids(lookups[wanted[0]]) == ["1706.03762", "2401.00001"]
    assert (ids(lookups[wanted[1]]), ids(lookups[wanted[2]])) == ([], ["1810.04805"])
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("BERT: Pre-training of Deep Nets", 'ti:"bert pre training of deep nets"'),
        ("What's in a Name? On Naming Things", 'ti:"in a name on naming things"'),
        ("Learning Fast – or Slow", 'ti:"learning fast or slow"'),
        ("Search and Rescue at Sea", 'ti:"search" AND ti:"rescue at sea"'),
        ("Scaling GPT-4o to Many Languages: K\\\"onig's View", 'ti:"scaling" AND ti:"to many languages"'),
        ('Say "Yes" OR No (ti:all) [2nd Edition]', None),
        ("Erdős and the Primes of Gauss", 'ti:"the primes of gauss"'),
        ("GPT-4 Technical Report", None),
        ("$\\alpha$-GAN", None),
        ("大语言模型综述", None),
        ("", None),
    ],
)
def test_only_plain_words_are_sent(title: str, query: str | None) -> None:
    assert title_query(title) == (f"({query})" if query and " AND " in query else query)


def test_a_title_with_signs_is_found_by_its_words(server: ArxivServer, make: MakeApi) -> None:
    served = Served("2401.00003", title="Erdős--Rényi graphs: an $O(n)$ way of counting & sampling")
    server.add(served)
    written = "Erdős-Rényi Graphs: An $O(n)$ Way of Counting and Sampling"
    assert ids(make().by_title([written])[written]) == ["2401.00003"]


def test_a_title_that_cannot_be_asked_for_is_never_sent(server: ArxivServer, make: MakeApi) -> None:
    lookups = make().by_title(["大语言模型综述", "GPT-4"])
    assert {reason(lookup) for lookup in lookups.values()} == {"arXiv cannot be searched for such a title"}
    assert server.asked == []


def test_many_titles_go_in_few_requests_at_the_pace_of_arxiv(
    server: ArxivServer, make: MakeApi, clock: Clock
) -> None:
    server.add(*many(40))
    lookups = make(max_wait=0).by_title([paper.title for paper in many(40)])
    assert all(len(ids(lookup)) == 1 for lookup in lookups.values())
    assert [asked.query.count("ti:") for asked in server.asked] == [15, 15, 10]
    assert clock.slept == [3.0, 3.0]


def test_long_titles_make_no_address_too_long(server: ArxivServer, make: MakeApi) -> None:
    make().by_title([f"{'Incomprehensibilities ' * 30}{letter * 9}" for letter in "abcdefghijklmno"])
    assert max(len(asked.query) for asked in server.asked) < 4_500


def test_a_title_that_nobody_has_is_nobodys_though_the_answer_is_empty(
    server: ArxivServer, make: MakeApi
) -> None:
    assert make().by_title(["Nobody wrote this paper"]) == {"Nobody wrote this paper": Candidates(())}
    assert len(server.asked) == 2
    assert "tevatron" not in server.asked[0].query
    assert "tevatron" in server.asked[1].query


@pytest.mark.parametrize(
    "fault",
    [EMPTY, HTML, TRUNCATED, RESET, Fault(status=429), Fault(lacks=("1706.03762",)), Fault(status=500)],
)
def test_after_a_fault_the_answer_still_comes(server: ArxivServer, make: MakeApi, fault: Fault) -> None:
    server.add(ATTENTION, SAME)
    server.fail(fault, fault)
    assert ids(make().by_title([ATTENTION.title])[ATTENTION.title]) == ["1706.03762", "2401.00001"]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (EMPTY, "its answer is empty"),
        (HTML, "no Atom feed"),
        (Fault(status=502), "HTTP 502"),
        (Fault(status=400), "arXiv rejects the title"),
    ],
)
def test_what_could_not_be_asked_is_never_nobodys(
    server: ArxivServer, make: MakeApi, fault: Fault, why: str
) -> None:
    server.add(ATTENTION, SAME)
    server.fail_always(fault)
    lookups = make().by_title([ATTENTION.title, "Nobody wrote this paper"])
    assert all(why in reason(lookup) for lookup in lookups.values())


def test_titles_whose_papers_are_left_out_cost_the_others_nothing(server: ArxivServer, make: MakeApi) -> None:
    server.add(ATTENTION, SAME, BERT)
    server.fail_always(Fault(lacks=("1706.03762",)))
    lookups = make().by_title([ATTENTION.title, BERT.title])
    assert "incomplete" in reason(lookups[ATTENTION.title])
    assert ids(lookups[BERT.title]) == ["1810.04805"]


def test_words_that_many_titles_have_cost_the_others_nothing(server: ArxivServer, make: MakeApi) -> None:
    server.add(
        ATTENTION, BERT, *[Served(f"2402.{n:05}", title=f"A study of counting {n}") for n in range(1, 99)]
    )
    lookups = make().by_title(["A study of counting", ATTENTION.title, BERT.title])
    assert reason(lookups["A study of counting"]) == "98 papers on arXiv have these words in their titles"
    assert ids(lookups[ATTENTION.title]) == ["1706.03762"]
    assert ids(lookups[BERT.title]) == ["1810.04805"]


def test_patience_that_titles_used_up_is_over_for_all(server: ArxivServer, make: MakeApi) -> None:
    server.fail_always(Fault(status=429, headers=(("Retry-After", "600"),)))
    assert "--max-wait" in reason(make().by_title([ATTENTION.title])[ATTENTION.title])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention is all you need", "  ATTENTION IS ALL YOU NEED. "),
        ("Erdős–Rényi Graphs", "Erd\\H{o}s--R{\\'e}nyi graphs"),
        ("Search & Rescue", "Search and Rescue"),
        ("Search \\& Rescue", "Search &amp; Rescue"),
        ("β-VAE", "$\\beta$-VAE"),
        ("Beta-VAE", "$\\beta$-VAE"),
        ("\\textit{Foo} at 4$\\times$ speed", "Foo at 4× speed"),
        ("On ℓ₁ and ℝ²", "On $\\ell_1$ and $\\mathbb{R}^2$"),
        ("Straße \\L{}ódź", "Strasse Lodz"),
        ("Ｆｕｌｌ width", "Full Width"),
    ],
)
def test_a_key_is_the_same_however_a_title_is_written(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


def test_a_key_tells_numbers_and_words_apart() -> None:
    titles = ["GPT-3", "GPT-4", "Symmetric nets", "Asymmetric nets", "α-nets", "β-nets", "大模型", "小模型"]
    assert len({title_key(title) for title in titles}) == len(titles)
    assert title_key("?!") == title_key("x" * 100_000) == ""
