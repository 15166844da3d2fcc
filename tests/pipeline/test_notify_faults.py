"""Messages and everything that can go wrong: refusals, silence, full disks, damage, clocks.

A change is told exactly once to each subscriber; what comes twice is the same to the byte, id included.
"""

import errno
import os
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from pipeline import durable, run
from pipeline.config import load
from pipeline.notify.messages import Messages, trial
from pipeline.notify.outbox import Outbox
from pipeline.notify.sending import Limits
from tests.pipeline import couriers
from tests.pipeline.command import pasakumi, start
from tests.pipeline.local_server import LocalServer, drip
from tests.pipeline.receivers import (
    GREW,
    SLIPPED,
    Hook,
    mail_server,
    prepare,
    publish_and_tell,
    rows,
    sentences,
    store,
    subscribed,
)
from tests.pipeline.site import measure, page

QUICK = Limits(one=20.0, all=40.0, pauses=())
SECRET = "hunter2"  # noqa: S105


@pytest.fixture(autouse=True)
def _forked(monkeypatch):
    couriers.fork(monkeypatch)


@pytest.fixture
def hook(httpserver):
    return Hook(httpserver)


@pytest.fixture
def mailbox():
    with mail_server() as box:
        yield box


@pytest.fixture
def waiting(tmp_path, hook, mailbox):
    """A folder in whose outbox a message waits for the webhook and for the mailbox."""
    subscribed(tmp_path, hook.address, mailbox.address)
    prepare(tmp_path)
    return tmp_path


def flush(folder, limits=QUICK, *, at_once=True):
    """Send what waits; gives how many were taken and what was said."""
    messages = Messages(load(folder / "sources.toml"))
    return messages.send(limits, at_once=at_once), messages.notes


def test_a_refusal_is_tried_again_with_the_same_bytes(waiting, hook, mailbox):
    hook.status, mailbox.answer = 503, "451 later"
    sent, (said,) = flush(waiting)
    assert sent == 0
    assert "desk (json: its service answered 503)" in said
    assert "desk (mailto: refused, or its service is out of reach)" in said
    assert flush(waiting, at_once=False) == (0, [])  # not before five minutes have passed
    assert len(hook.bodies) == len(mailbox.contents) == 1
    hook.status, mailbox.answer = 200, "250 taken"
    assert flush(waiting) == (2, [])
    assert flush(waiting) == (0, [])
    assert len(hook.bodies) == len(mailbox.contents) == 2
    assert len(set(hook.bodies)) == len(set(mailbox.contents)) == 1


def test_a_hiccup_is_over_within_the_run(waiting, hook):
    statuses = [500, 200]
    hook.before = lambda: setattr(hook, "status", statuses.pop(0))
    assert flush(waiting, QUICK._replace(pauses=(0.1,))) == (2, [])
    assert len(hook.bodies) == 2


def test_who_took_it_is_not_sent_it_again_for_another(waiting, hook, mailbox):
    hook.status = 500
    assert flush(waiting)[0] == 1
    hook.status = 200
    assert flush(waiting)[0] == 1
    assert len(mailbox.contents) == 1


def test_a_receiver_that_never_comes_to_an_end(tmp_path, mailbox):
    """It costs its time and no more, and keeps nobody else from getting theirs."""
    server = LocalServer()
    server.answers["/hook"] = drip(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.2)
    subscribed(tmp_path, f"json://127.0.0.1:{server.port}/hook", mailbox.address)
    prepare(tmp_path)
    started = time.monotonic()
    sent, (said,) = flush(tmp_path, Limits(one=3.0, all=60.0))
    assert time.monotonic() - started < 11
    assert sent == 1
    assert "desk (json: no answer in 3 s)" in said
    assert len(mailbox.contents) == 1
    server.close()


def test_nobody_is_there(tmp_path):
    """Neither a port, nor a host, nor a service that apprise knows; secrets stay where they are."""
    addresses = (
        f"json://user:{SECRET}@127.0.0.1:9/{SECRET}",
        f"mailtos://user:{SECRET}@nowhere.invalid?to=a@b.example",
        f"nosuch://{SECRET}",
        f"slack://{SECRET}",
    )
    subscribed(tmp_path, *addresses)
    prepare(tmp_path)
    done = pasakumi(tmp_path, "run", "--offline")
    assert done.code == 0
    for name in ("json", "mailtos", "nosuch", "slack"):
        assert f"desk ({name}: " in done.err
    assert "desk (nosuch: apprise cannot use this address)" in done.err
    assert done.err.count("\n") == 1
    kept = b"".join(path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file())
    for text in (
        done.out,
        done.err,
        pasakumi(tmp_path, "notify", "--list", "-vv").out,
        kept.decode("latin-1"),
    ):
        assert SECRET not in text


