"""The sections of a measure that speak of money -> its funding rows and its amount of EU funding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from parsers import amount_context, amounts, labels, sentences, sums_beside, sums_by_round, whole_sums
from parsers.drafts import Section
from parsers.label_funds import EU_FUNDS
from parsers.ledger import Ledger
from parsers.memos import memo
from parsers.records import Amount, Funding, Span, span_of
from parsers.units_above import unit_at

_NATIONAL = frozenset({"national", "state_budget", "municipal", "private"})
_STAR = re.compile(r"[ ]?(?:eiro|euro|EUR|€)?[ ]?(\*{1,3}|[¹²³†‡])")
# ``1 000* euro``
_STAR_WITHIN = re.compile(r"(?<=\d)[ ]?(\*{1,3}|[¹²³†‡])(?!\d)")
_GLUE = re.compile(
    r"\b(?:eiro|euro|eur|milj|tūkst|apmērā|apjomā|kopā|no tā|no tiem|no kuriem|tai skaitā|t\.? ?sk|tostarp|un"
    r"|jeb|ir|plānots|finansējum\w*|līdzfinansējum\w*|ieskaitot|neieskaitot|elastības|apjoms|apmērs|atbalsts"
    r"|apmēram|tajā skaitā|budžets?|publisk(?:ais|ā|ās)|attiecinām(?:ais|ā|ās)|izmaksas)\b",
    re.IGNORECASE,
)


_OF_SUPPORT = re.compile(r"\W*(?:atbalsta\s(?:apmēr|apjom|summ)|(?:apmēr|apjom|summ)\w*\W*\Z)", re.IGNORECASE)
_COSTS = labels.Hit("funding", "total")
_ALL_COSTS = re.compile(r"[Kk]opēj\w{1,2} (?:\w+ )?izmaks")
_LETTER = re.compile(r"[^\W\d_]")

_scan = memo(4096)(amounts.scan)
_said_of = memo(1024)(amount_context.qualifier_of_label)
_unit_of = memo(1024)(amounts.unit_of_label)


# What stands in brackets, or after a dash, at the end of a line with a title in quotation marks before it.
_BEHIND = re.compile(r"\s?(?:\((?P<round>[^()\n]{3,90})\)|\[(?P<square>[^\[\]\n]{3,90})\])\.?\Z")
_BEHIND_QUOTED = re.compile(r"[“”\"»]\s?[–—-]\s(?P<words>[^()\n“”\"»]{3,90})\Z")


class Behind(NamedTuple):
    """``title``: without what stands behind it. ``money``: the words there that speak of it."""

    title: Span
    money: Span


class Place(NamedTuple):
    """Where a funding row stands: its amount, its qualifier (None: exact), its text, its fund's words."""

    amount: Span
    qualifier: Span | None
    text: Span
    fund: Span | None


class Money(NamedTuple):
    """What a measure's sections say of money.

    ``places``: of each funding row. ``eu_rows``: indexes of the rows whose sum is the EU funding.
    ``stars``: the footnote marks that stand at amounts. ``unnamed``: rows whose words name no fund.
    ``shared``: rows of which only shares are told (``85 % ERAF, 15 % valsts budžets``).
    ``more_than_eu``: rows that hold what others give too, by words that stand behind them. ``again``: rows
    below a label that had another amount before. ``own_round``: the round that the measure is; ``of_rounds``:
    words that tell what another one gets, or any where it is none.
    """

    rows: list[Funding]
    places: list[Place]
    eu_rows: list[int]
    stars: list[tuple[str, Span]]
    unnamed: list[int]
    shared: list[int]
    more_than_eu: list[int]
    again: list[int]
    of_rounds: list[Span]
    own_round: int | None


