"""Words as an editor's markup leaves them: hard spaces, split spans, comments, odd attributes."""

from __future__ import annotations

import html
from random import Random

from tests.pages.model import Line, Run

NBSP = "\u00a0"
ZERO_WIDTH = ("\u200b", "\ufeff", "\u200b")
WRAPPERS = (
    ("<span>", "</span>"),
    ('<span style="color:#000000">', "</span>"),
    ('<span lang="lv" class="TextRun SCXW1842" xml:lang="LV">', "</span>"),
    ("<font face='Calibri' size='3'>", "</font>"),
)


class Pen:
    """Writes lines as HTML. ``mess``: clean, light (spaces, comments) or heavy (spans within words too)."""

    def __init__(self, rng: Random, mess: str) -> None:
        self.rng = rng
        self.mess = mess

    def words(self, text: str) -> str:
        """Escaped text with the mess; what a reader sees stays the same."""
        if self.mess == "clean":
            return html.escape(text, quote=False)
        pieces = [self._space(piece) if piece == " " else self._word(piece) for piece in _pieces(text)]
        joined = "".join(pieces)
        if self.rng.random() < 0.12:
            joined += self.rng.choice(("&nbsp;", NBSP, " "))
        return joined

    def _space(self, space: str) -> str:
        return self.rng.choice(("&nbsp;", NBSP, "  ", "\n    ")) if self.rng.random() < 0.02 else space

    def _word(self, word: str) -> str:
        escaped = html.escape(word, quote=False)
        if self.mess != "heavy" or len(word) < 4:
            return escaped
        chance = self.rng.random()
        if chance < 0.015:
            return self.rng.choice(ZERO_WIDTH) + escaped
        if chance < 0.05 and escaped == word:
            at = self.rng.randint(1, len(word) - 1)
            opening, closing = self.rng.choice(WRAPPERS)
            return f"{opening}{word[:at]}{closing}{opening}{word[at:]}{closing}"
        if chance < 0.06:
            return f"<!-- {len(word)} -->{escaped}"
        return escaped

    def run(self, run: Run) -> str:
        if run.href is None:
            return self.words(run.text)
        attributes = [f'href="{html.escape(run.href)}"', 'target="_blank"', 'rel="noopener"', 'class="link"']
        chosen = attributes[: self.rng.randint(1, 4)]
        self.rng.shuffle(chosen)
        return f"<a {' '.join(chosen)}>{html.escape(run.text, quote=False)}</a>"

    def line(self, line: Line) -> str:
        return "".join(self.run(run) for run in line.runs)

    def attributes(self, classes: str) -> str:
        """A class and whatever else a site builder adds, in any order."""
        extra = [
            f'class="{classes}"',
            f'id="p-{self.rng.randint(100, 99_999)}"',
            'data-entity="paragraph"',
            'dir="ltr"',
        ]
        chosen = extra[: self.rng.randint(1, 4)]
        self.rng.shuffle(chosen)
        return " ".join(chosen)


def _pieces(text: str) -> list[str]:
    parts: list[str] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            parts.append(" ")
        if word:
            parts.append(word)
    return parts


def plain(line: Line) -> str:
    """A line in pasted text: a link whose words are not its address is followed by the address."""
    out = ""
    for run in line.runs:
        out += run.text
        if run.href and run.href.startswith("http") and run.href != run.text:
            out += f": {run.href}"
    return out
