"""A person taken out of raw/ for good: nothing of her left in any byte, everything else as it was."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import decisions, durable, redaction, redaction_files, redactions
from pipeline.archive import Archive
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.exchanges import exchange
from tests.pipeline.months import MONTHS
from tests.pipeline.site import EMAIL, PERSON, PHONE, URL, measure, page, sources

SECRETS = [PERSON, PHONE, EMAIL, "Paraudz", "paraudz"]
OTHER = "<p>Kontaktinformācija</p><p>Jānis Ozols, tālr. 67111222, janis.ozols@ministry.example</p>"


def etag(content: bytes) -> str:
    """As many servers make it: from the body."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def body(number: int) -> bytes:
    parts = [measure(1, amount=f"{number} 000 000"), *map(measure, range(2, 6))]
    return page(parts, more=OTHER).encode()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Captures by every way: of unknown time, imported, fetched gzipped and plain, revisits of both kinds."""
    site = tmp_path_factory.mktemp("published")
    sources(site)
    with Archive(site / "raw").writer() as writer:
        writer.resource("fondi", URL, body(9), "text/html", None)
        for number, when in enumerate(MONTHS):
            content = body(1 + number // 3)
            status = 304 if number % 3 == 2 else 200
            coding = "gzip" if number < 6 else None
            answer = exchange(
                content, when, status=status, url=URL, coding=coding, headers=(f'ETag: "{etag(content)}"',)
            )
            asked = f'GET / HTTP/1.1\r\nHost: x.example\r\nIf-None-Match: "{etag(body(number // 3))}"\r\n\r\n'
            writer.response("fondi", answer._replace(request_head=asked.encode()))
        writer.imported("fondi", exchange(body(8), MONTHS[0] - timedelta(days=9), url=URL))
        writer.resource("fondi", URL, body(7), "text/html", MONTHS[0] - timedelta(days=5))
    assert pasakumi(site, "rebuild").code == 0
    return site


@pytest.fixture
def folder(published, tmp_path):
    return shutil.copytree(published, tmp_path / "site")


def redact(folder: Path, *words: str, code: int = 0) -> str:
    done = pasakumi(folder, "redact", *words)
    assert done.code == code, done
    return done.out + done.err


def everything(folder: Path) -> bytes:
    """All bytes of a folder, with all that is packed unpacked: records, their bodies, the index."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "lock" not in path.name:
            data = path.read_bytes()
            found.append(gzip.decompress(data) if path.suffix == ".gz" else data)
            if path.name.endswith(".warc.gz"):
                found += [zlib.decompress(part, 31) for part in parts(found[-1])]
            found.append(str(path).encode())
    return b"\n".join(found)


def parts(data: bytes) -> list[bytes]:
    starts = [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08", at)]
    return [
        zlib.decompressobj(31).decompress(data[at:]) and data[at : at + whole(data[at:])] for at in starts
    ]


def whole(data: bytes) -> int:
    inflater = zlib.decompressobj(31)
    inflater.decompress(data)
    return len(data) - len(inflater.unused_data)


def captures(folder: Path):
    return list(Archive(folder / "raw").captures())


def facts(folder: Path):
    return [
        (one.captured_at, one.source, one.url, one.kind, one.status, one.content_type)
        for one in captures(folder)
    ]


def test_everywhere_leaves_nothing_of_the_person_and_all_else(folder):
    before, known = facts(folder), captures(folder)
    old = {one.sha256[:12] for one in known} | {etag(body(number)) for number in range(10)}
    said = redact(folder, known[5].id, "--words", PERSON, "--everywhere", "--reason", f"{PERSON} asked")
    assert "blocked out in 15 captures, for good" in said
    assert facts(folder) == before
    left = everything(folder / "raw") + everything(folder / "output") + everything(folder / "state")
    for secret in (*SECRETS, *old):
        assert secret.encode() not in left, secret
    for stays in ("Jānis Ozols", "67111222", "janis.ozols@ministry.example", "Uzlabot mācību vidi"):
        assert stays.encode() in left
    assert pasakumi(folder, "verify").code == 0
    archive = Archive(folder / "raw")
    assert {archive.payload(one).count(b"<h3>") for one in archive.captures()} == {5}
    (line,) = (folder / "raw" / redactions.FILE_NAME).read_text("utf-8").splitlines()
    told = json.loads(line)
    assert told["captures"] == [one.id for one in captures(folder)]
    assert (told["redaction"], told["source"], told["reason"]) == (
        "words",
        "fondi",
        f"{'█' * len(PERSON)} asked",
    )
    assert told["stretches"] == 15 * 7


def test_one_capture_takes_along_those_with_the_same_bytes_and_tells_of_others(folder):
    known = captures(folder)
    said = redact(folder, known[4].id, "--words", PERSON, "--reason", "asked")
    assert "in 3 captures" in said
    assert "the same stands on 6 other pages in raw/; --everywhere" in said
    changed = [new.id != old.id for old, new in zip(known, captures(folder), strict=True)]
    assert changed.count(True) == 3
    assert pasakumi(folder, "verify").code == 0


def test_all_contacts_of_a_capture(folder):
    known = captures(folder)
    redact(folder, known[-1].id, "--reason", "asked")
    archive = Archive(folder / "raw")
    content = archive.payload(captures(folder)[-1]).decode()
    assert not [secret for secret in [*SECRETS, "Ozols", "67111222", "@"] if secret in content]


def test_it_brings_no_news_when_it_is_everywhere(folder):
    def told():
        return (folder / "output" / "tables" / "changes.csv").read_text("utf-8").count("\n")

    before = told()
    redact(folder, captures(folder)[3].id, "--words", PERSON, "--everywhere", "--reason", "asked")
    assert told() == before


def test_replay_of_what_is_left(folder, tmp_path):
    """warcio reads and checks every record; a revisit leads to its record."""
    redact(folder, captures(folder)[3].id, "--words", PERSON, "--everywhere", "--reason", "asked")
    for path in (folder / "raw").rglob("*.warc.gz"):
        done = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", path], capture_output=True, check=False
        )
        assert done.returncode == 0, done
    assert pasakumi(folder, "export", "--wacz", "out.wacz").code == 0
    other = tmp_path / "other"
    other.mkdir()
    sources(other)
    assert pasakumi(other, "import", folder / "out.wacz").code == 0
    assert {one.id for one in captures(other)} == {one.id for one in captures(folder)}


