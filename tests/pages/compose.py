"""One measure: values drawn, printed as lines in a notation, and stated as truth."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from tests.pages import contacts, funding, labels, periods, phrases, titles, words
from tests.pages.model import Field, Line, Printed, Run, ShownPeriod, Truth, item, paragraph
from tests.pages.notation import Notation


class Habits(NamedTuple):
    """What an editor keeps to throughout one page. ``split_form``: how fund splits are printed, if any."""

    labels: dict[str, str]
    amounts: tuple[str, ...]
    domain: str
    host: str
    note: str
    split_form: str
    flexibility: tuple[str | None, ...]
    markup: bool = True
    shared_title: bool = False


def milestone(kind: str, shown: ShownPeriod, text: str) -> Truth:
    return {
        "kind": kind,
        "period": shown.period,
        "precision": shown.precision,
        "start_date": shown.start.isoformat(),
        "end_date": shown.end.isoformat(),
        "text": text,
    }


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def step_line(rng: Random, order: str, kind: str, shown: ShownPeriod, phrase: str) -> str:
    """A milestone's line: the period before or after its words, or within a sentence."""
    if order == "sentence":
        fits = shown.text.endswith(("ā", "ī")) or shown.text.startswith("līdz")
        if fits and kind in phrases.SENTENCES:
            return phrases.SENTENCES[kind].format(shown.text).rstrip(".") + "."
        order = "after_dash"
    if order == "before":
        return f"{shown.text} {rng.choice(('-', '–'))} {phrase}"
    forms = {"after_dash": "{} – {}", "after_colon": "{}: {}", "brackets": "{} ({})"}
    return forms[order].format(_upper(phrase), shown.text)


def _steps(rng: Random, notation: Notation) -> list[tuple[str, int]]:
    """Kinds in their order with days since the one before; real pages have mostly the same three."""
    if notation.name == "real":
        usual = [("regulation_approval", 0), ("selection_start", 95), ("completion", 900)]
        eligible = [*usual[:2], ("eligibility_start", 40), usual[2]]
        return rng.choice((usual, usual, usual, eligible, [("project_approval", 30), ("completion", 900)]))
    steps = [("regulation_approval", 0), ("selection_start", 95)]
    for kind, share in (
        ("other", 0.2),
        ("selection_end", 0.3),
        ("project_approval", 0.3),
        ("implementation_start", 0.3),
    ):
        if rng.random() < share:
            steps.append((kind, rng.randint(50, 120)))
    return [*steps, ("completion", rng.randint(500, 1200))]


def timeline(rng: Random, notation: Notation) -> tuple[tuple[Line, ...], list[Truth]]:
    lines: list[Line] = []
    truth: list[Truth] = []
    day = date(rng.choice((2023, 2024, 2025)), rng.randint(1, 12), rng.randint(1, 28))
    bank = phrases.REAL if notation.name == "real" else phrases.OTHERS
    as_items = rng.random() < 0.3
    for kind, gap in _steps(rng, notation):
        day += timedelta(days=gap)
        if kind == "selection_start" and rng.random() < notation.windows:
            words_, opening, closing = periods.window(rng, day, words=notation.name != "numeric")
            text = f"{_upper(rng.choice(phrases.WINDOWS))}{rng.choice((': ', ' – ', ' '))}{words_}"
            truth += [milestone("selection_start", opening, text), milestone("selection_end", closing, text)]
            day = closing.end
        else:
            early = kind in ("regulation_approval", "selection_start", "other", "implementation_start")
            style = rng.choice(notation.early if early else notation.late)
            day = day.replace(month=12, day=31) if kind == "completion" else day
            shown = periods.STYLES[style](rng, day)
            order = "before" if style == "quarter_bare" else rng.choice(notation.order)
            text = step_line(rng, order, kind, shown, rng.choice(bank[kind]))
            truth.append(milestone(kind, shown, text))
        lines.append(item(text) if as_items else paragraph(text))
    return tuple(lines), truth


def objective(rng: Random) -> tuple[Line, ...]:
    """One paragraph or two, a lead with list items, typed bullets, or numbered paragraphs."""
    form = rng.choice(("one", "two", "list", "list", "bullets", "numbered"))
    if form in ("one", "two"):
        return tuple(paragraph(text) for text in rng.sample(words.OBJECTIVES, 1 if form == "one" else 2))
    points = rng.sample(words.OBJECTIVE_ITEMS, rng.randint(2, 4))
    if form == "numbered":
        return tuple(paragraph(f"{index}. {_upper(point)}.") for index, point in enumerate(points, 1))
    ends = [";"] * (len(points) - 1) + ["."]
    make = item if form == "list" else lambda text: paragraph(f"- {text}")
    lead = paragraph(rng.choice(words.OBJECTIVE_LEADS))
    return (lead, *(make(point + end) for point, end in zip(points, ends, strict=True)))


