"""What servers do wrong, each against a real one. No fault may make a link dead that is not."""

from __future__ import annotations

import socket
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from littable.links.body import Body
from littable.links.engine import check_links
from littable.links.verdict import Verdict
from support.links import QUICK, ask
from support.web_servers import OK, SILENCE, SLAM, Reply, WebServer, WebServers, answer, redirect

ALIVE, DEAD, MOVED, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.MOVED, Verdict.UNKNOWN


def test_a_page_that_is_there_is_asked_once_and_by_head(server: WebServer) -> None:
    state = ask(server.on("/paper", OK))
    assert (state.verdict, state.status, state.reason) == (ALIVE, 200, "answers 200")
    assert server.methods("/paper") == ["HEAD"]


@pytest.mark.parametrize("status", [404, 410])
def test_gone_twice_by_get_is_dead(server: WebServer, status: int) -> None:
    state = ask(server.on("/paper", answer(status)))
    assert (state.verdict, state.status) == (DEAD, status)
    assert state.reason == f"answers {status}, asked twice"
    assert server.methods("/paper") == ["HEAD", "GET", "GET"]


def test_the_second_look_comes_after_a_pause(server: WebServer) -> None:
    ask(server.on("/paper", answer(404)), pause=0.3)
    first, second = (asked.at for asked in server.asked if asked.method == "GET")
    assert second - first >= 0.29


def test_404_once_then_200_is_alive(server: WebServer) -> None:
    assert ask(server.on("/paper", answer(404), answer(404), OK)).verdict is ALIVE


def test_404_then_trouble_is_unknown(server: WebServer) -> None:
    assert ask(server.on("/paper", answer(404), answer(404), answer(500))).verdict is UNKNOWN


def test_404_and_410_confirm_each_other(server: WebServer) -> None:
    assert ask(server.on("/paper", answer(404), answer(404), answer(410))).verdict is DEAD


@pytest.mark.parametrize("status", [404, 405, 403, 400, 501, 500, 429, 503])
def test_refused_to_head_and_given_to_get_is_alive(server: WebServer, status: int) -> None:
    server.on("/paper", answer(status), method="HEAD")
    state = ask(server.on("/paper", OK, method="GET"))
    assert (state.verdict, state.status) == (ALIVE, 200)
    assert server.methods("/paper") == ["HEAD", "GET"]


@pytest.mark.parametrize("reply", [SLAM, Reply(raw=b"\x00\x01nonsense\r\n\r\n"), redirect("ftp://x/")])
def test_nonsense_to_head_is_not_held_against_get(server: WebServer, reply: Reply) -> None:
    server.on("/paper", reply, method="HEAD")
    assert ask(server.on("/paper", OK, method="GET")).verdict is ALIVE


def test_silence_to_head_is_not_held_against_get(server: WebServer) -> None:
    server.on("/paper", SILENCE, method="HEAD")
    assert ask(server.on("/paper", OK, method="GET"), timeout=0.5).verdict is ALIVE


@pytest.mark.parametrize("status", [400, 401, 402, 403, 405, 406, 409, 418, 451, 999])
def test_what_refuses_is_unknown_and_not_asked_again(server: WebServer, status: int) -> None:
    state = ask(server.on("/paper", answer(status)))
    assert (state.verdict, state.status) == (UNKNOWN, status)
    assert str(status) in state.reason or "proxy" in state.reason
    assert server.methods("/paper") == ["HEAD", "GET"]


def test_202_is_a_wall(server: WebServer) -> None:
    assert ask(server.on("/paper", answer(202))).verdict is UNKNOWN


@pytest.mark.parametrize("status", [500, 502, 504, 520, 408])
def test_trouble_is_asked_again_and_then_unknown(server: WebServer, status: int) -> None:
    state = ask(server.on("/paper", answer(status)))
    assert (state.verdict, state.status, state.reason) == (UNKNOWN, status, f"answers {status}")
    assert server.methods("/paper") == ["HEAD", "GET", "GET"]


def test_503_then_200_is_alive(server: WebServer) -> None:
    assert ask(server.on("/paper", answer(503), answer(503), OK)).verdict is ALIVE


def test_429_with_seconds_is_waited_for(server: WebServer) -> None:
    state = ask(server.on("/paper", answer(429, retry_after="1"), OK))
    assert state.verdict is ALIVE
    assert server.asked[1].at - server.asked[0].at >= 0.99


def test_429_with_a_date_is_waited_for_by_the_servers_clock(server: WebServer) -> None:
    # The server's clock is an hour behind ours; it asks for two seconds.
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    until = format_datetime(now + timedelta(seconds=2), usegmt=True)
    busy = answer(429, retry_after=until, date=format_datetime(now, usegmt=True))
    assert ask(server.on("/paper", busy, OK), max_wait=10.0).verdict is ALIVE
    assert server.asked[1].at - server.asked[0].at >= 1.99


def test_more_patience_than_there_is_makes_unknown_at_once(server: WebServer) -> None:
    state = ask(server.on("/paper", answer(429, retry_after="3600"), OK), max_wait=30.0)
    assert (state.verdict, state.status) == (UNKNOWN, 429)
    assert state.reason == "answers 429 and asks to wait 3600 s"
    assert len(server.asked) == 1


