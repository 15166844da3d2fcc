"""How well the parser reads pages whose content is known, beside two peers: ``python -m tests.evaluate``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from parsers import amounts, applicants, contacts, periods
from parsers.page import parse_page
from tests.pages.build import LAYOUTS, build
from tests.pages.notation import NOTATIONS
from tests.peers import general, soup
from tests.scoring import Comparison, Tally, Truth, decimal, reach, said

TESTS = Path(__file__).parent
FIXTURES = TESTS / "fixtures"
REAL, OTHERS = "real notations", "other notations"
OURS, LIBRARIES, SCRIPT = "pasakumi", "dateparser + price-parser", "BeautifulSoup script"


class Labelled(NamedTuple):
    """A page with its truth; ``group`` tells whether it prints as the real page does."""

    name: str
    group: str
    content: bytes
    truth: Truth


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def committed() -> Iterator[Labelled]:
    """The real page as text and as HTML, then the generated pages."""
    truth = _load(FIXTURES / "izm-visparejai-izglitibai.truth.json")
    truth.setdefault("url", truth["source"])
    for suffix in (".txt", ".html"):
        path = FIXTURES / f"izm-visparejai-izglitibai{suffix}"
        yield Labelled(path.name, REAL, path.read_bytes(), truth)
    for path in sorted((FIXTURES / "pages").iterdir()):
        if path.suffix in (".html", ".txt"):
            told = _load(path.with_suffix(".json"))
            group = REAL if told["notation"] == "real" else OTHERS
            yield Labelled(path.name, group, path.read_bytes(), told)


def generated(count: int, first: int = 1000) -> Iterator[Labelled]:
    """Pages that are not committed, so that nobody has looked at what they need."""
    pairs = [(layout, notation) for layout in LAYOUTS for notation in NOTATIONS]
    for seed in range(first, first + count):
        layout, notation = pairs[seed * 37 % len(pairs)]
        content, truth = build(seed, layout, notation)
        group = REAL if notation == "real" else OTHERS
        yield Labelled(f"{seed}-{layout}-{notation}", group, content, truth)


def read(page: Labelled) -> Truth:
    return said(parse_page(page.content, page.truth["url"]))


def compare(pages: Iterable[Labelled], reader: Callable[[Labelled], Truth] = read) -> dict[str, Comparison]:
    """Each group's comparison of what ``reader`` says with the truth."""
    groups: dict[str, Comparison] = {}
    for page in pages:
        groups.setdefault(page.group, Comparison()).page(page.name, page.truth, reader(page))
    return groups


def values_of(truth: Truth) -> dict[str, list[Any]]:
    """All periods (first and last day) and all amounts of a page, wherever they stand."""
    steps = [(str(s["start_date"]), str(s["end_date"])) for m in truth["measures"] for s in m["milestones"]]
    rows = [row for m in truth["measures"] for row in m.get("funding", [])] or truth["measures"]
    sums = [row.get("amount_eur", row.get("eu_funding_eur")) for row in rows]
    sums += [line["amount_eur"] for line in truth["headlines"]]
    return {"periods": steps, "amounts": [decimal(value) for value in sums if value is not None]}


def general_values(page: Labelled) -> dict[str, list[Any]]:
    """The general libraries, line by line over the main content."""
    found: dict[str, list[Any]] = {"periods": [], "amounts": []}
    above = ""
    for line in soup.lines(page.content):
        found["periods"] += general.periods(line)
        found["amounts"] += (general.bare_amount if "(eiro)" in above else general.amounts)(line)
        above = line
    return found


def beside_peers(pages: Iterable[Labelled]) -> dict[str, Comparison]:
    """Periods and amounts alone, as bags a page: ours, the general libraries', the script's."""
    readers: dict[str, Callable[[Labelled], dict[str, list[Any]]]] = {
        OURS: lambda page: values_of(read(page)),
        LIBRARIES: general_values,
        SCRIPT: lambda page: values_of(soup.parse(page.content)),
    }
    scores = {name: Comparison() for name in readers}
    for page in pages:
        want = values_of(page.truth)
        for name, reader in readers.items():
            for field, got in reader(page).items():
                scores[name].values(page.name, None, field, want[field], got)
    return scores


