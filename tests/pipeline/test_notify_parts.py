"""The parts of messages that need no receiver: addresses, times, records, alarms, the file of a message."""

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import load
from pipeline.fetch_types import Outcome
from pipeline.notify import addresses, alarms, letter, schedule, told
from pipeline.notify.courier import Courier
from pipeline.notify.inert import inert
from pipeline.notify.letter import ADMIN, Damaged, Delivery, Letter, Message
from pipeline.notify.sending import is_done, tasks
from pipeline.notify.speaker import steady
from pipeline.overview import Overview, Withheld
from tests.pipeline.site import sources

NOW = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
TEXT = st.text(max_size=40)


def message(name="a" * 24, to="desk", built_at=NOW):
    return Message(name, to, "title", "body", built_at, {"upto": {}})


def test_an_address_and_what_may_be_said_of_it():
    entry = "mailtos://user:hunter2@smtp.example?to=a@b.example"
    assert addresses.resolve(entry, {}) == entry
    assert addresses.label(entry) == "mailtos"
    assert addresses.resolve("env:DESK", {"DESK": " json://x/y\n"}) == "json://x/y"
    assert addresses.resolve("env:DESK", {"DESK": " "}) is None
    assert addresses.resolve("env:DESK", {}) is None
    assert addresses.label("env:DESK") == "env:DESK"
    assert len({addresses.key(entry), addresses.key(f"{entry}x"), addresses.key("env:DESK")}) == 3
    assert "hunter2" not in addresses.key(entry)


@given(st.integers(0, 10_000), MOMENTS)
def test_the_next_try_is_later_each_time_and_never_far(tries, now):
    wait = schedule.next_try(tries, now) - now
    assert schedule.FIRST <= wait <= schedule.LONGEST < timedelta(days=1)
    assert schedule.next_try(tries + 1, now) - now >= wait


@given(MOMENTS, MOMENTS)
def test_no_clock_keeps_a_message_for_longer(tried, now):
    """Whatever the clock said when it was tried: half a day later, by any clock, it is due."""
    delivery = Delivery(9, schedule.next_try(9, tried))
    assert schedule.is_due(delivery, now) or schedule.is_due(delivery, now + schedule.LONGEST)
    assert not schedule.is_due(delivery._replace(sent_at=now), now)
    assert not schedule.is_due(Delivery(1, schedule.next_try(1, now), why="no"), now)
    assert schedule.is_due(Delivery(1, schedule.next_try(1, now)), now)  # killed: nobody knows
    assert not schedule.is_due(Delivery(3, schedule.next_try(3, now)), now)  # but not for ever


def test_a_captures_moment():
    ids = ["", "0000-000001-abc-fondi", "0000-000002-012-fondi", "20250301T063000Z-abc-fondi"]
    assert [told.moment_of(one) for one in ids] == ["", "0000-000001", "0000-000002", "20250301T063000Z"]
    assert sorted(ids, key=told.moment_of) == ids
    assert told.moment_of("20250301T063000Z-fff-fondi") == told.moment_of(ids[3])


CAPTURES = st.one_of(st.just(""), st.integers(10, 28).map(lambda day: f"202503{day}T063000Z-abc-a"))


@given(st.lists(CAPTURES, min_size=1, max_size=12), CAPTURES)
def test_what_was_told_never_goes_back(published, newest):
    """Run after run: no capture is news twice, whatever the published one does."""
    known = told.begun(told.NOTHING, ["desk"], ["a"], lambda: {"a": newest} if newest else {})
    assert told.since(known, "desk", "a") == newest
    news = []
    for capture in published:
        since = told.moment_of(told.since(known, "desk", "a"))
        assert told.is_quiet(known, ["a"], {"a": capture}) == (told.moment_of(capture) <= since)
        if not told.is_quiet(known, ["a"], {"a": capture}):
            news.append((since, told.moment_of(capture)))
        known = told.finished(known, ["a"], {"a": capture})
        assert told.finished(known, ["a"], {"a": capture}) == known
    assert all(before[1] <= after[0] for before, after in pairwise(news))
    assert told.from_bytes(told.to_bytes(known)) == known


def test_a_subscriber_who_left_begins_anew():
    known = told.Told({"desk": {"a": "20250301T063000Z-x-a"}, "gone": {"a": ""}}, {})

    def never():
        raise AssertionError

    assert told.begun(known, ["desk"], ["a"], never).upto == {"desk": {"a": "20250301T063000Z-x-a"}}
    assert told.begun(known, ["desk", "new"], ["a", "b"], lambda: {"a": "z"}).baseline == {
        "desk": {"b": ""},
        "new": {"a": "z", "b": ""},
    }


@given(TEXT, TEXT, MOMENTS, st.none() | MOMENTS, TEXT)
def test_a_letter_comes_back_as_it_was(title, body, built_at, sent_at, why):
    delivery = Delivery(2, built_at, sent_at, why)
    one = Letter(Message("a" * 24, ADMIN, title, body, built_at, {"alarms": {"serial": 1}}), {"k": delivery})
    read = letter.from_bytes(letter.to_bytes(one), "a" * 24)
    if all(text.isprintable() for text in (title, body, why)):
        assert read == one
    assert read.message.built_at == built_at


@given(st.data())
def test_no_byte_of_a_letter_can_be_another(data):
    content = letter.to_bytes(Letter(message(), {"k": Delivery(1, NOW, None, "no")}))
    place = data.draw(st.integers(0, len(content) - 1))
    other = bytearray(content)
    other[place] ^= data.draw(st.sampled_from([1, 2, 4, 8, 16, 32, 64, 128]))
    try:
        read = letter.from_bytes(bytes(other), "a" * 24)
    except Damaged:
        return
    assert read == letter.from_bytes(content, "a" * 24)  # white space between the fields


