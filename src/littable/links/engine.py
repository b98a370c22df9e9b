"""All links of a run, each address once: who is asked when, and what came of it.

One loop hands out jobs as their hosts may be asked, at most ``connections`` at a time. A job that has to
wait, or is redirected to another host, goes back into that host's lane, so that every request keeps its
host's limits.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import replace
from typing import Any

from littable.links.answer import Answer
from littable.links.client import GLANCE, Client
from littable.links.fragments import has_anchor
from littable.links.hosts import Closure, Lane, Lanes
from littable.links.job import Again, Conclusion, Job
from littable.links.options import LinkOptions
from littable.links.redirects import catch_alls
from littable.links.url import Address, NotAskable, parse, without_userinfo
from littable.links.verdict import LinkState, Verdict

# Links done, links in all, and what is waited for ("30 s, since github.com answers 429"; mostly nothing).
Progress = Callable[[int, int, str], None]

# Pages that are read whole at once: what bounds memory where fragments are looked for.
_WHOLE_PAGES = 16
# Seconds that requests which are given up may take to end.
_CLOSING = 0.3


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; ``states`` has every link, and those that were not asked to the end are unknown."""

    def __init__(self, states: dict[str, LinkState]) -> None:
        super().__init__("interrupted")
        self.states = states


def check_links(
    urls: Collection[str], options: LinkOptions | None = None, progress: Progress | None = None
) -> dict[str, LinkState]:
    """The state of every URL, each asked once, in the order given.

    Raises Interrupted on Ctrl-C, what ``progress`` raises, and nothing for whatever the links, hosts and
    networks do. May be called from within a running event loop, which it blocks.
    """
    run = _Run(urls, options or LinkOptions(), progress or (lambda _done, _total, _waiting_for: None))
    try:
        _run_to_end(run.ask_all())
    except KeyboardInterrupt:
        raise Interrupted(run.states()) from None
    return run.states()


class _Links:
    """The links that share an address: as given, with their fragments."""

    __slots__ = ("address", "given")

    def __init__(self, address: Address) -> None:
        self.address = address
        self.given: list[tuple[str, str]] = []