def period_cases(ours: Comparison, libraries: Comparison, script: Comparison) -> None:
    for case in _load(TESTS / "cases" / "periods.json"):
        text = case["text"]
        want = [(p["period"], p["start_date"], p["end_date"]) for p in case["periods"]]
        got = [(p.period, p.start_date.isoformat(), p.end_date.isoformat()) for p in periods.read(text)]
        ours.values(text, None, "periods", want, got)
        days = [(start, end) for _, start, end in want]
        libraries.values(text, None, "periods", days, general.periods(text))
        script.values(text, None, "periods", want, soup.periods(text))


def amount_cases(ours: Comparison, libraries: Comparison, script: Comparison) -> None:
    """Value and qualifier for the parser; the peers know no qualifiers and are asked for values alone."""
    for case in _load(TESTS / "cases" / "amounts.json"):
        text = case["text"]
        want = [
            (decimal(a["amount_eur"]), decimal(a.get("amount_max_eur")), a["qualifier"])
            for a in case["amounts"]
        ]
        got = [(a.amount_eur, a.amount_max_eur, a.qualifier) for a in amounts.read(text)]
        ours.values(text, None, "amounts", want, got)
        values = [row[0] for row in want]
        libraries.values(text, None, "amounts", values, general.amounts(text))
        script.values(text, None, "amounts", values, soup.amounts(text))


def people_cases(ours: Comparison, libraries: Comparison, script: Comparison) -> None:
    """Contacts and types of applicants; no general library reads these."""
    for case in _load(TESTS / "cases" / "contacts.json"):
        text, want = case["text"], reach(case["contacts"])
        got = reach(contact._asdict() for contact in contacts.read(text))
        theirs = reach(soup.contacts(text))
        for field, values in want.items():
            ours.values(text, None, field, values, got[field])
            script.values(text, None, field, values, theirs[field])
    for case in _load(TESTS / "cases" / "applicants.json"):
        name, kind = case["name"], case["applicant_type"]
        ours.values(name, None, "applicant_types", [kind], [applicants.applicant_type(name)])
        script.values(name, None, "applicant_types", [kind], [soup.applicant_type(name)])


def cases() -> dict[str, Comparison]:
    """Notations seen on public pages (tests/cases): ours beside the peers that read this kind of value."""
    scores = {name: Comparison() for name in (OURS, LIBRARIES, SCRIPT)}
    for compare_cases in (period_cases, amount_cases, people_cases):
        compare_cases(*scores.values())
    return scores


def table(title: str, columns: dict[str, Comparison]) -> Iterator[str]:
    """Precision, recall and F1 by field, one column a comparison."""
    yield f"\n{title}"
    yield f"{'':22}" + "".join(f"{name:>28}" for name in columns)
    fields = list(dict.fromkeys(field for comparison in columns.values() for field in comparison.score))
    for field in fields:
        yield f"{field:22}" + "".join(f"{_figures(c.score.get(field)):>28}" for c in columns.values())
    yield f"{'all':22}" + "".join(f"{_figures(c.overall()):>28}" for c in columns.values())


def _figures(tally: Tally | None) -> str:
    return "-" if tally is None else f"{tally.precision:.3f} / {tally.recall:.3f} / {tally.f1:.3f}"


def errors(comparisons: Iterable[Comparison]) -> Iterator[str]:
    for comparison in comparisons:
        for found in comparison.mismatches:
            yield f"{found.page} {found.measure or ''} {found.field}"
            yield f"  expected {found.expected!r}\n  got      {found.got!r}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate", description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--errors", action="store_true", help="print every mismatch")
    parser.add_argument(
        "--generated", type=int, default=0, metavar="N", help="N fresh pages in place of the committed"
    )
    parser.add_argument("--first", type=int, default=1000, help="seed of the first fresh page")
    parser.add_argument("--no-peers", action="store_true", help="the parser alone")
    options = parser.parse_args()
    source = generated(options.generated, options.first) if options.generated else committed()
    pages = [page for page in source if options.only in page.name]
    groups = compare(pages)
    lines = list(table("Pages, by field (precision / recall / F1)", groups))
    values = cases()
    if not options.no_peers:
        script = compare(pages, lambda page: soup.parse(page.content))
        lines += table("The BeautifulSoup script on the same pages", script)
        lines += table("Periods and amounts of these pages", beside_peers(pages))
    else:
        values = {OURS: values[OURS]}
    lines += table("tests/cases", values)
    if options.errors:
        lines += errors([*groups.values(), values[OURS]])
    print("\n".join(lines))


if __name__ == "__main__":
    main()
