# ruff: noqa: E501  (markup stands whole)
"""Layouts: the same lines as different builders of sites and documents print them.

Each takes a sheet and a pen and gives the body of the page's main content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from tests.pages.ink import Pen
from tests.pages.model import Field, Line, Printed, Sheet

CODE = re.compile(r"((?:Pasākums |SAMP? )?[\d.]+(?:i\.?)?) ?(.*)")
Layout = Callable[[Sheet, Pen], str]


def lines(pen: Pen, content: Iterable[Line], tag: str = "p") -> str:
    """Paragraphs, and lists for runs of items."""
    out = []
    for depth, group in groupby(content, key=lambda line: line.depth):
        if depth == 0:
            out += [f"<{tag}>{pen.line(line)}</{tag}>" for line in group]
        else:
            out.append(bullets(pen, group))
    return "\n".join(out)


def bullets(pen: Pen, content: Iterable[Line]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{pen.line(line)}</li>" for line in content) + "\n</ul>"


def broken(pen: Pen, content: Iterable[Line]) -> str:
    """Lines of one element parted by ``<br>``; items get a typed mark."""
    return "<br>\n".join(("• " if line.depth else "") + pen.line(line) for line in content)


def figures(sheet: Sheet, pen: Pen) -> str:
    """The page's own amounts: heading, sentences and tiles."""
    shown = sheet.figures
    if shown is None:
        return ""
    out = [f"<h2>{pen.words(shown.heading)}</h2>"] if shown.heading else []
    out += [f"<p>{pen.words(sentence)}</p>" for sentence in shown.sentences]
    if not shown.tiles:
        return "\n".join(out)
    if shown.form == "nested":
        out.append(
            "<ul>"
            + "".join(
                f"<li>{pen.words(amount)}<ul><li>{pen.words(label)}</li></ul></li>"
                for amount, label in shown.tiles
            )
            + "</ul>"
        )
    elif shown.form == "cards":
        out.append(
            '<div class="infographic">'
            + "".join(
                f'<div class="card"><div class="number">{pen.words(amount)}</div><div class="text">{pen.words(label)}</div></div>'
                for amount, label in shown.tiles
            )
            + "</div>"
        )
    elif shown.form == "table":
        out.append(
            "<table>"
            + "".join(
                f"<tr><td>{pen.words(label)}</td><td>{pen.words(amount)}</td></tr>"
                for amount, label in shown.tiles
            )
            + "</table>"
        )
    else:
        out.append(
            "<ul>"
            + "".join(f"<li>{pen.words(amount)} – {pen.words(label)}</li>" for amount, label in shown.tiles)
            + "</ul>"
        )
    return "\n".join(out)


def page(sheet: Sheet, pen: Pen, measure: Callable[[Pen, Printed], str], theme: str = "h2") -> str:
    """Introduction, figures, and under each theme its narrative and measures."""
    out = [f"<p>{pen.words(text)}</p>" for text in sheet.intro]
    out.append(figures(sheet, pen))
    if sheet.contents:
        listed = enumerate(sheet.contents)
        out.append(
            "<ul>" + "".join(f'<li><a href="#m{n}">{pen.words(t)}</a></li>' for n, t in listed) + "</ul>"
        )
    for section in sheet.sections:
        if section.theme:
            out.append(f"<{theme}>{pen.words(section.theme)}</{theme}>")
        out += [f"<p>{pen.words(text)}</p>" for text in section.paragraphs]
        out += [measure(pen, printed) for printed in section.measures]
    if sheet.legend:
        out.append(f"<p>{pen.words(sheet.legend)}</p>")
    return "\n".join(part for part in out if part)


def heads(pen: Pen, printed: Printed, tag: str) -> str:
    return "\n".join(f"<{tag}>{pen.words(head)}</{tag}>" for head in printed.heads)


def one_head(pen: Pen, printed: Printed) -> str:
    return "<br>".join(pen.words(head) for head in printed.heads)


def flat(sheet: Sheet, pen: Pen) -> str:
    """Nothing but paragraphs and lists: what remains when a document is pasted into an editor."""

    def measure(pen: Pen, printed: Printed) -> str:
        body = [f"<p>{pen.words(f.label)}</p>\n{lines(pen, f.lines)}" for f in printed.fields]
        return "\n".join([heads(pen, printed, "p"), *body, lines(pen, printed.tail)])

    return page(sheet, pen, measure, theme="p")


def headings(sheet: Sheet, pen: Pen) -> str:
    def measure(pen: Pen, printed: Printed) -> str:
        body = [f"<h4>{pen.words(f.label)}</h4>\n{lines(pen, f.lines)}" for f in printed.fields]
        return "\n".join([heads(pen, printed, "h3"), *body, lines(pen, printed.tail)])

    return page(sheet, pen, measure)


