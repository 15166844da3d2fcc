"""Links of contacts that lead elsewhere than they say: ``anna@…`` over ``mailto:janis@…``.

What is printed is the value; that a click reaches somebody else should be known.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers import means
from parsers.memos import memo
from parsers.records import Anchor, Span

_SCHEMES = ("mailto:", "tel:", "callto:")


@memo(1024)
def misleading(text: str, anchors: Sequence[Anchor]) -> tuple[Span, ...]:
    """The links of ``text`` that print a number or address and lead to another one."""
    return tuple(
        Span(anchor.start, anchor.end)
        for anchor in anchors
        if anchor.href.lower().startswith(_SCHEMES)
        and _misleads(text[anchor.start : anchor.end], anchor.href)
    )


def _misleads(words: str, href: str) -> bool:
    phone, email = means.from_link(href)
    printed = {found.value for found in means.phones(words)}
    addresses = {found.value.lower() for found in means.emails(words)}
    if phone is not None and printed and phone not in printed:
        return True
    return email is not None and bool(addresses) and email.lower() not in addresses
