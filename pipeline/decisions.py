"""What people decided about captures: one JSON line each in raw/decisions.jsonl, which is never rewritten."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable
from pipeline.errors import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.captures import Capture

FILE_NAME = "decisions.jsonl"


class Decision(NamedTuple):
    """A withheld capture let through. It holds for the bytes: who accepted them once meant them always."""

    capture: str
    source: str
    sha256: str
    reason: str
    decided_at: datetime


class Decisions:
    """All decisions of one raw/ folder."""

    def __init__(self, decisions: list[Decision]) -> None:
        self.all = decisions
        self._accepted = {(one.source, one.sha256) for one in decisions}

    def accepts(self, capture: Capture) -> bool:
        return (capture.source, capture.sha256) in self._accepted


def content(raw: Path) -> bytes:
    """The file as it is; empty where nobody decided anything. Raises Failed."""
    try:
        return (raw / FILE_NAME).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Failed(f"{raw / FILE_NAME}: cannot be read ({error.strerror})") from error


def read(raw: Path) -> Decisions:
    """The decisions under ``raw``. A last line cut short is none; any other broken one raises Failed."""
    whole, _, _torn = content(raw).rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    return Decisions([_decision(raw, number, line) for number, line in enumerate(lines, 1) if line.strip()])


def accept(raw: Path, capture: Capture, reason: str) -> Decision:
    """Write down, durably, that this capture may stand for its page. Raises Failed."""
    now = datetime.now(UTC).replace(microsecond=0)
    decision = Decision(capture.id, capture.source, capture.sha256, reason, now)
    fields = {
        "decision": "accept",
        **decision._asdict(),
        "decided_at": now.isoformat().replace("+00:00", "Z"),
    }
    line = json.dumps(fields, ensure_ascii=False) + "\n"
    whole, _, torn = content(raw).rpartition(b"\n")
    try:
        if torn:
            durable.cut(raw / FILE_NAME, len(whole) + 1 if whole else 0)
        durable.append(raw / FILE_NAME, line.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Failed(
            f"{raw / FILE_NAME}: cannot be written ({error.strerror}); nothing was decided"
        ) from error
    return decision


def _decision(raw: Path, number: int, line: bytes) -> Decision:
    try:
        fields = json.loads(line)
        return Decision(
            str(fields["capture"]),
            str(fields["source"]),
            str(fields["sha256"]),
            str(fields.get("reason", "")),
            datetime.fromisoformat(fields["decided_at"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"{raw / FILE_NAME}:{number}: no decision ({error}); mend or remove the line"
        raise Failed(message) from error
