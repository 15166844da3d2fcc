"""Messages of killed runs: at every write, at random moments, between an answer and the record of it.

A change is told exactly once to each subscriber; what comes twice is the same to the byte, id included.
"""

import random
import signal
import subprocess
import time
from collections import Counter
from itertools import count

import pytest
from werkzeug import Response

from pipeline import durable, run
from pipeline.config import load
from pipeline.notify.outbox import Outbox
from tests.pipeline import couriers, months
from tests.pipeline.command import pasakumi, start
from tests.pipeline.receivers import (
    GREW,
    SLIPPED,
    Hook,
    mail_server,
    prepare,
    rows,
    sentences,
    store,
    subscribed,
)
from tests.pipeline.site import page


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def hook(httpserver):
    return Hook(httpserver)


@pytest.fixture
def mailbox():
    with mail_server() as box:
        yield box


@pytest.mark.parametrize("receiver", ["hook", "mailbox"])
def test_killed_between_the_receivers_answer_and_the_record(tmp_path, hook, mailbox, receiver):
    taken = hook.bodies if receiver == "hook" else mailbox.contents
    subscribed(tmp_path, (hook if receiver == "hook" else mailbox).address)
    prepare(tmp_path)
    process = start(tmp_path, "notify")
    if receiver == "hook":
        hook.before = process.kill
    else:
        handle = mailbox.handle_DATA

        async def kill_then_take(*words):
            process.kill()
            return await handle(*words)

        mailbox.handle_DATA = kill_then_take
    assert process.wait(60) == -signal.SIGKILL
    hook.before = lambda: None
    assert len(taken) == 1
    assert pasakumi(tmp_path, "notify").out == "1 sent.\n"
    assert pasakumi(tmp_path, "notify").out == "0 sent.\n"
    assert len(taken) == 2
    assert len(set(taken)) == 1


@pytest.mark.parametrize(("when", "after"), [(10, True), (13, False), (16, True), (20, True)])
def test_killed_at_a_write(tmp_path, hook, monkeypatch, when, after):
    couriers.fork(monkeypatch)
    kill = Kill(durable.rename, when, after)
    monkeypatch.setattr(durable, "rename", kill.rename)
    assert told_though_killed(tmp_path, hook, kill)


@pytest.mark.soak
def test_killed_at_every_write(tmp_path, hook, monkeypatch, record_property):
    """Before and after each file comes into place, with more news before the next run."""
    couriers.fork(monkeypatch)
    kill = Kill(durable.rename)
    monkeypatch.setattr(durable, "rename", kill.rename)
    tried = []
    for kill.after in (False, True):
        for kill.when in count(1):
            folder = tmp_path / f"{kill.when}-{kill.after}"
            folder.mkdir()
            hook.bodies.clear()
            if not told_though_killed(folder, hook, kill):
                tried.append(kill.when - 1)
                break
    assert tried[0] == tried[1] > 18
    record_property("kills", sum(tried))


class Kill:
    """Ends the process before or ``after`` the rename of that number, while ``armed``."""

    def __init__(self, rename, when=0, after=False):
        self._rename = rename
        self.when, self.after, self.seen = when, after, 0
        self.armed = False

    def rename(self, source, target):
        self.seen += self.armed
        is_now = self.armed and self.seen == self.when
        if is_now and not self.after:
            raise Killed
        self._rename(source, target)
        if is_now:
            raise Killed


def told_though_killed(folder, hook, kill):
    """Whether a run ended before its time; what was told until the end is checked."""
    other = f'[[subscriber]]\nname = "b"\nnotify = ["{hook.address}"]'
    subscribed(folder, hook.address, admin=hook.address, wishes=(other,))
    config = load(folder / "sources.toml")
    store(folder, 0, page(5))
    run.run(config, offline=True)
    kill.seen, was_killed = 0, False
    for day, content in ((1, GREW), (2, page(1)), (3, SLIPPED)):
        store(folder, day, content)
        kill.armed = True
        try:
            run.run(config, offline=True)
        except Killed:
            was_killed = True
        kill.armed = False
    run.run(config, offline=True)
    run.notify(config)
    messages = hook.by_id.values()
    alarms = [one["title"] for one in messages if one["title"].startswith("pasakumi")]
    told = [one for one in messages if one["title"] not in alarms]
    assert Counter(one for message in told for one in sentences(message["message"])) == {
        row["text_lv"]: 2 for row in rows(folder)
    }
    # What a killed run saw alone, and nobody after it, may go untold; its end is never told alone.
    assert alarms in ([], ["pasakumi: fondi: a capture is withheld", "pasakumi: fondi: published again"])
    assert alarms or was_killed
    assert Outbox(config.state).waiting() == []
    return was_killed


def kills(folder, hook, httpserver, seed, months_of_year):
    """The real command, killed at a random moment each month, then let through; gives how many kills."""
    rng = random.Random(seed)  # noqa: S311
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    body = [""]
    httpserver.expect_request("/fondi").respond_with_handler(
        lambda _: Response(body[0], content_type="text/html; charset=utf-8")
    )
    subscribed(folder, hook.address, admin=hook.address, url=httpserver.url_for("/fondi"))
    killed, whole = 0, 0.0
    for month in months_of_year:
        body[0] = months.body(month)
        early = [0.3] if whole and not killed else []
        for part in (*early, *(rng.uniform(0.02, 1.3) for _ in range(2))) if whole else ():
            process = start(folder, "run")
            try:
                process.wait(part * whole)
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            process.wait()
        started = time.monotonic()
        done = pasakumi(folder, "run", "-q")
        whole = whole or time.monotonic() - started
        assert (done.code, done.err) == (0, "")
        time.sleep(1.1)  # two captures of one page are a second apart
    assert pasakumi(folder, "notify").code == 0
    told = hook.by_id.values()
    assert Counter(one for message in told for one in sentences(message["message"])) == Counter(
        row["text_lv"] for row in rows(folder)
    )
    return killed


def test_killed_at_random_moments(tmp_path, hook, httpserver):
    assert kills(tmp_path, hook, httpserver, 1, (1, 4)) > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(25))
def test_killed_at_random_moments_of_a_year(tmp_path, hook, httpserver, seed, record_property):
    record_property("kills", kills(tmp_path, hook, httpserver, seed, range(1, 13)))
