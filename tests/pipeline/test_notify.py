"""Messages of a run to a real webhook and a real mail server: what is told, once, and when."""

import json
import re
from collections import Counter
from datetime import timedelta

import pytest
from werkzeug import Response

from pipeline import decisions, run
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.notify.outbox import Outbox
from tests.pipeline import couriers, months
from tests.pipeline.command import pasakumi
from tests.pipeline.receivers import DAY, GREW, SLIPPED, Hook, mail_server, rows, sentences, store, subscribed
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, measure, page, sources
from tests.pipeline.test_startup import imported


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


def ran(folder):
    return run.run(load(folder / "sources.toml"), offline=True)


def test_a_change_is_told_once(tmp_path, hook):
    subscribed(tmp_path, hook.address, wishes=('language = "en"',))
    store(tmp_path, 0, page(5))
    assert ran(tmp_path).unsent == []
    assert hook.bodies == []
    store(tmp_path, 1, GREW)
    ran(tmp_path)
    ran(tmp_path)
    (told,) = hook.messages
    (row,) = rows(tmp_path)
    assert told["title"] == "What changed: 1 change (4.9.9.1)"
    assert told["message"] == (
        "Paraugministrija\n"
        "https://ministry.example/lv/fondi\n"
        "From 1 March 2025, 06:30, to 2 March 2025, 06:30 (UTC)\n"
        "\n"
        f"• {row['text_en']}\n"
        "  “1 000 000” → “1 500 000”\n"
        "  https://ministry.example/lv/fondi#:~:text=1%20500%20000\n"
        "\n"
        f"pasakumi, message {told['id']}"
    )
    assert "4.9.9.1" in row["text_en"]


