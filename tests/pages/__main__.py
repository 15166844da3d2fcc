"""Rewrites the committed pages and their truth: ``python -m tests.pages``."""

from __future__ import annotations

from tests.pages import ministry
from tests.pages.catalogue import FOLDER, entries, files


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for entry in entries():
        for path, content in files(entry).items():
            path.write_bytes(content)
    ministry.HTML.write_bytes(ministry.page())


if __name__ == "__main__":
    main()
