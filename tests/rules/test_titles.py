"""A title's words, read the short way and the long way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from littable.rules._titles import read_closely, title_words


@given(st.text(st.sampled_from('aBz ,:;.?!()"-0129'), max_size=14).map(str.strip))
@settings(max_examples=1_000)
def test_the_short_way_gives_what_the_long_way_gives(title: str) -> None:
    assert title_words(title) == read_closely(title)
