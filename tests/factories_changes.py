"""Pages made up from records, known edits with the changes they must give, and noise that is no change.

Nothing here comes from a real page: codes, words and people are invented. Each edit takes a slot (a field
of a measure, a headline, a theme) that no other edit of the same round has, so that the expected changes
are exactly the sum of what the edits say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from parsers.records import (
    Applicant,
    Contact,
    Coverage,
    Funding,
    Headline,
    Link,
    Measure,
    Milestone,
    Narrative,
    Page,
)
from pipeline.changes.record import Change
from pipeline.changes.wording import key

SYLLABLES = "ba ce dro ek fi gā hel īsa jau ķer lo mū nep or pī rūs sta šķi tvē urb vil zel žub".split()
KINDS = (
    "regulation_approval", "selection_start", "selection_end", "project_approval", "eligibility_start",
    "implementation_start", "completion",
)  # fmt: skip
STEP_WORDS = {kind: kind.replace("_", " ") for kind in KINDS}


class Expected(NamedTuple):
    """What of a change an edit foretells."""

    kind: str
    measure_id: str | None
    field: str | None
    old: Any
    new: Any
    delta_eur: Decimal | None = None
    delta_days: int | None = None
    minor: bool = False


def seen(changes: Iterable[Change]) -> Counter[Expected]:
    """The changes told, words freed of their typography."""
    return Counter(
        Expected(
            c.kind, c.measure_id, c.field, _frozen(c.old), _frozen(c.new), c.delta_eur, c.delta_days, c.minor
        )
        for c in changes
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, str):
        # One line of a list that the noise has numbered; wording itself sees only whole lists.
        return key(value if "\n" in value else re.sub(r"^\d\.\s+", "", value))
    return tuple(value.values()) if isinstance(value, dict) else value


def seeded(seed: int) -> Random:
    """Chance that comes out the same again."""
    return Random(seed)  # noqa: S311


def word(rng: Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(3, 5)))


def words(rng: Random, count: int) -> str:
    return " ".join(word(rng) for _ in range(count))


def typo(rng: Random, text: str) -> str:
    """Two letters of one long word other than its first set to something that stands nowhere else."""
    parts = text.split(" ")
    place = rng.choice([i for i, part in enumerate(parts) if len(part) >= 6 and part.isalpha()])
    at = rng.randint(1, len(parts[place]) - 2)
    parts[place] = parts[place][:at] + rng.choice(["x", "xy", "qq"]) + parts[place][at + rng.randint(0, 2) :]
    return " ".join(parts)


def quarter(number: int) -> tuple[str, str, date, date]:
    """The quarter so many after 2024-Q1: period, precision and its days."""
    year, q = 2024 + number // 4, number % 4
    start = date(year, 3 * q + 1, 1)
    end = (date(year + (q == 3), (3 * q + 3) % 12 + 1, 1)) - timedelta(days=1)
    return f"{year}-Q{q + 1}", "quarter", start, end


def milestone(kind: str, period: tuple[str, str, date, date], said: str) -> Milestone:
    return Milestone(kind, *period, text=f"{period[0]} – {said}")


def funding(fund: str, amount: Decimal, high: Decimal | None = None, qualifier: str = "exact") -> Funding:
    return Funding(fund, amount, high, qualifier, f"{amount:,f}".replace(",", " ") + "*")


def stated(measure: Measure, amount: Decimal | None, high: Decimal | None, qualifier: str | None) -> Measure:
    """The measure with another EU funding, in its row of ``funding`` too."""
    rows = tuple(row for row in measure.funding if row.fund != "eu_total")
    if amount is not None:
        rows += (funding("eu_total", amount, high, qualifier or "exact"),)
    return measure._replace(
        eu_funding_eur=amount, eu_funding_max_eur=high, funding_qualifier=qualifier, funding=rows
    )


def person(rng: Random) -> Contact:
    name = f"{word(rng).title()} {word(rng).title()}"
    return Contact(name, f"+3716{rng.randint(1000000, 9999999)}", f"{word(rng)}@example.org")


def a_measure(rng: Random, code: str, round_number: int | None, theme: str | None) -> Measure:
    money = Decimal(rng.randint(100_000, 90_000_000))
    steps = [milestone(kind, quarter(rng.randint(0, 12)), STEP_WORDS[kind]) for kind in rng.sample(KINDS, 4)]
    steps.append(milestone("other", quarter(rng.randint(0, 12)), words(rng, 4)))
    measure = Measure(
        measure_id=code if round_number is None else f"{code}/{round_number}",
        code=code,
        round=round_number,
        specific_objective=code.rpartition(".")[0],
        title=words(rng, 6).capitalize(),
        theme=theme,
        eu_funding_eur=None,
        eu_funding_max_eur=None,
        funding_qualifier=None,
        flexibility_funding=rng.choice([None, "included", "excluded"]),
        objective="\n".join(f"- {words(rng, 8)};" for _ in range(rng.randint(1, 4))),
        selection_type=rng.choice(["open", "restricted"]),
        selection_text=words(rng, 4),
        predecessor_code=rng.choice([None, "8.1.1.1"]),
        other_info=words(rng, 9),
        funding=(funding("erdf", Decimal(rng.randint(90_000_001, 99_000_000))),),
        applicants=tuple(Applicant(words(rng, 3), "other") for _ in range(rng.randint(1, 4))),
        milestones=tuple(steps),
        contacts=tuple(person(rng) for _ in range(rng.randint(1, 3))),
        links=tuple(
            Link(f"https://example.org/{word(rng)}", "other", words(rng, 2)) for _ in range(rng.randint(1, 3))
        ),
        start=0,
        end=0,
    )
    return stated(measure, money, None, "exact")


def a_page(rng: Random, size: int = 12) -> Page:
    themes = [words(rng, 5).capitalize() for _ in range(4)]
    measures = []
    for number in range(size):
        code = f"{rng.randint(1, 5)}.{number % 3 + 1}.{number // 3 + 1}.{number + 1}"
        rounds = [1, 2] if rng.random() < 0.2 else [None]
        measures += [a_measure(rng, code, r, themes[number % 4]) for r in rounds]
    headlines = [
        Headline(
            words(rng, 5),
            Decimal(rng.randint(1, 999)) * 100_000,
            None,
            "exact",
            Decimal(rng.randint(1, 40)),
            includes_national=False,
            text="",
        )
        for _ in range(4)
    ]
    headlines = [h._replace(text=f"{h.amount_eur} {h.label}") for h in headlines]
    narrative = [Narrative(t, None, 0, 0, f"{words(rng, 9)}.\n{words(rng, 9)}.") for t in [None, *themes]]
    return page_of(measures, headlines, narrative)


def page_of(
    measures: Iterable[Measure], headlines: Iterable[Headline] = (), narrative: Iterable[Narrative] = ()
) -> Page:
    return Page(
        None, "html", "utf-8", "lv", None, "", tuple(measures), tuple(headlines), tuple(narrative), (), (),
        Coverage(0, 0, (), 0),
    )  # fmt: skip


class Editor:
    """A page under edit: each ``edit`` changes it and adds what must be told of it to ``expected``."""

    def __init__(self, rng: Random, page: Page) -> None:
        self.rng = rng
        self.measures = {m.measure_id: m for m in page.measures}
        self.headlines = list(page.headlines)
        self.narrative = list(page.narrative)
        self.expected: Counter[Expected] = Counter()
        self.taken: set[tuple[str, str]] = set()
        self.kept = set(self.measures)
        self.edits = 0

    def page(self) -> Page:
        return page_of(self.measures.values(), self.headlines, self.narrative)

    def tell(self, *rows: Expected) -> bool:
        self.expected.update(row._replace(old=_frozen(row.old), new=_frozen(row.new)) for row in rows)
        return True

    def take(self, slot: str) -> Measure | None:
        """A measure of both states whose ``slot`` nothing has touched, None where there is none."""
        free = [name for name in sorted(self.kept) if (name, slot) not in self.taken]
        if not free:
            return None
        name = self.rng.choice(free)
        self.taken.add((name, slot))
        return self.measures[name]

    def put(self, measure: Measure, **values: Any) -> Measure:
        self.measures[measure.measure_id] = measure._replace(**values)
        return self.measures[measure.measure_id]

    def untouched(self) -> Measure | None:
        """A measure that no edit has touched at all; from now on none can."""
        names = sorted(self.kept - {name for name, _ in self.taken})
        if not names:
            return None
        name = self.rng.choice(names)
        self.kept.discard(name)
        return self.measures[name]

    def edit(self, count: int) -> None:
        """``count`` edits of random kinds; structure first, for it needs measures that are whole."""
        chosen = Counter(self.rng.choice(EDITS) for _ in range(count))
        for make in EDITS:
            for _ in range(chosen[make]):
                self.edits += make(self)


def _of_measure(slot: str) -> Callable[[Callable[[Editor, Measure], bool]], Callable[[Editor], bool]]:
    def wrap(make: Callable[[Editor, Measure], bool]) -> Callable[[Editor], bool]:
        def edit(editor: Editor) -> bool:
            measure = editor.take(slot)
            return measure is not None and make(editor, measure)

        return edit

    return wrap


def measure_added(e: Editor) -> bool:
    code = f"7.7.7.{sum(e.expected.values()) + 1}"
    theme = e.rng.choice(sorted(m.theme for m in e.measures.values() if m.theme) or [None])
    measure = a_measure(e.rng, code, e.rng.choice([None, 3]), theme)
    e.measures[measure.measure_id] = measure
    return e.tell(Expected("measure_added", measure.measure_id, None, None, None))


def measure_removed(e: Editor) -> bool:
    measure = e.untouched()
    if measure is None:
        return False
    del e.measures[measure.measure_id]
    return e.tell(Expected("measure_removed", measure.measure_id, None, None, None))


def measure_renumbered(e: Editor) -> bool:
    measure = e.untouched()
    if measure is None:
        return False
    del e.measures[measure.measure_id]
    code = f"6.6.6.{sum(e.expected.values()) + 1}"
    new = measure._replace(measure_id=code, code=code, round=None, specific_objective="6.6.6")
    e.measures[code] = new
    return e.tell(Expected("measure_renumbered", code, "measure_id", measure.measure_id, code))


def measure_split(e: Editor) -> bool:
    measure = e.untouched()
    if measure is None or measure.round is not None or measure.eu_funding_eur is None:
        return False
    del e.measures[measure.measure_id]
    first = measure.eu_funding_eur // 3
    for number, money in enumerate((first, measure.eu_funding_eur - first), start=1):
        part = measure._replace(measure_id=f"{measure.code}/{number}", round=number)
        e.measures[part.measure_id] = stated(part, money, None, "exact")
    ids = f"{measure.code}/1, {measure.code}/2"
    return e.tell(
        Expected("measure_split", measure.measure_id, "measure_id", measure.code, ids, delta_eur=Decimal(0))
    )


def measure_merged(e: Editor) -> bool:
    touched = {name for name, _ in e.taken}
    for name in sorted(e.kept):
        other = f"{name.partition('/')[0]}/2"
        if name.endswith("/1") and other in e.kept and not {name, other} & touched:
            break
    else:
        return False
    e.kept -= {name, other}
    parts = [e.measures.pop(name), e.measures.pop(other)]
    code = parts[0].code
    total = sum((p.eu_funding_eur or Decimal(0) for p in parts), Decimal(0))
    lists = {
        field: getattr(parts[0], field) + getattr(parts[1], field)
        for field in ("milestones", "applicants", "contacts", "links")
    }
    whole = parts[0]._replace(measure_id=code, round=None, **lists)
    selection = parts[1].selection_type
    e.measures[code] = stated(whole, total, None, "exact")
    e.tell(Expected("measure_merged", code, "measure_id", f"{name}, {other}", code, delta_eur=Decimal(0)))
    if selection == whole.selection_type:
        return True
    return e.tell(
        Expected("selection_type_changed", other, "selection_type", selection, whole.selection_type)
    )


def theme_renamed(e: Editor) -> bool:
    under: dict[str, list[str]] = {}
    for name, measure in e.measures.items():
        if measure.theme:
            under.setdefault(measure.theme, []).append(name)
    themes = [t for t, names in sorted(under.items()) if len(set(names) & e.kept) > 1]
    themes = [t for t in themes if not any((name, "theme") in e.taken for name in under[t])]
    if not themes:
        return False
    old, new = e.rng.choice(themes), words(e.rng, 5).capitalize()
    for name in under[old]:
        e.put(e.measures[name], theme=new)
        e.taken.add((name, "theme"))
    e.narrative = [n._replace(theme=new) if n.theme == old else n for n in e.narrative]
    return e.tell(Expected("theme_changed", None, "theme", old, new))


@_of_measure("theme")
def theme_changed(e: Editor, m: Measure) -> bool:
    stay = {
        t.theme
        for t in e.measures.values()
        if t.measure_id in e.kept and (t.measure_id, "theme") not in e.taken
    }
    there = sorted(t for t in stay if t and t != m.theme)
    if not there or m.theme not in stay:
        return False
    new = e.put(m, theme=e.rng.choice(there))
    return e.tell(Expected("theme_changed", m.measure_id, "theme", m.theme, new.theme))


@_of_measure("title")
def title_changed(e: Editor, m: Measure) -> bool:
    new = e.put(m, title=words(e.rng, 6).capitalize())
    return e.tell(Expected("title_changed", m.measure_id, "title", m.title, new.title))


@_of_measure("title")
def title_corrected(e: Editor, m: Measure) -> bool:
    new = e.put(m, title=typo(e.rng, m.title or ""))
    return e.tell(Expected("title_changed", m.measure_id, "title", m.title, new.title, minor=True))


@_of_measure("money")
def funding_changed(e: Editor, m: Measure) -> bool:
    old = m.eu_funding_eur or Decimal(0)
    new = old + Decimal(e.rng.choice([-99_999, -1, 1, 12_345, 999_999])) / e.rng.choice([1, 1, 100])
    e.measures[m.measure_id] = stated(m, new, None, "exact")
    return e.tell(Expected("funding_changed", m.measure_id, "eu_funding_eur", old, new, delta_eur=new - old))


@_of_measure("money")
def qualifier_changed(e: Editor, m: Measure) -> bool:
    word_ = e.rng.choice(["approximate", "more_than", "at_least", "up_to"])
    e.measures[m.measure_id] = stated(m, m.eu_funding_eur, None, word_)
    return e.tell(Expected("funding_changed", m.measure_id, "funding_qualifier", "exact", word_))


@_of_measure("money")
def made_range(e: Editor, m: Measure) -> bool:
    high = (m.eu_funding_eur or Decimal(0)) + 500_000
    e.measures[m.measure_id] = stated(m, m.eu_funding_eur, high, "range")
    return e.tell(Expected("funding_changed", m.measure_id, "eu_funding_max_eur", None, high))


@_of_measure("money")
def amount_gone(e: Editor, m: Measure) -> bool:
    e.measures[m.measure_id] = stated(m, None, None, None)
    return e.tell(Expected("funding_changed", m.measure_id, "eu_funding_eur", m.eu_funding_eur, None))


@_of_measure("rows")
def fund_changed(e: Editor, m: Measure) -> bool:
    old = next(row for row in m.funding if row.fund == "erdf")
    rest = tuple(row for row in m.funding if row is not old)
    new = funding("erdf", old.amount_eur + 777)
    e.put(m, funding=(*rest, new))
    return e.tell(
        Expected(
            "funding_changed",
            m.measure_id,
            "funding.erdf",
            old.amount_eur,
            new.amount_eur,
            delta_eur=Decimal(777),
        )
    )


@_of_measure("national")
def fund_added(e: Editor, m: Measure) -> bool:
    new = funding("national", Decimal(e.rng.randint(1, 99_999)))
    e.put(m, funding=(new, *m.funding))
    return e.tell(Expected("funding_changed", m.measure_id, "funding.national", None, new.amount_eur))


@_of_measure("flexibility")
def flexibility_changed(e: Editor, m: Measure) -> bool:
    new = e.rng.choice([v for v in (None, "included", "excluded") if v != m.flexibility_funding])
    e.put(m, flexibility_funding=new)
    return e.tell(
        Expected("funding_changed", m.measure_id, "flexibility_funding", m.flexibility_funding, new)
    )


def _step(e: Editor, m: Measure, new: Callable[[Milestone], tuple[str, str, date, date]], kind: str) -> bool:
    old = e.rng.choice([step for step in m.milestones if step.precision == "quarter"])
    said = old.text.partition(" – ")[2]
    step = milestone(old.kind, new(old), said)
    e.put(m, milestones=tuple(step if s is old else s for s in m.milestones))
    days = (step.start_date - old.start_date).days
    return e.tell(Expected(kind, m.measure_id, old.kind, old.period, step.period, delta_days=days))


@_of_measure("milestone")
def milestone_moved(e: Editor, m: Measure) -> bool:
    def later(old: Milestone) -> tuple[str, str, date, date]:
        number = (old.start_date.year - 2024) * 4 + old.start_date.month // 3
        return quarter(e.rng.choice([n for n in range(16) if n != number]))

    return _step(e, m, later, "milestone_moved")


@_of_measure("milestone")
def milestone_made_precise(e: Editor, m: Measure) -> bool:
    def within(old: Milestone) -> tuple[str, str, date, date]:
        day = old.start_date + timedelta(days=e.rng.randint(0, 80))
        return day.isoformat(), "day", day, day

    return _step(e, m, within, "milestone_made_precise")


@_of_measure("milestone")
def milestone_made_vague(e: Editor, m: Measure) -> bool:
    def around(old: Milestone) -> tuple[str, str, date, date]:
        year = old.start_date.year
        return str(year), "year", date(year, 1, 1), date(year, 12, 31)

    return _step(e, m, around, "milestone_made_vague")


@_of_measure("schedule")
def milestone_added(e: Editor, m: Measure) -> bool:
    kind = e.rng.choice([k for k in KINDS if k not in {step.kind for step in m.milestones}] + ["other"])
    step = milestone(kind, quarter(e.rng.randint(0, 12)), words(e.rng, 4))
    e.put(m, milestones=(step, *m.milestones))
    return e.tell(Expected("milestone_added", m.measure_id, kind, None, step.period))


@_of_measure("milestone")
def milestone_removed(e: Editor, m: Measure) -> bool:
    step = e.rng.choice(m.milestones)
    e.taken.add((m.measure_id, "schedule"))
    if len(m.milestones) > 5:  # a step was added: taking another away could be read as a move
        return False
    e.put(m, milestones=tuple(s for s in m.milestones if s is not step))
    return e.tell(Expected("milestone_removed", m.measure_id, step.kind, step.period, None))


@_of_measure("applicants")
def applicants_changed(e: Editor, m: Measure) -> bool:
    """One put on the list, one struck off, or one respelled."""
    name, old = words(e.rng, 3), e.rng.choice(m.applicants)
    what = e.rng.choice(["added", "removed", "respelled"])
    if what == "added":
        e.put(m, applicants=(Applicant(name, "other"), *m.applicants))
        return e.tell(Expected("applicant_added", m.measure_id, "applicants", None, name))
    rest = tuple(a for a in m.applicants if a is not old)
    if what == "removed":
        e.put(m, applicants=rest)
        return e.tell(Expected("applicant_removed", m.measure_id, "applicants", old.name, None))
    new = Applicant(typo(e.rng, old.name), "other")
    e.put(m, applicants=(*rest, new))
    return e.tell(Expected("field_changed", m.measure_id, "applicants", old.name, new.name, minor=True))


@_of_measure("contacts")
def contacts_changed(e: Editor, m: Measure) -> bool:
    """A new person, one gone, one replaced by another, or one with another phone or address."""
    new, old = person(e.rng), e.rng.choice(m.contacts)
    rest = tuple(c for c in m.contacts if c is not old)
    what = e.rng.choice(["added", "removed", "replaced", "changed"])
    added = Expected("contact_added", m.measure_id, "contacts", None, new[:3])
    removed = Expected("contact_removed", m.measure_id, "contacts", old[:3], None)
    if what == "added":
        e.put(m, contacts=(new, *m.contacts))
        return e.tell(added)
    if what == "removed":
        e.put(m, contacts=rest)
        return e.tell(removed)
    if what == "replaced":
        e.put(m, contacts=(*rest, new._replace(phone=old.phone)))
        return e.tell(removed, added._replace(new=(new.name, old.phone, new.email)))
    change = e.rng.choice([{"phone": new.phone}, {"email": new.email}, {"phone": None}])
    e.put(m, contacts=(*rest, old._replace(**change)))
    return e.tell(Expected("contact_changed", m.measure_id, "contacts", old[:3], old._replace(**change)[:3]))


@_of_measure("links")
def links_changed(e: Editor, m: Measure) -> bool:
    new, old = Link(f"https://example.org/{word(e.rng)}", "other", words(e.rng, 2)), e.rng.choice(m.links)
    rest = tuple(link for link in m.links if link is not old)
    what = e.rng.choice(["added", "removed", "worded"])
    if what == "added":
        e.put(m, links=(new, *m.links))
        return e.tell(Expected("link_added", m.measure_id, "links", None, new.url))
    if what == "removed":
        e.put(m, links=rest)
        return e.tell(Expected("link_removed", m.measure_id, "links", old.url, None))
    e.put(m, links=(*rest, old._replace(text=new.text)))
    return e.tell(Expected("field_changed", m.measure_id, "links", old.text, new.text))


@_of_measure("selection")
def selection_changed(e: Editor, m: Measure) -> bool:
    new = "open" if m.selection_type == "restricted" else "restricted"
    e.put(m, selection_type=new, selection_text=words(e.rng, 4))
    e.taken.add((m.measure_id, "selection_text"))
    return e.tell(Expected("selection_type_changed", m.measure_id, "selection_type", m.selection_type, new))


@_of_measure("texts")
def text_changed(e: Editor, m: Measure) -> bool:
    field = e.rng.choice(["objective", "other_info"])
    old = getattr(m, field)
    minor = e.rng.random() < 0.3
    new = typo(e.rng, old) if minor else e.rng.choice([f"{old} {words(e.rng, 3)}", words(e.rng, 7), None])
    e.put(m, **{field: new})
    return e.tell(Expected("text_changed", m.measure_id, field, old, new, minor=minor))


@_of_measure("predecessor")
def predecessor_changed(e: Editor, m: Measure) -> bool:
    new = e.rng.choice([v for v in (None, "8.1.1.1", "8.2.2.2") if v != m.predecessor_code])
    e.put(m, predecessor_code=new)
    return e.tell(Expected("field_changed", m.measure_id, "predecessor_code", m.predecessor_code, new))


def headline_changed(e: Editor) -> bool:
    free = [i for i in range(len(e.headlines)) if (str(i), "headline") not in e.taken]
    if not free:
        return False
    place = e.rng.choice(free)
    e.taken.add((str(place), "headline"))
    old = e.headlines[place]
    field, new = e.rng.choice(
        [
            ("amount_eur", old.amount_eur + 300_000),
            ("label", typo(e.rng, old.label or "")),
            ("share_percent", (old.share_percent or Decimal(0)) + 1),
            ("qualifier", "more_than"),
            ("includes_national", True),
        ]
    )
    e.headlines[place] = old._replace(**{field: new})
    row = Expected("headline_changed", None, field, getattr(old, field), new, minor=field == "label")
    return e.tell(row._replace(delta_eur=Decimal(300_000)) if field == "amount_eur" else row)


def headline_added(e: Editor) -> bool:
    amount = Decimal(len(e.headlines) * 1_000_003)
    e.headlines.append(
        Headline(words(e.rng, 4), amount, None, "exact", None, includes_national=False, text=str(amount))
    )
    e.taken.add((str(len(e.headlines) - 1), "headline"))
    return e.tell(Expected("headline_changed", None, "amount_eur", None, amount))


def narrative_changed(e: Editor) -> bool:
    free = [i for i in range(len(e.narrative)) if (str(i), "narrative") not in e.taken]
    if not free:
        return False
    place = e.rng.choice(free)
    e.taken.add((str(place), "narrative"))
    old = e.narrative[place]
    first, second = old.text.split("\n")
    new = f"{words(e.rng, 5)}."
    e.narrative[place] = old._replace(text=f"{first}\n{new}")
    return e.tell(Expected("text_changed", None, "narrative", second, new))


EDITS: tuple[Callable[[Editor], bool], ...] = (
    measure_removed, measure_renumbered, measure_split, measure_merged, measure_added, theme_renamed,
    theme_changed, title_changed, title_corrected, funding_changed, qualifier_changed, made_range,
    amount_gone, fund_changed, fund_added, flexibility_changed, milestone_moved, milestone_made_precise,
    milestone_made_vague, milestone_added, milestone_removed, applicants_changed, contacts_changed,
    links_changed, selection_changed, text_changed, predecessor_changed, headline_changed, headline_added,
    narrative_changed,
)  # fmt: skip


def restyled(rng: Random, text: str | None) -> str | None:
    """The same words in another typography."""
    if not text:
        return text
    lines = text.split("\n")
    mark = rng.choice(["", "- ", "• ", "– ", "\u00a0"])
    end = rng.choice(["", ".", ";", "\u00a0", ","])
    lines = [mark + line.removeprefix("- ").rstrip(".;, ") + end for line in lines]
    if rng.random() < 0.3 and len(lines) > 1:
        lines = [f"{i}. {line.removeprefix(mark)}" for i, line in enumerate(lines, start=1)]
    styled = "\n".join(lines)
    return styled.replace(" ", rng.choice([" ", "\u00a0", "  ", " \u200b"])) + rng.choice(
        ["", "*", " *", "¹"]
    )


def _mixed(rng: Random, items: Iterable[Any]) -> tuple[Any, ...]:
    """The items in another order, one of them twice."""
    mixed = list(items)
    if mixed and rng.random() < 0.3:
        mixed.append(rng.choice(mixed))
    rng.shuffle(mixed)
    return tuple(mixed)


def noisy(rng: Random, page: Page) -> Page:
    """The same content in another layout: order, typography, markup, footnotes, places, repetition."""

    def quoted(text: str | None) -> str | None:
        return f"{rng.choice('„“«')}{text}{rng.choice('”“»')}" if text and rng.random() < 0.5 else text

    def measure(m: Measure) -> Measure:
        at = rng.randint(0, 9999)
        return m._replace(
            title=quoted(restyled(rng, m.title)),
            theme=restyled(rng, m.theme),
            **{f: restyled(rng, getattr(m, f)) for f in ("objective", "selection_text", "other_info")},
            funding=_mixed(rng, (row._replace(text=row.text + "*") for row in m.funding)),
            applicants=_mixed(rng, (a._replace(name=restyled(rng, a.name), start=at) for a in m.applicants)),
            milestones=_mixed(rng, (s._replace(text=restyled(rng, s.text)) for s in m.milestones)),
            contacts=_mixed(rng, (c._replace(start=at, end=at + 9) for c in m.contacts)),
            links=_mixed(rng, (link._replace(text=restyled(rng, link.text)) for link in m.links)),
            start=at,
        )

    narrative = [
        n._replace(theme=restyled(rng, n.theme), text=restyled(rng, _shuffled(rng, n.text)))
        for n in page.narrative
    ]
    return page._replace(
        measures=_mixed(rng, map(measure, page.measures)),
        headlines=_mixed(rng, (h._replace(label=restyled(rng, h.label)) for h in page.headlines)),
        narrative=_mixed(rng, narrative),
    )


def _shuffled(rng: Random, text: str) -> str:
    lines = text.split("\n")
    return "\n".join(rng.sample(lines, len(lines)))
