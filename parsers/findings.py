"""Every kind of finding, with what it means in English and Latvian; docs/findings.md is made from it.

A finding is not an error of the reader: it says what looks wrong, contradictory or unknown on the page,
or what had to be assumed to read it.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.records import Finding


class Kind(NamedTuple):
    """``message`` and ``message_lv`` take a finding's facts in braces. ``severity``: error, warning, info."""

    severity: str
    message: str
    message_lv: str
    explanation: str


REGISTRY: dict[str, Kind] = {
    "empty_page": Kind("error", "the page has no text", "lapā nav teksta", "The bytes hold no words at all."),
    "not_text": Kind(
        "error", "the file is no text", "datne nav teksts", "The bytes are an image, an archive or the like."
    ),
    "no_measure": Kind(
        "warning",
        "no measure was found",
        "neviens pasākums nav atrasts",
        "No line opens with a measure's code and is followed by labels. Right for an overview page, "
        "else a sign of a changed layout.",
    ),
    "error_page": Kind(
        "error",
        "this looks like an error or login page: {what}",
        "šī izskatās pēc kļūdas vai pieteikšanās lapas: {what}",
        "Title or first lines say so and there is no measure.",
    ),
    "encoding_repaired": Kind(
        "warning",
        "bytes that do not fit the encoding {encoding} were repaired",
        "laboti baiti, kas neatbilst kodējumam {encoding}",
        "Some bytes were replaced, or letters encoded twice were mended; names and titles may be damaged.",
    ),
    "control_characters": Kind(
        "warning",
        "control characters were replaced",
        "aizstātas vadības rakstzīmes",
        "Characters that no page prints (terminal escapes and the like) stand as U+FFFD in the text.",
    ),
    "markup_repaired": Kind(
        "warning",
        "the markup is broken; its words were read without layout",
        "lapas marķējums ir bojāts; vārdi nolasīti bez izkārtojuma",
        "lxml gave up on the page (nesting deeper than it reads).",
    ),
    "truncated_page": Kind(
        "warning",
        "the page ends in the middle: {what}",
        "lapa beidzas pusvārdā: {what}",
        "The HTML has a beginning and no end.",
    ),
    "unknown_label": Kind(
        "warning",
        "unknown label: {text}",
        "nezināms apzīmējums: {text}",
        "A line that looks like a label opens no known field. Its words are claimed by nobody; "
        "teach parsers/labels.py if it is one.",
    ),
    "label_read_loosely": Kind(
        "info",
        "a label with a word that is not in the vocabulary: {text}",
        "apzīmējums ar vārdu, kas nav vārdnīcā: {text}",
        "All but one of its words are known, and it was taken for the label that they make.",
    ),
    "unclaimed_text": Kind(
        "info",
        "text that belongs to nothing: {text}",
        "teksts, kas nepieder nevienam laukam: {text}",
        "Words of the main content that are neither a value, a label nor narrative.",
    ),
    "coverage_low": Kind(
        "warning",
        "only {percent} % of the text is accounted for",
        "izprasti tikai {percent} % teksta",
        "More than a tenth of the main content is claimed by nobody: the layout may have changed.",
    ),
    "unreadable_amount": Kind(
        "warning",
        "amount not readable: {text}",
        "summa nav nolasāma: {text}",
        "The field for money has words and no amount that can be read (the cell is empty), or running text "
        "has a misprinted one.",
    ),
    "unreadable_period": Kind(
        "warning",
        "period not readable: {text}",
        "periods nav nolasāms: {text}",
        "A line of the schedule names no period that can be read; it is kept as narrative.",
    ),
    "impossible_date": Kind(
        "warning",
        "no such day: {text}",
        "tādas dienas nav: {text}",
        "A day, month or quarter that the calendar does not have.",
    ),
    "implausible_year": Kind(
        "warning",
        "a year that can hardly be meant: {text}",
        "gads, kas diez vai ir domāts: {text}",
        "Before 1900 or after 2100 (0204, 2204) there is no value; before 2000 or after 2040 the period "
        "stands as printed.",
    ),
    "range_reversed": Kind(
        "warning",
        "ends before it begins: {text}",
        "beidzas pirms sākuma: {text}",
        "A range whose end is before its beginning; it is not swapped, there is no value.",
    ),
    "unknown_milestone": Kind(
        "info",
        "a milestone of unknown kind: {text}",
        "nezināma veida termiņš: {text}",
        "Its kind is `other`.",
    ),
    "applicants_unsure": Kind(
        "info",
        "may name those who can apply: {text}",
        "varbūt nosauc tos, kas var pieteikties: {text}",
        "The measure has no applicants, and these words stand under a label that does not say that they are.",
    ),
    "unknown_selection_type": Kind(
        "warning",
        "neither open nor restricted selection: {text}",
        "ne atklāta, ne ierobežota atlase: {text}",
        "The selection type cannot be told from the words; the cell is empty.",
    ),
    "assumed": Kind(
        "info",
        "read with an assumption ({assumption}): {text}",
        "nolasīts ar pieņēmumu ({assumption_lv}): {text}",
        "The words leave room for another reading; the message says what was assumed.",
    ),
    "duplicate_code": Kind(
        "warning",
        "{measure_id} stands on the page {count} times",
        "{measure_id} lapā ir {count} reizes",
        "Two measures with one code and round.",
    ),
    "code_out_of_order": Kind(
        "info",
        "{measure_id} comes after {before}",
        "{measure_id} ir pēc {before}",
        "Codes rise down the page; this one falls.",
    ),
    "milestone_order": Kind(
        "warning",
        "{later} ({later_period}) comes before {earlier} ({earlier_period})",
        "{later_lv} ({later_period}) ir pirms {earlier_lv} ({earlier_period})",
        "A schedule that cannot be: selection before the regulation is approved, "
        "completion before the start.",
    ),
    "star_without_footnote": Kind(
        "warning",
        "a star with no footnote: {text}",
        "zvaigznīte bez zemsvītras piezīmes: {text}",
        "What the star means is not said.",
    ),
    "footnote_without_star": Kind(
        "warning",
        "a footnote with no star: {text}",
        "zemsvītras piezīme bez zvaigznītes: {text}",
        "A footnote that no amount of its measure refers to; it is applied where it can mean only one "
        "amount.",
    ),
    "contact_without_means": Kind(
        "warning",
        "a contact with neither phone nor e-mail",
        "kontaktpersona bez tālruņa un e-pasta",
        "A name with no way to reach it.",
    ),
    "unreadable_contact": Kind(
        "warning",
        "contact not readable",
        "kontaktinformācija nav nolasāma",
        "The field for contacts has words and no contact that can be read.",
    ),
    "link_misleads": Kind(
        "warning",
        "a link that leads elsewhere than it says: {text}",
        "saite ved citur, nekā rakstīts: {text}",
        "The number or address that is printed is the value; the link is to another one.",
    ),
    "sum_mismatch": Kind(
        "warning",
        "the parts add up to {parts} euro, the stated total is {total} euro",
        "daļu summa ir {parts} eiro, norādītais kopapjoms ir {total} eiro",
        "The page's own parts do not make its own total, rounding of the printed numbers considered.",
    ),
    "measures_sum_mismatch": Kind(
        "info",
        "the measures add up to {parts} euro, the stated total is {total} euro",
        "pasākumu summa ir {parts} eiro, norādītais kopapjoms ir {total} eiro",
        "The page's measures do not make the total that it states (a page may leave measures out).",
    ),
    "share_implausible": Kind(
        "warning",
        "the EU share is not plausible: {text}",
        "ES daļa nav ticama: {text}",
        "A share above 100 %, or EU funding above the total that it is part of.",
    ),
    "measure_without_amount": Kind(
        "warning",
        "{measure_id} has no amount",
        "{measure_id} nav finansējuma summas",
        "No amount of EU funding was read for it.",
    ),
    "eu_part_not_told": Kind(
        "warning",
        "a total whose EU part is not told: {text}",
        "kopsumma, kuras ES daļa nav norādīta: {text}",
        "Public, eligible or total money holds what the state and others add; EU funding stays empty.",
    ),
    "amount_implausible": Kind(
        "warning",
        "hardly the funding of a measure: {text}",
        "diez vai pasākuma finansējums: {text}",
        "Less than 100 euro: its unit is missing or is not read; the amount stands as printed.",
    ),
    "amount_of_no_fund": Kind(
        "warning",
        "an amount of none of the known funds: {text}",
        "summa, kas nav no zināmajiem fondiem: {text}",
        "A reserve and the like; it is kept as narrative and counts in no sum.",
    ),
    "amount_of_round": Kind(
        "warning",
        "an amount of a round, not of the whole measure: {text}",
        "kārtas, nevis visa pasākuma summa: {text}",
        "The page says what rounds of the measure get, and not what there is for all of it; the amount is "
        "kept as narrative and counts in no sum.",
    ),
    "rounds_together": Kind(
        "warning",
        "one record for several rounds: {text}",
        "viens ieraksts vairākām kārtām: {text}",
        "The title names several rounds of which the same is told; the cell `round` is empty.",
    ),
    "funding_contradiction": Kind(
        "warning",
        "two different amounts of EU funding: {text}",
        "divas dažādas ES finansējuma summas: {text}",
        "Both stand in the funding table; the first is the measure's.",
    ),
    "fields_outside_measure": Kind(
        "info",
        "a label outside of any measure: {text}",
        "apzīmējums ārpus pasākuma: {text}",
        "A label where no measure is open; its text is kept as narrative.",
    ),
    "code_unreadable": Kind(
        "warning",
        "a measure whose code cannot be read: {text}",
        "pasākums, kura kodu nevar nolasīt: {text}",
        "A line opens a measure with a misprinted code (`1.2.l.3.`), or with none where the fields of a "
        "measure begin anew. What follows belongs to no measure.",
    ),
    "measure_not_told": Kind(
        "warning",
        "of which measure is not told: {text}",
        "nav pateikts, kuram pasākumam: {text}",
        "Several measures stand side by side or below one another, and these words could be of any of them "
        "or of all together; they are kept as narrative.",
    ),
    "code_without_fields": Kind(
        "info",
        "a measure is named and not described: {text}",
        "pasākums ir nosaukts, bet nav aprakstīts: {text}",
        "A line opens with a measure's code and no label follows, as in a table of contents.",
    ),
}