def applicants(rng: Random, notation: Notation) -> tuple[tuple[Line, ...], list[Truth]]:
    form = rng.choice(notation.applicants)
    count = 1 if form == "single" else rng.randint(2, 4)
    bank = words.APPLICANTS if form == "commas" else (*words.APPLICANTS, *words.LONG_APPLICANTS * 2)
    chosen = rng.sample(bank, count)
    names = [_upper(name) if index == 0 or form == "list" else name for index, (name, _) in enumerate(chosen)]
    truth = [{"name": n, "applicant_type": kind} for n, (_, kind) in zip(names, chosen, strict=True)]
    if form == "list":
        ends = rng.choice(("", ";"))
        return tuple(item(name + ends) for name in names), truth
    return (paragraph({"semicolons": "; ", "commas": ", "}.get(form, "").join(names)),), truth


def people(rng: Random, notation: Notation, habits: Habits) -> tuple[tuple[Line, ...], list[Truth]]:
    if rng.random() < 0.1:
        return (), []
    count = 1 if notation.name == "real" or rng.random() < 0.7 else 2
    lines: list[Line] = []
    truth: list[Truth] = []
    for _ in range(count):
        style = rng.choice(notation.contacts)
        if style == "named_link" and not habits.markup:
            style = "real"
        kind = (
            "usual"
            if style == "real"
            else rng.choice(("usual", "usual", "usual", "two", "no phone", "no e-mail"))
        )
        person = contacts.draw(
            rng,
            habits.domain,
            phones={"two": 2, "no phone": 0}.get(kind, 1),
            email=kind != "no e-mail",
        )
        lines += contacts.STYLES[style](rng, person)
        truth += person.truth()
    return tuple(lines), truth


def documents(
    rng: Random, notation: Notation, code: str, habits: Habits
) -> tuple[tuple[Line, ...], list[Truth]]:
    """Links by role; the words of a regulation hold a date and often the measure's own code."""
    if rng.random() < 0.5:
        return (), []
    act = f"https://likumi.lv/ta/id/{rng.randint(330_000, 359_999)}"
    draft = f"https://vktap.mk.gov.lv/legal_acts/headers/{uuid.UUID(int=rng.getrandbits(128))}"
    call = f"https://www.cfla.gov.lv/lv/{code.replace('.', '-')}"
    note = f"https://tapportals.mk.gov.lv/annotation/{uuid.UUID(int=rng.getrandbits(128))}"
    number = f"Ministru kabineta 2024. gada {rng.randint(2, 28)}. marta noteikumi Nr. {rng.randint(100, 800)}"
    real: list[tuple[tuple[Run, ...], str, str]] = [
        ((Run("Ministru kabineta noteikumi pieejami: "), Run(act, act)), act, "regulation"),
        ((Run("Ministru kabineta noteikumu projekts: "), Run(draft, draft)), draft, "regulation"),
    ]
    media = f"/lv/media/{rng.randint(1000, 9999)}/download?attachment"
    shown = media if habits.markup else habits.host + media
    others: list[tuple[tuple[Run, ...], str, str]] = [
        ((Run(number, act),), act, "regulation"),
        ((Run(f"{number} “{code}. pasākuma īstenošanas noteikumi”", act),), act, "regulation"),
        ((Run("Projektu iesniegumu atlases nolikums", call),), call, "call"),
        ((Run("Sākotnējās ietekmes novērtējuma ziņojums (anotācija)", note),), note, "annotation"),
        ((Run("Semināra prezentācija", shown),), f"{habits.host}{media}", "other"),
    ]
    bank = real if notation.name == "real" else real[:1] + others
    chosen = rng.sample(bank, 1 if notation.name == "real" else rng.randint(1, 3))
    truth = {url: {"url": url, "role": role} for _, url, role in chosen}
    unique = {url: Line(runs, 0 if notation.name == "real" else 1) for runs, url, _ in chosen}
    return tuple(unique.values()), list(truth.values())


