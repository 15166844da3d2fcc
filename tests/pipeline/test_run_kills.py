"""The whole run, killed at random moments: a real command, a real page that changes, a real receiver.

Whatever stage a kill hits, what was archived stays, every published file is whole, the next run makes output/
what it would be without the kill, and each change is told once.
"""

from __future__ import annotations

import json
import random
import signal
import time
from collections import Counter
from functools import partial

import pytest
from werkzeug import Response

from pipeline import recorded, run, runs
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.inputs import inputs_digest
from pipeline.notify.outbox import Outbox
from pipeline.staging import FOLDER
from tests.pipeline import whole
from tests.pipeline.command import pasakumi, start
from tests.pipeline.forks import Forks
from tests.pipeline.receivers import Hook, subscribed
from tests.pipeline.site import measure, page

STAGES = (
    "starting",
    "begun",
    "fetching",
    "archived",
    "writing output",
    "putting in place",
    "published",
    "outbox",
    "sent",
    "noted",
    "ended",
)
"""In the order of a run, as told by what it left: see ``Trial.stage``."""


class Trial:
    """A folder whose page changes before each run. ``known``: name and digest of each file that ever was
    to be published."""

    def __init__(self, folder, httpserver, seed):
        self.folder = folder
        self.hook = Hook(httpserver)
        self.chance = random.Random(seed)  # noqa: S311 - moments, no secrets
        self.asked = 0
        self.amount = 0
        httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        httpserver.expect_request("/fondi").respond_with_handler(self._answer)
        subscribed(folder, self.hook.address, url=httpserver.url_for("/fondi"))
        self.config = load(folder / "sources.toml")
        self.start = partial(start, folder)
        self.known = set()
        self.made_of, self.made = [], {}
        self.captures = []
        self.figures = Counter()

    def _answer(self, _):
        self.asked += 1
        # One digit is another: a file that is old where it should be new has the same size.
        changed = measure(1, amount=f"{self.amount} 000 000")
        return Response(page([changed, *map(measure, range(2, 5))]), content_type="text/html; charset=utf-8")

    def change(self):
        self.amount = self.chance.choice([digit for digit in range(1, 10) if digit != self.amount])

    def let_through(self):
        """A run that nobody kills, and all that must be so after it; gives its seconds."""
        self.change()
        whole.age(self.folder)
        started = time.monotonic()
        done = pasakumi(self.folder, "run", "-q")
        seconds = time.monotonic() - started
        assert done.code == 0, done.err
        assert all("cut short" in line for line in done.err.splitlines()), done.err
        assert whole.litter(self.config) == []
        self.check()
        return seconds

    def check(self):
        """What is so after a run, whatever became of those before it."""
        self._nothing_lost()
        assert Archive(self.config.raw).verify() == []
        assert whole.published(self.config.output) == self.to_be_published()
        assert list(recorded.damaged(self.config.output)) == []
        if _names(self.config.state / "outbox" / "waiting"):  # a try that failed is for a later run
            assert pasakumi(self.folder, "notify").code == 0
        assert whole.told_once(self.folder, self.hook.by_id.values())
        assert _names(self.config.state / "outbox" / "waiting") == set()

    def kill(self, stage, most):
        """A run killed up to ``most`` seconds after it reached a stage; its stage goes into ``figures``."""
        self.change()
        before = self.marks()
        process = self.start("run")
        end = time.monotonic() + 60
        while process.poll() is None and self.stage(before) < STAGES.index(stage) and time.monotonic() < end:
            time.sleep(0.002)
        end = time.monotonic() + self.chance.uniform(0, most)
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        if process.poll() is None:
            process.kill()
        if process.wait() != -signal.SIGKILL:  # it had ended before
            self.check()
            return
        reached = STAGES[self.stage(before)]
        self.check_after_a_kill()
        self.figures[reached] += 1
        print(f"kill {self.figures.total()}: {reached}", flush=True)

    def check_after_a_kill(self):
        self._nothing_lost()
        record, state = runs.load(self.config.state), self.config.state
        assert record.damaged == ()
        assert runs.seen(state)[1]
        assert all(json.loads(path.read_bytes()) for path in state.glob("*.json"))
        assert Outbox(state, dry=True).waiting() is not None
        made = self.to_be_published()
        there = whole.published(self.config.output)
        assert set(there.items()) <= self.known, set(there.items()) - self.known
        if recorded.is_current(self.config.output, inputs_digest(self.config, Archive(self.config.raw))):
            assert there == made
        assert len(set(self.hook.bodies)) == len(set(self.hook.taken))

    def to_be_published(self):
        """What a run that was never killed makes of raw/, asked once for each state of it."""
        if self.made_of != self.captures:
            self.made = whole.never_stopped(self.config, self.folder / "aside")
            self.made_of = self.captures
            self.known |= set(self.made.items())
        return self.made

    def _nothing_lost(self):
        assert whole.errors(self.config.raw) == []
        there = whole.capture_ids(self.config.raw)
        assert there[: len(self.captures)] == self.captures
        self.captures = there

    def marks(self):
        """What tells the stages of a run apart, as it is now."""
        state, output = self.config.state, self.config.output
        return {
            "begun": _bytes(state / "begun.json"),
            "asked": self.asked,
            "archived": sum(path.stat().st_size for path in self.config.raw.rglob("*.warc.gz")),
            "record": _bytes(output / recorded.INPUTS),
            "waiting": _names(state / "outbox" / "waiting"),
            "taken": len(self.hook.bodies),
            "sent": _names(state / "outbox" / "sent"),
            "ended": _bytes(state / "runs.json"),
        }

    def stage(self, before):
        """The place in STAGES of what a run has come to that began with the marks of ``before``."""
        now, aside = self.marks(), (self.config.output / FOLDER).exists()
        reached = {
            "ended": now["ended"] != before["ended"],
            "noted": now["sent"] - before["sent"],
            "sent": now["taken"] != before["taken"],
            "outbox": now["waiting"] - before["waiting"],
            "published": now["record"] not in (b"", before["record"]) and not aside,
            "putting in place": aside and now["record"] != before["record"],
            "writing output": aside and now["archived"] != before["archived"],
            "archived": now["archived"] != before["archived"],
            "fetching": now["asked"] != before["asked"],
            "begun": now["begun"] not in (b"", before["begun"]),
            "starting": True,
        }
        return STAGES.index(next(name for name, is_so in reached.items() if is_so))


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _names(folder):
    return {path.name for path in folder.iterdir() if path.suffix == ".json"} if folder.is_dir() else set()