def read_money(
    ledger: Ledger, sections: Sequence[Section], measure_id: str, own_round: int | None = None
) -> Money:
    """Funding rows of all sections that speak of money, in order. ``own_round``: the one that the measure is;
    what others get is none of its money."""
    money = Money([], [], [], [], [], [], [], [], [], own_round)
    told = _funds_beside(ledger.text, sections)
    labelled: dict[str, tuple[Span, int]] = {}
    for index, section in _surest_first(ledger.text, sections):
        before = len(money.rows)
        if index in told and section.hit is not None and section.hit.fund is None:
            _read_of_fund(ledger, section, told[index], measure_id, money)
        else:
            _read_section(ledger, section, measure_id, money)
        _take_once(ledger, section, before, labelled, measure_id, money)
    for section in sections:
        if section.field == "narrative" and _states_costs(ledger.text, section, alone=bool(money.rows)):
            _read_section(ledger, section._replace(hit=_COSTS), measure_id, money)
    if not money.rows:
        for section in sections:
            if section.field in {"objective", "narrative", "unknown", "other_info"}:
                _read_sentences(ledger, section, measure_id, money)
    _name_total(money)
    _name_whole(ledger.text, money)
    _name_fund(ledger, sections, money)
    money.eu_rows.extend(_eu_rows(ledger, money, measure_id))
    return money


def _take_once(
    ledger: Ledger,
    section: Section,
    before: int,
    labelled: dict[str, tuple[Span, int]],
    measure_id: str,
    money: Money,
) -> None:
    """``ERAF finansējums: 6 000 000`` printed twice is one amount; another amount contradicts the first.

    ``before``: rows that stood before the section. ``labelled``: of each label where it stood and its row.
    """
    if section.label is None or len(money.rows) != before + 1 or money.rows[before].fund not in EU_FUNDS:
        return
    words = labels.fold(ledger.text[section.label.start : section.label.end]).strip(" :")
    span, first = labelled.setdefault(words, (section.label, before))
    # The one label over a column may stand over several sums.
    if span == section.label or money.rows[first].fund != money.rows[before].fund:
        return
    one, other = money.rows[first], money.rows[before]
    if (one.amount_eur, one.amount_max_eur) == (other.amount_eur, other.amount_max_eur):
        ledger.claim(*money.places[before].text)
        del money.rows[before], money.places[before]
        return
    money.again.append(before)
    place = money.places[before].text
    ledger.find("funding_contradiction", *place, measure_id=measure_id, field="eu_funding_eur")


def _surest_first(text: str, sections: Sequence[Section]) -> list[tuple[int, Section]]:
    """The sections of money with their places; ``Atbalsta apmērs`` may be that of one project, so that it is
    read last."""
    told = [one for one in enumerate(sections) if one[1].field in {"funding", "flexibility"}]
    if len(told) > 1:
        told.sort(
            key=lambda one: one[1].label is not None and _OF_SUPPORT.match(text, *one[1].label) is not None
        )
    return told


def _funds_beside(text: str, sections: Sequence[Section]) -> dict[int, tuple[str, Span]]:
    """Of a measure told in several rows, ``Avots: ERAF | Summa: …``: the fund of each of its sums, and where
    it stands. One fund alone is that of all (see ``_name_fund``)."""
    found: dict[int, tuple[str, Span]] = {}
    for index, (section, after) in enumerate(pairwise(sections)):
        if section.field == "fund" and section.lines and after.field == "funding":
            span = Span(section.lines[0].start, section.lines[-1].end)
            hit = labels.match(text[span.start : span.end])
            if hit is not None and hit.fund is not None:
                found[index + 1] = (hit.fund, span)
    return found if len(found) > 1 else {}


def _read_of_fund(
    ledger: Ledger, section: Section, told: tuple[str, Span], measure_id: str, money: Money
) -> None:
    """A section of money whose fund stands beside it."""
    fund, span = told
    hit = section.hit._replace(fund=fund) if section.hit is not None else None
    before = len(money.rows)
    _read_section(ledger, section._replace(hit=hit), measure_id, money)
    if len(money.rows) > before and money.rows[before].fund == fund:
        money.places[before] = money.places[before]._replace(fund=span)


def _states_costs(text: str, section: Section, *, alone: bool) -> bool:
    """``Projekta kopējās attiecināmās izmaksas: 5 000 EUR, tai skaitā ESF+ …``: a sum with the EU's part; and
    ``Attiecināmās izmaksas: 5 000 EUR``. ``alone``: only the latter, as other labels tell of money."""
    if section.label is None or not section.lines:
        return False
    value = text[section.lines[0].start : section.lines[-1].end]
    if whole_sums.labels_costs(text, section.label) and money_alone(value):
        return True
    if alone or _ALL_COSTS.search(text, *section.label) is None:
        return False
    told = _scan(value, unit=None).amounts
    return any(amount.fund in EU_FUNDS or amount.fund == "eu_total" for amount in told)


