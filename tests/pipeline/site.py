"""A page as a ministry would print it, in as many measures as a test wants, and captures of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.archive import Archive
from pipeline.captures import Capture

URL = "https://ministry.example/lv/fondi"
PERSON, PHONE, EMAIL = "Anna Paraudziņa", "67000123", "anna.paraudzina@ministry.example"


def measure(number: int, amount: str = "1 000 000", when: str = "2025. gada I cet.", title: str = "") -> str:
    """One measure's markup. ``amount`` and ``when`` as printed."""
    title = title or f"Mācību vides uzlabošana, {number}. daļa"
    return (
        f"<h3>4.9.9.{number}. pasākums “{title}”</h3>\n"
        f"<p>Plānotais ES fondu finansējums (eiro)</p><p>{amount}</p>\n"
        f"<p>Atbalsta mērķis</p><p>Uzlabot mācību vidi skolās, {number}. daļa.</p>\n"
        "<p>Projektu iesniedzēji</p><p>Pašvaldības</p>\n"
        f"<p>Pasākuma laika grafiks</p><p>{when} – atlases uzsākšana</p>\n"
        f"<p>Kontaktinformācija</p><p>{PERSON}, tālr. {PHONE}, {EMAIL}</p>\n"
    )


def page(measures: Sequence[str] | int = 5, *, language: str = "lv", more: str = "", end: str = "") -> str:
    """A page of these measures, or of so many ordinary ones. ``end`` stands for what closes a document."""
    parts = [measure(number) for number in range(1, measures + 1)] if isinstance(measures, int) else measures
    return (
        f'<!doctype html>\n<html lang="{language}"><head><title>Fondi</title></head>\n<body><main>\n'
        f"<h1>Atbalsts skolām</h1>\n{''.join(parts)}{more}{end or '</main></body></html>'}\n"
    )


def sources(folder: Path, *more: str, url: str = URL, publish_contacts: bool = True) -> Path:
    """A sources.toml of one source, ``fondi``; ``more`` are further lines of it."""
    path = folder / "sources.toml"
    lines = [
        f"publish_contacts = {str(publish_contacts).lower()}",
        "[fetch]",
        "delay_seconds = 0",
        "deadline_seconds = 10",
        "allow_private = true",
        "[[source]]",
        'id = "fondi"',
        f'url = "{url}"',
        'publisher = "Paraugministrija"',
        *more,
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def capture(raw: Path, content: str | bytes, at: datetime | None, source: str = "fondi") -> Capture:
    """Put a capture into raw/."""
    body = content.encode() if isinstance(content, str) else content
    with Archive(raw).writer() as writer:
        made = writer.resource(source, URL, body, "text/html; charset=utf-8", at)
    if made is None:
        raise ValueError("raw/ has this capture already")
    return made
