"""Writes what fixture pages parse to now as what is expected: ``python -m tests.accept_fixtures``.

The difference is for reading: whoever commits it says that each changed line is right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import simplejson

from parsers.page import parse_page

FIXTURES = Path(__file__).parent / "fixtures"
FOLDERS = (FIXTURES, FIXTURES / "pages")
URL = "https://www.example.lv/lv/es-fondi"


def pages() -> Iterator[Path]:
    """Every fixture that is a page."""
    for folder in FOLDERS:
        yield from sorted(path for path in folder.iterdir() if path.suffix in (".html", ".txt"))


def expectation(page: Path) -> Path:
    return page.with_name(f"{page.name}.expected.json")


def parsed(page: Path) -> str:
    """The page's whole JSON, one value a line."""
    from pipeline.page_json import page_json

    told = page_json(parse_page(page.read_bytes(), URL))
    return simplejson.dumps(told, ensure_ascii=False, indent=1, use_decimal=True, default=str) + "\n"


def main() -> None:
    changed = 0
    for page in pages():
        path, content = expectation(page), parsed(page)
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed += 1
    sys.stdout.write(f"{changed} expectations rewritten; read the difference before committing it\n")


if __name__ == "__main__":
    main()