def test_the_next_run_goes_on_as_before(folder):
    redact(folder, captures(folder)[-1].id, "--words", PERSON, "--everywhere", "--reason", "asked")
    newest = Archive(folder / "raw").validators()["fondi"]
    assert newest.etag is None
    with Archive(folder / "raw").writer() as writer:
        again = writer.response("fondi", exchange(b"", MONTHS[-1] + timedelta(days=1), status=304, url=URL))
    assert again.sha256 == captures(folder)[-2].sha256
    assert pasakumi(folder, "verify").code == 0


def test_decisions_follow(folder):
    wreck = page(1).encode()
    with Archive(folder / "raw").writer() as writer:
        writer.response("fondi", exchange(wreck, MONTHS[-1] + timedelta(days=1), url=URL))
    withheld = captures(folder)[-1]
    assert pasakumi(folder, "accept", withheld.id, "--reason", f"{PERSON} says so").code == 0
    redact(folder, withheld.id, "--words", PERSON, "--everywhere", "--reason", "asked")
    (decision,) = decisions.read(folder / "raw").all
    newest = captures(folder)[-1]
    assert (decision.capture, decision.sha256) == (newest.id, newest.sha256)
    assert PERSON not in decision.reason
    assert pasakumi(folder, "accept", "--list").out == ""


def test_twice(folder):
    redact(folder, captures(folder)[3].id, "--words", PHONE, "--everywhere", "--reason", "first")
    redact(folder, captures(folder)[3].id, "--words", PERSON, "--everywhere", "--reason", "second")
    one, two = redactions.read(folder / "raw").all
    assert one.captures == two.captures == tuple(capture.id for capture in captures(folder))
    assert not [secret for secret in SECRETS if secret.encode() in everything(folder / "raw")]
    assert pasakumi(folder, "verify").code == 0
    done = pasakumi(folder, "redact", captures(folder)[3].id, "--words", PERSON, "--reason", "third")
    assert (done.code, "nothing of that stands in" in done.complaint) == (2, True)


def test_an_import_does_not_bring_the_words_back(folder, tmp_path):
    shutil.copytree(folder / "raw", tmp_path / "old")
    pasakumi(folder, "export", "--wacz", tmp_path / "old.wacz")
    redact(folder, captures(folder)[3].id, "--words", PERSON, "--everywhere", "--reason", "asked")
    done = pasakumi(folder, "import", tmp_path / "old.wacz")
    assert "was redacted; left out" in done.out
    dated = everything(folder / "raw").count(PERSON.encode())
    assert dated <= 5  # the capture of unknown time, which nothing tells apart


