"""What was taken out of raw/ for good: one JSON line each in raw/redactions.jsonl, without the words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_NAME = "redactions.jsonl"


class Redaction(NamedTuple):
    """``captures``: their ids as they are now. ``what``: words, or contacts (all of the page).
    ``stretches``: how many were blocked out in the bytes. ``reason`` as it was given, redacted likewise."""

    captures: tuple[str, ...]
    source: str
    what: str
    stretches: int
    reason: str
    redacted_at: datetime

    def line(self) -> str:
        """As it is written down."""
        when = self.redacted_at.astimezone(UTC)
        fields = {
            "redaction": self.what,
            "source": self.source,
            "captures": self.captures,
            "stretches": self.stretches,
            "reason": self.reason,
            "redacted_at": f"{when:%Y-%m-%dT%H:%M:%SZ}",
        }
        return json.dumps(fields, ensure_ascii=False) + "\n"


class Redactions:
    """All redactions of one raw/ folder."""

    def __init__(self, redactions: Sequence[Redaction]) -> None:
        self.all = tuple(redactions)
        ids = (capture for one in redactions for capture in one.captures)
        self._places = {(one[:16], one[30:]) for one in ids}

    def concern(self, source: str, captured_at: datetime) -> bool:
        """Whether the source's capture of this second was redacted."""
        return (f"{captured_at.astimezone(UTC):%Y%m%dT%H%M%SZ}", source) in self._places


def read(raw: Path) -> Redactions:
    """The redactions under ``raw``. A last line cut short is none; any other broken one raises Failed."""
    try:
        content = (raw / FILE_NAME).read_bytes()
    except FileNotFoundError:
        return Redactions(())
    except OSError as error:
        raise Failed(f"{raw / FILE_NAME}: cannot be read ({error.strerror})") from error
    lines = content.rpartition(b"\n")[0].split(b"\n")
    return Redactions([_redaction(raw, number, line) for number, line in enumerate(lines, 1) if line.strip()])


def _redaction(raw: Path, number: int, line: bytes) -> Redaction:
    try:
        fields = json.loads(line)
        return Redaction(
            tuple(map(str, fields["captures"])),
            str(fields["source"]),
            str(fields["redaction"]),
            int(fields["stretches"]),
            str(fields["reason"]),
            datetime.fromisoformat(fields["redacted_at"]),
        )
    except (ValueError, LookupError, TypeError) as error:
        message = f"{raw / FILE_NAME}:{number}: no redaction ({error}); mend or remove the line"
        raise Failed(message) from error