def test_a_mail_in_latvian(tmp_path, mailbox):
    subscribed(tmp_path, mailbox.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    store(tmp_path, 1, SLIPPED)
    ran(tmp_path)
    (mail,) = mailbox.mails
    (row,) = rows(tmp_path)
    (sent,) = Outbox(tmp_path / "state").sent()
    assert mail["Subject"] == "Kas mainījies: 1 izmaiņa (4.9.9.1)"
    assert (mail["From"], mail["To"]) == ("pasakumi@data.example", "desk@news.example")
    assert mail["Message-ID"] == f"<{sent.message.id}@127.0.0.1>"
    assert mail["Date"].datetime == sent.message.built_at.replace(microsecond=0)
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.rstrip("\n") == sent.message.body
    assert sentences(text) == [row["text_lv"]]
    assert "No 2025. gada 1. marta plkst. 06.30 līdz 2025. gada 2. martam plkst. 06.30 (UTC)" in text


def test_a_year_is_told_row_by_row(tmp_path, hook):
    """Whatever the run that published a change did: some months are published by other verbs."""
    subscribed(tmp_path, hook.address)
    for month in range(1, 13):
        capture(tmp_path / "raw", months.body(month), months.MONTHS[month - 1])
        if month in (4, 8):
            run.rebuild(load(tmp_path / "sources.toml"))
        else:
            ran(tmp_path)
    told = [sentence for message in hook.messages for sentence in sentences(message["message"])]
    assert len(told) == len(months.CHANGES)
    assert Counter(told) == Counter(row["text_lv"] for row in rows(tmp_path))
    assert len(set(hook.taken)) == len(hook.taken)


@pytest.mark.parametrize(
    ("wishes", "kinds"),
    [
        (('only = ["milestone_moved"]',), {"milestone_moved"}),
        (('measures = ["4.9.9.1"]',), {"funding_changed"}),
        (("min_eur = 2_500_000",), {"milestone_moved"}),
        (("min_days = 91",), {"funding_changed", "milestone_moved"}),
        (('only = ["contact_added"]',), set()),
    ],
)
def test_a_subscriber_hears_of_what_it_wants(tmp_path, hook, wishes, kinds):
    subscribed(tmp_path, hook.address, wishes=wishes)
    for month in (1, 5, 7):  # each time the amount grows by a million or two, and a quarter becomes the next
        capture(tmp_path / "raw", months.body(month), months.MONTHS[month - 1])
        ran(tmp_path)
    told = {sentence for message in hook.messages for sentence in sentences(message["message"])}
    assert {row["kind"] for row in rows(tmp_path) if row["text_lv"] in told} == kinds
    assert len(hook.bodies) == len(set(hook.taken))
    assert bool(hook.bodies) == bool(kinds)


@pytest.mark.parametrize(
    ("wishes", "hears"), [((), True), (('measures = ["*"]',), True), (('measures = ["4.9.*"]',), False)]
)
def test_what_changed_outside_of_the_measures(tmp_path, hook, wishes, hears):
    """Who names no measures wants to hear of all, also of what belongs to none."""
    subscribed(tmp_path, hook.address, wishes=wishes)
    for day, words in enumerate(("Atbalsts ir paredzēts skolām.", "Atbalsts ir paredzēts visiem bērniem.")):
        store(tmp_path, day, page(5).replace("</h1>", f"</h1><p>{words}</p>"))
        ran(tmp_path)
    (row,) = rows(tmp_path)
    assert (row["kind"], row["measure_id"]) == ("text_changed", "")
    assert [sentences(one["message"]) for one in hook.messages] == ([[row["text_lv"]]] if hears else [])


def test_twenty_changes_and_how_many_more(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    store(tmp_path, 0, page(31))
    ran(tmp_path)
    grown = [measure(number, amount=f"{number + 1} 000 000") for number in range(1, 31)]
    store(tmp_path, 1, page([*grown, measure(31, when="2025. gada IV cet.")]))
    ran(tmp_path)
    (told,) = hook.messages
    assert told["title"] == "Kas mainījies: 31 izmaiņa (4.9.9.31, 4.9.9.30, 4.9.9.29, …)"
    listed = sentences(told["message"])
    assert len(listed) == 20
    assert "4.9.9.31" in listed[0]
    assert "4.9.9.30" in listed[1]
    assert "\nun vēl 11 izmaiņas\n" in told["message"]


def test_two_pages_are_one_message(tmp_path, hook):
    more = (
        '[[source]]\nid = "otra"\nurl = "https://other.example/"\npublisher = "Cita ministrija"',
        f'[[subscriber]]\nname = "desk"\nnotify = ["{hook.address}"]\nlanguage = "en"',
    )
    sources(tmp_path, *more)
    for day, content in enumerate((page(5), GREW)):
        store(tmp_path, day, content)
        capture(tmp_path / "raw", content.replace("4.9.9", "4.8.8"), DAY + timedelta(days=day), "otra")
        ran(tmp_path)
    (told,) = hook.messages
    assert told["title"] == "What changed: 2 changes (4.9.9.1, 4.8.8.1)"
    when = "from 1 March 2025, 06:30, to 2 March 2025, 06:30 (UTC)"
    assert f"  Paraugministrija, {when}\n" in told["message"]
    assert f"  Cita ministrija, {when}\n" in told["message"]


def test_what_came_before_a_subscriber_is_no_news(tmp_path, hook):
    sources(tmp_path)
    store(tmp_path, 0, page(5))
    store(tmp_path, 1, GREW)
    ran(tmp_path)
    subscribed(tmp_path, hook.address)
    ran(tmp_path)
    assert hook.bodies == []
    store(tmp_path, 2, SLIPPED)
    ran(tmp_path)
    assert len(hook.bodies) == 1


def test_who_comes_back_hears_nothing_of_the_time_between(tmp_path, hook):
    subscribed(tmp_path, hook.address, admin=hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    store(tmp_path, 1, page(1))
    ran(tmp_path)
    hook.bodies.clear()
    sources(tmp_path)
    for day, content in ((2, GREW), (3, page(1)), (4, SLIPPED)):
        store(tmp_path, day, content)
        ran(tmp_path)
    subscribed(tmp_path, hook.address, admin=hook.address)
    ran(tmp_path)
    assert hook.bodies == []


def test_without_state_nothing_old_is_told(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    for day, content in enumerate((page(5), GREW)):
        store(tmp_path, day, content)
        ran(tmp_path)
    assert len(hook.bodies) == 1
    (tmp_path / "state").rename(tmp_path / "gone")
    ran(tmp_path)
    assert len(hook.bodies) == 1
    store(tmp_path, 2, SLIPPED)
    ran(tmp_path)
    assert len(hook.bodies) == 2


def test_a_history_brought_in_is_no_news(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    store(tmp_path, 9, page(5))
    ran(tmp_path)
    store(tmp_path, 1, SLIPPED)
    store(tmp_path, 2, GREW)
    ran(tmp_path)
    assert len(rows(tmp_path)) > 2
    assert hook.bodies == []


def test_an_accepted_capture_is_told(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    wreck = store(tmp_path, 1, page(1))
    ran(tmp_path)
    assert hook.bodies == []
    decisions.accept(tmp_path / "raw", wreck, "so it is")
    run.publish(load(tmp_path / "sources.toml"))
    ran(tmp_path)
    (told,) = hook.messages
    assert sorted(sentences(told["message"])) == sorted(row["text_lv"] for row in rows(tmp_path))


def test_a_capture_withheld_when_a_subscriber_came_is_told_once_accepted(tmp_path, hook):
    store(tmp_path, 0, page(5))
    wreck = store(tmp_path, 1, page(1))
    subscribed(tmp_path, hook.address)
    ran(tmp_path)
    decisions.accept(tmp_path / "raw", wreck, "so it is")
    ran(tmp_path)
    ran(tmp_path)
    assert len(hook.bodies) == 1


def test_words_of_a_page_are_inert(tmp_path, hook, mailbox):
    subscribed(tmp_path, hook.address, mailbox.address, wishes=('language = "en"',))
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    hostile = "Skola &#27;[2J\u202e\u2028 @everyone &lt;!channel&gt; \u200bBcc: all@evil.example"
    store(tmp_path, 1, page([*map(measure, range(1, 6)), measure(6, title=hostile)]))
    ran(tmp_path)
    (told,) = hook.messages
    (mail,) = mailbox.mails
    for text in (told["title"], told["message"], mail["Subject"], mail.get_content().replace("\r\n", "\n")):
        assert all(line.replace("\u00a0", " ").isprintable() for line in text.split("\n"))
        assert "@everyone" not in text
        assert "<!channel" not in text
    assert "Skola" in told["message"]
    assert mail["Bcc"] is None


@pytest.mark.parametrize("published", [True, False])
def test_no_person_in_a_message(tmp_path, hook, published):
    subscribed(tmp_path, hook.address, publish_contacts=published)
    other = page(5).replace(PERSON, "Ilze Cita", 1).replace(EMAIL, "ilze.cita@ministry.example", 1)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    store(tmp_path, 1, other)
    ran(tmp_path)
    (body,) = [json.dumps(one, ensure_ascii=False) for one in hook.messages]
    kept = [path.read_text("utf-8") for path in (tmp_path / "state" / "outbox").rglob("*.json")]
    assert kept
    for text in (body, *kept):
        for secret in (PERSON, PHONE, EMAIL, "Ilze", "Cita", "cita", "%20Cita", "Anna"):
            assert secret not in text


def test_an_address_may_come_from_the_environment(tmp_path, hook, monkeypatch):
    subscribed(tmp_path, "env:PASAKUMI_NOTIFY_DESK")
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    store(tmp_path, 1, GREW)
    assert ran(tmp_path).unsent == [
        "messages not sent: desk (env:PASAKUMI_NOTIFY_DESK: that variable is not set); "
        "they wait in state/outbox and are tried again"
    ]
    monkeypatch.setenv("PASAKUMI_NOTIFY_DESK", hook.address)
    assert run.notify(load(tmp_path / "sources.toml")) == (1, [])
    assert len(hook.bodies) == 1


def test_a_source_that_fails(tmp_path, hook, httpserver):
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    status = [200]
    httpserver.expect_request("/fondi").respond_with_handler(lambda _: Response(page(5), status[0]))
    subscribed(tmp_path, admin=hook.address, url=httpserver.url_for("/fondi"))
    config = load(tmp_path / "sources.toml")
    script = [200, 404, 200, 404, 404, 200, *[404] * 5, 200, 200]
    told = []
    for status[0] in script:
        before = len(hook.bodies)
        run.run(config)
        told.append([one["title"] for one in hook.messages[before:]])
    assert [place for place, some in enumerate(told) if some] == [8, 11]
    assert told[8] == ["pasakumi: fondi: not fetched"]
    assert told[11] == ["pasakumi: fondi: fetched again"]
    alarm, recovery = hook.messages
    assert "• fondi: not fetched in 3 runs in a row, since 20" in alarm["message"]
    assert "404" in alarm["message"]
    assert config.sources[0].url in alarm["message"]
    assert "fetched again, after 5 runs that could not" in recovery["message"]


def test_a_withheld_capture(tmp_path, hook):
    subscribed(tmp_path, admin=hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    wreck = store(tmp_path, 1, page(1))
    ran(tmp_path)
    store(tmp_path, 2, page(1, more="<p>7</p>"))
    ran(tmp_path)
    assert [one["title"] for one in hook.messages] == ["pasakumi: fondi: a capture is withheld"]
    assert f"`pasakumi accept {wreck.id} --reason" in hook.messages[0]["message"]
    store(tmp_path, 3, page(5))
    ran(tmp_path)
    ran(tmp_path)
    assert [one["title"] for one in hook.messages[1:]] == ["pasakumi: fondi: published again"]
    assert "a capture that can be published came" in hook.messages[1]["message"]
    wreck = store(tmp_path, 4, page(1, more="<p>8</p>"))
    ran(tmp_path)
    decisions.accept(tmp_path / "raw", wreck, "so it is")
    ran(tmp_path)
    assert len(hook.bodies) == 4
    assert f"capture {wreck.id} was accepted and is published" in hook.messages[3]["message"]


def test_an_accepted_capture_that_a_newer_one_followed_before_the_next_run_told(tmp_path, hook):
    subscribed(tmp_path, admin=hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    wreck = store(tmp_path, 1, page(1))
    ran(tmp_path)
    decisions.accept(tmp_path / "raw", wreck, "so it is")
    run.publish(load(tmp_path / "sources.toml"))
    store(tmp_path, 2, page(1, more="<p>7</p>"))
    ran(tmp_path)
    assert len(hook.bodies) == 2
    assert f"capture {wreck.id} was accepted, and a newer one is published" in hook.messages[1]["message"]
    assert "stays withheld" not in hook.messages[1]["message"]


def test_a_run_that_publishes_nothing_counts_its_failures(tmp_path, hook, httpserver):
    for path in ("/robots.txt", "/gone"):
        httpserver.expect_request(path).respond_with_data("", status=404)
    subscribed(tmp_path, admin=hook.address, url=httpserver.url_for("/gone"))
    done = [pasakumi(tmp_path, "run", "-q").code for _ in range(3)]
    assert done == [4, 4, 4]
    assert [one["title"] for one in hook.messages] == ["pasakumi: fondi: not fetched"]


def test_the_verb(tmp_path, hook):
    subscribed(tmp_path, hook.address, admin="json://127.0.0.1:9/x?secret=hunter2")
    store(tmp_path, 0, page(5))
    assert pasakumi(tmp_path, "run", "--offline", "-q") == (0, "", "")
    assert pasakumi(tmp_path, "notify", "--list").out.startswith("No message waits")
    hook.status = 500
    store(tmp_path, 1, GREW)
    done = pasakumi(tmp_path, "run", "--offline", "-q")
    assert done.code == 0
    assert done.complaint == (
        "messages not sent: desk (json: its service answered 500); "
        "they wait in state/outbox and are tried again"
    )
    listed = pasakumi(tmp_path, "notify", "--list").out
    assert re.search(r"^waits  \S+Z  [0-9a-f]{24}  desk: Kas mainījies: 1 izmaiņa", listed)
    assert "json: its service answered 500, 1 try, next after " in listed
    shown = pasakumi(tmp_path, "notify", "--dry-run").out
    assert shown.startswith("To desk: Kas mainījies: 1 izmaiņa (4.9.9.1)\n\nParaugministrija\n")
    tried = len(hook.bodies)
    hook.status = 200
    assert pasakumi(tmp_path, "notify") == (0, "1 sent.\n", "")
    assert len(hook.bodies) == tried + 1
    assert len(set(hook.bodies)) == 1
    assert pasakumi(tmp_path, "notify", "--list").out.startswith("sent   ")
    tested = pasakumi(tmp_path, "notify", "--test")
    assert tested.code == 3
    assert "desk: json: taken\n" in tested.out
    assert "@admin: json: refused, or its service is out of reach" in tested.out
    assert pasakumi(tmp_path, "notify", "--test", "desk").code == 0
    assert "did you mean desk?" in pasakumi(tmp_path, "notify", "--test", "desc").complaint
    assert "hunter2" not in tested.out + tested.err + listed + shown


def test_a_dry_run_writes_nothing_and_shows_what_another_verb_published(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    store(tmp_path, 1, GREW)
    run.publish(load(tmp_path / "sources.toml"))
    before = {path: path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()}
    assert "4.9.9.1" in pasakumi(tmp_path, "notify", "--dry-run").out
    assert {path: path.read_bytes() for path in before} == before
    assert hook.bodies == []
    assert run.notify(load(tmp_path / "sources.toml")) == (1, [])
    assert run.notify(load(tmp_path / "sources.toml")) == (0, [])


def test_a_quiet_run_imports_nothing_for_it(tmp_path, hook):
    subscribed(tmp_path, hook.address, admin=hook.address)
    store(tmp_path, 0, page(5))
    ran(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "state" / "outbox").rglob("*")}
    seen = imported(tmp_path, "run", "--offline")
    assert not seen & {"apprise", "subprocess", "pipeline.notify.sending", "pipeline.notify.news", "lxml"}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "state" / "outbox").rglob("*")} == before


def test_redacted_words_are_no_news(tmp_path, hook):
    subscribed(tmp_path, hook.address)
    for day, content in enumerate((page(5), GREW)):
        store(tmp_path, day, content)
        ran(tmp_path)
    newest = list(Archive(tmp_path / "raw").captures("fondi"))[-1].id
    done = pasakumi(tmp_path, "redact", newest, "--words", PERSON, "--everywhere", "--reason", "asked")
    assert done.code == 0
    ran(tmp_path)
    assert len(hook.bodies) == 1
