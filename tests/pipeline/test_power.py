"""The power goes at any moment of a run: whatever was not flushed may be lost, and the next run mends it."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from datetime import timedelta

import pytest
from werkzeug import Response

from pipeline import recorded, run, runs
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.inputs import inputs_digest
from pipeline.notify.outbox import Outbox
from tests.pipeline import power, whole
from tests.pipeline.command import ROOT
from tests.pipeline.receivers import Hook, publish_and_tell, subscribed
from tests.pipeline.site import capture, measure, page


class Cut:
    """A recorded run over a folder that was published before, and what the power may leave of it."""

    def __init__(self, folder, httpserver, *, after_a_kill=False):
        self.folder, self.aside = folder / "run", folder / "aside"
        self.folder.mkdir()
        hook, body = Hook(httpserver), [""]
        httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        httpserver.expect_request("/fondi").respond_with_handler(
            lambda _: Response(body[0], content_type="text/html; charset=utf-8")
        )
        subscribed(self.folder, hook.address, url=httpserver.url_for("/fondi"))
        self.config = load(self.folder / "sources.toml")
        # The same length before and after: a file that is old where it should be new has the same size.
        body[0] = page([measure(1, amount="1 000 000"), measure(2)])
        run.run(self.config)
        self.before = whole.capture_ids(self.config.raw)
        self.known = set(whole.published(self.config.output).items())
        if after_a_kill:
            self._write_a_capture_and_be_killed(page([measure(1, amount="3 000 000"), measure(2)]))
        self.disk = power.Disk(self.folder)
        if after_a_kill:
            self._forget("raw", "imported")
        body[0] = page([measure(1, amount="2 000 000"), measure(2)])
        command = [sys.executable, "-m", "pipeline", "run", "-q"]
        self.steps = power.recorded(
            self.folder, folder / "log", command, os.environ | {"PYTHONPATH": str(ROOT)}
        )
        self.after = whole.capture_ids(self.config.raw)[: len(self.before) + 1]
        assert len(self.after) == len(self.before) + 1
        self.known |= set(whole.never_stopped(self.config, self.aside).items())
        self.sent = {one.message.id: one.message for one in Outbox(self.config.state).sent()}
        self.archived = self._first_after("raw/imported/" if after_a_kill else "raw/2", "sync")
        if after_a_kill:  # the names of the file and of its folder come to the disk behind its bytes
            behind = enumerate(self.steps[self.archived :], self.archived)
            self.archived = next(at for at, one in behind if (one.path, one.kind) == ("raw", "sync"))
        # The name comes to the disk behind the bytes here, too.
        waiting = ("state/outbox/waiting", "sync")
        self.noted = next(at for at, one in enumerate(self.steps) if (one.path, one.kind) == waiting)

    def _write_a_capture_and_be_killed(self, content):
        index = self.config.raw / "index.cdxj"
        known, last = index.read_bytes(), list(Archive(self.config.raw).captures())[-1]
        capture(self.config.raw, content, last.captured_at + timedelta(seconds=1))
        index.write_bytes(known)
        time.sleep(2)  # what the next run fetches comes after it

    def _forget(self, folder, name):
        """Have nothing below a folder's name on the disk: neither names nor bytes were flushed."""
        holder = self.disk.find(folder)
        node = holder.names[name]
        del holder.durable[name]
        self.disk.pending.append([(holder, name, node)])
        if isinstance(node, power.File):
            node.durable = b""
        else:
            for one in list(node.names):
                self._forget(f"{folder}/{name}", one)

    def _first_after(self, start, kind):
        """The number of the step from which on what it did can be relied on."""
        steps = (at for at, one in enumerate(self.steps) if one.path.startswith(start) and one.kind == kind)
        return next(steps)

    def states(self, chance, per_step, wanted=lambda _: True):
        """After each ``wanted`` step what the disk may hold, each once: the step's number, and the files."""
        seen = set()
        for number, step in enumerate(self.steps):
            self.disk.do(step)
            for happened, kept in losses(self.disk, chance, per_step) if wanted(step) else ():
                found = self.disk.left(happened, kept)
                if (same := hash(frozenset(found.items()))) not in seen:
                    seen.add(same)
                    yield number, found

    def is_replayed(self):
        """Whether the steps, done once more, gave what the run did: none was overlooked."""
        found = self.disk.left(lambda _: True, lambda file: bytes(file.data))
        there = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*")}
        return found.keys() == there.keys() and all(
            one is None or one[1] == there[name].read_bytes() for name, one in found.items()
        )

    def recover(self, number, found, root):
        """The next run over what was found, and all that must be so before and after it."""
        power.put(found, root)
        config = self.config._replace(
            path=root / "sources.toml", raw=root / "raw", output=root / "output", state=root / "state"
        )
        promised = self.after if number > self.archived else self.before
        assert whole.errors(config.raw) == []
        there = whole.published(config.output)
        assert set(there.items()) <= self.known, set(there.items()) - self.known
        if recorded.is_current(config.output, inputs_digest(config, Archive(config.raw))):
            assert there == whole.never_stopped(config, self.aside)
        # That a run began need not outlive a power cut; what is left of it may say nothing.
        assert set(runs.load(config.state).damaged) <= {"begun.json"}
        assert runs.seen(config.state)[1]
        with Archive(config.raw).writer() as writer:
            assert all("cut short" in note for note in writer.notes), writer.notes
        assert whole.capture_ids(config.raw)[: len(promised)] == promised
        assert Archive(config.raw).verify() == []
        publish_and_tell(config)
        assert whole.published(config.output) == whole.never_stopped(config, self.aside)
        assert list(recorded.damaged(config.output)) == []
        outbox = Outbox(config.state)
        letters = [one.message for one in (*outbox.waiting(), *outbox.sent())]
        assert (outbox.notes, outbox.damaged()) == ([], [])
        assert whole.told_once(root, [{"message": one.body} for one in letters])
        if number >= self.noted:
            assert {one.id: one for one in letters} == self.sent


