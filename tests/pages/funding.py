"""The funding of a measure: one amount, or a split by fund, as lines with what they say."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import NamedTuple

from tests.pages import amounts, labels
from tests.pages.model import Field, Line, ShownAmount, Truth, number, paragraph
from tests.pages.phrases import FOOTNOTES


class Funding(NamedTuple):
    """Fields as printed, what they say (the measure's columns and funding rows), and a footnote to place."""

    fields: tuple[Field, ...]
    truth: Truth
    footnote: str | None


def row(fund: str, shown: ShownAmount) -> Truth:
    return {
        "fund": fund,
        "amount_eur": number(shown.eur),
        "amount_max_eur": number(shown.maximum),
        "qualifier": shown.qualifier,
    }


def columns(shown: ShownAmount, flexibility: str | None, rows: list[Truth]) -> Truth:
    return {
        "eu_funding_eur": number(shown.eur),
        "eu_funding_max_eur": number(shown.maximum),
        "funding_qualifier": shown.qualifier,
        "flexibility_funding": flexibility,
        "funding": rows,
    }


def single(rng: Random, label: str, style: str, flexibility: str | None, note: str) -> Funding:
    """One amount under the label of the EU funding, with its flexibility said as ``note`` tells."""
    shown = amounts.STYLES[style](rng)
    text, footnote = shown.text, None
    lines: list[Line] = []
    if flexibility:
        words = rng.choice(FOOTNOTES[flexibility])
        if note == "inline":
            text += f" ({words})"
        else:
            text += rng.choice(("*", "*", " *"))
            footnote = f"*{rng.choice(('', '', ' '))}{words}"
    lines.append(paragraph(text))
    if footnote and note == "below":
        lines.append(paragraph(footnote))
        footnote = None
    fields = (Field("funding", label, tuple(lines)),)
    return Funding(fields, columns(shown, flexibility, [row("eu_total", shown)]), footnote)


def _shares(rng: Random) -> tuple[str, str, ShownAmount, ShownAmount, ShownAmount]:
    """An EU fund and a national one with 85 to 15 shares in whole euro, and their sum."""
    unit = rng.choice(("euro", "eiro", "EUR"))
    total = rng.randint(20, 900) * 20_000
    parts = (total, total * 85 // 100, total * 15 // 100)
    shown = [ShownAmount(f"{amounts.grouped(value)} {unit}", Decimal(value)) for value in parts]
    fund = rng.choice(("erdf", "esf_plus", "cf", "jtf"))
    return fund, rng.choice(("state_budget", "municipal", "national")), shown[0], shown[1], shown[2]


SHORT = {
    "erdf": ("ERAF", "ERAF finansējums"),
    "esf_plus": ("ESF+", "ESF+ finansējums"),
    "cf": ("KF", "KF finansējums"),
    "jtf": ("TPF", "TPF finansējums"),
    "state_budget": ("valsts budžets", "valsts budžeta finansējums"),
    "municipal": ("pašvaldību līdzfinansējums", "pašvaldību finansējums"),
    "national": ("nacionālais līdzfinansējums", "nacionālais finansējums"),
}


def split(rng: Random, form: str) -> Funding:
    """Amounts by fund: in a sentence, a list, lines, fields of their own, or a flexibility share."""
    fund, national, total, share, rest = _shares(rng)
    rows = [row("total", total), row(fund, share), row(national, rest)]
    eu, own = rng.choice(SHORT[fund]), rng.choice(SHORT[national])
    if form == "fields":
        names = (("total", total), (fund, share), (national, rest))
        fields = tuple(
            Field(f"funding:{name}", rng.choice(labels.FUND_LABELS[name]), (paragraph(shown.text),))
            for name, shown in names
        )
        return Funding(fields, columns(share, None, rows), None)
    if form == "sentence":
        text = f"{total.text}, t.sk. {eu} – {share.text} un {own} – {rest.text}"
        field = Field("funding", "Kopējais finansējums", (paragraph(text),))
    elif form == "lines":
        parts = (f"{eu} – {share.text}", f"{own[:1].upper()}{own[1:]} – {rest.text}", f"Kopā – {total.text}")
        field = Field("funding", "Plānotais finansējums", tuple(paragraph(part) for part in parts))
        rows = [rows[1], rows[2], rows[0]]
    else:
        field = Field(
            "funding", "Plānotais finansējums", (paragraph(f"{eu} {share.text}, {own} {rest.text}"),)
        )
        rows = rows[1:]
    return Funding((field,), columns(share, None, rows), None)


def with_flexibility_share(rng: Random, label: str) -> Funding:
    """``19 966 500 euro, no tā elastības finansējuma apjoms – 3 065 000 euro``."""
    whole = rng.randint(100, 900) * 10_000
    total = ShownAmount(f"{amounts.grouped(whole)} euro", Decimal(whole))
    share = ShownAmount(f"{amounts.grouped(whole * 15 // 100)} euro", Decimal(whole * 15 // 100))
    text = f"{total.text}, no tā elastības finansējuma apjoms – {share.text}"
    truth = columns(total, "included", [row("eu_total", total), row("flexibility", share)])
    return Funding((Field("funding", label, (paragraph(text),)),), truth, None)