class _Run:
    def __init__(self, urls: Iterable[str], options: LinkOptions, progress: Progress) -> None:
        self._options = options
        self._progress = progress
        self._urls = tuple(dict.fromkeys(urls))
        self._states: dict[str, LinkState] = {}
        self._waiting: dict[Job, _Links] = {}
        self._lanes: Lanes[Job] = Lanes(options)
        self._changed = asyncio.Event()
        self._whole_pages = asyncio.Semaphore(_WHOLE_PAGES)
        self._under_way: set[asyncio.Task[None]] = set()
        # Of our own or of ``progress``: it must not leave a job hanging.
        self._failure: BaseException | None = None

    def states(self) -> dict[str, LinkState]:
        """What is known now, for every link."""
        moved = [(parse(url), to.partition("#")[0]) for url, to in self._moved()]
        everything = catch_alls(moved)
        for url, to in self._moved():
            if to.partition("#")[0] in everything:
                reason = f"leads to {to}, as other pages do that have nothing in common"
                self._states[url] = replace(
                    self._states[url], verdict=Verdict.UNKNOWN, reason=reason, moved_to=None
                )
        return {
            url: self._states.get(url) or _unknown(url, "was not asked to the end: interrupted")
            for url in self._urls
        }

    def _moved(self) -> list[tuple[str, str]]:
        return [(url, state.moved_to) for url, state in self._states.items() if state.moved_to]

    async def ask_all(self) -> None:
        for links in self._group():
            job = Job(links.address, self._options, wants_page=self._wants_page(links))
            self._waiting[job] = links
            self._enqueue(job, 0.0)
        client = Client(self._options)
        try:
            await self._hand_out(client)
        finally:
            for task in self._under_way:
                task.cancel()
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=_CLOSING)
            await client.close()

    def _group(self) -> Iterable[_Links]:
        groups: dict[str, _Links] = {}
        by_host: Counter[str] = Counter()
        for url in self._urls:
            try:
                address = self._readable(url)
                if address.url not in groups:
                    self._count(address, len(groups), by_host)
                    groups[address.url] = _Links(address)
            except NotAskable as error:
                self._states[url] = _unknown(url, str(error))
                continue
            groups[address.url].given.append((url, address.fragment))
        self._progress(len(self._states), len(self._urls), "")
        return groups.values()

    def _readable(self, url: str) -> Address:
        address = parse(url)
        if self._options.is_paper and self._options.is_paper(url):
            raise NotAskable("is a paper's and not asked as a page")
        return address

    def _count(self, address: Address, so_far: int, by_host: Counter[str]) -> None:
        if so_far >= self._options.max_urls:
            raise NotAskable(f"was not asked: there are more than {self._options.max_urls:,} links")
        if by_host[address.host] >= self._options.max_per_host:
            raise NotAskable(
                f"was not asked: there are more than {self._options.max_per_host:,} links to {address.host}"
            )
        by_host[address.host] += 1

    def _wants_page(self, links: _Links) -> bool:
        return self._options.fragments and any(fragment for _, fragment in links.given)

    async def _hand_out(self, client: Client) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            if self._failure is not None:
                raise self._failure
            self._changed.clear()
            at = self._lanes.next_at() if len(self._under_way) < self._options.connections else None
            if at is not None and at <= loop.time():
                lane, job = self._lanes.start(loop.time())
                task = loop.create_task(self._ask(client, lane, job))
                self._under_way.add(task)
                task.add_done_callback(self._finished)
                continue
            timeout = None if at is None else at - loop.time()
            try:
                async with asyncio.timeout(timeout):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            self._failure = task.exception() or self._failure
        self._changed.set()

    async def _ask(self, client: Client, lane: Lane[Job], job: Job) -> None:
        try:
            if job.wants_page:
                async with self._whole_pages:
                    outcome = await client.ask(job.method, job.address, self._options.page_limit)
            else:
                outcome = await client.ask(job.method, job.address, GLANCE)
            if isinstance(outcome, Answer):
                lane.heard()
            step = job.take(outcome)
            if isinstance(step, Again):
                self._go_on(lane, job, step)
            else:
                self._conclude(job, step)
                self._learn(lane, step)
        finally:
            lane.done()
            self._lanes.changed(lane)

    def _go_on(self, lane: Lane[Job], job: Job, step: Again) -> None:
        now = asyncio.get_running_loop().time()
        if step.hold and not lane.hold(step.hold, now):
            reason = f"{step.reason} and asks to wait {step.hold:.0f} s"
            self._conclude(job, job.closed(Closure(Verdict.UNKNOWN, reason)), step.status)
            after = f"was not asked, since {lane.host} {step.reason} and wants more patience than there is"
            self._close(lane, Closure(Verdict.UNKNOWN, after))
            return
        if step.hold:
            waiting_for = f"{step.hold:.0f} s, since {lane.host} {step.reason}"
            self._progress(len(self._states), len(self._urls), waiting_for)
        if step.silent and job.address.host == lane.host and lane.closure is None:
            lane.try_again(job, step.delay, now)
            return
        self._enqueue(job, now + step.delay)

    def _enqueue(self, job: Job, when: float) -> None:
        lane = self._lanes.lane(job.address.host)
        if lane.closure is not None:
            self._conclude(job, job.closed(lane.closure))
            return
        lane.add(job, when)
        self._lanes.changed(lane)

    def _learn(self, lane: Lane[Job], conclusion: Conclusion) -> None:
        """Spare the other links of a host that is known not to answer."""
        if conclusion.missing_host == lane.host:
            self._close(lane, Closure(Verdict.DEAD, "has a host that does not exist, asked twice"))
        elif conclusion.silent:
            lane.was_silent()
            if lane.closure is not None:
                self._close(lane, lane.closure)

    def _close(self, lane: Lane[Job], closure: Closure) -> None:
        lane.closure = closure
        for job in lane.drain():
            self._conclude(job, job.closed(closure))

    def _conclude(self, job: Job, end: Conclusion, status: int | None = None) -> None:
        for url, fragment in self._waiting.pop(job).given:
            self._states[url] = LinkState(
                without_userinfo(url),
                end.verdict,
                end.reason,
                end.status if status is None else status,
                _written(end.moved_to, fragment) if end.moved_to else None,
                end.redirects,
                has_anchor(end.page, fragment) if end.page and fragment else None,
                end.astray,
            )
        self._progress(len(self._states), len(self._urls), "")


def _unknown(url: str, reason: str) -> LinkState:
    return LinkState(without_userinfo(url), Verdict.UNKNOWN, reason)


def _written(address: Address, fragment: str) -> str:
    """The address with a fragment: its own, or else that of the link, as browsers do."""
    kept = address.fragment or fragment
    return f"{address.url}#{kept}" if kept else address.url


def _run_to_end(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
        return
    _run_beside(work)


def _run_beside(work: Coroutine[Any, Any, None]) -> None:
    """Run in a thread of its own, since the loop of this one is running already (a notebook's)."""
    begun = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any] | None]] = []
    failure: list[BaseException] = []

    async def within() -> None:
        running.append((asyncio.get_running_loop(), asyncio.current_task()))
        begun.set()
        await work

    def run() -> None:
        try:
            asyncio.run(within())
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
            failure.append(error)
        finally:
            begun.set()

    thread = threading.Thread(target=run, name="littable-links")
    thread.start()
    try:
        thread.join()
    except KeyboardInterrupt:
        begun.wait()
        for loop, task in running:
            if task is not None:
                # The loop may have come to its end just now.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(task.cancel)
        thread.join()
        raise
    if failure:
        raise failure[0]