def test_an_id_is_made_of_what_it_is_of():
    assert letter.message_id("desk", ["a", "b"]) == letter.message_id("desk", ["a", "b"])
    parts = [("desk", ["a"]), ("desk", ["a", "b"]), ("des", ["k", "a"]), ("other", ["a"])]
    assert len({letter.message_id(*one) for one in parts}) == len(parts)


def test_addresses_of_a_message_and_what_is_left():
    first, second = "json://one", "json://two"
    taken = Letter(message(), {addresses.key(first): Delivery(1, None, NOW)})
    assert [task.entry for task in tasks([taken], {"desk": (first, second)}, NOW)] == [second]
    assert not is_done(taken, (first, second))
    assert is_done(taken, (first,))
    assert not is_done(taken, ())
    stubborn = Letter(message("b" * 24), {addresses.key(second): Delivery(3)})
    order = tasks([stubborn, taken], {"desk": (second,)}, NOW)
    assert [task.letter.message.id[0] for task in order] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a\nb\u2028c\x1b[2J\u202e", "a b\\u2028c\\x1b[2J\\u202e"),
        ("@everyone @Here @channel", "@ everyone @ Here @ channel"),
        ("<!channel> <@U123> <#C1>", "<! channel> <@ U123> <# C1>"),
        ("a@b.example, 3\u00a0697\u00a0500", "a@b.example, 3\u00a0697\u00a0500"),
    ],
)
def test_foreign_words_are_inert(words, said):
    assert inert(words) == said


OVERVIEW = Overview("", {}, 0, 0, {}, (), {})


def alarm_texts(folder, script, failures=3):
    """What is told of one source, run by run: ``script`` says which runs fetched it."""
    known, said = alarms.NOTHING, []
    (source,) = load(sources(folder)).sources
    for number, is_good in enumerate(script):
        outcome = Outcome("fondi", source.url, "fetched" if is_good else "failed", None, "out of reach")
        at = NOW + timedelta(days=number)
        known, events = alarms.noted(known, [source], [outcome], OVERVIEW, failures, at)
        assert alarms.from_bytes(alarms.to_bytes(known)) == known
        said.append([event.title for event in events])
    return said


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 4))
def test_an_alarm_for_each_long_failure_and_its_end(tmp_path_factory, script, failures):
    folder = tmp_path_factory.getbasetemp()
    bad, expected = 0, []
    for is_good in script:
        told_now = []
        if is_good and bad >= failures:
            told_now = ["fetched again"]
        bad = 0 if is_good else bad + 1
        if bad == failures:
            told_now = ["not fetched"]
        expected.append(told_now)
    assert alarm_texts(folder, script, failures) == expected


def test_several_troubles_are_one_message(tmp_path):
    more = '[[source]]\nid = "otra"\nurl = "https://other.example/"'
    some = load(sources(tmp_path, more)).sources
    outcomes = [Outcome(one.id, one.url, "failed", None, "\x1b[2J no") for one in some]
    seen = OVERVIEW._replace(withheld=(Withheld("otra", "c1", ("it is a wreck",)),))
    known, events = alarms.noted(alarms.NOTHING, some, outcomes, seen, 1, NOW)
    made = alarms.message(known, events, some, NOW)
    assert made.title == "pasakumi: fondi: not fetched and 2 more"
    assert made.body.count("• ") == 3
    assert "\x1b" not in made.body
    assert "https://other.example/" in made.body
    assert alarms.message(known, [], some, NOW) is None
    assert alarms.noted(known, some[:1], [], OVERVIEW, 1, NOW)[0].failing.keys() == {"fondi"}


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_mail_is_steady(kind):
    """What apprise writes twice comes out the same twice."""
    from apprise.common import NotifyFormat
    from apprise.plugins.email.base import NotifyEmail

    def mail():
        (one,) = NotifyEmail.prepare_emails(
            subject="Kas mainījies: 1 izmaiņa",
            body="Ļoti <b>svarīgi</b>",
            from_addr=("", "a@data.example"),
            to=[("", "b@news.example")],
            cc={f"{letter}@news.example" for letter in os.urandom(6).hex()},
            notify_format=NotifyFormat.TEXT if kind == "plain" else NotifyFormat.HTML,
        )
        return one.body

    first = mail()
    made = steady(first, "abc", NOW)
    assert "Message-ID: <abc@data.example>" in made
    assert "Date: Sat, 01 Mar 2025 06:30:00 +0000" in made
    assert steady(steady(first, "abc", NOW), "abc", NOW) == made
    headers = [line for line in made.split("\n") if not line.startswith(("Cc:", " "))]
    assert headers == [
        line for line in steady(mail(), "abc", NOW).split("\n") if not line.startswith(("Cc:", " "))
    ]


def test_a_sender_that_breaks_is_no_end(tmp_path, monkeypatch):
    """A library that ends its process takes nothing with it."""
    (tmp_path / "apprise.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Courier(20.0) as courier:
        for _ in range(2):
            answer = courier.send(message(), "json://127.0.0.1:9/")
            assert (answer.taken, answer.why, answer.again) == (False, "its sender broke", False)


def test_what_a_library_prints_is_no_answer(tmp_path, monkeypatch):
    (tmp_path / "apprise.py").write_text('print("{\\"taken\\": true}"); raise SystemExit')
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Courier(20.0) as courier:
        assert not courier.send(message(), "json://127.0.0.1:9/").taken
