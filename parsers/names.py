"""Who is named in a stretch of a contact line: a person, otherwise the body (ministry, unit, service).

There is no list of people's names: a person is two to four capitalised words side by side of which none
is an institution, a function or a label. The lists below are beginnings of words, small letters without
diacritics; extend them by adding one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from parsers.memos import memo
from parsers.quotes import MARKS
from parsers.vocabulary import fold_word


class Name(NamedTuple):
    """A name and where it stands; ``person`` is False for a body."""

    text: str
    start: int
    end: int
    person: bool


# Words that are, or begin the name of, a body. A full stop ends a word whose ending matters.
BODIES = tuple(
    "ministrij agentur parvald dienest centr departament nodal dala. dalas. sektor iestad institucij "
    "kancelej biroj padom komisij direkcij inspekcij dome. domes. fonds. fonda. fondu. fondam. savienib "
    "biedrib asociacij universitat augstskol akademij koledz institut tehnikum skola. skolas. vidusskol "
    "pasvaldib novads. novada. pilseta. pilsetas. valsts. republik latvijas. eiropas. banka. uznemum "
    "sabiedrib organizacij sekretariat parstavniec grupa. komanda. tiesa. apvienib region slimnic muzej "
    "bibliotek policij aparat. division department ministry agency office unit. centre center service "
    "board. council fund. apkalposan".split()
)
# Words that say what somebody does; the name stands beside them.
FUNCTIONS = tuple(
    "vaditaj direktor ekspert specialist referent konsultant koordinator sekretar. sekretars. "
    "sekretare. priekssedet prieksniek vietniek ministrs. ministre. padomniek inspektor analitik jurist "
    "prezident asistent metodik gramatved administrator menedzer parstav. parstavis. parstave. "
    "darbiniek atbildig lietved kurator redaktor vecak. vecaka. vecakais. galvena. galvenais. "
    "kontaktperson manager head. officer adviser advisor director deputy secretary press. acting chief. "
    "coordinator councillor counsellor".split()
)
# Words that label, introduce or say something else; never part of a name.
LABELS = tuple(
    "tal. tel. talr talrun telef mob. mobil e-past epast past. pasts. e-mail email mail. kontakt "
    "informacij jautaj pieteik pieteic zvan rakst adrese. adreses. iela. ielas. prospekt bulvar laukum "
    "plasak papild sikak vairak ludzam. ludzu. par. un. vai. ar. no. pie. uz. lidz. tas. sis. so. pec. "
    "projekt pasakum registrac faks fax. interes uzzin darba. laiks. laika. bezmaks numur majas. www. "
    "http. https. kungs. kundze. dr. mag. mg. bc. ing. reg. prof. pa. lv. nr. iesnieg oficial phone info. "
    "contact skype whatsapp address street jpg. pdf. docx. kab. kabinet konsultac programm "
    "pirmdien otrdien tresdien ceturtdien piektdien sestdien svetdien "
    "monday tuesday wednesday thursday friday".split()
)
# Legal forms in front of a quoted name.
_FORMS = frozenset({"SIA", "AS", "VAS", "VSIA", "A/S"})
_PARTICLES = frozenset({"van", "von", "der", "den", "de", "di", "da", "la", "le"})
_OF = frozenset({"of", "for"})
_CONNECTORS = frozenset({"un", "and", "of", "&"})
_GENITIVE = ("as", "es", "u")

_TOKEN = re.compile(r"&|[^\W\d_]+(?:[-’'][^\W\d_]+)*(?:\.(?![^\W\d_]))?")
_ENDS = r",;:!?()\[\]{}|/<>•·\n\t\d@+"
# It begins with one class of characters, which lets the search skip everything else quickly.
_PIECE_END = re.compile(
    rf"[{_ENDS}\s.–—-](?:(?<=[{_ENDS}])|(?<=\s)[–—-]+\s?|(?<=^[–—-])\s?|(?<=[^\W\d_]{{4}}\.)(?=\s|$))"
)
_MARK = re.compile('[„“”"«]')
_QUOTED_BODY = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_FORMS))}|[Bb]iedrība|[Nn]odibinājums)\s[„“\"«][^\n„“”\"«»]{{1,80}}[”“\"»]"
)
_ADDRESS = re.compile(r"\biela|street|prospekts|bulvāris|laukums|LV\s?-\s?$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s._-]+")
_MAX_WORDS = 4
# Words after a name in which its function or body is looked for.
_MAX_FUNCTION = 12
_LONGEST_BODY = 90
_LONGEST_GAP = 30


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    shape: str
    role: str


# As ``_Token(…)``, at a third of its cost.
_token_of = partial(tuple.__new__, _Token)


def find(text: str, start: int, end: int, *, leads: bool) -> list[Name]:
    """The names in ``text[start:end]``, a stretch without telephone numbers and e-mail addresses.

    Every person; where there is none, the body, if any. ``leads``: the stretch opens a line, so that
    one capitalised word or abbreviation alone may name a body too.
    """
    if end - start <= _LONGEST_GAP and _names_nobody(text[start:end]):
        return []
    spans = list(_pieces(text, start, end))
    pieces = [tokens for span in spans if (tokens := _tokens(text, *span))]
    if not pieces:
        return []
    people = [name for tokens in pieces for name in _people(text, tokens)]
    if people:
        return people
    quoted = _MARK.search(text, start, end) and _QUOTED_BODY.search(text, start, end)
    if quoted:
        return [Name(quoted[0], *quoted.span(), person=False)]
    with_head = next((body for tokens in pieces if (body := _body_by_head(text, tokens))), None)
    if with_head is not None:
        return [with_head]
    is_address = any(_ADDRESS.search(text, *span) for span in spans)
    by_shape = _body_by_capitals if leads and not is_address else _body_by_abbreviation
    return [body for tokens in reversed(pieces) if (body := by_shape(text, tokens))][:1]


# The same few words stand between a name, a number and an address.
@memo(4096)
def _names_nobody(gap: str) -> bool:
    """No capital, no quotation and no word for a body, as in ``, e-pasts:``."""
    if gap != gap.lower() or _MARK.search(gap) is not None:
        return False
    return not any(_role(word.rstrip(".")) == "body" for word in _TOKEN.findall(gap))


def belongs_to(email: str, name: str) -> bool:
    """Whether the part before the at is made of this name: ``anna.ozola@``, ``aozola@``, ``anna@``."""
    local = email.partition("@")[0]
    parts = words(name)
    return any(part in fold(local) for part in parts[1:]) or not set(parts[:1]).isdisjoint(words(local))


def words(name: str) -> list[str]:
    """The words of a name or of an address before its at, small letters without diacritics."""
    return [word for word in _BETWEEN_WORDS.split(fold(name)) if len(word) > 1]


@memo(8192)
def fold(word: str) -> str:
    """Small letters without diacritics."""
    folded = fold_word(word)
    if folded.isascii():  # as it is of every Latvian word
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _PIECE_END.finditer(text, start, end):
        if mark.start() > at:
            yield at, mark.start()
        at = mark.end()
    if at < end:
        yield at, end


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    if _ADDRESS.search(text, start, end):
        return []
    return [_token(match) for match in _TOKEN.finditer(text, start, end)]


def _token(match: re.Match[str]) -> _Token:
    word = match[0]
    bare = word.rstrip(".")
    if len(bare) == 1 and bare.isupper() and word.endswith("."):
        shape = "initial"
    elif bare.isupper() and len(bare) > 1:
        shape = "capitals"
    else:
        shape = "capitalised" if bare[0].isupper() else "small"
    start = match.start()
    return _token_of((bare if shape != "initial" else word, start, start + len(bare), shape, _role(bare)))


def _by_stem() -> tuple[dict[str, int], dict[str, int], int]:
    """The places in ``_ROLES`` of whole words and of beginnings of words, and the longest of those."""
    whole: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    for place, stems in enumerate((LABELS, FUNCTIONS, BODIES)):
        for stem in stems:
            among = whole if stem.endswith(".") else beginnings
            among.setdefault(stem.removesuffix("."), place)
    return whole, beginnings, max(map(len, beginnings))


_ROLES = ("label", "function", "body", "")
_NO_ROLE = len(_ROLES) - 1
_WHOLE, _BEGINNINGS, _LONGEST_BEGINNING = _by_stem()


@memo(8192)
def _role(word: str) -> str:
    """By looking up each beginning of the word, which is quicker than asking for each of the stems."""
    folded = fold(word)
    place = _WHOLE.get(folded, _NO_ROLE)
    for size in range(1, min(len(folded), _LONGEST_BEGINNING) + 1):
        place = min(place, _BEGINNINGS.get(folded[:size], _NO_ROLE))
    return _ROLES[place]


def _people(text: str, tokens: list[_Token]) -> Iterator[Name]:
    at = 0
    while at < len(tokens):
        if not _may_be_of_person(tokens[at]):
            at += 1
            continue
        run = _run(text, tokens, at)
        named_after = at > 0 and tokens[at - 1].text in _OF  # Ministry of Foreign Affairs
        if not named_after and _is_person(run, tokens[at + len(run) : at + len(run) + _MAX_FUNCTION]):
            yield Name(text[run[0].start : run[-1].end], run[0].start, run[-1].end, person=True)
        at += max(1, len(run))


def _run(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """The words of a name from here on: with nothing but a space between them."""
    run: list[_Token] = []
    for token in tokens[at : at + _MAX_WORDS]:
        if run and (text[run[-1].end : token.start].strip(" .\u00a0") or _is_attribute(run, token)):
            break
        if not _may_be_of_person(token) and not (run and token.text.lower() in _PARTICLES):
            break
        run.append(token)
    while run and not _may_be_of_person(run[-1]):
        run.pop()
    return run


def _is_attribute(run: list[_Token], token: _Token) -> bool:
    """The genitive of a unit behind a whole name: ``Anna Ozola Izglītības departaments``."""
    return len(run) >= 2 and token.text.endswith(("as", "es", "u"))


def _may_be_of_person(token: _Token) -> bool:
    if token.role:
        return False
    return token.shape in {"capitalised", "initial"} or (token.shape == "capitals" and len(token.text) > 4)


def _is_person(run: list[_Token], rest: list[_Token]) -> bool:
    """Two words or more, not an attribute (``Rīgas Stradiņa universitāte``, ``Zemgales Attīstības …``)."""
    words = [token for token in run if token.shape not in {"initial", "small"}]
    if len(run) < 2 or not words or len({token.shape for token in words}) > 1:
        return False
    if run[0].text.endswith(("as", "es", "ās")) and len(run[0].text) > 4:
        return False
    for token in rest:
        if token.shape != "small" or token.role == "function":
            return True
        if token.role == "body":
            return False
    return True


def _body_by_head(text: str, tokens: list[_Token]) -> Name | None:
    """The phrase that ends with a body's own word or a function in it: ``CFLA klientu centrs``."""
    heads = [at for at, token in enumerate(tokens) if token.role in {"body", "function"}]
    if not any(tokens[at].role == "body" for at in heads):
        return None
    last = _past_of(tokens, heads[-1])
    first = _opening(tokens, last)
    if first is None:
        first = next(at for at in heads if tokens[at].role == "body")
        while first > 0 and not tokens[first - 1].role:
            first -= 1
        if first > 0 and _is_of_body(text, tokens[first - 1], tokens[first]):
            first -= 1
    return _body(text, tokens[first], tokens[last])