def test_429_for_ever_is_unknown(server: WebServer) -> None:
    state = ask(server.on("/paper", answer(429)))
    assert (state.verdict, state.status) == (UNKNOWN, 429)
    assert len(server.asked) == 6


def test_a_chain_of_permanent_redirects_is_moved_to_its_end(server: WebServer) -> None:
    server.on("/b", redirect("/c", 308))
    server.on("/c", OK)
    state = ask(server.on("/a", redirect(f"{server.url}/b")))
    assert (state.verdict, state.moved_to) == (MOVED, f"{server.url}/c")
    assert state.redirects == (f"{server.url}/b", f"{server.url}/c")


def test_a_temporary_redirect_is_alive(server: WebServer) -> None:
    for status in (302, 303, 307):
        state = ask(server.on(f"/{status}", redirect("/somewhere", status)))
        assert (state.verdict, state.moved_to) == (ALIVE, None)
        assert state.redirects == (f"{server.url}/somewhere",)


def test_a_temporary_redirect_ends_what_may_be_written(server: WebServer) -> None:
    server.on("/b", redirect("/c", 302))
    state = ask(server.on("/a", redirect("/b")))
    assert (state.verdict, state.moved_to) == (MOVED, f"{server.url}/b")


def test_a_redirect_that_leads_to_another_place_each_time_is_not_written(server: WebServer) -> None:
    state = ask(server.on("/a", *(redirect(f"/b{number}") for number in range(9))))
    assert (state.verdict, state.moved_to) == (ALIVE, None)


def test_a_redirect_to_a_dead_page_is_dead(server: WebServer) -> None:
    server.on("/b", answer(404))
    state = ask(server.on("/a", redirect("/b")))
    assert state.verdict is DEAD
    assert state.reason == f"leads to {server.url}/b, which answers 404, asked twice"


def test_the_fragment_stays_with_an_address_that_moved(server: WebServer) -> None:
    server.on("/b", OK)
    assert ask(server.on("/a", redirect("/b")) + "#sec").moved_to == f"{server.url}/b#sec"
    assert ask(server.on("/c", redirect("/b#own")) + "#sec").moved_to == f"{server.url}/b#own"


@pytest.mark.parametrize(
    "location",
    [
        "/login?next=/a",
        "/sso/saml",
        "/consent",
        "/cookieAbsent",
        "/captcha",
        "/404",
        "/error.html",
        "/",
        "/en/",
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_redirect_to_something_else_is_unknown(server: WebServer, location: str, status: int) -> None:
    state = ask(server.on("/paper/17", redirect(location, status)))
    assert (state.verdict, state.moved_to) == (UNKNOWN, None)
    assert state.reason.startswith("leads to ")


def test_a_loop_is_unknown(server: WebServer) -> None:
    server.on("/b", redirect("/a"))
    state = ask(server.on("/a", redirect("/b")))
    assert (state.verdict, state.reason) == (UNKNOWN, "redirects in a circle")


def test_ten_redirects_are_followed_and_eleven_are_not(server: WebServer) -> None:
    for number in range(11):
        server.on(f"/{number}", redirect(f"/{number + 1}", 302))
    server.on("/11", OK)
    assert ask(f"{server.url}/1").verdict is ALIVE
    state = ask(f"{server.url}/0")
    assert (state.verdict, state.reason) == (UNKNOWN, "redirects more than 10 times")


@pytest.mark.parametrize(
    "location", ["ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://[x"]
)
def test_a_redirect_to_no_page_is_unknown(server: WebServer, location: str) -> None:
    state = ask(server.on("/a", redirect(location)))
    assert state.verdict is UNKNOWN
    assert state.reason.startswith("leads to an address that is")


def test_a_redirect_without_location_is_unknown(server: WebServer) -> None:
    state = ask(server.on("/a", answer(301)))
    assert (state.verdict, state.reason) == (UNKNOWN, "answers 301 without saying where to")


def test_a_relative_redirect_is_followed(server: WebServer) -> None:
    server.on("/papers/2/index", OK)
    state = ask(server.on("/papers/1/index", redirect("../2/index")))
    assert state.moved_to == f"{server.url}/papers/2/index"


def test_an_endless_body_is_not_read(server: WebServer) -> None:
    server.on("/a", answer(405), method="HEAD")
    server.on("/a", Reply(body=b"x" * 65_536, endless=True), method="GET")
    assert ask(f"{server.url}/a").verdict is ALIVE
    # What the buffers of the two sockets take; the rest was never wanted.
    assert server.sent < 32 * 1024 * 1024


def test_a_gzip_bomb_is_not_unpacked(server: WebServer) -> None:
    squeeze = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(squeeze.compress(b"\0" * 1_000_000) for _ in range(200)), squeeze.flush()])
    server.on("/a", answer(405), method="HEAD")
    server.on("/a", Reply(body=bomb, headers=(("Content-Encoding", "gzip"),)), method="GET")
    assert ask(f"{server.url}/a").verdict is ALIVE
    taken = Body("gzip", 1000)
    taken.add(bomb)
    taken.add(bomb)
    assert len(taken.data) == 1000
    assert taken.is_full


