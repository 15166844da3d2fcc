"""How somebody is reached: telephone numbers and e-mail addresses in text, however they are printed.

Telephone numbers of Latvia have eight digits: 2 opens a mobile, 6 a fixed, 80 and 81 a freephone and
shared-cost, 90 a premium line (the national numbering plan). They are read without the library
``phonenumbers``, whose import costs more than a page does; only foreign numbers are put to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from parsers import names


class Means(NamedTuple):
    """A telephone number in E.164 or an e-mail address, and where it is printed."""

    value: str
    start: int
    end: int


_GAP = r"[ \u00a0\u2007\u2009\u202f.\-\u2010\u2011–]"
_PHONE = re.compile(
    rf"(?<![\w+])(?<!\d\.)(?<![^\W\d][/-])"
    rf"(?P<prefix>\(?\s?(?:\+|00)\s?\(?371\)?\)?{_GAP}{{0,3}}|\(371\){_GAP}{{0,3}}|371{_GAP}{{1,2}}|371(?=\d{{8}}))?"
    rf"(?P<number>\(?[2689](?:{_GAP}{{0,2}}(?:\){_GAP}?)?\d){{7}})(?!\d|\.\d|-[^\W\d])"
)
_FOREIGN = re.compile(r"(?<![\w+])(?:\+ ?|00(?=[1-9]))(?!371)[1-9](?:[ \u00a0().\-/]{0,2}\d){6,14}(?!\d)")
_FOREIGN_CODE = re.compile(r"\+ ?(?!371)\d{1,3}\)?[ \u00a0(-]{0,3}\Z")  # of a country before the number
# Both say quickly that a text has nothing: a search for a set of characters costs little.
_MAY_HAVE_PHONE = re.compile(r"\d(?:\D{0,4}\d){6}")
_MAY_HAVE_EMAIL = re.compile(r"@|[\[({\s](?:[AaEe][Tt]|ät)[\])}\s]")
_DATE = re.compile(
    r"\d{1,2}[.\-–]\s?\d{1,2}[.\-–]\s?(?:19|20)\d\d$"
    r"|(?:19|20)\d\d[.\-–]\s?\d{1,2}[.\-–]\s?\d{1,2}$"
    r"|(?:19|20)\d\d\D{1,3}(?:19|20)\d\d$"
)
_ROUND_AMOUNT = re.compile(r"\d{2}(?:[ \u00a0.]\d{3}){2}(?<=00)$")
_THEN_EMAIL = re.compile(
    r"[\s,;|/–-]{1,3}(?:e-pasts:? )?[\w.+%-]{1,64}(?:@|\s?[\[({]at[\])}])", re.IGNORECASE
)
_NO_DIGIT = re.compile(r"\D+")
_MORE_DIGITS = re.compile(r"[ \u00a0]\d")
_MONEY = re.compile(r"\s?(?:,\d\d\b|\*|€|EUR|eur[ou]|eiro|LVL|Ls\b|lat[iu]|%|milj|tūkst)", re.IGNORECASE)
_LABEL = r"\b(?:kontakt)?(?:t[āae]l\w*|mob\w*|phone\w*|zvan\w*|t\.|[tm]\.?:)"
_SAYS_PHONE = re.compile(rf"(?:{_LABEL}|☎|📞)[^\d\n]{{0,25}}$", re.IGNORECASE)
_SAYS_OTHER = re.compile(
    r"(?:€|EUR|finansējum\w*|summ\w*|budžet\w*|apmēr\w*|kont[sau]\b|nmr|pvn)[^\d\n]{0,12}$"
    r"|\b(?:reģ\w*|kod[su])[^\d\n]{0,20}$"
    r"|\bnr\.?\s?$"
    r"|(?:līgum|lēmum|protokol|projekt|rīkojum)\w*\s?(?:nr|numur)[^\d\n]{0,6}$",
    re.IGNORECASE,
)
_FAX = r"fa(?:ks|x)\w*"
_SAYS_FAX = re.compile(rf"(?:{_FAX}|\bf\.)[^\d\n]{{0,12}}$", re.IGNORECASE)
_SAYS_BOTH = re.compile(rf"{_LABEL}\W{{1,4}}(?:un\s|vai\s)?{_FAX}[^\d\n]{{0,12}}$", re.IGNORECASE)
_FAX_AFTER = re.compile(rf"\s?[(–-]\s?{_FAX}", re.IGNORECASE)
_LOOK_BACK = 40
# What stands before the seven digits that are looked for at first: ``( +(371) - ``, no more.
_LONGEST_PREFIX = 20
_LONGEST_LEAD = 120

_AT = re.compile(
    r"\s?@\s?|\s?[\[({]\s?(?:[Aa]t|AT|[Ee]t|ET|ät|@)\s?[\])}]\s?|\s(?:AT|ET)\s"
    r"|\s(?:at|et)\s(?=[\w-]{1,40}\s(?:dot|DOT|punkts)\s)"
)
_DOT = re.compile(r"\.|\s?[\[({]\s?(?:\.|dot|DOT|punkts)\s?[\])}]\s?|\s(?:DOT|dot|punkts)\s")
_DOT_BEFORE = re.compile(rf"(?:{_DOT.pattern})$")
_LOCAL_SIGNS = frozenset("_+%'’-")
# The part before the at of most addresses, in one step; what is hidden from machines is read by character.
_PLAIN_LOCAL = re.compile(r"(?:[\w+%'’-]++\.)*+[\w+%'’-]++")
_LABEL_OF_DOMAIN = re.compile(r"\w(?:[\w-]{0,61}\w)?")
_TOP_LEVEL = re.compile(r"[a-z]{2,24}", re.IGNORECASE)
_LONGEST_LOCAL = 64
# How addresses are made, or a word put in to mislead machines: nobody's address.
_NOBODYS = re.compile(
    r"v[āa]rds[._-]?uzv[āa]rds|name[._-](?:sur|last)name|first(?:name)?[._-]last(?:name)?"
    r"|\S*?(?:nospam|no-spam|removethis|izdzest)\S*",
    re.IGNORECASE,
)


def phones(text: str) -> list[Means]:
    """Telephone numbers in a text, in its order; a number said to be a fax is left out.

    Registration and account numbers, amounts, dates, years and postcodes are none.
    """
    digits = _MAY_HAVE_PHONE.search(text)
    if digits is None:
        return []
    found = [
        *_latvian(text, max(digits.start() - _LONGEST_PREFIX, 0)),
        *(_foreign(text) if "+" in text or "00" in text else ()),
    ]
    return sorted(found, key=lambda means: means.start)


def emails(text: str) -> list[Means]:
    """E-mail addresses in a text, in its order; those hidden from machines too
    (``anna.ozola[at]izm.gov.lv``, ``anna.ozola AT izm DOT gov DOT lv``)."""
    found: list[Means] = []
    first = _MAY_HAVE_EMAIL.search(text)
    if first is None:
        return found
    # White space, a bracket and white space may stand before it.
    for at in _AT.finditer(text, max(first.start() - 3, 0)):
        address = _email_around(text, at, floor=found[-1].end if found else 0)
        if address is not None:
            found.append(address)
    return found


def from_link(href: str) -> tuple[str | None, str | None]:
    """Telephone number and e-mail address that a link leads to (``tel:``, ``mailto:``), None for neither."""
    scheme, _, rest = href.strip().partition(":")
    rest = unquote(rest).split("?")[0].removeprefix("//").strip()
    numbers = phones(rest) if scheme.lower() in {"tel", "callto"} else []
    addresses = emails(rest) if scheme.lower() == "mailto" else []
    return numbers[0].value if numbers else None, addresses[0].value if addresses else None


def _latvian(text: str, first: int) -> Iterator[Means]:
    """Numbers from the character ``first`` on."""
    last_end = 0
    for match in _PHONE.finditer(text, first):
        digits = _NO_DIGIT.sub("", match["number"])
        before = text[max(last_end, match.start() - _LOOK_BACK) : match.start()]
        if not _is_number(text, match, digits, before, follows_phone=0 < last_end >= match.start() - 2):
            continue
        last_end = match.end()
        if not _is_fax(text, match, before):
            printed = match[0] if match[0].count("(") == match[0].count(")") else match[0].lstrip(" (")
            yield Means("+371" + digits, match.end() - len(printed.lstrip()), match.end())


def _is_number(text: str, match: re.Match[str], digits: str, before: str, *, follows_phone: bool) -> bool:
    number = match["number"]
    if digits[0] in "89" and digits[1] not in "01":
        return False
    if match["prefix"] is not None:
        return True
    if _FOREIGN_CODE.search(before) or _DATE.match(number) or _MONEY.match(text, match.end()):
        return False
    if _SAYS_PHONE.search(before):
        return True
    if digits[0] == "9" or _SAYS_OTHER.search(before):
        return False
    return number.isdecimal() or _stands_alone(text, match, follows_phone=follows_phone)


def _stands_alone(text: str, match: re.Match[str], *, follows_phone: bool) -> bool:
    """Not a stretch of a longer number printed in groups, such as an account, nor a round amount."""
    if _ROUND_AMOUNT.match(match["number"]) and not _is_of_somebody(text, match):
        return False
    if _MORE_DIGITS.match(text, match.end()) and not _PHONE.match(text, match.end() + 1):
        return False
    return follows_phone or not text[max(0, match.start() - 2) : match.start()].rstrip()[-1:].isdecimal()


def _is_of_somebody(text: str, match: re.Match[str]) -> bool:
    """A person stands before the number on its line, or an e-mail address right behind it."""
    if _THEN_EMAIL.match(text, match.end()):
        return True
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST_LEAD)
    return any(name.person for name in names.find(text, start, match.start(), leads=True))


def _is_fax(text: str, match: re.Match[str], before: str) -> bool:
    said = _SAYS_FAX.search(before) is not None and _SAYS_BOTH.search(before) is None
    return said or _FAX_AFTER.match(text, match.end()) is not None


def _foreign(text: str) -> Iterator[Means]:
    for match in _FOREIGN.finditer(text):
        value = _international(match[0])
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if value is not None and not _is_fax(text, match, before):
            yield Means(value, *match.span())


def _international(printed: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(printed, "LV")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email_around(text: str, at: re.Match[str], *, floor: int) -> Means | None:
    start = _local_start(text, at.start(), floor)
    local = _DOT.sub(".", text[start : at.start()])
    domain, end = _domain(text, at.end())
    lopsided = at[0].startswith(" ") and at[0].endswith("@") and "." not in local
    if not local or not domain or lopsided or _NOBODYS.fullmatch(local):
        return None
    return Means(f"{local}@{domain}", start, end)


def _local_start(text: str, end: int, floor: int) -> int:
    """Where the part before the at begins: back over its characters and dots, written out or not."""
    floor = max(floor, end - _LONGEST_LOCAL)
    word = text.rfind(" ", floor, end) + 1
    start = word if word and _PLAIN_LOCAL.fullmatch(text, word, end) else end
    while start > floor:
        if _is_local(text[start - 1]):
            start -= 1
            continue
        dot = _DOT_BEFORE.search(text, max(floor, start - 9), start)
        if dot is None or start == end or not _is_local(text[max(dot.start() - 1, 0)]):
            break
        start = dot.start()
    while start < end and not text[start].isalnum():
        start += 1
    return start


def _is_local(character: str) -> bool:
    return character.isalnum() or character in _LOCAL_SIGNS


def _domain(text: str, start: int) -> tuple[str, int]:
    """The domain that begins here and its end, to the last label that can be a top-level one."""
    labels: list[str] = []
    domain, domain_end = "", start
    while len(labels) < 8 and (label := _LABEL_OF_DOMAIN.match(text, start)) is not None:
        if labels and label[0].istitle() and labels[-1].islower():
            break
        labels.append(label[0])
        if len(labels) > 1 and _TOP_LEVEL.fullmatch(label[0]):
            domain, domain_end = ".".join(labels), label.end()
        dot = _DOT.match(text, label.end())
        if dot is None:
            break
        start = dot.end()
    return domain, domain_end
