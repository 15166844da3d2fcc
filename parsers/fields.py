"""A draft -> a Measure: the words of each field read to values, each cell with the place it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers import applicants, codes, contacts, quotes, sentences
from parsers.askings import tell_unread_applicants
from parsers.drafts import Draft, Footnote, Section
from parsers.flexibility import read_flexibility
from parsers.labels import milestone_kind
from parsers.layouts import Layout
from parsers.ledger import Ledger
from parsers.measure_links import anchors_in, read_links
from parsers.memos import memo
from parsers.misled import misleading
from parsers.misread import tell_misread
from parsers.money import Money, money_alone, money_behind, read_money
from parsers.records import Anchor, Applicant, Block, Contact, Measure, Milestone, Span, span_of
from parsers.rounds import together_behind
from parsers.schedule import Placed, charted, milestones
from parsers.selection import kind_of, kind_within, names_period
from parsers.steps import is_period
from parsers.token import Token

# One of a few letters comes first, and that it opens a word second: a search for letters is quick.
_CONTACT_GLUE = re.compile(
    r"[EeKkMmPpTtUuVv](?<!\w.)(?i:(?<=p)hone|(?<=t)(?:ālrunis|ālruņi|ālr|alr|el|elefons)?|(?<=m)ob(?:ilais)?"
    r"|(?<=e)-?(?:pasts|mail)|(?<=k)ontakt(?:i|personas?)|(?<=u)n|(?<=v)ai)\b"
)
_VERB = re.compile(
    r"\b(?:tiks|tiek|īsteno|īstenos|būs|notiks|plānots|paredzēts|paredzēta|uzsāks|sekos|sāksies)\b",
    re.IGNORECASE,
)
# A telephone number or an e-mail address, printed as such or so that machines do not read it.
_MEANS = re.compile(r"\d{3}|@|[\[(](?:at|et)[\])]|\bAT\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_RELATIVE = re.compile(r",? (?:kas|kur|kurš|kura|kuri|kuras|kuru)\b")
_WHO = re.compile(r"iesniedz|pieteik|pretend|saņem|īstenotāj", re.IGNORECASE)
_YEAR_OF = re.compile(r"(?:19|20)\d\d\. ?(?:gada|g\.)\Z")
_FROM = re.compile(r"\b[Nn]o \d[^\n;–—]*\Z(?<!\.)(?<!līdz)")
_LONGEST_FROM = 60
_LONGEST_YEAR_OF = 12
_PART_OF_YEAR = re.compile(
    r"(?:[1-4]|I{1,3}|IV)\.?(?: ?[-–—/] ?(?:[1-4]|I{1,3}|IV)\.?)? ?(?:cet|pusg)"
    r"|(?:(?:3[01]|[12]?\d)\. ?)?(?:jan|feb|mart|apr|maij|jūn|jūl|aug|sept|okt|nov|dec)"
)
# Fields whose words are kept where no value claims them.
_KEPT = ("documents", "fund", "narrative", "unknown", "specific_objective", "title", "code", "round")
# Labels over running text that says all sorts of things of a measure.
_DESCRIBES = frozenset({"narrative", "other_info"})
_DESCRIPTION = re.compile(r"[Aa]prakst|APRAKST|[Aa]praks|[Vv]ispār|VISPĀR|[Pp]amatinform|[Īī]sumā")
# Cells of one row that are read from the same words.
_OF_APPLICANT = ("name", "applicant_type")
_OF_PERIOD = ("period", "precision", "start_date", "end_date")
# Between a code and its title stands at most what kind of thing it is, and its round.
_LONGEST_KIND = 40

# The same fields stand in all captures of a page, and the same contact in many of its measures.
_applicants = memo(2048)(applicants.read)
_contacts = memo(2048)(contacts.read)


class Read(NamedTuple):
    """A measure, and its words that are kept as they are: under a label whose text is no value, or beside a
    title."""

    measure: Measure
    narrative: list[Span]


def read_measure(ledger: Ledger, layout: Layout, draft: Draft, shared: Sequence[Footnote]) -> Read:
    """The values of a draft. ``shared``: footnotes that stand outside of all measures and hold for each."""
    return _Reader(ledger, layout, draft, shared).read()


class _Reader:
    """One measure on its way from words to values; ``id`` is its measure_id."""

    def __init__(self, ledger: Ledger, layout: Layout, draft: Draft, shared: Sequence[Footnote]) -> None:
        self.ledger = ledger
        self.layout = layout
        self.text = layout.text
        self.draft = draft
        self.shared = shared
        ledger.settle()
        self.id = draft.code if draft.round is None else f"{draft.code}/{draft.round}"
        self.kept: list[Span] = []
        own = {section.field for section in draft.sections}
        inherited = [] if draft.parent is None else [s for s in draft.parent.sections if s.field not in own]
        self.sections = [*inherited, *draft.sections]
        self.title_lines = list(draft.title_lines)
        self.sections += [Section("fund", None, None, [badge]) for badge in draft.badges if badge.hit]
        self.sections += self.beside_title()
        self.sections += self.said()
        self._filled: dict[str, list[Section]] = {}
        for section in self.sections:
            if section.lines:
                self._filled.setdefault(section.field, []).append(section)

    def read(self) -> Read:
        draft, ledger = self.draft, self.ledger
        self.identity()
        self.labels()
        beside = Section("narrative", None, None, draft.loose)
        money = read_money(ledger, [*self.sections, beside], self.id, draft.round)
        tell_misread(ledger, [*self.sections, beside], self.id)
        flexibility = self.funding(money)
        objective = self.words("objective")
        selection_type, selection_text = self.selection()
        other_info = self.words("other_info")
        predecessor = self.predecessor()
        title = self.title()
        theme = self.text[draft.theme.start : draft.theme.end] if draft.theme else None
        if draft.theme:
            ledger.cell("measures", self.id, None, "theme", *draft.theme)
        eu = [money.rows[index] for index in money.eu_rows]
        measure = Measure(
            self.id,
            draft.code,
            draft.round,
            codes.specific_objective(draft.code),
            title,
            theme,
            sum((row.amount_eur for row in eu[1:]), eu[0].amount_eur) if eu else None,
            eu[0].amount_max_eur if len(eu) == 1 else None,
            eu[0].qualifier if eu else None,
            flexibility,
            objective,
            selection_type,
            selection_text,
            predecessor,
            other_info,
            tuple(money.rows),
            tuple(self.applicants()),
            tuple(self.milestones()),
            tuple(self.contacts()),
            tuple(read_links(ledger, self.layout, [*self.sections, beside], self.id)),
            draft.start,
            draft.end,
        )
        self.rest()
        return Read(measure, self.kept)

    def said(self) -> Iterator[Section]:
        """Fields that no label opens and that running text of the measure tells."""
        opened = {section.field for section in self.sections if section.lines}
        described = [
            line
            for section in self.sections
            if section.field in _DESCRIBES and section.lines and section.label
            if _DESCRIPTION.search(self.text, *section.label)
            for line in section.lines
        ]
        asides = [
            line
            for section in self.sections
            if section.field == "applicants"
            for line in section.lines
            if self.says_aside(line)
        ]
        stray = [] if "timeline" in opened else self.steps_below_objective()
        for token in [*self.draft.loose, *described, *asides, *stray]:
            for field, label, value in sentences.read(self.text[token.start : token.end]):
                if field in opened:
                    continue
                at = token.start
                line = token._replace(start=at + value.start, end=at + value.end)
                words = Span(at + label.start, at + label.end) if label.end > label.start else None
                yield Section(field, None, words, [line])

    def steps_below_objective(self) -> list[Token]:
        """``Projektu iesniegumus varēs iesniegt no … līdz …`` in a paragraph of its own: no objective. It is
        taken out of its lines."""
        found: list[Token] = []
        # Rounds of which the same is told share their sections, so that these stay as they are.
        for index, section in enumerate(self.sections):
            if section.field != "objective" or len(section.lines) < 2:
                continue
            steps = [line for line in section.lines[1:] if not line.inline and self.is_selection_step(line)]
            if steps:
                lines = [line for line in section.lines if line not in steps]
                self.sections[index] = section._replace(lines=lines)
                found += steps
        return found

    def is_selection_step(self, line: Token) -> bool:
        words = self.text[line.start : line.end]
        said = sentences.read(words) if _DIGIT.search(words) else ()
        alone = len(said) == 1 and said[0].field == "timeline" and said[0].value == Span(0, len(words))
        return alone and (milestone_kind(words) or "").startswith("selection")

    def beside_title(self) -> Iterator[Section]:
        """``… pasākums „…” (ERAF 1 000 000 euro)``, where no label opens a field of money."""
        if not self.title_lines or any(section.field == "funding" for section in self.sections):
            return
        title = self.title_lines[-1]
        stop = self.text.find("\n", title.end)
        found = money_behind(self.text, title, stop if stop >= 0 else len(self.text))
        if found is not None:
            self.title_lines[-1] = found.title
            yield Section("funding", None, None, [Token("text", *found.money, block=-1)])

    # --- what the measure is called ----------------------------------------------------

    def cell(self, field: str, spans: Sequence[Span]) -> None:
        for start, end in spans:
            self.ledger.cell("measures", self.id, None, field, start, end)

    def identity(self) -> None:
        draft = self.draft
        several = together_behind(self.text, self.title_lines[-1]) if self.title_lines else None
        if several is not None and draft.round is None:
            self.title_lines[-1], words = several
            self.ledger.claim(*words)
            self.ledger.find("rounds_together", *words, measure_id=self.id, field="round")
        self.cell("measure_id", [*draft.code_spans, *draft.round_spans])
        self.cell("code", draft.code_spans)
        self.cell("specific_objective", draft.code_spans)
        self.cell("round", draft.round_spans)
        for span in draft.title_words:
            self.ledger.claim(*span)
        if 0 < draft.code_spans[0].start - draft.start <= _LONGEST_KIND:
            self.ledger.claim(draft.start, draft.code_spans[0].start)
        if draft.title_lines and 0 <= draft.title_lines[0].start - draft.code_spans[0].end <= _LONGEST_KIND:
            self.ledger.claim(draft.code_spans[0].end, draft.title_lines[0].start)

    def title(self) -> str | None:
        """The title without outer quotation marks; lines of one that goes over several are joined."""
        lines = [span for span in self.title_lines if span.end > span.start]
        if not lines:
            return None
        if len(lines) == 1:
            lines = [quotes.outer_stripped(self.text, *lines[0])]
        for span in self.title_lines:
            self.ledger.claim(*span)
        start, end = lines[0].start, lines[-1].end
        joined = self.text[start:end].replace("\n", " ") if len(lines) > 1 else self.text[start:end]
        self.cell("title", lines)
        return joined.strip(' "„“”«»') if len(lines) > 1 else joined or None

    def labels(self) -> None:
        """Labels are claimed as such; the line that opens the measure is claimed up to its title."""
        for section in self.sections:
            if section.label is not None and section.field != "unknown":
                self.ledger.claim(*section.label)
                if section.hit is not None and section.hit.unknown:
                    self.ledger.find("label_read_loosely", *section.label, measure_id=self.id)
        for token in self.draft.unknown:
            self.ledger.find("unknown_label", token.start, token.end, measure_id=self.id)

    # --- fields -----------------------------------------------------------------------

    def of(self, field: str) -> Sequence[Section]:
        """The sections of a field that have words."""
        return self._filled.get(field, ())

    def of_any(self, fields: Sequence[str]) -> list[Section]:
        """The same of several fields, in the order of the page."""
        if self._filled.keys().isdisjoint(fields):
            return []
        return [section for section in self.sections if section.field in fields and section.lines]

    def words(self, field: str, column: str = "") -> str | None:
        """The text of a field, its lines joined by line ends, without the glyphs of its lists.

        ``column``: of the cell, where it is not called as the field is.
        """
        parts: list[str] = []
        for section in self.of(field):
            start, end = section.lines[0].start, section.lines[-1].end
            if not _WORD.search(self.text, start, end):
                continue
            parts += [self.text[line.start : line.end] for line in section.lines]
            self.ledger.cell("measures", self.id, None, column or field, start, end)
        return "\n".join(parts) or None

    def funding(self, money: Money) -> str | None:
        """Cells of the funding rows; what the stars and words beside them say of flexibility funding."""
        for seq, (row, place) in enumerate(zip(money.rows, money.places, strict=True), 1):
            for field, span in (
                ("fund", place.fund or place.amount),
                ("amount_eur", place.amount),
                ("amount_max_eur", place.amount if row.amount_max_eur is not None else None),
                ("qualifier", place.qualifier or place.amount),
                ("text", place.text),
            ):
                if span is not None:
                    self.ledger.cell("funding", self.id, seq, field, *span)
        for index in money.eu_rows:
            place = money.places[index]
            self.cell("eu_funding_eur", [place.amount])
            self.cell("funding_qualifier", [place.qualifier or place.amount])
            if money.rows[index].amount_max_eur is not None:
                self.cell("eu_funding_max_eur", [place.amount])
        said = read_flexibility(
            self.ledger, self.sections, money.stars, self.draft.notes, self.shared, self.id
        )
        for span in (*said.others, *money.of_rounds):
            self.keep(*span)
        return said.value

    def selection(self) -> tuple[str | None, str | None]:
        """Type and text; the type may be told by the schedule alone."""
        printed = self.words("selection", "selection_text")
        if printed is None:
            return self.selection_in_schedule(), None
        kind = kind_of(printed)
        place = self.of("selection")[0]
        span = Span(place.lines[0].start, place.lines[-1].end)
        if kind is None:
            self.ledger.find("unknown_selection_type", *span, measure_id=self.id, field="selection_type")
        else:
            self.cell("selection_type", [span])
        return kind, printed

    def selection_in_schedule(self) -> str | None:
        """``Atlase: ierobežota, 2024. gada III ceturksnis``: said with the period and nowhere else."""
        for section in self.of("timeline"):
            for line in section.lines:
                found = kind_within(self.text[line.start : line.end])
                if found:
                    self.cell("selection_type", [Span(line.start + found.start, line.start + found.end)])
                    return found.name
        return None

    def predecessor(self) -> str | None:
        for section in self.of_any(("other_info", "narrative", "unknown")):
            start = section.lines[0].start
            mention = codes.predecessor(self.text[start : section.lines[-1].end], self.draft.code)
            if mention:
                self.cell("predecessor_code", [Span(start + mention.start, start + mention.end)])
                return mention.code
        return None

    def applicants(self) -> Iterator[Applicant]:
        seq = 0
        if not self.of("applicants"):
            tell_unread_applicants(self.ledger, self.sections, self.draft.loose, self.id)
        for section in self.of("applicants"):
            lines = [line for line in section.lines if not self.is_aside(line)]
            if not lines:
                continue
            start = lines[0].start
            for printed, kind, begins, ends in _applicants(self.text[start : lines[-1].end]):
                if any(map(str.isdecimal, printed)) and (is_period(printed) or money_alone(printed)):
                    # ``1. kārta: 2024. gada 1. cet.`` among those who may apply.
                    continue
                seq += 1
                # Without the mark of a footnote.
                name = (printed.rstrip("*¹²³†‡ ") or printed).replace("\n", " ")
                first, last = start + begins, start + ends - len(printed) + len(name)
                self.ledger.cells("applicants", self.id, seq, _OF_APPLICANT, first, last)
                yield Applicant(name, kind, first, last)

    def is_aside(self, line: Token) -> bool:
        """A sentence among applicants that says something else (``Pasākumu īstenos divos posmos.``)."""
        if not self.says_aside(line):
            return False
        self.keep(line.start, line.end)
        return True

    def says_aside(self, line: Token) -> bool:
        words = self.text[line.start : line.end]
        if not words.endswith(".") or _WHO.search(words):
            return False
        return _VERB.search(_RELATIVE.split(words, maxsplit=1)[0]) is not None

    def milestones(self) -> Iterator[Milestone]:
        seq = 0
        for section in self.schedule():
            for placed, places in self.steps(section):
                seq += 1
                self.ledger.cell("milestones", self.id, seq, "kind", *(placed.kind or placed.line))
                for place in (placed.period, *places):
                    self.ledger.cells("milestones", self.id, seq, _OF_PERIOD, *place)
                self.ledger.cell("milestones", self.id, seq, "text", *placed.line)
                yield placed.milestone

    def schedule(self) -> Iterator[Section]:
        """What is printed as a schedule; what the field of selection says of it where that names none."""
        printed = self.of("timeline")
        told = list(self.selection_with_period())
        if told and printed:
            # Beside a schedule that names no selection, only sentences that name their milestone.
            named = any(map(self.names_selection, printed))
            told = [] if named else [section for section in told if not self.is_period_beside(section)]
        yield from told
        yield from printed

    def is_period_beside(self, section: Section) -> bool:
        """``Atklāta, 2024. gada novembris``"""
        return names_period(self.text[section.lines[0].start : section.lines[0].end])

    def names_selection(self, section: Section) -> bool:
        """A step or the label of a schedule that is of the selection."""
        spans = [span_of((line.start, line.end)) for line in section.lines]
        spans += [section.label] if section.label is not None else []
        kinds = (milestone_kind(self.text[start:end]) or "" for start, end in spans)
        return any(kind.startswith("selection") for kind in kinds)

    def steps(self, section: Section) -> Iterator[tuple[Placed, Sequence[Span]]]:
        """The milestones of a schedule, each with what else its period was read from than its own place."""
        lines = [token for token in section.lines if not token.told]
        named = section.hit.kind if section.hit else None
        for placed in milestones(self.ledger, self.lines_of(lines), section.label, self.id, named):
            yield placed, ()
        for token in section.lines:
            for told in token.told:
                line = Span(token.start, token.end)
                for placed in charted(self.ledger, line, told.period, section.label, self.id, told.end):
                    yield placed, [place for place in told.places if place != placed.period]

    def selection_with_period(self) -> Iterator[Section]:
        """``Atlase: atklāta, 2024. gada novembris``, where no schedule is printed."""
        for section in self.of("selection"):
            told = [line for line in section.lines if names_period(self.text[line.start : line.end])]
            if not told:
                # ``Ierobežota. Uzaicinājums nosūtīts 2024. gada 2. septembrī.``
                told = [step for line in section.lines for step in self.steps_said(line)]
            if told:
                yield section._replace(lines=told)

    def steps_said(self, line: Token) -> Iterator[Token]:
        """The sentences of a line that name a milestone and when it is, not which kind of selection."""
        words = self.text[line.start : line.end]
        for field, _, said in sentences.read(words) if _DIGIT.search(words) else ():
            if field == "timeline" and kind_of(words[said.start : said.end]) is None:
                yield line._replace(start=line.start + said.start, end=line.start + said.end)

    def lines_of(self, tokens: Sequence[Token]) -> list[Span]:
        """The lines that tokens stand in; cells of one row are one line."""
        lines: list[Span] = []
        before: Block | None = None
        for token in tokens:
            block = self.layout.blocks[token.block]
            if before is not None and (_is_beside(before, block) or self.goes_on(lines[-1], token)):
                lines[-1] = Span(lines[-1].start, token.end)
            else:
                lines.append(span_of((token.start, token.end)))
            before = block
        return lines

    def goes_on(self, line: Span, token: Token) -> bool:
        """A line broken within a period: ``2025. gada`` above ``III ceturksnī``, ``no …`` above ``līdz``."""
        if self.text.endswith(" līdz", line.start, line.end):
            return self.text[token.start].isdigit()
        if self.text.startswith("līdz ", token.start):
            first = max(line.start, line.end - _LONGEST_FROM)
            return _FROM.search(self.text, first, line.end) is not None
        return (
            self.text[line.end - 1] in "a."
            and _YEAR_OF.search(self.text, max(line.start, line.end - _LONGEST_YEAR_OF), line.end) is not None
            and _PART_OF_YEAR.match(self.text, token.start, token.end) is not None
        )

    def contacts(self) -> Iterator[Contact]:
        seq = 0
        for section in self.of("contacts"):
            start, end = section.lines[0].start, section.lines[-1].end
            anchors = [
                Anchor(anchor.start - start, anchor.end - start, anchor.href)
                for anchor in anchors_in(self.layout, start, end)
                if anchor.end <= end
            ]
            found = _contacts(self.text[start:end], tuple(anchors))
            if not found and _WORD.search(self.text, start, end):
                self.ledger.find("unreadable_contact", start, end, measure_id=self.id, field="contacts")
            for first, last in misleading(self.text[start:end], tuple(anchors)) if anchors else ():
                place = (start + first, start + last)
                self.ledger.find("link_misleads", *place, measure_id=self.id, field="contacts")
            for match in _CONTACT_GLUE.finditer(self.text, start, end):
                self.ledger.claim(*match.span())
            for contact in found:
                seq += 1
                yield self.contact(contact, start, seq)

    def contact(self, contact: Contact, offset: int, seq: int) -> Contact:
        name = contact.name_span
        for field, span in (
            ("name", contact.name_span),
            ("phone", contact.phone_span),
            ("email", contact.email_span),
        ):
            if span is not None and getattr(contact, field) is not None:
                start, end = offset + span.start, offset + span.end
                # A link's words may be more than the name that its address is of.
                beside = name is not None and (span.end <= name.start or name.end <= span.start)
                printed = field == "name" or beside or _MEANS.search(self.text, start, end) is not None
                self.ledger.cell("contacts", self.id, seq, field, start, end, claim=printed)
        if contact.phone is None and contact.email is None:
            place = (offset + contact.start, offset + contact.end)
            self.ledger.find("contact_without_means", *place, measure_id=self.id, field="contacts")
        return Contact(
            contact.name,
            contact.phone,
            contact.email,
            offset + contact.start,
            offset + contact.end,
            _moved(contact.name_span, offset),
            _moved(contact.phone_span, offset),
            _moved(contact.email_span, offset),
        )

    # --- what is left --------------------------------------------------------------------

    def keep(self, start: int, end: int) -> None:
        self.ledger.claim(start, end)
        self.kept.append(Span(start, end))

    def rest(self) -> None:
        """What no value claims: documents without an address, labels without a field, lines by a title."""
        for section in self.of_any(_KEPT):
            for line in section.lines:
                if self.ledger.unclaimed(line.start, line.end):
                    self.keep(line.start, line.end)
        badges = (token for token in self.draft.badges if not token.hit)
        for token in (*badges, *self.draft.loose):
            self.keep(token.start, token.end)
        for span in self.title_lines:
            self.ledger.claim(*span)


def _is_beside(cell: Block, other: Block) -> bool:
    """``other`` is to the right of a cell in its row."""
    return 0 <= cell.table == other.table and cell.row == other.row and cell.column < other.column


def _moved(span: Span | None, offset: int) -> Span | None:
    return None if span is None else span_of((span.start + offset, span.end + offset))