def losses(disk, chance, count):
    """How a disk may lose what was not flushed; each a rule for names and one for bytes."""

    def some(file):
        start, whole_file = file.durable, bytes(file.data)
        cut = chance.randint(0, len(whole_file))
        return chance.choice((start, whole_file, whole_file[: max(cut, len(start))]))

    yield lambda _: False, lambda file: file.durable
    yield lambda _: True, lambda file: file.durable
    newest = disk.pending[-1][-1][0] if disk.pending else None
    yield lambda namings: any(one is newest for one, *_ in namings), lambda file: file.durable
    for _ in range(count):
        coins = {}
        yield (
            # All the names of some folders, and then some names of all folders.
            lambda namings, coins=coins: all(
                coins.setdefault(id(one), chance.random() < 0.5) for one, *_ in namings
            ),
            some,
        )
        yield lambda _: chance.random() < 0.5, some


@pytest.fixture
def cut(tmp_path, httpserver):
    if not power.can_record():
        pytest.skip("recording what a process does to its files needs strace")
    return Cut(tmp_path, httpserver)


def is_promise(step):
    """What others rely on afterwards: a capture, the record of output/, a message."""
    return step.path in ("output", "state/outbox/waiting") or step.path.endswith(
        (recorded.INPUTS, ".warc.gz")
    )


def test_the_power_goes_where_something_is_promised(cut, tmp_path):
    chance = random.Random(3)  # noqa: S311 - moments, no secrets
    states = list(cut.states(chance, 0, is_promise))
    assert cut.is_replayed()
    # The record of output/ comes last of all files: what it says must not be truer than they are.
    placed = next(at for at, step in enumerate(cut.steps) if step.other == f"output/{recorded.INPUTS}")
    around = [state for state in states if state[0] in (placed, placed + 1)]
    assert around
    for number, found in around[:3] + chance.sample(states, 2):
        cut.recover(number, found, tmp_path / "left")
        shutil.rmtree(tmp_path / "left")


@pytest.mark.soak
def test_the_power_goes_at_any_step(cut, tmp_path):
    """After each step that concerns a promise, and one in five of all others, four ways to lose what was not
    flushed."""
    chance = random.Random(2)  # noqa: S311 - moments, no secrets
    tried = 0
    for number, found in cut.states(chance, 1, lambda step: is_promise(step) or chance.random() < 0.2):
        cut.recover(number, found, tmp_path / "left")
        shutil.rmtree(tmp_path / "left")
        tried += 1
    assert cut.is_replayed()
    print(f"\n{len(cut.steps)} steps, {tried} states of the disk, all mended")


@pytest.mark.soak
def test_the_power_goes_after_a_kill(tmp_path, httpserver):
    """The run before was killed once its capture was written and before that was flushed. The index promises
    it only when it is on the disk."""
    if not power.can_record():
        pytest.skip("recording what a process does to its files needs strace")
    cut = Cut(tmp_path, httpserver, after_a_kill=True)
    chance = random.Random(4)  # noqa: S311 - moments, no secrets
    tried = 0
    for number, found in cut.states(chance, 1, lambda step: step.path.startswith("raw")):
        cut.recover(number, found, tmp_path / "left")
        shutil.rmtree(tmp_path / "left")
        tried += 1
    assert tried > 20
