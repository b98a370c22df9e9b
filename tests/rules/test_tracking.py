"""What tracks is taken out of an address, and everything else stays as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from littable.rules._tracking import burden

_KEPT = [
    "id=1",
    "q=a+b%20c",
    "ref=main",
    "tab=readme-ov-file",
    "v=x=y",
    "utm",
    "Source=api",
    "x",
    "b=%26utm_a",
]
_TRACKING = [
    "utm_source=chatgpt.com",
    "UTM_Medium=x",
    "fbclid=IwAR0_-",
    "gclid",
    "source=openai.com",
    "_hsenc=",
]
_PARAMETER = st.one_of(st.sampled_from(_KEPT), st.sampled_from(_TRACKING))


def without_burden(address: str) -> str:
    found = burden(address)
    for span in reversed(found.spans if found else ()):
        address = address[: span.start] + address[span.end :]
    return address


@given(
    st.lists(_PARAMETER, min_size=1, max_size=8),
    st.sampled_from(["&", "&amp;"]),
    st.sampled_from(["", "#a", "#page=3", "#utm_source=x"]),
)
def test_only_what_tracks_goes(parameters: list[str], separator: str, fragment: str) -> None:
    page = "https://example.org/papers/a.pdf"
    query = separator.join(one for one in parameters if one in _KEPT)
    written = f"{page}?{separator.join(parameters)}{fragment}"
    assert without_burden(written) == page + (f"?{query}" if query else "") + fragment


@given(st.text(st.sampled_from("?&#=;au_tm/.:%\\ "), max_size=30))
def test_taking_out_once_is_enough_or_leaves_a_stray_mark(tail: str) -> None:
    once = without_burden(f"https://example.org/{tail}")
    twice = without_burden(once)
    assert twice == once or once.rstrip("?#") == twice.rstrip("?#")
    assert without_burden(without_burden(twice)) == without_burden(twice)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert len(without_burden(text)) <= len(text)
    assert len(without_burden(f"https://example.org/?{text}")) <= len(text) + 21