def _is_of_body(text: str, word: _Token, after: _Token) -> bool:
    """The genitive that opens a body's name, of a word that as another form is a label (``Informācijas
    centrs``, ``Darba tirgus departaments``)."""
    if word.shape != "capitalised" or after.shape != "small" or word.text.startswith("Papild"):
        return False
    beside = after.start - word.end == 1 and text[word.end].isspace()
    return beside and (word.text.endswith(_GENITIVE) or word.text == "Darba")


def _past_of(tokens: list[_Token], at: int) -> int:
    """The last word of ``Ministry of Foreign Affairs`` where ``Ministry`` is at this place."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in _OF:
        return at
    last = at + 2
    while last + 1 < len(tokens) and (_opens(tokens[last + 1]) or tokens[last + 1].text in _CONNECTORS):
        last += 1
    return last if _opens(tokens[last]) else at


def _opening(tokens: list[_Token], at: int) -> int | None:
    """The first word of the phrase that goes on to this place: the nearest capital before it, further
    back over capitals side by side, ``un`` between two, and the body that it is a unit of."""
    first = next((place for place in range(at, -1, -1) if _opens(tokens[place])), None)
    while first:
        back = 2 if first > 1 and tokens[first - 1].text in _CONNECTORS else 1
        before = tokens[first - back]
        if _opens(before):
            first -= back
        elif before.role == "body" and (earlier := _opening(tokens, first - back)) is not None:
            return earlier
        else:
            break
    return first


def _opens(token: _Token) -> bool:
    return token.shape in {"capitalised", "capitals"} and token.role != "label"


def _body_by_capitals(text: str, tokens: list[_Token]) -> Name | None:
    """The last run of capitalised words: ``RMM Lasītava``; one alone only where the piece says no more."""
    last = next((at for at in range(len(tokens) - 1, -1, -1) if _opens(tokens[at])), None)
    if last is None:
        return None
    first = last
    while first > 0 and _opens(tokens[first - 1]):
        first -= 1
    alone = first == last and tokens[last].shape == "capitalised"
    others = [token for token in tokens if token is not tokens[last]]
    if alone and (len(tokens[last].text) == 1 or any(not token.role for token in others)):
        return None
    if alone and last + 1 < len(tokens) and tokens[last].text.endswith(_GENITIVE):
        # ``Uzņēmējdarbības konsultācijas``: what it is an attribute of is no body.
        return None
    return _body(text, tokens[first], tokens[last])


def _body_by_abbreviation(text: str, tokens: list[_Token]) -> Name | None:
    """``CFLA``, ``Bauskas TIC``: the last abbreviation, with the place before it."""
    last = next((at for at in range(len(tokens) - 1, -1, -1) if _abbreviates(tokens[at])), None)
    if last is None:
        return None
    of_place = last > 0 and _opens(tokens[last - 1]) and tokens[last - 1].text.endswith(("as", "es", "u"))
    return _body(text, tokens[last - of_place], tokens[last])


def _abbreviates(token: _Token) -> bool:
    return token.shape == "capitals" and not token.role


def _body(text: str, first: _Token, last: _Token) -> Name | None:
    """The words from one to the other, to the end of a quotation that opens in or behind them."""
    end = last.end
    tail = text[end : end + _LONGEST_BODY].partition("\n")[0]
    marks = [at + 1 for at, character in enumerate(tail) if character in MARKS]
    within = sum(character in MARKS for character in text[first.start : end])
    if within % 2 and marks:
        end += marks[0]
    elif last.text in _FORMS and len(marks) > 1 and not tail[: marks[0] - 1].strip():
        end += marks[1]
    if end - first.start > _LONGEST_BODY:
        return None
    return Name(text[first.start : end], first.start, end, person=False)