@pytest.fixture
def trial(tmp_path, httpserver, request):
    return Trial(tmp_path, httpserver, getattr(request, "param", 1))


def test_killed_in_many_stages(trial):
    trial.change()
    run.run(trial.config)
    trial.check()
    with Forks(trial.folder) as forks:
        trial.start = forks.start
        for stage in ("fetching", "writing output", "putting in place", "published"):
            trial.kill(stage, 0.01)
    trial.change()
    run.run(trial.config)
    trial.check()
    assert trial.figures.total() >= 3


@pytest.mark.soak
@pytest.mark.parametrize("trial", [1, 2, 3], indirect=True)
def test_killed_at_100_random_moments(trial):
    """Half of the kills spread evenly over a run, half over the stages, as some last for milliseconds; up to
    six in a row before a run is let through."""
    with Forks(trial.folder) as forks:
        trial.start = forks.start
        trial.let_through()
        started = time.monotonic()
        trial.change()
        forks.start("run").wait()
        whole_run = time.monotonic() - started
        trial.check()
        while trial.figures.total() < 100:
            for _ in range(trial.chance.randint(1, 6)):
                if trial.chance.random() < 0.5:
                    trial.kill("starting", whole_run)
                else:
                    trial.kill(trial.chance.choice(STAGES), 0.02)
            trial.let_through()
    repeated = len(trial.hook.bodies) - len(trial.hook.by_id)
    print(
        f"\n{trial.figures.total()} kills, {len(trial.captures)} captures, 0 lost; "
        f"{len(trial.hook.by_id)} messages, 0 lost, {repeated} came twice, the same to the byte; 0 wrecks\n"
        + ", ".join(f"{stage} {trial.figures[stage]}" for stage in STAGES)
    )