def test_a_slow_drip_ends_in_time(server: WebServer) -> None:
    server.on("/a", answer(405), method="HEAD")
    server.on("/a", Reply(body=b"x" * 1000, drip=True), method="GET")
    state = ask(f"{server.url}/a", timeout=0.4, retries=0)
    assert (state.verdict, state.reason) == (UNKNOWN, "does not answer within 0.4 s")


def test_a_404_that_drips_is_not_dead(server: WebServer) -> None:
    server.on("/a", answer(404), method="HEAD")
    server.on("/a", Reply(404, b"x" * 1000, drip=True), method="GET")
    assert ask(f"{server.url}/a", timeout=0.4).verdict is UNKNOWN


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x02", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 twohundred\r\n\r\n"]
)
def test_garbage_is_unknown(server: WebServer, garbage: bytes) -> None:
    state = ask(server.on("/a", Reply(raw=garbage)))
    assert state.verdict is UNKNOWN
    assert state.reason in ("does not answer in HTTP", "breaks the connection")


def test_a_reset_after_the_headers_is_asked_again_and_then_unknown(server: WebServer) -> None:
    server.on("/a", answer(405), method="HEAD")
    server.on("/a", Reply(reset=True), method="GET")
    state = ask(f"{server.url}/a")
    assert (state.verdict, state.reason) == (UNKNOWN, "breaks the connection")
    assert len(server.methods("/a")) == 4
    server.on("/b", answer(405), method="HEAD")
    server.on("/b", Reply(reset=True), OK, method="GET")
    assert ask(f"{server.url}/b").verdict is ALIVE


def test_silence_is_unknown(server: WebServer) -> None:
    state = ask(server.on("/a", SILENCE), timeout=0.3)
    assert (state.verdict, state.reason) == (UNKNOWN, "does not answer within 0.3 s")


def test_a_closed_port_is_unknown() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        state = ask(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (state.verdict, state.reason) == (UNKNOWN, "refuses connections")


def test_a_404_that_cannot_be_decoded_is_not_dead(server: WebServer) -> None:
    for coding in ("br", "gzip"):
        reply = Reply(404, b"no such coding", (("Content-Encoding", coding),))
        assert ask(server.on(f"/{coding}", reply)).verdict is UNKNOWN


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate"])
def test_a_wall_is_seen_through_compression(server: WebServer, coding: str) -> None:
    squeeze = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "raw deflate": -15}[coding])
    body = squeeze.compress(b"<title>Just a moment...</title>") + squeeze.flush()
    reply = Reply(404, body, (("Content-Encoding", coding.rpartition(" ")[2]),))
    state = ask(server.on("/a", reply))
    assert state.verdict is UNKNOWN
    assert "wall" in state.reason


def test_a_host_that_never_answers_is_given_up(servers: WebServers) -> None:
    mute, other = servers.start(), servers.start()
    mute.always(SLAM)
    urls = [f"{mute.url}/{number}" for number in range(40)]
    states = check_links([*urls, f"{other.url}/a"], QUICK)
    assert {states[url].verdict for url in urls} == {UNKNOWN}
    assert states[urls[-1]].reason.endswith("did not answer 3 links before it")
    assert len(mute.asked) <= 12
    assert states[f"{other.url}/a"].verdict is ALIVE


def test_a_place_to_which_all_pages_are_sent_is_none_of_them(server: WebServer) -> None:
    server.on("/news", OK)
    server.on("/new-name", OK)
    pages = [server.on(f"/paper/{number}", redirect("/news")) for number in range(3)]
    forms = [server.on(path, redirect("/new-name")) for path in ("/old-name", "/old-name/")]
    states = check_links([*pages, *forms], QUICK)
    assert [states[url].verdict for url in pages] == [UNKNOWN] * 3
    assert [states[url].moved_to for url in pages] == [None] * 3
    assert (
        states[pages[0]].reason
        == f"leads to {server.url}/news, as other pages do that have nothing in common"
    )
    assert [states[url].moved_to for url in forms] == [f"{server.url}/new-name"] * 2


def test_a_redirect_that_only_get_sees_is_looked_at_twice(server: WebServer) -> None:
    server.on("/a", answer(405), method="HEAD")
    server.on("/a", redirect("/b"), method="GET")
    assert ask(f"{server.url}/a").moved_to == f"{server.url}/b"
    assert server.methods("/a") == ["HEAD", "GET", "GET"]


@pytest.mark.parametrize(
    ("place", "astray"), [("/login", True), ("/", True), ("/captcha", False), ("/consent?next=/paper", True)]
)
def test_a_redirect_to_another_kind_of_page_is_unknown(server: WebServer, place: str, astray: bool) -> None:
    state = ask(server.on("/paper", redirect(server.on(place, OK))))
    assert (state.verdict, state.moved_to, state.astray) == (UNKNOWN, None, astray)
