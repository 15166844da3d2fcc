"""On which line of a TOML text a key stands.

The standard library's reader tells no places, so the text is walked once more, only when there is
an error to report. It is known to be sound TOML by then (v1.0.0, https://toml.io), therefore the
walk looks at nothing but where keys and values begin and end.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str | int, ...]
"""Keys, and positions in arrays from 0: ``("source", 1, "url")``."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*+)*+")
_KEY = re.compile(r'[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|\'[^\']*+\'')
_STRING = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5}'
    r'|"(?:[^"\\]|\\.)*+"|\'[^\']*+\'',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]++")


def line_of(text: str, place: Place) -> int:
    """The line, from 1, on which the value at ``place`` is named; that of the nearest table around it
    where the text names it nowhere; 1 for the whole document."""
    positions: dict[Place, int] = {}
    for named, offset in walk(text):
        positions.setdefault(named, offset)
    while place and place not in positions:
        place = place[:-1]
    return text.count("\n", 0, positions.get(place, 0)) + 1


def walk(text: str) -> Iterator[tuple[Place, int]]:
    """Each place with the offset where it is named; a table that is named often comes often."""
    return _Walk(text).document()


class _Walk:
    """One pass over a text, giving each place with its offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0

    def document(self) -> Iterator[tuple[Place, int]]:
        table: Place = ()
        lengths: dict[Place, int] = {}
        self._skip_blank()
        while self.offset < len(self.text):
            start = self.offset
            if self._take("["):
                table = self._header(lengths)
                yield from _upto(table, 1, start)
            else:
                yield from self._pair(table)
            self._skip_blank()

    def _header(self, lengths: dict[Place, int]) -> Place:
        """``[a.b]`` or ``[[a.b]]``, its first bracket taken; ``lengths`` counts arrays of tables."""
        is_array = self._take("[")
        *around, last = self._keys()
        self._take("]")
        if is_array:
            self._take("]")
        place: Place = ()
        for key in around:
            place = _newest((*place, key), lengths)
        place = (*place, last)
        if is_array:
            lengths[place] = lengths.get(place, 0) + 1
        return _newest(place, lengths)

    def _pair(self, table: Place) -> Iterator[tuple[Place, int]]:
        start = self.offset
        place = (*table, *self._keys())
        yield from _upto(place, len(table) + 1, start)
        self._take("=")
        self._skip_blank()
        yield from self._value(place)

    def _value(self, place: Place) -> Iterator[tuple[Place, int]]:
        if self._take("["):
            number = 0
            while not self._closes("]"):
                yield (*place, number), self.offset
                yield from self._value((*place, number))
                number += 1
        elif self._take("{"):
            while not self._closes("}"):
                yield from self._pair(place)
        else:
            found = _STRING.match(self.text, self.offset) or _SCALAR.match(self.text, self.offset)
            self.offset = found.end() if found else len(self.text)

    def _keys(self) -> list[str]:
        """A key with its dots, as its parts."""
        keys = [self._key()]
        while self._take("."):
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip_blank()
        found = _KEY.match(self.text, self.offset)
        printed = found[0] if found else ""
        self.offset += len(printed)
        if printed.startswith('"'):
            return str(tomllib.loads(f"key = {printed}")["key"])
        return printed.strip("'")

    def _closes(self, bracket: str) -> bool:
        """Whether the array or inline table ends here, its bracket taken; steps over a comma."""
        self._take(",")
        self._skip_blank()
        return self._take(bracket) or self.offset >= len(self.text)

    def _take(self, mark: str) -> bool:
        self._skip_blank()
        taken = self.text.startswith(mark, self.offset)
        self.offset += len(mark) * taken
        return taken

    def _skip_blank(self) -> None:
        found = _BLANK.match(self.text, self.offset)
        self.offset = found.end() if found else self.offset


def _upto(place: Place, shortest: int, offset: int) -> Iterator[tuple[Place, int]]:
    """``place`` and the tables around it that are named with it, from ``shortest`` parts on."""
    for length in range(shortest, len(place) + 1):
        yield place[:length], offset


def _newest(place: Place, lengths: dict[Place, int]) -> Place:
    """The last table of the array at ``place``, or ``place`` itself where that is no array of tables."""
    return (*place, lengths[place] - 1) if place in lengths else place
