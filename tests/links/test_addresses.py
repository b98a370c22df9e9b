"""How addresses are read, and which of them may be written instead of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from littable.links.redirects import Hop, doubt, writable
from littable.links.url import NotAskable, join, parse, without_userinfo


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A", "https://example.org/A"),
        ("http://example.org:8080?x=1#y", "http://example.org:8080/?x=1"),
        ("  http://example.org/a\tb\n ", "http://example.org/ab"),
        ("http://example.org/a b/ü?q=ä", "http://example.org/a%20b/%C3%BC?q=%C3%A4"),
        ("http://example.org/a%20b%zz", "http://example.org/a%20b%zz"),
        ("http://example.org/a/../../b/./c/..", "http://example.org/b/"),
        ("http://example.org./", "http://example.org/"),
        ("http://user:word@example.org/", "http://example.org/"),
        ("http://good.org\\@evil.org/", "http://good.org/@evil.org/"),
        ("http://bücher.ch/", "http://xn--bcher-kva.ch/"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://💩.la/", "http://xn--ls8h.la/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://[::FFFF:7f00:1]/", "http://[::ffff:7f00:1]/"),
        ("http://under_score.org/", "http://under_score.org/"),
    ],
)
def test_an_address_is_read_as_browsers_do(text: str, url: str) -> None:
    assert parse(text).url.replace("::ffff:127.0.0.1", "::ffff:7f00:1") == url


@pytest.mark.parametrize(
    "text",
    """http:// http:///? http://a..b/ http://example.org:99999/ http://example.org:0/ http://example.org:x/
    http://[::1/ http://[fe80::1%25eth0]/ http://-a-.org/ http://xn--/ http://1.2.3.4.5/ http://a%2fb.org/
    http://256.256.256.256/ ftp://example.org/ //example.org/ example.org""".split(),
)
def test_what_is_no_address_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotAskable):
        parse(text)


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{0,40}", fullmatch=True))
def test_any_text_is_an_address_or_none(text: str) -> None:
    try:
        address = parse(text)
    except NotAskable:
        return
    assert address.url.isascii()
    assert not any(sign in address.url for sign in ' \t\r\n"<>')
    assert parse(address.url) == parse(address.url + "#x").__class__(
        address.scheme, address.host, address.port, address.target
    )


@given(st.text(max_size=40))
def test_any_location_is_an_address_or_none(location: str) -> None:
    base = parse("https://example.org/a/b?c")
    try:
        address = join(base, location)
    except NotAskable:
        return
    assert parse(address.url).url == address.url


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://me:word@example.org/a@b", "http://example.org/a@b"),
        ("http://example.org/a@b", "http://example.org/a@b"),
        ("http://me@[", "http://["),
        ("http://a@b:c@example.org/", "http://example.org/"),
    ],
)
def test_user_name_and_password_are_not_shown(text: str, shown: str) -> None:
    assert without_userinfo(text) == shown


def moved(origin: str, *hops: tuple[int, str]) -> str | None:
    found = writable(parse(origin), [Hop(status, parse(to)) for status, to in hops])
    return found.url if found else None


@pytest.mark.parametrize(
    ("origin", "hops", "written"),
    [
        ("http://a.org/x", [(301, "https://a.org/x")], "https://a.org/x"),
        ("http://a.org/", [(308, "https://www.a.org/")], "https://www.a.org/"),
        ("http://a.org/x", [(301, "http://a.org/y"), (301, "https://b.org/z")], "https://b.org/z"),
        ("http://a.org/x", [(302, "https://a.org/y"), (301, "https://a.org/z")], None),
        ("http://a.org/x", [(301, "https://a.org/x"), (302, "https://a.org/y")], "https://a.org/x"),
        # Never from a secure address to one that is not.
        ("https://a.org/x", [(301, "http://a.org/y")], None),
        ("https://a.org/x", [(301, "https://a.org/y"), (301, "http://a.org/z")], "https://a.org/y"),
        # Sessions, languages, and pages about an address.
        ("http://a.org/x", [(301, "http://a.org/x;jsessionid=1")], None),
        ("http://a.org/x", [(301, "http://a.org/y?token=1")], None),
        ("http://a.org/x", [(301, "http://a.org/en/x")], None),
        ("http://a.org/x", [(301, "http://a.org/zh-cn/x")], None),
        ("http://a.org/x", [(301, "https://web.archive.org/web/2020/http://a.org/x")], None),
        ("http://www.a.org/x", [(301, "https://parking.com/lander?domain=a.org")], None),
        ("https://doi.org/10.1/x", [(301, "https://a.org/x")], None),
        ("http://a.org/x", [(301, "http://a.org/x?ref=home")], None),
        ("http://a.org/x?id=1", [(301, "https://a.org/y?id=1")], "https://a.org/y?id=1"),
    ],
)
def test_what_may_be_written_instead(origin: str, hops: list[tuple[int, str]], written: str | None) -> None:
    assert moved(origin, *hops) == written


@pytest.mark.parametrize(
    ("origin", "end", "reason"),
    [
        ("http://a.org/x", "http://a.org/login?next=x", "leads to a login page"),
        ("http://a.org/x", "https://login.a.org/x", "leads to a login page"),
        ("http://a.org/x", "https://a.org/Account/Login.aspx", "leads to a login page"),
        ("http://a.org/x", "https://a.org/action/cookieAbsent", "leads to a page that asks for consent"),
        ("http://a.org/x", "https://a.org/404.html", "leads to the site's page for errors"),
        ("http://a.org/x", "https://a.org/", "leads to the front page of a site"),
        ("http://a.org/x", "https://b.org/de/index.html", "leads to the front page of a site"),
        ("http://a.org/x", "https://a.org/?lang=en&utm_source=x", "leads to the front page of a site"),
        ("http://a.org/x", "https://a.org/maintenance", "leads to the site's page for errors"),
        ("http://a.org/x", "https://a.org/?p=12", None),
        ("http://a.org/", "https://www.a.org/", None),
        ("http://a.org/index.html", "https://www.a.org/", None),
        ("http://a.org/login", "https://a.org/login/", None),
        ("http://a.org/authors/1", "https://a.org/authors/one", None),
        ("http://a.org/robotics", "https://a.org/robotics/", None),
        ("https://bit.ly/x", "https://a.org/", None),
    ],
)
def test_redirects_that_lead_to_something_else(origin: str, end: str, reason: str | None) -> None:
    assert doubt(parse(origin), [Hop(301, parse(end))]) == reason