def accordion(sheet: Sheet, pen: Pen) -> str:
    """A panel a measure: the title is a button, the body is collapsed."""

    def measure(pen: Pen, printed: Printed) -> str:
        key = f"accordion-{pen.rng.randint(1000, 99_999)}"
        body = "\n".join(
            f"<p><strong>{pen.words(f.label)}</strong></p>\n{lines(pen, f.lines)}" for f in printed.fields
        )
        return (
            f'<div {pen.attributes("accordion-item card")}>\n<h3 class="accordion-header card-header">'
            f'<button class="accordion-button collapsed" type="button" data-bs-toggle="collapse" '
            f'aria-expanded="false" aria-controls="{key}">{one_head(pen, printed)}</button></h3>\n'
            f'<div class="accordion-collapse collapse" id="{key}" role="region"><div class="accordion-body">'
            f'<div class="text-long field__item">\n{body}\n{lines(pen, printed.tail)}\n</div></div></div></div>'
        )

    return page(sheet, pen, measure)


def details(sheet: Sheet, pen: Pen) -> str:
    def measure(pen: Pen, printed: Printed) -> str:
        body = "\n".join(
            f"<h5>{pen.words(f.label)}</h5>\n<div>{lines(pen, f.lines)}</div>" for f in printed.fields
        )
        return (
            f"<details {pen.attributes('js-form-wrapper')}><summary>{one_head(pen, printed)}</summary>\n{body}\n"
            f"{lines(pen, printed.tail)}</details>"
        )

    return page(sheet, pen, measure)


def panels(sheet: Sheet, pen: Pen) -> str:
    """A panel a field: the labels are the buttons."""

    def panel(pen: Pen, field: Field) -> str:
        key = f"panel-{pen.rng.randint(1000, 99_999)}"
        return (
            f'<div class="panel"><button aria-controls="{key}" aria-expanded="true">{pen.words(field.label)}</button>'
            f'<div id="{key}" class="panel-body">{lines(pen, field.lines)}</div></div>'
        )

    def measure(pen: Pen, printed: Printed) -> str:
        body = "\n".join(panel(pen, field) for field in printed.fields)
        return (
            f"{heads(pen, printed, 'h3')}\n<div class='panels'>\n{body}\n</div>\n{lines(pen, printed.tail)}"
        )

    return page(sheet, pen, measure)


def fields(sheet: Sheet, pen: Pen) -> str:
    """Drupal's field markup: label and items are divs that only classes tell apart."""

    def measure(pen: Pen, printed: Printed) -> str:
        body = "\n".join(
            f'<div {pen.attributes("field field--label-above")}><div class="field__label">{pen.words(f.label)}</div>'
            f'<div class="field__item">{lines(pen, f.lines, "div")}</div></div>'
            for f in printed.fields
        )
        title = "".join(f'<div class="title">{pen.words(head)}</div>' for head in printed.heads)
        return f'<div class="paragraph">{title}\n{body}\n{lines(pen, printed.tail)}</div>'

    return page(sheet, pen, measure, theme="h3")


def pairs(sheet: Sheet, pen: Pen) -> str:
    """A table of two columns a measure, label and value; the title above it or in its first row."""
    inside = pen.rng.random() < 0.4
    head = pen.rng.choice(("td", "th"))

    def measure(pen: Pen, printed: Printed) -> str:
        rows = [
            f"<tr><{head}>{pen.words(f.label)}</{head}><td>{lines(pen, f.lines)}</td></tr>"
            for f in printed.fields
        ]
        title = heads(pen, printed, "h3")
        if inside:
            rows.insert(0, f'<tr><th colspan="2">{one_head(pen, printed)}</th></tr>')
            title = ""
        body = "\n".join(rows)
        return f"{title}\n<table {pen.attributes('table')}><tbody>\n{body}\n</tbody></table>\n{lines(pen, printed.tail)}"

    return page(sheet, pen, measure)


def rows(sheet: Sheet, pen: Pen) -> str:
    """A table with a row a measure; themes are rows that span it."""
    own = pen.rng.choice(
        (("Pasākums",), ("Pasākuma nosaukums",), ("Nr.", "Pasākums"), ("Nr.p.k.", "Pasākums"))
    )
    header = "".join(
        f"<th>{pen.words(label)}</th>" for label in (*own, *(label for _, label in sheet.columns))
    )
    out = [f"<p>{pen.words(text)}</p>" for text in sheet.intro] + [figures(sheet, pen)]
    body = []
    number = 0
    for section in sheet.sections:
        if section.theme:
            body.append(
                f'<tr><td colspan="{len(sheet.columns) + len(own)}"><strong>{pen.words(section.theme)}</strong></td></tr>'
            )
        for printed in section.measures:
            cells = {f.name: _cell(pen, f.lines) for f in printed.fields}
            tds = "".join(f"<td>{cells.get(name, '')}</td>" for name, _ in sheet.columns)
            number += 1
            body.append(f"<tr>{_title_cells(pen, printed, own[0], number)}{tds}</tr>")
    table = "\n".join(body)
    out.append(
        f"<div class='table-responsive'><table><thead><tr>{header}</tr></thead><tbody>\n{table}\n</tbody></table></div>"
    )
    if sheet.legend:
        out.append(f"<p>{pen.words(sheet.legend)}</p>")
    return "\n".join(out)


