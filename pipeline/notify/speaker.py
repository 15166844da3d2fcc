"""The other end of ``courier``: reads a request a line from standard input and answers each.

apprise's own words go nowhere, since they name hosts, users and tokens; what is said of a failure is made
here.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CONNECT, _READ = 10.0, 20.0
# A service that needed longer to say no is not asked again at once.
_SOON = 5.0
_STATUS = re.compile(r"\berror=(\d{3})\b")
_DOMAIN = re.compile(r"@([^\s<>@]+)>")


class _Heard(logging.Handler):
    """What apprise says while it sends: only the status of an HTTP answer is kept."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        found = _STATUS.search(record.getMessage())
        self.status = found[1] if found else self.status


def main() -> int:
    """Answer until the other end hangs up."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    sys.stdout = sys.stderr
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_answer(json.loads(line))).encode() + b"\n")
    return 0


def _answer(request: dict[str, Any]) -> dict[str, object]:
    heard = _Heard()
    log = logging.getLogger("apprise")
    log.handlers, log.propagate = [heard], False
    service = _service(request)
    if service is None:
        return {"taken": False, "why": "apprise cannot use this address", "again": False}
    started = time.monotonic()
    if _is_sent(service, request):
        return {"taken": True, "why": "", "again": False}
    why = "refused, or its service is out of reach"
    if heard.status:
        why = f"its service answered {heard.status}"
    return {"taken": False, "why": why, "again": time.monotonic() - started < _SOON}


def _service(request: dict[str, Any]) -> Any:
    """apprise's service for the address; None where there is none."""
    from apprise import Apprise, AppriseAsset, OverflowMode

    asset = AppriseAsset(
        app_id="pasakumi", app_desc="pasakumi", app_url="", image_url_mask="", image_url_logo="",
        async_mode=False, interpret_emojis=False, storage_mode="memory", allow_templates=False,
    )  # fmt: skip
    address = request["address"]
    service: Any = Apprise.instantiate(address, asset=asset)
    if service is None:
        return None
    if "overflow=" not in address:
        service.overflow_mode = OverflowMode.SPLIT
    # apprise waits for 4 seconds, and what a slow service takes after that would come again and again.
    service.socket_connect_timeout = max(service.socket_connect_timeout, _CONNECT)
    service.socket_read_timeout = max(service.socket_read_timeout, _READ)
    service.optional = False  # what is not taken must not count as sent
    if isinstance(getattr(service, "payload_extras", None), dict):
        service.payload_extras.setdefault("id", request["id"])
    return service


def _is_sent(service: Any, request: dict[str, Any]) -> bool:
    from apprise import Apprise, NotifyFormat
    from apprise.plugins.email.base import NotifyEmail

    sender = Apprise(asset=service.asset)
    sender.add(service)
    prepare = NotifyEmail.prepare_emails
    NotifyEmail.prepare_emails = _the_same(prepare, request)  # type: ignore[method-assign]
    try:
        return bool(sender.notify(request["body"], title=request["title"], body_format=NotifyFormat.TEXT))
    finally:
        NotifyEmail.prepare_emails = staticmethod(prepare)  # type: ignore[method-assign]


def _the_same(prepare: Callable[..., Iterator[Any]], request: dict[str, Any]) -> Any:
    """A mail with the same bytes each time it is sent, so that a mail program shows a repetition once.

    apprise (2.2) gives each try another Message-ID, date and boundary, and Cc in the order of a set; its own
    header option only adds a second Message-ID. Needless once it takes an id from its caller.
    """

    def prepared(*words: Any, **named: Any) -> Iterator[Any]:
        for mail in prepare(*words, **named):
            mail.body = steady(mail.body, request["id"], datetime.fromisoformat(request["built_at"]))
            yield mail

    return staticmethod(prepared)


def steady(mail: str, name: str, built_at: datetime) -> str:
    """A mail as text with what apprise chooses at random taken from the message."""
    from email import message_from_string
    from email.utils import format_datetime, formataddr, getaddresses

    parsed = message_from_string(mail)
    domain = _DOMAIN.search(parsed.get("Message-ID", ""))
    parsed.replace_header("Message-ID", f"<{name}@{domain[1] if domain else 'pasakumi.invalid'}>")
    parsed.replace_header("Date", format_datetime(built_at))
    if parsed["Cc"]:
        parsed.replace_header("Cc", ", ".join(sorted(map(formataddr, getaddresses([parsed["Cc"]])))))
    if parsed.get_content_type() == "multipart/alternative":  # what is signed must stay as it is
        parsed.set_boundary(name)
    return parsed.as_string()