def full(monkeypatch, is_full):
    """The disk has no room for files of which ``is_full`` says so."""
    real = durable.replace

    def replace(path, pieces):
        if "outbox" in path.parts and is_full(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, pieces)

    monkeypatch.setattr(durable, "replace", replace)


@pytest.mark.parametrize("name", ["", "told.json", "waiting"])
def test_a_full_disk(tmp_path, hook, monkeypatch, name):
    """What cannot be written down is not sent; the run itself is not concerned, and a later one tells."""
    subscribed(tmp_path, hook.address)
    config = load(tmp_path / "sources.toml")
    store(tmp_path, 0, page(5))
    run.run(config, offline=True)
    store(tmp_path, 1, GREW)
    with monkeypatch.context() as patched:
        full(patched, lambda path: name in str(path))
        for _ in range(3):
            (said,) = run.run(config, offline=True).unsent
            assert said == (
                "state/outbox cannot be read or written (No space left on device): "
                "messages are told and sent by a later run"
            )
    assert len(rows(tmp_path)) == 1
    assert hook.bodies == []
    assert run.run(config, offline=True).unsent == []
    assert len(hook.bodies) == 1


def test_a_disk_that_fills_after_the_receivers_answer(waiting, hook, mailbox, monkeypatch):
    with monkeypatch.context() as patched:
        full(patched, lambda _: bool(hook.bodies))
        for _ in range(3):
            flush(waiting)
    assert len(hook.bodies) == 1  # the record cannot be written: no further try
    assert flush(waiting) == (2, [])
    assert len(hook.bodies) == 2
    assert len(set(hook.bodies)) == 1


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "renamed", "foreign", "array"])
def test_a_damaged_message_is_set_aside_and_said(waiting, hook, damage):
    (path,) = (waiting / "state" / "outbox" / "waiting").glob("*.json")
    content = path.read_bytes()
    name = path.name
    match damage:
        case "renamed":
            name = f"{'0' * 24}.json"
            path.rename(path.with_name(name))
        case _:
            path.write_bytes(
                {
                    "empty": b"",
                    "cut": content[: len(content) // 2],
                    "flipped": content.replace(b"1 500 000", b"9 500 000", 1),
                    "foreign": b"\x00\xff",
                    "array": b"[" * 100_000,
                }[damage]
            )
    config = load(waiting / "sources.toml")
    store(waiting, 2, SLIPPED)
    result = run.run(config, offline=True)
    (said,) = result.unsent
    assert said.startswith(f"state/outbox/{name}: a message is damaged (")
    assert len(hook.bodies) == 1
    assert (waiting / "state" / "outbox" / "damaged" / name).exists()
    assert f"damaged: state/outbox/damaged/{name}" in pasakumi(waiting, "notify", "--list").out
    assert run.run(config, offline=True).unsent == []


def test_news_that_cannot_be_read_waits(waiting, hook):
    """A history that is to be read again and cannot be: the run says so, and nothing is told or lost."""
    config = load(waiting / "sources.toml")
    store(waiting, 2, SLIPPED)
    run.publish(config)
    (warc, *_) = sorted((waiting / "raw" / "imported").glob("*.warc.gz"))
    content, stat = warc.read_bytes(), warc.stat()
    warc.write_bytes(content[:-200] + bytes(200))
    os.utime(warc, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    for cache in ("histories", "pages"):
        shutil.rmtree(waiting / "state" / "cache" / cache)
    (said,) = run.run(config, offline=True).unsent
    assert said.endswith(": messages are told and sent by a later run")
    assert hook.bodies == []
    warc.write_bytes(content)
    assert run.run(config, offline=True).unsent == []
    assert len(hook.bodies) == 2


def test_two_damaged_files_of_one_name_are_both_kept(tmp_path):
    outbox = Outbox(tmp_path)
    (tmp_path / "outbox" / "waiting").mkdir(parents=True, exist_ok=True)
    for content in (b"1", b"2"):
        (tmp_path / "outbox" / "waiting" / "x.json").write_bytes(content)
        assert outbox.waiting() == []
    assert outbox.damaged() == ["x.json", "x.json.2"]


@pytest.mark.parametrize("name", ["told.json", "alarms.json"])
@pytest.mark.parametrize("content", [b"\xff", b'{"upto": 1, "baseline": [], "failing": 1}'])
def test_a_damaged_record_begins_anew(tmp_path, hook, name, content):
    subscribed(tmp_path, hook.address, admin=hook.address)
    config = load(tmp_path / "sources.toml")
    for day, body in enumerate((page(5), GREW)):
        store(tmp_path, day, body)
        run.run(config, offline=True)
    (tmp_path / "state" / "outbox" / name).write_bytes(content)
    assert "a record of what was told is damaged" in "".join(run.run(config, offline=True).unsent)
    assert run.run(config, offline=True).unsent == []
    store(tmp_path, 2, SLIPPED)
    run.run(config, offline=True)
    assert len(hook.bodies) == 2


def test_a_clock_that_was_put_back_keeps_nothing_waiting(waiting, hook):
    hook.status = 500
    flush(waiting)
    outbox = Outbox(waiting / "state")
    (letter,) = outbox.waiting()
    ahead = datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)
    later = {key: one._replace(next_at=ahead) for key, one in letter.deliveries.items()}
    outbox.record(letter.message, later)
    hook.status = 200
    assert flush(waiting, at_once=False) == (1, [])


def test_two_at_once_send_once(waiting, hook):
    arrived = threading.Event()
    hook.before = lambda: (arrived.set(), time.sleep(2))
    first = start(waiting, "notify")
    assert arrived.wait(30)
    second = pasakumi(waiting, "notify")
    assert second.code == 3
    assert "another run is at work" in second.complaint
    assert first.wait(60) == 0
    assert len(hook.bodies) == 1


def test_a_message_that_is_always_refused_does_not_hold_up_others(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    prepare(tmp_path)
    hook.status = 400
    for _ in range(3):
        flush(tmp_path)
    config = load(tmp_path / "sources.toml")
    store(tmp_path, 2, SLIPPED)
    publish_and_tell(config)
    hook.bodies.clear()
    first = []

    def refuse_the_old_one():
        first.append(hook.taken[-1])
        hook.status = 200 if len(set(first)) == 1 else 400

    hook.before = refuse_the_old_one
    assert flush(tmp_path)[0] == 1
    assert len(set(first)) == 2
    (left,) = Outbox(config.state).waiting()
    assert left.message.id != first[0]


def test_a_message_for_somebody_who_left_waits(waiting, hook):
    path = waiting / "sources.toml"
    before = path.read_text("utf-8")
    path.write_text(before.replace('name = "desk"', 'name = "other"'), "utf-8")
    assert run.run(load(path), offline=True).unsent == []
    assert hook.bodies == []
    assert "nobody in sources.toml to send it to" in pasakumi(waiting, "notify", "--list").out
    path.write_text(before, "utf-8")
    run.run(load(path), offline=True)
    assert len(hook.bodies) == 1


def test_what_was_sent_long_ago_is_forgotten(waiting, hook):
    flush(waiting)
    outbox = Outbox(waiting / "state")
    (waiting / "state" / "outbox" / "waiting" / ".x.json.1.tmp").write_bytes(b"half")
    outbox.prune(datetime.now(UTC) + timedelta(days=29))
    assert len(outbox.sent()) == 1
    outbox.prune(datetime.now(UTC) + timedelta(days=31))
    assert outbox.sent() == []
    assert list((waiting / "state" / "outbox" / "waiting").iterdir()) == []


def test_a_page_that_goes_to_and_fro_is_told_each_time(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    config = load(tmp_path / "sources.toml")
    for day, content in enumerate((page(5), GREW, page(5), GREW)):
        store(tmp_path, day, content)
        run.run(config, offline=True)
    assert len(set(hook.taken)) == 3


def test_a_subscriber_with_many_measures(tmp_path, hook):
    """A long message reaches a service that takes it whole."""
    subscribed(tmp_path, hook.address)
    config = load(tmp_path / "sources.toml")
    title = "Ļoti garš nosaukums " * 12
    for day, amount in enumerate(("1 000 000", "2 000 000")):
        store(tmp_path, day, page([measure(n, amount=amount, title=title) for n in range(1, 40)]))
        run.run(config, offline=True)
    (told,) = hook.messages
    assert len(sentences(told["message"])) == 20


def test_a_message_that_nobody_takes_for_a_day_is_a_problem(tmp_path):
    subscribed(tmp_path, "json://127.0.0.1:9/hook")
    now = datetime.now(UTC).replace(microsecond=0)
    outbox = Outbox(load(tmp_path / "sources.toml").state)
    outbox.put(trial("desk"))
    assert "not taken" not in pasakumi(tmp_path, "status").out
    outbox.put(trial("desk")._replace(id="older", built_at=now - timedelta(days=2)))
    said = pasakumi(tmp_path, "status").out
    since = f"{now - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    assert f"a message is not taken since {since}; `pasakumi notify --list` says by whom" in said