def test_other_records_stay_byte_for_byte(folder):
    path = next((folder / "raw" / "2024").glob("*.warc.gz"))
    before = set(parts(path.read_bytes()))
    redact(folder, captures(folder)[-1].id, "--words", PERSON, "--reason", "asked")
    after = set(parts(path.read_bytes()))
    assert len(before & after) >= len(before) - 4 - 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reason", "x"], "CAPTURE"),
        (["2024", "--words", PERSON], "--reason"),
        (["1999", "--reason", "x"], "no capture"),
        (["20241205", "--words", " ", "--reason", "x"], "--words is empty"),
        (["20241205", "--words", "Ilze Cita", "--reason", "x"], "nothing of that stands in"),
    ],
)
def test_what_cannot_be_meant(folder, words, said):
    before = everything(folder / "raw")
    done = pasakumi(folder, "redact", *words)
    assert (done.code, said in done.complaint) == (2, True), done
    assert everything(folder / "raw") == before


def test_a_torn_tail_is_pointed_out(folder):
    path = next((folder / "raw" / "2024").glob("*.warc.gz"))
    with path.open("ab") as file:
        file.write(path.read_bytes()[:200])
    said = redact(folder, captures(folder)[3].id, "--words", PERSON, "--reason", "asked")
    assert "it may hold the words, delete it" in said


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.soak)])
def test_killed_at_any_moment_it_is_all_old_or_soon_all_new(folder, tmp_path, kills):
    """After a kill raw/ reads soundly, and the next writer leaves either nothing done or all of it."""
    clean = tmp_path / "clean"
    shutil.copytree(folder, clean)
    target = captures(folder)[3].id
    words = [
        sys.executable,
        "-m",
        "pipeline",
        "redact",
        target,
        "--words",
        PERSON,
        "--everywhere",
        "--reason",
        "x",
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    started = time.monotonic()
    subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)
    whole_run = time.monotonic() - started
    outcomes = set()
    for number in range(kills):
        shutil.rmtree(folder)
        shutil.copytree(clean, folder)
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole_run * (0.3 + 0.7 * number / kills))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(captures(folder)) == 15
        with Archive(folder / "raw").writer():
            pass
        assert pasakumi(folder, "verify").code == 0
        left = everything(folder / "raw")
        is_new = (folder / "raw" / redactions.FILE_NAME).exists()
        assert (PERSON.encode() in left) != is_new
        assert not list((folder / "raw").rglob(".*.redacting"))
        outcomes.add(is_new)
    assert outcomes


@pytest.mark.parametrize("done", [0, 1])
def test_cut_off_between_two_files(folder, monkeypatch, done):
    """The marker is there and some files are in place: readers are told, the next writer completes it."""
    renamed = []
    rename = durable.rename

    def fail_after(source, target):
        if source.name.endswith(".redacting"):
            if len(renamed) == done:
                raise KeyboardInterrupt
            renamed.append(target)
        rename(source, target)

    archive = Archive(folder / "raw")
    target = captures(folder)[3]
    person, hidden = redaction.person_on(archive, target, [PERSON])
    changes = {one.sha256: redaction.changed(archive, one, person) for one in archive.captures()}
    monkeypatch.setattr(durable, "rename", fail_after)
    with pytest.raises(KeyboardInterrupt), archive.writer():
        redaction.apply(archive, changes, person, hidden, reason="x", what="words", now=datetime.now(UTC))
    monkeypatch.undo()
    assert redaction_files.is_waiting(folder / "raw")
    assert "a redaction was cut short" in pasakumi(folder, "verify").err
    assert pasakumi(folder, "verify", "--repair").code == 0
    assert not redaction_files.is_waiting(folder / "raw")
    assert PERSON.encode() not in everything(folder / "raw")


def test_corrections_and_other_notes_lose_the_person_too(folder):
    known = captures(folder)[3]
    note = {
        "was": {"old": f"Jautājumi: {PERSON}, {PHONE}"},
        "now": None,
        "capture": known.id,
        "sha256": known.sha256,
    }
    (folder / "raw" / "corrections.jsonl").write_text(json.dumps(note) + "\n" + '{"torn', "utf-8")
    (folder / "output" / "nothing").mkdir()
    with Archive(folder / "raw").writer():
        pass
    target = Archive(folder / "raw")
    person, hidden = redaction.person_on(target, known, [PERSON])
    changes = {known.sha256: redaction.changed(target, known, person)}
    with target.writer():
        redaction.apply(target, changes, person, hidden, reason="x", what="words", now=datetime.now(UTC))
    (line,) = (folder / "raw" / "corrections.jsonl").read_text("utf-8").splitlines()
    told = json.loads(line)
    assert told["was"]["old"] == f"Jautājumi: {'█' * len(PERSON)}, {'█' * 8}"
    newest = captures(folder)[3]
    assert (told["capture"], told["sha256"]) == (newest.id, newest.sha256)
    assert newest.sha256 != known.sha256
