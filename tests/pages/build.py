"""A whole labelled page from a seed: values drawn, printed, laid out and wrapped; its truth beside it."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.pages import amounts, chrome, compose, labels, layouts, pasted, titles, words
from tests.pages.ink import Pen
from tests.pages.model import Figures, Printed, Section, Sheet, Truth, number
from tests.pages.notation import NOTATIONS, Notation

PASTED = tuple(f"pasted-{style}" for style in pasted.STYLES)
LAYOUTS = (*layouts.HTML_LAYOUTS, *PASTED)


def build(seed: int, layout: str, notation: str) -> tuple[bytes, Truth]:
    """A page's bytes (HTML or text, UTF-8) and what they say, in CONTRACT's fields.

    A field that the truth leaves out is not stated, so it is not measured.
    """
    rng = Random(f"{seed} {layout} {notation}")  # noqa: S311  (a page must come out the same again)
    style = NOTATIONS[notation]
    publisher, domain = rng.choice(words.PUBLISHERS)
    url = f"https://www.{domain}.gov.lv/lv/es-fondi-{seed}"
    sheet, truth = draw(rng, style, domain, layout)
    truth = {"url": url, "layout": layout, "notation": notation, **truth}
    if layout in PASTED:
        return pasted.page(sheet, rng, layout.removeprefix("pasted-")).encode(), truth
    mess = "light" if style.ink == "light" else rng.choice(("clean", "heavy"))
    content = layouts.HTML_LAYOUTS[layout](sheet, Pen(rng, mess))
    shell = rng.choice(("modern", "modern", "older", "bare"))
    page = chrome.SHELLS[shell](rng, sheet.title, publisher, domain, content)
    if shell == "older" and rng.random() < 0.4:
        return chrome.in_windows_1257(page), truth
    return page.encode(), truth


def _habits(rng: Random, notation: Notation, domain: str, layout: str) -> compose.Habits:
    bank = labels.REAL if notation.name == "real" else labels.OTHERS
    chosen = {name: rng.choice(forms) for name, forms in bank.items()}
    styles = notation.amounts
    unit = next((labels.UNIT_LABELS[s] for s in (rng.choice(styles),) if s in labels.UNIT_LABELS), None)
    if unit:
        styles = tuple(s for s in styles if labels.UNIT_LABELS.get(s) == unit)
        if not chosen["funding"].endswith(")"):
            chosen["funding"] += f" {unit}"
    else:
        styles = tuple(s for s in styles if s not in labels.UNIT_LABELS)
    note = rng.choice(notation.footnotes)
    flexibility: tuple[str | None, ...] = ("included", "included", "excluded", None)
    if layout == "rows" and note != "inline" and rng.random() < 0.6:
        note, flexibility = "legend", ("included", "included", None)
    # In a table with a row a measure each fund has a column: one column can't be labelled for two sums.
    in_fields = layout == "rows" or rng.random() < 0.3
    split = "fields" if in_fields else rng.choice(("sentence", "lines", "comma"))
    host = f"https://www.{domain}.gov.lv"
    shared = notation.extras and layout != "rows" and rng.random() < 0.4
    html = layout not in PASTED
    return compose.Habits(chosen, styles, domain, host, note, split, flexibility, html, shared)


def draw(rng: Random, notation: Notation, domain: str, layout: str) -> tuple[Sheet, Truth]:
    """Everything a page says, before any layout."""
    habits = _habits(rng, notation, domain, layout)
    shown, headline_truth = _figures(rng, notation, domain)
    sections: list[Section] = []
    measures: list[Truth] = []
    themes = _themes(rng, notation)
    if themes[0][0] is None and shown:
        # A heading right above measures without themes would be read as theirs.
        shown = shown._replace(heading=None)
    for theme, names in themes:
        heading = theme
        if theme and notation.extras and rng.random() < 0.2:
            heading = f"{'.'.join(names[0].code.split('.')[:3])}. specifiskais atbalsta mērķis “{theme}”"
        printed: list[Printed] = []
        for name in names:
            lines, truth = compose.measure(rng, notation, name, theme, habits)
            printed.append(lines)
            measures.append(truth)
            if heading != theme:
                del truth["theme"]
        told = tuple(rng.sample(words.NARRATIVE, rng.randint(1, 2))) if theme and layout != "rows" else ()
        sections.append(Section(heading, told, tuple(printed)))
    legend = "* ieskaitot elastības finansējumu" if habits.note == "legend" else None
    columns = layouts.columns_of(p for s in sections for p in s.measures)
    intro = tuple(rng.sample(words.INTRO, rng.randint(1, 3)))
    listed = notation.extras and layout != "rows" and rng.random() < 0.25
    contents = tuple(" ".join(p.heads) for s in sections for p in s.measures) if listed else ()
    sheet = Sheet(rng.choice(words.PAGE_TITLES), intro, shown, tuple(sections), columns, legend, contents)
    return sheet, {"headlines": headline_truth, "measures": measures}


def _themes(rng: Random, notation: Notation) -> list[tuple[str | None, list[titles.Name]]]:
    """Themes with the codes, rounds and titles of their measures; every fourth page has no themes."""
    count = rng.randint(3, 6)
    objective = f"{rng.randint(1, 6)}.{rng.randint(1, 4)}.{rng.randint(1, 5)}"
    bank = iter(rng.sample(words.TITLES, len(words.TITLES)))
    names: list[titles.Name] = []
    index = 0
    while len(names) < count:
        index += rng.choice((1, 1, 1, 2))
        title = next(bank)
        code = f"{objective}.{index}"
        if notation.titles[-1:] == ("objective",) and rng.random() < 0.2:
            code = f"{objective[:-2]}.{int(objective[-1]) + 5 + index}"
        if notation.name in ("units", "editors") and rng.random() < 0.1:
            code += ".i"
        rounds = rng.choice((0, 0, 0, 2, 3)) if len(names) + 2 <= count else 0
        names += [titles.Name(code, n, title) for n in range(1, rounds + 1)] or [
            titles.Name(code, None, title)
        ]
    if rng.random() < 0.25:
        return [(None, names)]
    themes = rng.sample(words.THEMES, 2)
    cut = rng.choice([n for n in range(1, len(names)) if names[n].code != names[n - 1].code] or [len(names)])
    return [(theme, part) for theme, part in zip(themes, (names[:cut], names[cut:]), strict=True) if part]


def _headline(
    shown_label: str | None, eur: Decimal, qualifier: str = "exact", share: int | None = None
) -> Truth:
    return {
        "label": shown_label,
        "amount_eur": number(eur),
        "amount_max_eur": None,
        "qualifier": qualifier,
        "share_percent": share,
    }


def _figures(rng: Random, notation: Notation, domain: str) -> tuple[Figures | None, list[Truth]]:
    """The page's own amounts, the first sentence sometimes printed twice; none on every third page."""
    if rng.random() < 0.33:
        return None, []
    total, whole, share = amounts.tenths(rng, 1500, 4000), rng.randint(401, 600), rng.randint(10, 60)
    sentence = (
        "Nozarei kopumā Eiropas Savienības fondu atbalsts plānots "
        f"vairāk nekā {amounts.comma(total)} milj. eiro apmērā "
        f"({share}% no ministrijas pieejamā finansējuma), "
        f"ES fondu atbalsts un nacionālais līdzfinansējums veido {whole} miljonus eiro investīcijas."
    )
    truth = [
        _headline(None, total * 1_000_000, "more_than", share),
        _headline(None, Decimal(whole * 1_000_000)),
    ]
    sentences = (sentence,) * rng.choice((1, 1, 2))
    if notation.name != "real" and rng.random() < 0.5:
        sentences, truth = (), []
    tiles = []
    for label in rng.sample(words.THEMES, rng.randint(2, 4)):
        value = amounts.tenths(rng)
        tiles.append((f"{amounts.comma(value)} {rng.choice(('miljoni eiro', 'milj. eiro'))}", label))
        truth.append(_headline(label, value * 1_000_000))
    heading = rng.choice(("ES FONDU INVESTĪCIJAS NOZARES ATTĪSTĪBAI", "Finansējums jomas attīstībai", None))
    form = "nested" if notation.name == "real" else rng.choice(("nested", "cards", "table", "list"))
    return Figures(heading, sentences, tuple(tiles), form), truth