def money_behind(text: str, title: Span, end: int) -> Behind | None:
    """The amounts that stand by themselves behind a title, at ``end`` of its line; None where there are none.

    Without quotation marks ``(līdz 50 000 euro)`` may be part of the title, so that it stays one.
    """
    found = _BEHIND.search(text, title.start, end) or _BEHIND_QUOTED.search(text, title.start, end)
    if found is None or found.start() <= title.start:
        return None
    start, stop = found.span(found.lastgroup or 0)
    told = _scan(text[start:stop], unit=None).amounts
    is_within = found.start() < title.end
    if not told or not _nothing_else(text[start:stop], told):
        return None
    if is_within and any(amount.qualifier == "up_to" for amount in told):
        return None
    return Behind(Span(title.start, min(title.end, found.start())), Span(start, stop))


def money_alone(words: str) -> bool:
    """An amount, with the fund that it is of, and nothing else."""
    told = _scan(words, unit=None).amounts if any(map(str.isdecimal, words)) else ()
    return bool(told) and _nothing_else(words, told)


def _nothing_else(words: str, told: Sequence[Amount]) -> bool:
    spans = [Span(amount.start, amount.end) for amount in told]
    spans += [span for amount in told for span in (amount.qualifier_span, amount.fund_span) if span]
    letters = list(words)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return not any(map(str.isalnum, _GLUE.sub(" ", "".join(letters))))


def _read_section(ledger: Ledger, section: Section, measure_id: str, money: Money) -> None:
    if not section.lines:
        return
    text = ledger.text
    start, end = section.lines[0].start, section.lines[-1].end
    label = text[section.label.start : section.label.end] if section.label else ""
    region = text[start:end]
    above = section.hit.unit if section.hit else None
    own = _unit_of(label) or above or amounts.unit_of(region[:40])
    said = unit_at(ledger.units, start) if own is None and ledger.units else None
    unit = own or (said.unit if said else Decimal(1))
    found, problems = _scan(region, unit=unit)
    for problem in problems:
        ledger.find(
            problem.code,
            start + problem.start,
            start + problem.end,
            measure_id=measure_id,
            field="eu_funding_eur",
        )
    label_fund = (
        "flexibility" if section.field == "flexibility" else section.hit.fund if section.hit else None
    )
    if said is not None and found != _scan(region, unit=Decimal(1)).amounts:
        ledger.claim(*said.line)
        ledger.assume("unit_from_label", start, end, measure_id, "eu_funding_eur")
    if found:
        found = [_qualified(found[0], label, section.label, start), *found[1:]]
    before = len(money.rows)
    of_rounds = _tell_rounds(ledger, region, found, label, start, measure_id, money)
    left_out = sums_beside.not_the_whole(region, found) | of_rounds
    for number, amount in enumerate(found):
        if number in left_out:
            continue
        named = _named_above(region, amount) if amount.fund is None else None
        if named is not None:
            _add(ledger, amount, start, named[0], _moved(named[1], start), measure_id, money)
        else:
            _add(ledger, amount, start, label_fund if number == 0 else None, section.label, measure_id, money)
    if len(money.rows) == before and not problems and not of_rounds and any(map(str.isalnum, region)):
        ledger.find("unreadable_amount", start, end, measure_id=measure_id, field="eu_funding_eur")
    for match in _GLUE.finditer(text, start, end) if _LETTER.search(text, start, end) else ():
        ledger.claim(*match.span())


def _tell_rounds(
    ledger: Ledger,
    words: str,
    found: Sequence[Amount],
    label: str,
    offset: int,
    measure_id: str,
    money: Money,
) -> set[int]:
    """Indexes of the amounts that rounds get, and not this measure; those that are no part of a sum printed
    beside them are findings."""
    told = sums_by_round.rounds_of_sums(words, found, label)
    others = {
        index: of for index, of in told.items() if money.own_round is None or of.round != money.own_round
    }
    if len(others) < len(told):
        # What further rounds get is theirs, where this one's own stands beside it.
        return set(others)
    whole = max((found[index].amount_eur for index in range(len(found)) if index not in told), default=None)
    is_part = whole is not None and sum(found[index].amount_eur for index in others) <= whole
    for index, (_, span) in others.items():
        place = Span(offset + span.start, offset + span.end)
        money.of_rounds.append(place)
        if not (is_part and found[index].fund is None):
            ledger.find("amount_of_round", *place, measure_id=measure_id, field="eu_funding_eur")
    return set(others)


