"""Who is a contact of one page that hides them stands in nothing that is made of the others that hide theirs,
nor in a message that was written before they were to be hidden."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parsers.page import parse_page
from pipeline import run
from pipeline.config import load
from pipeline.mentions import sighted
from pipeline.notify.letter import Delivery, Letter, Message, from_bytes, to_bytes
from pipeline.notify.outbox import Outbox
from pipeline.worker_processes import WorkerProcesses
from tests.pipeline import couriers, whole
from tests.pipeline.command import pasakumi
from tests.pipeline.leaks import found
from tests.pipeline.receivers import Hook, subscribed
from tests.pipeline.site import capture, sources
from tests.pipeline.test_hidden_people import ANNA, JURIS, ZANE, page

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
SECRETS = ("paraudzin", "67047881", "zvirgzdegl", "26111111")
OTHER = ("[[source]]", 'id = "citi"', 'url = "https://ministry.example/lv/citi"')

# As one page may write of the contact of another.
NAMED = (
    "Anna Paraudziņa", "stāsta Annas Paraudziņas kolēģe", "A. Paraudziņa, vēlāk Paraudziņai",
    "Paraudziņa Anna", "ANNA PARAUDZIŅA", "anna.paraudzina", "Anna Parau\u00addziņa", "67 047 881",
    "(+371) 67047881",
)  # fmt: skip


def captured(folder: Path, first: Sequence[str], second: Sequence[str]) -> None:
    for day, contents in enumerate(zip(first, second, strict=True)):
        for name, content in zip(("fondi", "citi"), contents, strict=True):
            capture(folder / "raw", content, DAY + timedelta(days=day), name)


def leaks(folder: Path) -> list[str]:
    gc.collect()  # the spool, with pages as they are, goes with the last object that the run gave
    return found([folder / "output", folder / "state"], SECRETS)


@pytest.mark.parametrize("written", NAMED)
def test_a_contact_of_another_page_is_hidden(tmp_path, written):
    captured(
        tmp_path,
        [page("lines", [ANNA]), page("lines", [ANNA])],
        [page("table", [ZANE]), page("table", [ZANE], written)],
    )
    run.run(load(sources(tmp_path, *OTHER, publish_contacts=False)), offline=True)
    assert leaks(tmp_path) == []
    verbs = (["diff", "-30000d"], ["history", "4.9.9.1"], ["explain", "4.9.9.1", "other_info"])
    # They read what the run remembers, which leaks nothing; once is enough.
    for words in verbs if written == NAMED[0] else ():
        assert not any(one in pasakumi(tmp_path, *words).out.casefold() for one in SECRETS), words


def test_whoever_becomes_one_later_and_elsewhere_was_hidden_all_along(tmp_path):
    told = ["Stāsta Anna Paraudziņa un Juris Zvirgzdeglis", "Nekas"]
    captured(
        tmp_path,
        [page("lines", [ZANE]), page("lines", [ANNA, JURIS])],
        [page("list", [ZANE], one) for one in told],
    )
    config = load(sources(tmp_path, *OTHER, publish_contacts=False))
    run.run(config, offline=True)
    assert leaks(tmp_path) == []
    once = whole.published(config.output)
    with WorkerProcesses(2) as workers:
        run.rebuild(config, workers)
    assert whole.published(config.output) == once


def test_a_surname_alone_is_nobody_of_another_page(tmp_path):
    captured(tmp_path, [page("lines", [ANNA])], [page("lines", [ZANE], "Paraudziņas pagasts")])
    run.run(load(sources(tmp_path, *OTHER, publish_contacts=False)), offline=True)
    (text,) = (tmp_path / "output" / "text").glob("*citi.txt")
    assert "Paraudziņas pagasts" in text.read_text("utf-8")


def test_a_page_that_publishes_its_contacts_shows_what_it_says(tmp_path):
    captured(tmp_path, [page("lines", [ANNA])], [page("lines", [JURIS], "Stāsta Anna Paraudziņa")])
    run.run(load(sources(tmp_path, *OTHER, "publish_contacts = true", publish_contacts=False)), offline=True)
    texts = {path.name[-9:-4]: path.read_text("utf-8") for path in (tmp_path / "output" / "text").iterdir()}
    assert "Paraudziņa" in texts["-citi"]
    assert "Paraudziņa" not in texts["fondi"]


def test_pages_that_name_nobody_else_are_told_once(tmp_path, monkeypatch):
    captured(tmp_path, [page("lines", [ANNA])], [page("lines", [ZANE], "Nekas par citiem")])
    from pipeline import run_build

    tellings: list[object] = []
    tell = run_build.tell
    monkeypatch.setattr(run_build, "tell", lambda *some: (tellings.append(some), tell(*some))[1])
    run.run(load(sources(tmp_path, *OTHER, publish_contacts=False)), offline=True)
    assert len(tellings) == 2


def test_marks_of_a_page_tell_whom_it_names():
    people = sighted([parse_page(page("lines", [ANNA, JURIS]), None)]).people
    other = sighted([parse_page(page("lines", [ZANE], "Annu Paraudziņu un Kalniņu"), None)])
    named = {one.name for one in other.mentions.named(people)}
    assert "Anna Paraudziņa" in named
    assert "Juris Zvirgzdeglis" not in named


def letter(name: str, body: str, sent: datetime | None = None) -> Letter:
    message = Message(name, "desk", "Kas mainījies", f"{body}\n\npasakumi, message {name}", DAY, {"upto": {}})
    return Letter(message, {"x": Delivery(1, None, sent)} if sent else {})


def test_no_message_keeps_who_is_hidden_since(tmp_path, httpserver, monkeypatch):
    couriers.fork(monkeypatch)
    hook = Hook(httpserver)
    hook.status = 503
    subscribed(tmp_path, hook.address)
    for day, gossip in enumerate(("", "Stāsta Anna Paraudziņa, 67047881")):
        capture(tmp_path / "raw", page("lines", [ANNA], gossip), DAY + timedelta(days=day))
        run.run(load(tmp_path / "sources.toml"), offline=True)
    box = tmp_path / "state" / "outbox"
    assert found([box / "waiting"], SECRETS)
    sent = letter("b" * 24, "Stāsta Anna Paraudziņa", datetime.now(UTC).replace(microsecond=0))
    for place, name, content in (
        ("sent", sent.message.id, to_bytes(sent)),
        ("damaged", "c" * 24, to_bytes(letter("c" * 24, "Anna Paraudziņa"))[:-40]),
    ):
        (box / place).mkdir(exist_ok=True)
        (box / place / f"{name}.json").write_bytes(content)
    before = {path.name for path in box.rglob("*.json")}
    subscribed(tmp_path, hook.address, publish_contacts=False)
    shown = pasakumi(tmp_path, "notify", "--dry-run").out
    assert "4.9.9.1" in shown
    assert "Paraudziņ" not in shown
    hook.status = 200
    hook.bodies.clear()
    assert run.notify(load(tmp_path / "sources.toml"))[0] == 1
    assert found([box], SECRETS) == []
    assert {path.name for path in box.rglob("*.json")} == before
    (body,) = hook.messages
    assert "Paraudzi" not in json.dumps(body, ensure_ascii=False)
    kept = box / "sent" / f"{'b' * 24}.json"
    assert from_bytes(kept.read_bytes(), kept.stem).deliveries == sent.deliveries
    assert len(Outbox(tmp_path / "state").sent()) == 2


def test_redacted_words_leave_the_messages_too(tmp_path, httpserver, monkeypatch):
    couriers.fork(monkeypatch)
    hook = Hook(httpserver)
    hook.status = 503
    subscribed(tmp_path, hook.address)
    for day, gossip in enumerate(("", "Stāsta Anna Paraudziņa")):
        made = capture(tmp_path / "raw", page("lines", [ANNA], gossip), DAY + timedelta(days=day))
        run.run(load(tmp_path / "sources.toml"), offline=True)
    words = ("--words", "Anna Paraudziņa", "--everywhere", "--reason", "asked")
    assert pasakumi(tmp_path, "redact", made.id, *words).code == 0
    (waiting,) = Outbox(tmp_path / "state").waiting()
    assert "4.9.9.1" in waiting.message.body
    assert found([tmp_path / "state" / "outbox"], ("paraudzin",)) == []


def test_a_run_takes_them_out_too(tmp_path, httpserver, monkeypatch):
    couriers.fork(monkeypatch)
    hook = Hook(httpserver)
    hook.status = 503
    subscribed(tmp_path, hook.address)
    for day, gossip in enumerate(("", "Stāsta Anna Paraudziņa")):
        capture(tmp_path / "raw", page("lines", [ANNA], gossip), DAY + timedelta(days=day))
        run.run(load(tmp_path / "sources.toml"), offline=True)
    subscribed(tmp_path, hook.address, publish_contacts=False)
    run.run(load(tmp_path / "sources.toml"), offline=True)
    assert leaks(tmp_path) == []
