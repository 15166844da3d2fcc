"""The words of elements -> lines: white space folded, emphasis and links placed, invisible characters out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from urllib.parse import urljoin

from parsers import labels
from parsers.badges import badge_in, status_before
from parsers.cells import Kind
from parsers.glyphs import as_read
from parsers.label_parts import names_step
from parsers.layouts import BULLET
from parsers.records import Anchor, Block

_PLAIN = Kind("paragraph", 0)
_BADGE = Kind("badge", 0)
# Signs and pictures come behind all letters of Latvian and all quotation marks.
_LAST_LETTER = "\u2100"
_MARKS = frozenset("•●○▪▫◦‣∙·■□►▶➢➤✓✔\uf0b7\uf0a7§-–—")
# As ``Block(…)``, at a third of its cost: there is one for each line.
_new = tuple.__new__
_INLINE_BULLET = " • "
# How a value begins besides with a letter or a digit.
_OPENS_VALUE = frozenset('„“”«"€~(')
# Empty emphasis may stand before the words that open a line.
_MOST_OPENINGS = 8
# How the last word of a label ends.
_NOMINATIVE = frozenset("sšiSŠI")
_GENITIVE = ("as", "es")
# A label and its value.
_PAIR = 2
_OF_VALUES = frozenset({"funding", "applicants", "selection", "timeline", "contacts", "objective"})
_VERBS = frozenset("ir nav var būs tiek tiks varēs bija".split())
# What stands in no step of a schedule.
_PARTED = frozenset("0123456789:(/")
# Labels whose words may as well be glued to the rest of a title.
_OF_TITLES = frozenset({"title", "code", "round", "specific_objective"})

# A stretch of the line at hand, counted in its parts or, where all of it is known, in characters.
_Stretch = tuple[int, int]


class Lines:
    """The lines of a page so far. ``parts``: the words of the line at hand; ``kind``: what it is."""

    # Lines that are joined at a time: a string each for a whole page is twice its text.
    _JOINED = 1024

    def __init__(self, base: str, *, odd: bool) -> None:
        self.base = base
        self.odd = odd
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.parts: list[str] = []
        self.kind = _PLAIN
        self._offset = 0
        # Lines that ended and are no Blocks yet: words, kind, whether all of it is emphasised.
        self._ended: list[tuple[str, Kind, bool]] = []
        self._lines: list[str] = []
        self._joined: list[str] = []
        self._bold: list[_Stretch] = []
        self._links: list[tuple[int, int, str]] = []
        self._bold_since = -1
        self._link: tuple[int, str] | None = None
        # The line at hand has emphasis or links.
        self._marked = False
        # Where the badge beside its title begins; -1 where it has none.
        self._badge = -1

    def open_bold(self) -> None:
        self._marked = True
        if self._bold_since < 0:
            self._bold_since = len(self.parts)

    def close_bold(self) -> None:
        """Emphasis that goes on after nothing but white space is one."""
        start, self._bold_since = self._bold_since, -1
        if start >= 0:
            if self._bold and not "".join(self.parts[self._bold[-1][1] : start]).strip():
                start = self._bold.pop()[0]
            self._bold.append((start, len(self.parts)))

    def open_link(self, href: str) -> None:
        self._marked = True
        self._link = (len(self.parts), href)

    def close_link(self) -> None:
        if self._link is not None:
            self._links.append((self._link[0], len(self.parts), self._link[1]))
            self._link = None

    def end(self) -> None:
        """Close the line at hand: a Block where it has words."""
        parts = self.parts
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        if self.odd and as_read(raw) != raw:
            parts[:] = map(as_read, parts)
            raw = "".join(parts)
        # An element may hold nothing but what cannot be seen.
        if len(parts) > 1 and all(parts):
            glued = _glued_labels(parts) or self._beside(parts)
        else:  # most lines have no code
            glued = self._behind_status(raw) if "." in raw else []
        if not (self._marked or glued):
            self._ended.append((raw, self.kind, False))
        else:
            if not glued and self._is_all_bold():
                self._bold.clear()
                self._ended.append((raw, self.kind, True))
            else:
                self._put_marked(raw, glued)
            self._marked = self._bold_since >= 0 or self._link is not None
            self._badge = -1
        parts.clear()
        if len(self._ended) == self._JOINED:
            self._settle()

    def _beside(self, parts: list[str]) -> list[int]:
        """Where a line is parted though nothing but style parts its elements."""
        badge = badge_in(parts)
        if badge is None:
            return self._label_beside(parts)
        self._badge = 0 if badge.before else badge.at
        return [badge.at]

    def _behind_status(self, raw: str) -> list[int]:
        """``Jauns! 1.2.3.4. Nosaukums`` in one element is parted too."""
        at = status_before(raw)
        if at:
            self._badge = 0
        return [at] if at else []

    def _is_all_bold(self) -> bool:
        """Emphasis and nothing beside it, as most labels are set."""
        bold = self._bold
        whole = len(bold) == 1 and bold[0] == (0, len(self.parts))
        return whole and not self._links and self._bold_since < 0 and self._link is None

    def _label_beside(self, parts: list[str]) -> list[int]:
        """``<span>Termiņš</span> <b>līdz 2026. gadam</b>``: an element that is a label, and its value."""
        words = [index for index, part in enumerate(parts) if not part.isspace()]
        if len(words) != _PAIR or len(parts[words[0]]) > labels.LONGEST_LABEL:
            return []
        label, value = (parts[index].strip() for index in words)
        parted = words[1] - words[0] > 1 or parts[words[0]][-1].isspace() or parts[words[1]][0].isspace()
        linked = any(start <= words[0] < end for start, end, _ in self._links) or self._link is not None
        if parted and not linked and label[0].isdigit() and len(value) <= labels.LONGEST_LABEL:
            # ``<b>1 000 000 euro</b> <span>Finansējums</span>``: a card's figure and what it is.
            caption = labels.match(value)
            return [sum(map(len, parts[: words[1]]))] if caption and caption.field == "funding" else []
        told = label[-1] == ":" or not value[0].islower() or "://" in value
        if not parted or linked or told or value.split()[0] in _VERBS:
            return []
        hit = labels.match(label) if label[:1].isupper() else None
        opens = hit.field in _OF_VALUES if hit else names_step(label)
        return [sum(map(len, parts[: words[1]]))] if opens else []

    def put(self, line: str, bold: int = 0) -> None:
        """A line with its white space folded; ``bold``: characters of the emphasised words that open it."""
        self._settle()
        if line:
            self._lay(((line, self.kind, bold),))

    def text(self) -> str:
        """All lines, one after the other; only then are all of them Blocks."""
        self._settle()
        self._join()
        return "\n".join(self._joined)

    def _settle(self) -> None:
        """Most lines become Blocks in one go: a call for each costs more than what it does."""
        if self._ended:
            self._lay(_folded(self._ended))
            self._ended.clear()

    def _lay(self, lines: Iterable[tuple[str, Kind, int]]) -> None:
        at, block, keep = self._offset, self.blocks.append, self._lines.append
        for line, (kind, level, table, row, column, strong), bold in lines:
            end = at + len(line)
            if (line[0] in _MARKS or line[0] > _LAST_LETTER) and (mark := BULLET.match(line)):
                start, item = at + mark.end(), max(level, 1)
                bold_end = end if strong else max(at + bold, start)
                block(_new(Block, ("item", start, end, item, table, row, column, bold_end)))
            else:
                # Where there is none it is the same number, not another one alike: a page has many lines.
                bold_end = end if strong else at + bold if bold else at
                block(_new(Block, (kind, at, end, level, table, row, column, bold_end)))
            keep(line)
            at = end + 1
        self._offset = at
        if len(self._lines) >= self._JOINED:
            self._join()

    def _join(self) -> None:
        if self._lines:
            self._joined.append("\n".join(self._lines))
            self._lines.clear()

    def _put_marked(self, raw: str, glued: list[int]) -> None:
        """A line with emphasis or links; what is still open at its end goes on in the next one.

        ``glued``: places where it is parted because a label and its value touch.
        """
        count = len(self.parts)
        if self._bold_since >= 0:
            self._bold.append((self._bold_since, count))
            self._bold_since = 0
        if self._link is not None:
            self._links.append((self._link[0], count, self._link[1]))
            self._link = (0, self._link[1])
        # Links are placed behind all lines before.
        self._settle()
        places = [0, *accumulate(map(len, self.parts))]
        bold = [(places[start], places[end]) for start, end in self._bold]
        links = [(places[start], places[end], href) for start, end, href in self._links]
        self._bold.clear()
        self._links.clear()
        starts = _label_starts(raw, bold)
        for start, end in pairwise([0, *(sorted({*starts, *glued}) if glued else starts), len(raw)]):
            first, last = bisect_left(bold, (start,)), bisect_left(bold, (end,))
            # A link that began before may reach into this part.
            since, until = max(bisect_left(links, (start,)) - 1, 0), bisect_left(links, (end,))
            self._put_part(raw, start, end, bold[first:last], links[since:until])

    def _put_part(
        self, raw: str, start: int, end: int, bold: list[_Stretch], links: list[tuple[int, int, str]]
    ) -> None:
        """A line, or the part of it from one label to the next, with its links."""
        piece = raw[start:end]
        line = " ".join(piece.split())
        if not line:
            return
        opening = 0
        for first, last in bold[:_MOST_OPENINGS]:
            if not raw[start:first].strip():
                opening = _folded_length(raw[start : min(last, end)])
        for link_start, link_end, href in links:
            first, last = max(link_start, start) - start, min(link_end, end) - start
            if first < last and piece[first:last].strip():
                self._anchor(href, _place(piece, first), _folded_length(piece[:last]))
        around = self.kind
        if start == self._badge and around.table < 0:
            self.kind, opening = _BADGE, 0
        self.put(line, opening)
        self.kind = around

    def _anchor(self, href: str, start: int, end: int) -> None:
        href = href.strip()
        if not href or href.startswith("#"):
            return
        try:
            href = urljoin(self.base, href)
        except ValueError:
            # An address that is none (``http://[``) stands as the page writes it.
            href = href.strip()
        self.anchors.append(Anchor(self._offset + start, self._offset + end, href))


def _folded(ended: Iterable[tuple[str, Kind, bool]]) -> Iterator[tuple[str, Kind, int]]:
    """The lines with their white space folded, and how much of each is emphasised."""
    for raw, kind, emphasised in ended:
        # Nothing to fold in most lines, which is told more quickly than it is done.
        clean = raw.isprintable() and "  " not in raw and raw.strip() == raw
        line = raw if clean else " ".join(raw.split())
        if emphasised:
            if line:
                yield line, kind, len(line)
        elif _INLINE_BULLET in line:
            for item in line.split(_INLINE_BULLET):
                if item:
                    yield item, kind, 0
        elif line:
            yield line, kind, 0


def _label_starts(raw: str, bold: list[_Stretch]) -> list[int]:
    """Where emphasised words that end in a colon open a new line in the middle of a paragraph."""
    opening = len(raw) - len(raw.lstrip())
    return [
        start
        for start, end in bold
        if start > opening
        and raw[start:end].lstrip()[:1].isupper()
        and (raw[start:end].rstrip().endswith(":") or raw[end : end + 2].lstrip().startswith(":"))
    ]


def _glued_labels(parts: list[str]) -> list[int]:
    """Where label and value touch: ``<small>Finansējums</small><b>100 euro</b>`` stands as two lines.

    Gives the places of values behind their labels, and of further labels behind a value.
    """
    cuts: list[int] = []
    # The place and the part where the line at hand begins; the place of the part at hand.
    begin, opened, at = 0, 0, len(parts[0])
    for index in range(1, len(parts)):
        part, before = parts[index], parts[index - 1]
        if before[-1].isalpha() and (part[0].isalnum() or part[0] in _OPENS_VALUE):
            own = at - len(before)
            if at - begin <= labels.LONGEST_LABEL and _is_glued("".join(parts[opened:index]), part):
                cuts.append(at)
                begin, opened = at, index
            elif own > begin and len(before) <= labels.LONGEST_LABEL and _is_glued(before, part):
                cuts += [own, at]
                begin, opened = at, index
        at += len(part)
    return cuts


def _is_glued(words: str, after: str) -> bool:
    """Words that are all of a label, and do not go on as a word of it with what touches them."""
    words = words.strip()
    if not words[:1].isupper() or after[0].isnumeric() > after[0].isdecimal():
        return False
    goes_on = after[0].islower() or (words[-1].isupper() and after[0].isupper())
    if goes_on:
        last, first = words.split()[-1], after.split(maxsplit=1)[0]
        # Editors leave elements that begin and end in the middle of a word.
        if last[-1] not in _NOMINATIVE or min(len(last) - 1, len(first)) < 3 or labels.known(last + first):
            return False
    hit = labels.match(words)
    if hit is None:
        # Of a genitive (``iesniegšanas``) the rest of the label is still to come.
        if after[0].isdecimal() and labels.fund_alone(words) is not None:
            return True
        ends = not goes_on or (
            after[0].islower() and _ends_step(words.split()[-1], after.split(maxsplit=1)[0])
        )
        return ends and _PARTED.isdisjoint(words) and names_step(words)
    return hit.field not in _OF_TITLES


def _ends_step(last: str, after: str) -> bool:
    """A word ends the name of a step though a small letter touches it: it is one that names steps itself.

    Of a sentence that tells of a step (``Projektu īsteno visā Latvi|jas teritorijā``) any word may be in two
    elements, and what stands in the first is seldom a word.
    """
    return (
        not last.endswith(_GENITIVE) and labels.known_in_step(last) and not labels.known_in_step(last + after)
    )


def _folded_length(piece: str) -> int:
    return len(" ".join(piece.split()))


def _place(piece: str, place: int) -> int:
    """Where the character at ``place`` stands once white space is folded."""
    before = piece[:place]
    folded = _folded_length(before)
    return folded + 1 if folded and (before[-1].isspace() or piece[place].isspace()) else folded
