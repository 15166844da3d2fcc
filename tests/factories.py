"""Pages made by hand, with every span where it says: what the pipeline is tested with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from parsers.findings import finding
from parsers.records import (
    Applicant,
    Contact,
    Coverage,
    Evidence,
    Finding,
    Funding,
    Headline,
    Link,
    Measure,
    Milestone,
    Narrative,
    Page,
    Span,
)

CAPTURED_AT = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)


class Source(NamedTuple):
    """As much of a configured source as the tables ask for."""

    id: str = "page-one"
    url: str = "https://ministry.example/lv/fondi"
    publisher: str = "Paraugministrija"
    topic: str = "paraugi"
    language: str = "lv"
    licence: str = ""
    every: timedelta = timedelta(days=1)
    publish_contacts: bool = True


class Capture(NamedTuple):
    """As much of a capture as the tables ask for."""

    id: str = "capture-1"
    captured_at: datetime | None = CAPTURED_AT


class State(NamedTuple):
    """A source, its capture, and what that says."""

    source: Source
    capture: Capture
    page: Page


class Writer:
    """Writes a page line by line and remembers where each value stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self.measures: list[Measure] = []
        self.headlines: list[Headline] = []
        self.narrative: list[Narrative] = []
        self.findings: list[Finding] = []
        self.evidence: list[Evidence] = []

    def line(self, text: str) -> Span:
        """Add a line; gives its span."""
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return Span(start, start + len(text))

    def within(self, span: Span, part: str) -> Span:
        """Where ``part`` stands in the line at ``span``."""
        start = span.start + self.text[span.start : span.end].index(part)
        return Span(start, start + len(part))

    def saw(self, table: str, measure_id: str | None, seq: int | None, **fields: Span) -> None:
        """Note the evidence of some fields of one row."""
        self.evidence += [Evidence(table, measure_id, seq, field, *span) for field, span in fields.items()]

    @property
    def text(self) -> str:
        """The page so far."""
        return "\n".join(self.lines)

    def page(self) -> Page:
        """The page as the parser would give it."""
        text = self.text
        return Page(
            "https://ministry.example/lv/fondi",
            "text",
            "utf-8",
            "lv",
            "Fondi",
            text,
            tuple(self.measures),
            tuple(self.headlines),
            tuple(self.narrative),
            tuple(self.findings),
            tuple(self.evidence),
            Coverage(len(text), len(text), (), 0),
        )


def measure(measure_id: str = "9.1.1.1", **fields: object) -> Measure:
    """A measure with an id and nothing else but ``fields``."""
    code, _, number = measure_id.partition("/")
    nothing = dict.fromkeys(Measure._fields)
    lists = dict.fromkeys(("funding", "applicants", "milestones", "contacts", "links"), ())
    facts = {
        "measure_id": measure_id,
        "code": code,
        "round": int(number) if number else None,
        "start": 0,
        "end": 0,
    }
    return Measure(**(nothing | lists | facts | fields))  # type: ignore[arg-type]


def page(*measures: Measure, text: str = "", **fields: object) -> Page:
    """A page of these measures."""
    writer = Writer()
    writer.measures += measures
    writer.line(text)
    return writer.page()._replace(**fields)  # type: ignore[arg-type]


def contact(writer: Writer, name: str, phone: str, email: str) -> tuple[Contact, Span]:
    """A line with a contact, printed as Latvian ministries do; ``phone`` has eight digits in print."""
    line = writer.line(f"{name}, tālr.: +371 {phone}, e-pasts: {email}")
    spans = [writer.within(line, part) for part in (name, f"+371 {phone}", email)]
    digits = "+371" + phone.replace(" ", "")
    return Contact(name, digits, email, *line, *spans), line