def other_info(rng: Random, notation: Notation, code: str) -> tuple[list[Line], str | None]:
    """Lines of further information and the code of a measure that this one continues."""
    lines, predecessor = [], None
    if rng.random() < 0.25:
        predecessor = f"{rng.choice((8, 9, 5))}.{rng.randint(1, 4)}.{rng.randint(1, 6)}.{rng.randint(1, 4)}"
        forms = [
            f"Turpinājums {predecessor}.pasākumam",
            f'Turpinājums {predecessor}.pasākumam "Dalība pētījumos"',
        ]
        if notation.name != "real":
            forms = [
                f"Turpinājums {predecessor}. pasākumam",
                f"Pasākums ir {predecessor}. pasākuma turpinājums.",
            ]
        lines.append(paragraph(rng.choice(forms)))
    if rng.random() < 0.4:
        lines.append(paragraph(rng.choice(words.OTHER_INFO)))
    if notation.slips and rng.random() < 0.2:
        lines.append(paragraph(f"{code}. pasākuma nosacījumi tiks apspriesti ar sociālajiem partneriem."))
    return lines, predecessor


def _money(rng: Random, notation: Notation, habits: Habits) -> funding.Funding:
    if rng.random() < notation.splits:
        if rng.random() < 0.25:
            return funding.with_flexibility_share(rng, habits.labels["funding"])
        return funding.split(rng, habits.split_form)
    flexibility = rng.choice(habits.flexibility)
    return funding.single(rng, habits.labels["funding"], rng.choice(habits.amounts), flexibility, habits.note)


def _slip(rng: Random, notation: Notation, field: Field) -> Field:
    label = field.label
    if rng.random() < notation.slips:
        label = labels.typo(rng, label)
    if notation.case and rng.random() < 0.2:
        label = labels.letter_case(rng, label)
    if notation.colon and not label.endswith("?"):
        label += ":"
    return field._replace(label=label)


def _shuffled(rng: Random, fields: list[Field]) -> list[Field]:
    """Fields in any order, but running text never last: below it nobody could tell a theme without markup."""
    rng.shuffle(fields)
    last = rng.choice([field for field in fields if field.name in ("timeline", "selection", "contacts")])
    fields.remove(last)
    return [*fields, last]


def _heads(rng: Random, notation: Notation, name: titles.Name, habits: Habits) -> tuple[str, ...]:
    usual = [style for style in notation.titles if style != "objective"]
    style = "objective" if name.code.count(".") == 2 else rng.choice(usual)
    heads = titles.STYLES[style](rng, name)
    if habits.shared_title and name.round and name.round > 1:
        heads = titles.next_round(name)
    return heads


def measure(
    rng: Random, notation: Notation, name: titles.Name, theme: str | None, habits: Habits
) -> tuple[Printed, Truth]:
    """A measure in a notation: its lines and its truth."""
    money = _money(rng, notation, habits)
    goal = objective(rng)
    who, applicant_truth = applicants(rng, notation)
    steps, step_truth = timeline(rng, notation)
    selection, selection_type = rng.choice(
        phrases.SELECTION_REAL if notation.name == "real" else phrases.SELECTION
    )
    linked, link_truth = documents(rng, notation, name.code, habits)
    reach, contact_truth = people(rng, notation, habits)
    other, predecessor = other_info(rng, notation, name.code)
    told = "\n".join(line.text for line in other) or None
    tail: tuple[Line, ...] = ()
    if money.footnote and habits.note == "tail":
        tail = (paragraph(money.footnote),)
    elif money.footnote and habits.note == "other":
        other.append(paragraph(money.footnote))
    fields = [
        *money.fields,
        Field("objective", habits.labels["objective"], goal),
        Field("applicants", habits.labels["applicants"], who),
        Field("timeline", habits.labels["timeline"], steps),
        Field("selection", habits.labels["selection"], (paragraph(selection),)),
        Field("documents", habits.labels["documents"], linked),
        Field("contacts", habits.labels["contacts"], reach),
        Field("other", habits.labels["other"], tuple(other)),
    ]
    if notation.shuffle:
        fields = _shuffled(rng, fields)
    printed = Printed(
        _heads(rng, notation, name, habits),
        tuple(_slip(rng, notation, field) for field in fields),
        tail,
    )
    truth: Truth = {
        "measure_id": name.code if name.round is None else f"{name.code}/{name.round}",
        "code": name.code,
        "round": name.round,
        "specific_objective": None if name.code.endswith(".i") else ".".join(name.code.split(".")[:3]),
        "title": name.title,
        "theme": theme,
        **money.truth,
        "objective": "\n".join(line.text for line in goal),
        "selection_type": selection_type,
        "selection_text": selection,
        "predecessor_code": predecessor,
        "other_info": told,
        "applicants": applicant_truth,
        "milestones": step_truth,
        "contacts": contact_truth,
        "links": link_truth,
    }
    if truth["specific_objective"] is None:
        del truth["specific_objective"]
    return printed, truth