def _qualified(amount: Amount, label: str, span: Span | None, start: int) -> Amount:
    """With what the label says of the first amount below it; parts of a sum are told with words of their own.

    The label stands before the text that begins at ``start``: the place of its words in it is below nought.
    """
    said = _said_of(label) if span is not None and amount.qualifier == "exact" else None
    if said is None or span is None:
        return amount
    return amount._replace(qualifier=said[0], qualifier_span=_moved(said[1], span.start - start))


def _named_above(words: str, amount: Amount) -> tuple[str, Span] | None:
    """The fund that the line above an amount names and nothing else, as cells side by side do."""
    begin = words.rfind("\n", 0, amount.start)
    if begin < 0 or words[begin + 1 : amount.start].strip():
        return None
    above = Span(words.rfind("\n", 0, begin) + 1, begin)
    line = words[above.start : above.end]
    if len(line) > labels.LONGEST_LABEL:
        return None
    fund = labels.fund_alone(line)
    hit = labels.match(line) if fund is None else None
    if hit is not None and hit.field == "funding":
        fund = hit.fund
    return (fund, above) if fund else None


def _read_sentences(ledger: Ledger, section: Section, measure_id: str, money: Money) -> None:
    """A measure without a field of money may say it in a sentence: ``finansējums ir 15 089 807 euro``."""
    for line in section.lines:
        words = ledger.text[line.start : line.end]
        if "finansējum" not in words:
            continue
        for start, end in sentences.cut(words):
            sentence = words[start:end]
            if whole_sums.speaks_of_reserve(sentence):
                _tell_reserve(ledger, sentence, line.start + start, measure_id)
                continue
            amounts_told = sentences.amounts_of_measure(sentence)
            of_rounds = _tell_rounds(
                ledger, sentence, amounts_told, "", line.start + start, measure_id, money
            )
            for number, amount in enumerate(amounts_told):
                if number in of_rounds:
                    continue
                told = {row.fund for row in money.rows}
                if (amount.fund is not None and amount.fund not in told) or not told:
                    _add(ledger, amount, line.start + start, None, None, measure_id, money)


def _tell_reserve(ledger: Ledger, words: str, at: int, measure_id: str) -> None:
    """``Snieguma rezerves finansējums: 1 000 000 EUR`` is no amount that the measure has."""
    for amount in _scan(words, unit=None).amounts:
        ledger.find(
            "amount_of_no_fund",
            at + amount.start,
            at + amount.end,
            measure_id=measure_id,
            field="funding",
        )


def _add(
    ledger: Ledger,
    amount: Amount,
    offset: int,
    label_fund: str | None,
    label: Span | None,
    measure_id: str,
    money: Money,
) -> None:
    """A row for an amount whose fund is known or that is the first of its label."""
    start, end = offset + amount.start, offset + amount.end
    first = not money.rows or label_fund is not None
    fund = amount.fund or label_fund or (None if money.rows and not first else "eu_total")
    if fund is None:
        return
    share = whole_sums.share_beside(ledger.text, start, end)
    if share is None and amount.fund in EU_FUNDS and amount.fund_span and label_fund not in EU_FUNDS:
        share = whole_sums.share_of_fund(ledger.text, end, offset + amount.fund_span.start)
    if share is not None:
        fund, label = "total", share
        money.more_than_eu.append(len(money.rows))
        ledger.claim(*share)
    elif not amount.fund and not label_fund:
        public = whole_sums.public_beside(ledger.text, start, end)
        if public is None:
            money.unnamed.append(len(money.rows))
        else:
            fund, label = "total", public
    if (
        amount.fund == "total"
        and amount.fund_span
        and "%" in ledger.text[end : offset + amount.fund_span.start]
    ):
        money.shared.append(len(money.rows))
    fund_span = _moved(amount.fund_span, offset) if amount.fund else label
    star = _STAR.match(ledger.text, end) or _STAR_WITHIN.search(ledger.text, start, end)
    if star:
        money.stars.append((star[1], Span(*star.span(1))))
    last = max(end, star.end()) if star else end
    qualifier = _moved(amount.qualifier_span, offset)
    ledger.assume(amount.assumption, start, end, measure_id, "eu_funding_eur")
    money.rows.append(
        Funding(fund, amount.amount_eur, amount.amount_max_eur, amount.qualifier, ledger.text[start:last])
    )
    money.places.append(Place(Span(start, end), qualifier, Span(start, last), fund_span))