# Assumptions of the value readers, in words for both languages.
ASSUMPTIONS: dict[str, tuple[str, str]] = {
    "quarter_word_missing": ("the Roman number is a quarter", "romiešu cipars ir ceturksnis"),
    "two_digit_year": ("the century", "gadsimts"),
    "year_carried": ("the year is the one printed beside it", "gads ir blakus norādītais"),
    "rolled_over": ("the end is in the next year", "beigas ir nākamajā gadā"),
    "part_of_year": ("some part of the year, read as the year", "gada daļa, nolasīta kā gads"),
    "unit_from_label": ("the unit is the label's", "mērvienība ir no apzīmējuma"),
    "unit_missing": ("the unit is euro", "mērvienība ir eiro"),
    "ambiguous_separator": ("which sign parts the thousands", "kura zīme atdala tūkstošus"),
    "split_decimal": ("a space within the number", "atstarpe skaitļa vidū"),
    "one_understood": ("the number is one", "skaitlis ir viens"),
    "unit_of_sentence": ("the unit is that of the other amounts", "mērvienība ir pārējo summu mērvienība"),
    "total_as_eu": ("the amount is EU funding", "summa ir ES finansējums"),
    "sum_of_funds": ("EU funding is the sum of its funds", "ES finansējums ir fondu summa"),
    "selection_moment": ("the period is when selection starts", "periods ir atlases sākums"),
    "part_of_period": (
        "some part of the period, read as all of it",
        "perioda daļa, nolasīta kā viss periods",
    ),
    "look_alike_letters": (
        "letters of another alphabet stand for Roman numerals",
        "cita alfabēta burti ir romiešu cipari",
    ),
}
_LONGEST_QUOTE = 120


def quote(text: str) -> str:
    """Words of the page, short enough for a message."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def finding(
    code: str,
    *,
    text: str = "",
    start: int = 0,
    end: int = 0,
    measure_id: str | None = None,
    field: str | None = None,
    **facts: object,
) -> Finding:
    """A Finding of a kind of the registry; ``facts`` fill its message."""
    kind = REGISTRY[code]
    facts = {"text": quote(text), "measure_id": measure_id, **facts}
    return Finding(
        code,
        kind.severity,
        measure_id,
        field,
        kind.message.format_map(facts),
        kind.message_lv.format_map(facts),
        text,
        start,
        end,
    )


def assumed(
    assumption: str, *, text: str, start: int, end: int, measure_id: str | None, field: str
) -> Finding:
    """The finding for a value that was read with an assumption."""
    english, latvian = ASSUMPTIONS.get(
        assumption, (assumption.replace("_", " "), assumption.replace("_", " "))
    )
    return finding(
        "assumed",
        text=text,
        start=start,
        end=end,
        measure_id=measure_id,
        field=field,
        assumption=english,
        assumption_lv=latvian,
    )
