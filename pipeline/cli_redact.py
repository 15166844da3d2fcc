"""``pasakumi redact``: take a person's words out of raw/ for good."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline import lock, redaction, run_status, spool
from pipeline.archive import Archive
from pipeline.cli_common import configuration, dataset, say, say_published, warn
from pipeline.cli_points import find_capture
from pipeline.cli_words import counted
from pipeline.errors import UsageError
from pipeline.notify import outbox
from pipeline.run import LOCK, publish

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.archive import Archive
    from pipeline.captures import Capture
    from pipeline.config import Config
    from pipeline.redaction import Change
    from pipeline.redaction_text import Person


def run(options: Namespace) -> int:
    """Redact and publish anew. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    reason = (options.reason or "").strip()
    words = [" ".join(word.split()) for word in options.words or []]
    if not reason:
        raise UsageError('redact: say why with --reason "…", without naming the person')
    if not all(words):
        raise UsageError("redact: --words is empty")
    with lock.exclusive(config.state / LOCK):
        _redact(config, options, words, reason)
        for kept in ("cache", spool.FOLDER):  # pages as they were
            shutil.rmtree(config.state / kept, ignore_errors=True)
        published = publish(config)
        run_status.refresh(config, Archive(config.raw), published.overview)
    return say_published(config, published, quiet=options.quiet)


def _redact(config: Config, options: Namespace, words: list[str], reason: str) -> None:
    archive = dataset(config).archive
    with archive.writer() as writer:
        capture = find_capture(options.capture, dataset(config))
        person, hidden = redaction.person_on(archive, capture, words)
        changes = _changes(archive, capture, person)
        elsewhere = {sha256 for sha256 in changes if sha256 != capture.sha256}
        if not options.everywhere:
            changes = {capture.sha256: changes[capture.sha256]}
        outbox.hide(config.state, hidden.text)
        what = "words" if words else "contacts"
        made = redaction.apply(
            archive,
            changes,
            person,
            hidden,
            reason=reason,
            what=what,
            now=datetime.now(UTC).replace(microsecond=0),
        )
        notes = writer.notes
    for one in made:
        count = counted(len(one.captures), "capture", "captures")
        say(f"{one.source}: {counted(one.stretches, 'place', 'places')} blocked out in {count}, for good.")
    if elsewhere and not options.everywhere:
        pages = counted(len(elsewhere), "other page", "other pages")
        warn(f"the same stands on {pages} in raw/; --everywhere takes it out there too")
    for path in sorted(archive.root.rglob("*.torn")):
        warn(f"{path}: a write that was cut short and set aside; it may hold the words, delete it")
    for note in notes:
        warn(note)


def _changes(archive: Archive, capture: Capture, person: Person) -> dict[str, Change]:
    """What becomes of every page in raw/ that has something of the person, by its digest.

    Raises UsageError where the capture itself has nothing.
    """
    own = redaction.changed(archive, capture, person)
    if own is None:
        raise UsageError(f"redact: nothing of that stands in {capture.id}; raw/ is as it was")
    changes = {capture.sha256: own}
    seen = {capture.sha256}
    for other in archive.captures():
        if other.sha256 not in seen:
            seen.add(other.sha256)
            change = redaction.changed(archive, other, person)
            if change:
                changes[other.sha256] = change
    return changes