def _name_total(money: Money) -> None:
    """An amount whose words name no fund is the total where one of its parts is named as a fund's."""
    for index in money.unnamed:
        amount = money.rows[index].amount_eur
        parts = [
            row
            for number, row in enumerate(money.rows[index + 1 :], index + 1)
            if row.fund in EU_FUNDS or (row.fund == "eu_total" and number not in money.unnamed)
        ]
        if any(row.amount_eur <= amount for row in parts):
            money.rows[index] = money.rows[index]._replace(fund="total")


def _name_whole(text: str, money: Money) -> None:
    """``1 000 000 EUR, t.sk. privātais līdzfinansējums 100 000 EUR``: what others give is within it."""
    for index in money.unnamed:
        if index + 1 >= len(money.rows) or money.rows[index].fund != "eu_total":
            continue
        part, place = money.rows[index + 1], money.places[index + 1]
        named = min(place.fund.start, place.amount.start) if place.fund else place.amount.start
        within = whole_sums.leads_to_part(text, money.places[index].amount.end, named)
        if within and part.fund in _NATIONAL and part.amount_eur <= money.rows[index].amount_eur:
            money.rows[index] = money.rows[index]._replace(fund="total")
            money.more_than_eu.append(index)


def _name_fund(ledger: Ledger, sections: Sequence[Section], money: Money) -> None:
    """``Fonds: ERAF`` says of which fund an amount is whose own words name none."""
    for section in sections:
        if section.field != "fund" or not section.lines:
            continue
        span = Span(section.lines[0].start, section.lines[-1].end)
        hit = labels.match(ledger.text[span.start : span.end])
        if hit is None or hit.fund is None:
            return
        for index in money.unnamed:
            if money.rows[index].fund == "eu_total":
                money.rows[index] = money.rows[index]._replace(fund=hit.fund)
                money.places[index] = money.places[index]._replace(fund=span)
        return


def _moved(span: Span | None, offset: int) -> Span | None:
    return None if span is None else span_of((span.start + offset, span.end + offset))


def _eu_rows(ledger: Ledger, money: Money, measure_id: str) -> list[int]:
    """Indexes of the rows that the EU funding is: its stated total, else its funds, else the only total."""
    funds = [row.fund for row in money.rows]
    stated = [index for index, fund in enumerate(funds) if fund == "eu_total"]
    if stated:
        first = money.rows[stated[0]]
        for other in stated[1:]:
            if money.rows[other].amount_eur != first.amount_eur:
                place = money.places[other].text
                ledger.find("funding_contradiction", *place, measure_id=measure_id, field="eu_funding_eur")
                break
        return stated[:1]
    parts = [index for index, fund in enumerate(funds) if fund in EU_FUNDS and index not in money.again]
    if parts:
        if len(parts) > 1:
            ledger.assume(
                "sum_of_funds",
                money.places[parts[0]].text.start,
                money.places[parts[-1]].text.end,
                measure_id,
                "eu_funding_eur",
            )
        return parts
    totals = [index for index, fund in enumerate(funds) if fund == "total" and index not in money.shared]
    if totals and not _NATIONAL & set(funds) and not _is_more_than_eu(ledger.text, money, totals[0]):
        ledger.assume("total_as_eu", *money.places[totals[0]].text, measure_id, "eu_funding_eur")
        return totals[:1]
    for index in [number for number, fund in enumerate(funds) if fund == "total"][:1]:
        ledger.find(
            "eu_part_not_told", *money.places[index].text, measure_id=measure_id, field="eu_funding_eur"
        )
    return []


def _is_more_than_eu(text: str, money: Money, index: int) -> bool:
    """``Publiskais finansējums``, ``Kopējās izmaksas``: the EU's part of it may be told, and is not."""
    place = money.places[index]
    return index in money.more_than_eu or whole_sums.is_more_than_eu(text, place.fund, place.amount.end)