def full_page(name: str = "Ieva Paraudziņa", amount: str = "1 234 567") -> Page:
    """A page with a row for every table: two measures, one of them a round, and what stands around them."""
    writer = Writer()
    title = writer.line("Fondu atbalsts paraugiem")
    share = writer.line("Kopā vairāk nekā 2,5 milj. eiro (33% no visa)")
    euro = writer.within(share, "2,5 milj. eiro")
    writer.headlines.append(
        Headline(
            None, Decimal(2_500_000), None, "more_than", Decimal(33), False, "vairāk nekā 2,5 milj. eiro"
        )
    )
    writer.saw("headlines", None, 1, amount_eur=euro, share_percent=writer.within(share, "33%"))
    theme = writer.line("Paraugu attīstībai")
    prose = writer.line("Atbalsts paredzēts paraugiem, kā teikts “likumā”, ar komatu.")
    writer.narrative.append(Narrative("Paraugu attīstībai", None, *prose, writer.text[prose.start :]))
    writer.saw("narrative", None, 1, text=prose, theme=theme)
    for measure_id in ("9.1.1.1", "9.1.1.2/2"):
        _measure(writer, measure_id, theme, name, amount)
    writer.findings.append(
        finding("measure_without_amount", measure_id="9.1.1.2/2", field="eu_funding_eur", text="-")._replace(
            start=title.start, end=title.end
        )
    )
    writer.findings.append(finding("coverage_low", percent=80))
    return writer.page()


def _measure(writer: Writer, measure_id: str, theme: Span, name: str, amount: str) -> None:
    code, _, number = measure_id.partition("/")
    heading = writer.line(f"{code}. Paraugu izveide" + (f" ({number}. kārta)" if number else ""))
    money = writer.line(f"{amount}*")
    goal = writer.line("Mērķis ir: t.sk.")
    second = writer.line('- "paraugs", viens')
    objective = Span(goal.start, second.end)
    applicant = writer.line("Rīgas valstspilsētas pašvaldība")
    when = writer.line("2024. gada IV cet. - MK noteikumu apstiprināšana")
    selection = writer.line("Ierobežota projektu iesniegumu atlase")
    regulation = writer.line("MK noteikumi Nr. 1")
    who, line = contact(writer, name, "67 000 123", "ieva.paraudzina@ministry.example")
    other = writer.line("*ieskaitot elastības finansējumu")
    euro = Decimal(amount.replace(" ", "").replace(",", "."))
    writer.measures.append(
        measure(
            measure_id,
            specific_objective=code.rpartition(".")[0],
            title="Paraugu izveide",
            theme="Paraugu attīstībai",
            eu_funding_eur=euro,
            funding_qualifier="exact",
            flexibility_funding="included",
            objective=writer.text[objective.start : objective.end],
            selection_type="restricted",
            selection_text="Ierobežota projektu iesniegumu atlase",
            other_info="",
            funding=(
                Funding("eu_total", euro, None, "exact", f"{amount}*"),
                Funding("erdf", euro / 2, euro, "range", f"{amount}"),
            ),
            applicants=(Applicant("Rīgas valstspilsētas pašvaldība", "municipality", *applicant),),
            milestones=(
                Milestone(
                    "regulation_approval",
                    "2024-Q4",
                    "quarter",
                    date(2024, 10, 1),
                    date(2024, 12, 31),
                    writer.text[when.start : when.end],
                ),
            ),
            contacts=(who,),
            links=(Link("https://likumi.example/ta/id/1", "regulation", "MK noteikumi Nr. 1", *regulation),),
            start=heading.start,
            end=other.end,
        )
    )
    writer.saw(
        "measures",
        measure_id,
        None,
        title=writer.within(heading, "Paraugu izveide"),
        theme=theme,
        eu_funding_eur=writer.within(money, amount),
        objective=objective,
        selection_type=selection,
    )
    writer.saw("measures", measure_id, None, flexibility_funding=other)
    writer.saw("funding", measure_id, 1, amount_eur=writer.within(money, amount))
    writer.saw("applicants", measure_id, 1, name=applicant)
    writer.saw("milestones", measure_id, 1, period=when, kind=when)
    writer.saw("links", measure_id, 1, url=regulation)
    writer.saw(
        "contacts", measure_id, 1, name=writer.within(line, name), phone=who.phone_span, email=who.email_span
    )  # type: ignore[arg-type]
