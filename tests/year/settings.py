"""The sources.toml of the year: five pages, two subscribers, and somebody who is told what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.year.ledger import FAILURES, Row

LEAST_EUR, LEAST_DAYS = 100_000, 30
ONLY = ("milestone_moved", "funding_changed")


def write(folder: Path, urls: Mapping[str, str], addresses: Mapping[str, str]) -> Path:
    """Write it; ``urls`` by source, ``addresses`` of mail, hook and admin."""
    sources = [
        f"[[source]]\nid = {json.dumps(name)}\nurl = {json.dumps(url)}\n"
        f'publisher = "Paraugministrija {number}"\nevery = "1d"\n'
        for number, (name, url) in enumerate(urls.items(), start=1)
    ]
    text = f"""
[fetch]
delay_seconds = 0
deadline_seconds = 5
allow_private = true
{"".join(sources)}
[notify]
admin = [{json.dumps(addresses["admin"])}]
failures = {FAILURES}
[[subscriber]]
name = "desk"
notify = [{json.dumps(addresses["mail"])}]
language = "lv"
only = {json.dumps(ONLY)}
min_eur = {LEAST_EUR}
min_days = {LEAST_DAYS}
[[subscriber]]
name = "programs"
notify = [{json.dumps(addresses["hook"])}]
language = "en"
"""
    path = folder / "sources.toml"
    path.write_text(text, "utf-8")
    return path


def is_for_desk(row: Row) -> bool:
    """Whether the subscriber with filters hears of it."""
    told = row[1]
    if told.kind not in ONLY:
        return False
    return (
        abs(int(told.delta_eur or LEAST_EUR)) >= LEAST_EUR and abs(int(told.delta_days or 99)) >= LEAST_DAYS
    )
