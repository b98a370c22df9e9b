"""``--links`` as a user meets it: the real command, asking real servers on loopback."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme

from support.command import Outcome, littable
from support.web_servers import OK, SILENCE, WebServer, WebServers, answer, redirect

HEAD = "| Title | Year | Link |\n| --- | --- | --- |\n"
ROW = "| {title} | 2020 | [Link]({url}) |\n"
# Nothing of what is tested here asks arXiv; what should would come to nothing.
NO_ARXIV = "http://127.0.0.1:9/"
TITLES = ("Attention Is All You Need", "Deep Residual Learning", "Adam", "Dropout", "Layer Normalization")


@dataclass
class Project:
    """A folder with a table, a configuration, and the server that its links lead to."""

    folder: Path
    server: WebServer

    @property
    def readme(self) -> Path:
        return self.folder / "README.md"

    def table(self, *urls: str) -> str:
        """Write a table with a row for each link."""
        rows = (ROW.format(title=title, url=url) for title, url in zip(TITLES, urls, strict=False))
        text = HEAD + "".join(rows)
        self.readme.write_bytes(text.encode())
        return text

    def run(self, *arguments: str, **settings: str) -> Outcome:
        """The command with ``[links]`` that are these settings, written in TOML, over the usual ones."""
        self.configure(**settings)
        return littable(*arguments, cwd=self.folder, LITTABLE_ARXIV_URL=NO_ARXIV)

    def configure(self, **settings: str) -> None:
        usual = {"allow-private": "true", "pause": "0.01"}
        given = {key.replace("_", "-"): value for key, value in settings.items()}
        lines = [f"{key} = {value}" for key, value in (usual | given).items() if value]
        text = ["select = ['LT303', 'LT304', 'LT305']", "[links]", *lines]
        text += [f"[links.hosts.'{self.server.host}']", "interval = 0"]
        (self.folder / "littable.toml").write_text("\n".join(text))

    def findings(self, *arguments: str, **settings: str) -> dict[str, Any]:
        """What ``check --output-format json`` says."""
        outcome = self.run("check", "--output-format", "json", *arguments, **settings)
        read: dict[str, Any] = json.loads(outcome.out)
        return read

    def verdicts(self, *arguments: str, **settings: str) -> list[tuple[int, str]]:
        """Rows of the table and the codes of what is said of them, ``?`` for what is not checked."""
        found = self.findings(*arguments, **settings)
        said = [(each["location"]["row"] - 3, each["code"]) for each in found["diagnostics"]]
        return sorted(said + [(each["row"] - 3, "?") for each in found["skipped"]])


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with WebServers() as servers:
        yield Project(tmp_path, servers.start())


def _five(project: Project) -> str:
    server = project.server
    return project.table(
        server.on("/alive", OK),
        server.on("/gone", answer(404)),
        server.on("/old", redirect("/new")),
        server.on("/refused", answer(403)),
        server.on("/withdrawn", answer(410)),
    )


def test_each_verdict_as_people_read_it(project: Project) -> None:
    _five(project)
    outcome = project.run("check", "--links", "--output-format", "concise", "README.md")
    url = project.server.url
    assert outcome.out.splitlines() == [
        f"README.md:4:42: LT303 link is dead: {url}/gone answers 404, asked twice",
        f"README.md:5:24: LT304 [*] page has moved to {url}/new",
        f"README.md:7:39: LT303 link is dead: {url}/withdrawn answers 410, asked twice",
        f"Not checked: {url}/refused (LT303): refuses to answer (403)",
        "Found 2 errors, 1 note in 1 file (5 papers in 1 table).",
        "[*] 1 fixable with `littable fix`.",
    ]
    assert (outcome.code, outcome.err) == (1, "")


def test_each_verdict_as_programs_read_it(project: Project) -> None:
    _five(project)
    found = project.findings("--links")
    said = [(each["code"], each["severity"], each["location"]["row"]) for each in found["diagnostics"]]
    assert said == [("LT303", "error", 4), ("LT304", "note", 5), ("LT303", "error", 7)]
    (skipped,) = found["skipped"]
    assert (skipped["code"], skipped["subject"]) == ("LT303", f"{project.server.url}/refused")
    assert skipped["reason"] == "refuses to answer (403)"


@pytest.mark.slow
def test_a_moved_link_and_one_that_nobody_can_judge_fail_nothing(project: Project) -> None:
    server = project.server
    project.table(server.on("/old", redirect("/new")), server.on("/refused", answer(403)))
    assert project.run("check", "--links", "README.md").code == 0
    assert project.run("check", "--links", "--fail-on", "note", "README.md").code == 1


def test_the_moved_address_is_written_and_nothing_else(project: Project) -> None:
    text = _five(project).replace("\n", "\r\n").replace("| Adam |", "|  Adam|")
    project.readme.write_bytes(b"\xef\xbb\xbf" + text.encode())
    outcome = project.run("fix", "--links", "README.md")
    old, new = f"{project.server.url}/old", f"{project.server.url}/new"
    assert project.readme.read_bytes() == b"\xef\xbb\xbf" + text.replace(old, new).encode()
    assert outcome.code == 1
    assert "LT304" not in outcome.out
    assert "Fixed 1 in 1 file: 1 LT304 moved-link." in outcome.err
    again = project.readme.read_bytes()
    project.run("fix", "--links", "README.md")
    assert project.readme.read_bytes() == again


def test_without_links_nothing_is_asked(project: Project) -> None:
    _five(project)
    assert project.run("check", "README.md").code == 0
    assert project.run("check", "--no-links", "README.md", check="true").code == 0
    assert project.server.asked == []
    assert project.run("check", "README.md", check="true").code == 1


@pytest.mark.slow
def test_offline_says_what_is_remembered_and_asks_nothing(project: Project) -> None:
    _five(project)
    first = project.verdicts("--links")
    assert first == [(1, "LT303"), (2, "LT304"), (3, "?"), (4, "LT303")]
    asked = len(project.server.asked)
    outcome = project.run("check", "--links", "--offline", "--output-format", "json", "README.md")
    assert [each["code"] for each in json.loads(outcome.out)["diagnostics"]] == ["LT303", "LT304", "LT303"]
    assert "was not asked: offline" in outcome.out
    (project.folder / "store.sqlite").unlink()
    assert project.verdicts("--links", "--offline") == [(row, "?") for row in range(5)]
    assert len(project.server.asked) == asked


@pytest.mark.slow
def test_what_is_known_is_not_asked_again(project: Project) -> None:
    _five(project)
    first = project.verdicts("--links")
    asked = len(project.server.asked)
    assert project.verdicts("--links") == first
    again = {request.path for request in project.server.asked[asked:]}
    assert again == {"/refused"}
    assert project.verdicts("--links", max_age="0") == first
    assert {request.path for request in project.server.asked[asked:]} > {"/alive", "/gone", "/old"}


@pytest.mark.slow
def test_an_address_is_asked_once_for_all_rows_and_files(project: Project) -> None:
    url = project.server.on("/alive", OK)
    project.table(url, url, f"{url}#part")
    (project.folder / "other.md").write_text(project.readme.read_text())
    assert project.run("check", "--links", ".").code == 0
    assert project.server.methods("/alive") == ["HEAD"]


@pytest.mark.slow
@pytest.mark.parametrize(("unknown", "severity", "code"), [("note", "note", 0), ("error", "error", 1)])
def test_what_nobody_can_judge_can_be_made_a_finding(
    project: Project, unknown: str, severity: str, code: int
) -> None:
    url = project.server.on("/refused", answer(403))
    project.table(url)
    outcome = project.run("check", "--links", "--output-format", "json", "README.md", unknown=f"'{unknown}'")
    found = json.loads(outcome.out)
    (said,) = found["diagnostics"]
    assert (said["severity"], outcome.code, found["skipped"]) == (severity, code, [])
    assert said["message"] == f"link could not be checked: {url} refuses to answer (403)"


@pytest.mark.slow
def test_exclude_include_remap_and_accept(project: Project) -> None:
    server = project.server
    project.table(
        server.on("/lab/one", answer(404)),
        server.on("/lab/two", answer(404)),
        "https://mirrored.example/gone/three",
        server.on("/four", answer(403)),
        server.on("/five", answer(402)),
    )
    server.on("/mirrored.example/three", answer(404))
    settings = {
        "exclude": "['/lab/']",
        "include": "['two$']",
        "remap": f"['^https://([^/]+)/gone/ {server.url}/$1/']",
        "accept": "[403]",
    }
    assert project.verdicts("--links", **settings) == [(1, "LT303"), (2, "LT303"), (4, "?")]
    assert server.methods("/lab/one") == []


@pytest.mark.slow
def test_a_page_of_which_another_was_asked_is_not_written(project: Project) -> None:
    server = project.server
    server.on("/old", redirect("/new"))
    text = project.table("https://mirrored.example/old")
    outcome = project.run("fix", "--links", "README.md", remap=f"['^https://[^/]+ {server.url}']")
    assert (outcome.code, project.readme.read_text()) == (0, text)
    assert "/new" in [request.path for request in server.asked]


@pytest.mark.slow
def test_links_that_lead_to_pages_of_one_kind_are_counted_together(project: Project) -> None:
    server = project.server
    for number in range(3):
        server.on(f"/old/{number}", redirect(f"/new/{number}", 302))
        server.on(f"/new/{number}", answer(403))
    project.table(*(f"{server.url}/old/{number}" for number in range(3)))
    outcome = project.run("check", "--links", "README.md")
    assert outcome.out.splitlines()[0] == (
        "Not checked: 3 links (LT303): leads to a page that refuses to answer (403)"
    )


@pytest.mark.slow
def test_no_more_patience_than_max_wait(project: Project) -> None:
    server = project.server
    project.table(server.on("/busy", answer(429, retry_after="3600")), server.on("/other", OK))
    outcome = project.run("check", "--links", "--max-wait", "5", "README.md")
    assert outcome.code == 0
    assert f"Not checked: {server.url}/busy (LT303): answers 429 and asks to wait 3600 s" in outcome.out
    assert len([request for request in server.asked if request.path == "/busy"]) == 1


@pytest.mark.slow
def test_a_file_that_is_not_there(project: Project) -> None:
    project.table("code/train.py", "README.md", "#results")
    assert project.verdicts("--links") == [(0, "?"), (1, "?"), (2, "LT303")]
    subprocess.run(["git", "init", "-q"], cwd=project.folder, check=True)
    subprocess.run(["git", "add", "README.md"], cwd=project.folder, check=True)
    assert project.verdicts("--links") == [(0, "LT303"), (2, "LT303")]
    assert project.server.asked == []


def test_a_private_address_is_not_asked_unless_it_is_allowed(project: Project) -> None:
    server = project.server
    text = project.table(server.on("/gone", answer(404)), "http://169.254.169.254/latest", "http://[::1]/")
    outcome = project.run("fix", "--links", "README.md", allow_private="")
    assert (outcome.code, project.readme.read_text()) == (0, text)
    assert (server.asked, server.connections) == ([], 0)
    assert "is at this machine, which is not asked" in outcome.out
    assert "is at a metadata service, which is not asked" in outcome.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "unknown"),
    [("full", "skip"), ("concise", "error"), ("json", "skip"), ("json", "error"), ("github", "error")],
)
def test_a_password_in_a_link_is_neither_sent_nor_said(project: Project, form: str, unknown: str) -> None:
    server = project.server
    place = server.url.removeprefix("http://")
    server.on("/old", redirect("/new"))
    server.on("/gone", answer(404))
    urls = [f"http://someone:hunter2@{place}/{page}" for page in ("old", "gone", "there")]
    text = project.table(*urls, server.on("/dead", answer(404)))
    arguments = ("fix", "--links", "--verbose", "--output-format", form, "README.md")
    outcome = project.run(*arguments, unknown=f"'{unknown}'")
    assert project.readme.read_text() == text
    assert "answers 404, asked twice, but without the password that the link holds" in outcome.out
    assert "hunter2" not in outcome.out + outcome.err
    sent = [f"{request.path} {request.headers}" for request in server.asked]
    assert not [request for request in sent if "hunter2" in request or "authorization" in request]
    assert b"hunter2" not in (project.folder / "store.sqlite").read_bytes()


@pytest.mark.slow
def test_standard_input_is_mended_to_standard_output(project: Project) -> None:
    text = _five(project)
    project.configure()
    call = ("fix", "--links", "-")
    outcome = littable(*call, cwd=project.folder, stdin=text.encode(), LITTABLE_ARXIV_URL=NO_ARXIV)
    url = project.server.url
    assert outcome.out == text.replace(f"{url}/old", f"{url}/new")
    assert project.readme.read_text() == text


@pytest.mark.slow
def test_a_host_that_sends_everybody_to_https_is_linked_by_it(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("lab.org").configure_cert(context)
    with WebServers() as servers:
        # Behind a proxy, so that the host has its name, and both of its ports.
        secure, proxy = servers.start(tls=context), servers.start()
        proxy.tunnel = (secure.host, secure.port)
        proxy.on("http://lab.org/Paper", redirect("https://lab.org/Paper"))
        proxy.on("http://lab.org/old", redirect("https://lab.org/new"))
        project = Project(tmp_path, proxy)
        text = project.table("http://lab.org/Paper", "http://lab.org/old")
        project.configure(allow_private="false")
        outcome = littable(
            *("fix", "--links", "README.md"),
            cwd=tmp_path,
            SSL_CERT_FILE=str(tmp_path / "ca.pem"),
            http_proxy=proxy.url,
            https_proxy=proxy.url,
            no_proxy="",
        )
    mended = text.replace("http://lab.org/Paper", "https://lab.org/Paper")
    assert project.readme.read_text() == mended.replace("http://lab.org/old", "https://lab.org/new")
    assert (outcome.code, outcome.out.count("LT30")) == (0, 0)
    assert "1 LT304 moved-link, 1 LT305 insecure-link" in outcome.err
    # What has moved there has answered there.
    assert secure.methods("/Paper") == ["HEAD", "GET"]


def _interrupt(project: Project, path: str, *arguments: str) -> Outcome:
    """Run the command and send it Ctrl-C as soon as the server was asked for a path.

    Left alone it would wait for ten minutes; what is waited for it here is generous.
    """
    project.configure(timeout="600")
    environment = {
        **os.environ,
        "LITTABLE_STORE": str(project.folder / "store.sqlite"),
        "LITTABLE_ARXIV_URL": NO_ARXIV,
    }
    call = [sys.executable, "-m", "littable", *arguments]
    with subprocess.Popen(
        call, cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as program:
        until = time.monotonic() + 60
        while not project.server.methods(path) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=60)
    return Outcome(program.returncode, out, err)


def test_ctrl_c_says_what_is_known(project: Project) -> None:
    server = project.server
    project.table(
        server.on("/gone", answer(404)), server.on("/silent", SILENCE), server.on("/later", SILENCE)
    )
    project.run("check", "--links", "README.md", exclude="['silent', 'later']")
    outcome = _interrupt(project, "/silent", "check", "--links", "--output-format", "concise", "README.md")
    assert outcome.code == 130
    assert "/gone answers 404, asked twice" in outcome.out
    assert "Not checked: 2 links (LT303): was not asked to the end: interrupted" in outcome.out
    assert "Traceback" not in outcome.err


@pytest.mark.slow
def test_ctrl_c_leaves_the_file_as_it_is(project: Project) -> None:
    server = project.server
    text = project.table(server.on("/old", redirect("/new")), server.on("/silent", SILENCE))
    outcome = _interrupt(project, "/silent", "fix", "--links", "README.md")
    assert (outcome.code, project.readme.read_text()) == (130, text)
    assert "Traceback" not in outcome.err


def test_ctrl_c_while_a_mended_link_is_asked_leaves_the_file_as_it_is(project: Project) -> None:
    server = project.server
    tracked = server.on("/paper?utm_source=chatgpt.com", OK)
    server.on("/paper", SILENCE)
    text = project.table(tracked)
    select = ("--select", "LT303,LT312")
    outcome = _interrupt(project, "/paper", "fix", "--links", *select, "README.md")
    assert (outcome.code, project.readme.read_text()) == (130, text)
