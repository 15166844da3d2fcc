"""The account of a page: which characters are claimed, where each cell came from, what was found.

Everything that reads a page writes here, and the coverage at the end is what nobody wrote down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers import findings
from parsers.records import Coverage, Evidence, Finding, Span, span_of
from parsers.units_above import UnitAbove

# From the first letter or digit of a line to its last.
_WORDS = re.compile(r"\w(?:.*\w)?")
# A page has more Evidence than anything else; made like this it costs a third.
_new = tuple.__new__
# What a character is: claimed (line ends are nobody's to claim), a sign or space, or what may be of a word:
# every letter that is none of Latin-1 stands as a question mark. Most gaps between claims hold signs alone.
_CLAIMED, _SIGN, _MAY_BE_WORD = 1, 2, 0
_KINDS = bytes(
    _CLAIMED
    if code == ord("\n")
    else _SIGN
    if chr(code) in " !\"#$%&'()*+,-./:;<=>@[\\]^`{|}~"
    else _MAY_BE_WORD
    for code in range(256)
)
_GAP = re.compile(rb"\0[\0\2]*")


class Ledger:
    """``text`` is the canonical text; all offsets are its characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.evidence: list[Evidence] = []
        self.findings: list[Finding] = []
        # What lines of the page say of all amounts below them.
        self.units: Sequence[UnitAbove] = ()
        self._claims: list[tuple[int, int]] = []
        # A byte a character: a pair of numbers a claim would be many times the text.
        self._claimed = bytearray()

    def claim(self, start: int, end: int) -> None:
        """These characters are part of a value, a label or narrative."""
        self._claims.append((start, end))

    def cell(
        self,
        table: str,
        measure_id: str | None,
        seq: int | None,
        field: str,
        start: int,
        end: int,
        *,
        claim: bool = True,
    ) -> None:
        """A cell came from these characters; they are claimed with it, unless only some of them are it."""
        self.evidence.append(_new(Evidence, (table, measure_id, seq, field, start, end)))
        if claim:
            self._claims.append((start, end))

    def cells(
        self, table: str, measure_id: str | None, seq: int, fields: Sequence[str], start: int, end: int
    ) -> None:
        """Several cells of a row came from the same characters."""
        self.evidence += [_new(Evidence, (table, measure_id, seq, field, start, end)) for field in fields]
        self._claims.append((start, end))

    def find(
        self,
        code: str,
        start: int = 0,
        end: int = 0,
        *,
        measure_id: str | None = None,
        field: str | None = None,
        **facts: object,
    ) -> None:
        """A finding about these characters (0, 0: about the page)."""
        self.findings.append(
            findings.finding(
                code,
                text=self.text[start:end],
                start=start,
                end=end,
                measure_id=measure_id,
                field=field,
                **facts,
            )
        )

    def assume(
        self, assumption: str | None, start: int, end: int, measure_id: str | None, field: str
    ) -> None:
        """A value was read from these characters with an assumption; None: with none."""
        if assumption:
            self.findings.append(
                findings.assumed(
                    assumption,
                    text=self.text[start:end],
                    start=start,
                    end=end,
                    measure_id=measure_id,
                    field=field,
                )
            )

    def settle(self) -> None:
        """What is claimed so far is of parts of the page that are done; ``unclaimed`` asks for what comes."""
        claimed = self._claimed
        if not claimed:
            claimed.extend(self.text.encode("latin-1", "replace").translate(_KINDS))
        for start, end in {*self._claims}:
            claimed[start:end] = b"\1" * (end - start)
        self._claims.clear()

    def unclaimed(self, start: int, end: int) -> list[Span]:
        """The stretches between claims, a span a line, from the first letter or digit to the last."""
        spans: list[Span] = []
        at = start
        text, words = self.text, _WORDS.finditer
        near = [claim for claim in self._claims if claim[0] < end and claim[1] > start]
        for first, last in (*sorted(near), (end, end)):
            if first > at:
                spans += [span_of(match.span()) for match in words(text, at, min(first, end))]
            if last > at:
                at = last
                if at >= end:
                    break
        return spans

    def coverage(self, left_out: int) -> Coverage:
        """How much of the text is accounted for; signs between claimed words count as claimed."""
        self.settle()
        text = self.text
        spans = tuple(
            span_of(match.span())
            for gap in _GAP.finditer(self._claimed)
            for match in _WORDS.finditer(text, *gap.span())
        )
        missing = sum(end - start for start, end in spans)
        return Coverage(len(text), len(text) - missing, spans, left_out)