def _title_cells(pen: Pen, printed: Printed, first: str, number: int) -> str:
    """One cell, code and title in two, or a running number before it."""
    title = one_head(pen, printed)
    if first == "Nr.p.k.":
        return f"<td>{number}.</td><td>{title}</td>"
    if first == "Nr.":
        code, rest = CODE.fullmatch(printed.heads[0]).groups()  # type: ignore[union-attr]
        return f"<td>{code}</td><td>{'<br>'.join(map(pen.words, (rest, *printed.heads[1:])))}</td>"
    return f"<td>{title}</td>"


def _cell(pen: Pen, content: tuple[Line, ...]) -> str:
    if len(content) <= 1:
        return "".join(pen.line(line) for line in content)
    return broken(pen, content) if all(line.depth == 0 for line in content) else lines(pen, content)


def definitions(sheet: Sheet, pen: Pen) -> str:
    def measure(pen: Pen, printed: Printed) -> str:
        body = []
        for f in printed.fields:
            inner = lines(pen, f.lines) if len(f.lines) > 1 else "".join(pen.line(line) for line in f.lines)
            body.append(f"<dt>{pen.words(f.label)}</dt><dd>{inner}</dd>")
        return (
            f"{heads(pen, printed, 'h3')}\n<dl>\n" + "\n".join(body) + f"\n</dl>\n{lines(pen, printed.tail)}"
        )

    return page(sheet, pen, measure)


def _with_label(field: Field, mark: str = ":") -> tuple[str, tuple[Line, ...], tuple[Line, ...]]:
    """Label with its mark, the lines that stand beside it and those below."""
    label = field.label if field.label.endswith((":", "?")) else f"{field.label}{mark}"
    beside = () if not field.lines or field.lines[0].depth else field.lines[:1]
    return label, beside, field.lines[len(beside) :]


def bold(sheet: Sheet, pen: Pen) -> str:
    """``<p><strong>Projektu iesniedzēji:</strong> …</p>``; the colon within or outside of the emphasis."""
    tag = pen.rng.choice(("strong", "b"))

    def part(pen: Pen, field: Field) -> str:
        label, beside, below = _with_label(field)
        outside = ":" if label.endswith(":") and pen.rng.random() < 0.3 else ""
        head = f"<{tag}>{pen.words(label.removesuffix(outside))}</{tag}>{outside}"
        return f"<p>{head} {''.join(pen.line(line) for line in beside)}</p>\n{lines(pen, below)}"

    def measure(pen: Pen, printed: Printed) -> str:
        title = "\n".join(f"<p><{tag}>{pen.words(head)}</{tag}></p>" for head in printed.heads)
        return "\n".join([title, *(part(pen, f) for f in printed.fields), lines(pen, printed.tail)])

    return page(sheet, pen, measure)


def inline(sheet: Sheet, pen: Pen) -> str:
    """Label and value in one line, nothing emphasised; a colon or a dash between them."""
    dash = pen.rng.random() < 0.25

    def part(pen: Pen, field: Field) -> str:
        label, beside, below = _with_label(
            field, " –" if dash and field.lines and not field.lines[0].depth else ":"
        )
        return f"<p>{pen.words(label)} {''.join(pen.line(line) for line in beside)}</p>\n{lines(pen, below)}"

    def measure(pen: Pen, printed: Printed) -> str:
        return "\n".join(
            [heads(pen, printed, "h4"), *(part(pen, f) for f in printed.fields), lines(pen, printed.tail)]
        )

    return page(sheet, pen, measure)


def nested(sheet: Sheet, pen: Pen) -> str:
    """Lists within lists: measure, label, value."""

    def measure(pen: Pen, printed: Printed) -> str:
        body = "\n".join(
            f"<li>{pen.words(f.label)}{bullets(pen, f.lines) if f.lines else ''}</li>" for f in printed.fields
        )
        tail = "".join(f"<li>{pen.line(line)}</li>" for line in printed.tail)
        return f"<ul><li>{one_head(pen, printed)}\n<ul>\n{body}{tail}\n</ul></li></ul>"

    return page(sheet, pen, measure)


def breaks(sheet: Sheet, pen: Pen) -> str:
    """One element a measure, its lines parted by ``<br>``; labels emphasised or not."""
    strong = pen.rng.random() < 0.5

    def measure(pen: Pen, printed: Printed) -> str:
        parts = [pen.words(head) for head in printed.heads]
        for f in printed.fields:
            label = pen.words(f.label)
            parts.append(f"<strong>{label}</strong>" if strong else label)
            if f.lines:
                parts.append(broken(pen, f.lines))
        if printed.tail:
            parts.append(broken(pen, printed.tail))
        return "<p>" + "<br />\n".join(parts) + "</p>"

    return page(sheet, pen, measure)


HTML_LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        flat, headings, accordion, details, panels, fields, pairs, rows, definitions, bold, inline, nested, breaks,
    )
}  # fmt: skip


def columns_of(measures: Iterable[Printed]) -> tuple[tuple[str, str], ...]:
    """Columns of a table with a row a measure: each field's name and the label it has first."""
    found: dict[str, str] = {}
    for printed in measures:
        for f in printed.fields:
            found.setdefault(f.name, f.label)
    return tuple(found.items())
