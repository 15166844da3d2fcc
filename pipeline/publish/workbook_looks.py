"""How the cells of the workbook look."""

from __future__ import annotations

from typing import Any, NamedTuple


class Formats(NamedTuple):
    """How cells look. ``whole`` and ``broken``: numbers without and with a fraction."""

    title: Any
    heading: Any
    label: Any
    name: Any
    text: Any
    note: Any
    link: Any
    integer: Any
    whole: Any
    broken: Any
    date: Any
    moment: Any


def formats(book: Any) -> Formats:
    """The formats of an ``xlsxwriter.Workbook``."""
    top = {"valign": "top"}
    band = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E3EBF3", "border": 0}
    return Formats(
        title=book.add_format({"bold": True, "font_size": 16}),
        heading=book.add_format(band),
        label=book.add_format(band | top),
        name=book.add_format({"font_color": "#555555", "font_size": 9, "bottom": 1, "bg_color": "#E3EBF3"}),
        text=book.add_format(top | {"text_wrap": True}),
        note=book.add_format(top | {"italic": True, "font_color": "#9C2B00"}),
        link=book.add_format(top | {"font_color": "#0B5394", "underline": 1}),
        integer=book.add_format(top | {"num_format": "0"}),
        whole=book.add_format(top | {"num_format": "#,##0"}),
        broken=book.add_format(top | {"num_format": "#,##0.00##"}),
        date=book.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"}),
        moment=book.add_format(top | {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
    )
