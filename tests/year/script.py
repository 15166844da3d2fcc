"""What happens on which day: the year as data, and a month of it for each change of the code.

A line is a day (or ``first-last``), a source (``-``: none, or all) and what happens:

``edit NAME WORDS``   the page says something else from that day on (see ``edits``)
``fault NAME``        the site has a bad day, or an odd one (see ``faults``)
``layout NAME``       the page is set in another layout from that day on
``accept``            a person accepts what is withheld, after the day's run
``drift KIND``        the drift alarm that stands on that day; on no other day there may be one
``off``               the machine is off: no run
``killed``            the day's run is killed at work and begun again a minute later
``settings broken``   sources.toml has an unknown key that day
``clock DAYS``        the clock is wrong by so many days
``at HH:MM``          when the run begins, in Riga (else 06:30)
``twice``             a second run an hour later
``strict``            the run is told ``--strict``
``down hook|mail|admin``   a receiver takes nothing
``notify``            ``pasakumi notify`` after what else is done that day

What must come of it is told by ``ledger``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from tests.year.clock import RIGA
from tests.year.faults import FAULTS
from tests.year.ledger import SIZES

FIRST = datetime(2027, 9, 1, tzinfo=RIGA)
_FIRST_OF_MONTH = datetime(2027, 10, 16, tzinfo=RIGA)
_LAST_OF_MONTH, _LAST_OF_YEAR = 19, 365

MONTH = """
 1  vide      edit grow 1 500000
 1  kultura   edit slip 2 2
 1  skolas    fault 500
 2  kultura   fault moved
 2  zinatne   fault half
 2  zinatne   edit grow 3 150000
 2  veseliba  edit typo 4
 2  vide      layout accordion
 3  zinatne   edit slip 1 1
 3-15 veseliba fault 404
 3  veseliba  edit replace_contact 2 40
 3  -         down hook
 3  vide      fault cookie wall
 3  skolas    edit clear_out 6 7 8
 4  skolas    accept
 4  zinatne   edit narrate
 4  vide      layout pairs
 4  kultura   fault silent
 4  -         strict
 5-14 -       off
12  kultura   edit grow 1 -200000
# the night in which the clock is put back
15  -         at 03:30
15  -         twice
16  -         clock -30
16  vide      edit link 2 345
16  -         killed
17  -         clock 3
17  veseliba  edit renumber 5 25
18  -         settings broken
"""

YEAR = """
# autumn: ordinary edits, and each kind of bad day for the first time
 2  skolas    fault 500
 3  veseliba  fault 503
 4  zinatne   fault 403
 5  vide      fault 404
 6  kultura   fault 410
 8  skolas    fault silent
 9  veseliba  fault drips
10  zinatne   fault reset
11  vide      fault refused
12  kultura   fault cut
13  skolas    fault elsewhere
14  veseliba  fault circle
15  zinatne   fault robots forbids
16  vide      fault robots broken
17  kultura   fault half
18  skolas    fault half the measures
19  veseliba  fault shell
20  zinatne   fault without values
21  vide      fault error page
22  kultura   fault maintenance
23  skolas    fault cookie wall
24  veseliba  fault english
25  zinatne   fault empty
26  vide      fault moved
27  kultura   fault moved 308
28  skolas    fault robots is a page
29  veseliba  fault slow
30  zinatne   fault chunked
31  vide      fault gzip
17  -         strict
16  -         strict
# a page that moved for good
33-90 kultura fault moved
40  kultura   edit grow 2 250000
55  kultura   edit slip 3 2
# a long outage with edits during it
41-43 veseliba fault refused
44-52 veseliba fault 404
44  veseliba  edit grow 1 1000000
46  veseliba  edit slip 2 3
48  veseliba  edit add 12
50  veseliba  edit replace_contact 3 46
# the night in which the clock is put back: 31 October 2027
59  -         at 03:30
60  -         at 03:30
60  -         twice
61  -         at 03:30
# redesigns
64  skolas    layout accordion
70  vide      layout pairs
71  vide      edit grow 2 300000
76  zinatne   layout definitions
82  veseliba  layout details
88  kultura   layout bold
95  skolas    layout fields
# a real clear-out: withheld until a person says that it is right
97  skolas    edit clear_out 6 7 8
97  skolas    edit grow 1 700000
101 skolas    accept
101 -         notify
102 skolas    edit add 13
# receivers that are down
104-106 -     down hook
104 vide      edit slip 1 2
105 vide      edit grow 3 125000
108-109 -     down mail
108 vide      edit slip 2 1
109 zinatne   edit grow 2 400000
111-114 -     down admin
111-113 zinatne fault 503
# Christmas: the machine is off for a week, pages go on
113 kultura   edit renumber 4 24
115-121 -     off
116 vide      edit add 14
117 kultura   edit add 15
118 skolas    edit replace_contact 2 40
119 veseliba  edit select 2
122 -         strict
# a wreck that stays for two weeks, another one each day, with real edits behind it
126-139 vide  fault half the measures
130 vide      edit grow 4 -300000
135 vide      edit slip 4 -1
137-139 vide  fault maintenance
# a wreck, then an outage, then the page
143 zinatne   fault cookie wall
144-147 zinatne fault refused
145 zinatne   edit link 2 346
# killed at work, on a day with news
150 -         killed
150 skolas    edit slip 1 3
150 kultura   edit grow 1 555000
151 -         killed
155 -         settings broken
155 kultura   edit slip 1 1
156 -         settings broken
# the clock is wrong
160-163 -     clock -45
161 skolas    edit grow 2 222000
163 veseliba  edit slip 4 2
170 -         clock 3
170 vide      edit typo 5
171 vide      edit applicant 2 5
172 vide      edit grow 2 -90000
173 vide      edit slip 3 1
# a leap day: 29 February 2028
180 skolas    edit grow 3 290000
181 skolas    edit slip 3 1
182 skolas    edit grow 3 -290000
# accepted between two runs, nobody calls notify
185 zinatne   edit clear_out 4 5
188 zinatne   accept
189 zinatne   edit grow 1 333000
# the hour that is left out: 26 March 2028
206 -         at 03:30
207 -         at 03:30
207 -         twice
208 -         at 03:30
# contacts vanish one by one; after five weeks of working days that is what is usual
215 vide      edit drop_contact 1
217 vide      edit drop_contact 2
219 vide      edit drop_contact 3
219-245 vide  drift field_lost
# redesigns again, there and back
225 skolas    layout inline
228 skolas    layout rows
231 skolas    layout breaks
234 skolas    layout panels
237 skolas    layout nested
240 skolas    layout flat
243 skolas    layout headings
228 skolas    edit typo 1
# everything is down at once
250-253 skolas fault 503
250-253 veseliba fault refused
250-253 zinatne fault 403
250-253 vide  fault robots broken
250-253 kultura fault reset
251 vide      edit remove 8
# a fortnight of another bad day each
260-262 skolas fault english
263-264 skolas fault half
265-266 skolas fault empty
267 skolas    fault error page
268 skolas    fault 500
269 skolas    fault shell
262 skolas    edit reword 4
# many changes in one run
275-276 -     off
275 kultura   edit grow 1 110000
275 kultura   edit slip 2 1
275 vide      edit grow 1 120000
275 vide      edit slip 2 1
275 zinatne   edit grow 1 130000
275 zinatne   edit slip 2 1
275 skolas    edit grow 1 140000
275 skolas    edit slip 2 1
275 veseliba  edit grow 1 150000
275 veseliba  edit slip 2 1
276 veseliba  edit typo 5
# a long holiday
300-306 -     off
303 veseliba  edit grow 2 210000
320-326 kultura fault robots forbids
322 kultura   edit narrate
340 zinatne   edit renumber 6 36
350-352 veseliba fault without values
351 veseliba  edit remove 7
"""


class Happening(NamedTuple):
    """One thing on one day; ``words`` after the first, which says what it is."""

    source: str
    what: str
    words: tuple[str, ...]


class Day(NamedTuple):
    """``moments``: when runs begin, by a right clock; none where the machine is off. ``shift``: by how much
    the clock is wrong. ``fresh``: what pages print of themselves (counters, tokens, quotation marks) is other
    than before."""

    number: int
    date: datetime
    moments: tuple[datetime, ...]
    shift: timedelta
    fresh: bool
    happenings: tuple[Happening, ...]

    def of(self, what: str) -> list[Happening]:
        return [one for one in self.happenings if one.what == what]

    def has(self, what: str) -> bool:
        return bool(self.of(what))


def read(text: str) -> dict[int, list[Happening]]:
    """The lines of a script by day."""
    days: dict[int, list[Happening]] = defaultdict(list)
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            when, source, what, *words = line.split()
            first, _, last = when.partition("-")
            if what == "fault":
                words = [" ".join(words)]
                assert words[0] in FAULTS, line
            assert source in {"-", *SIZES}, line
            for number in range(int(first), int(last or first) + 1):
                days[number].append(Happening(source, what, tuple(words)))
    return days


def filled(days: dict[int, list[Happening]], last: int, seed: int = 1) -> dict[int, list[Happening]]:
    """The same with an edit on two of five days, to pages that have nothing else that day and are well."""
    rng = Random(seed)  # noqa: S311
    for number in range(1, last + 1):
        here = days[number]
        if rng.random() < 0.6 or any(one.what in ("off", "settings", "killed", "clock") for one in here):
            continue
        source = rng.choice(sorted(SIZES))
        if any(one.source == source for one in here):
            continue
        measure = str(rng.choice((1, 2, 3)))
        edit = rng.choice((
            ("grow", measure, str(rng.choice((-1, 1)) * rng.randrange(1_000, 300_000))),
            ("slip", measure, rng.choice(("-1", "1", "2"))),
            ("typo", measure), ("reword", measure), ("narrate",), ("select", measure),
        ))  # fmt: skip
        here.append(Happening(source, "edit", edit))
    return days


def days(
    happenings: dict[int, list[Happening]],
    last: int,
    first: datetime = FIRST,
    fresh: Callable[[datetime], bool] = lambda _: True,
) -> Iterator[Day]:
    """Each day up to the last, the first being the baseline."""
    for number in range(last + 1):
        here = tuple(happenings.get(number, ()))
        date = first + timedelta(days=number)
        words = [one.words for one in here if one.what == "at"] or [("06:30",)]
        begin = datetime.combine(date, time.fromisoformat(words[0][0]), RIGA)
        names = {one.what for one in here}
        moments = [begin] if "off" not in names else []
        if "twice" in names:
            # by the clock that goes on: an hour later it may be the same hour again
            moments.append(datetime.fromtimestamp(begin.timestamp() + 3600, RIGA))
        shift = next((timedelta(days=int(one.words[0])) for one in here if one.what == "clock"), timedelta())
        yield Day(number, date, tuple(moments), shift, fresh(date), here)


def month() -> Iterator[Day]:
    """The short form: pages are touched every third day."""
    return days(read(MONTH), _LAST_OF_MONTH, _FIRST_OF_MONTH, lambda date: date.day % 3 == 0)


def year() -> Iterator[Day]:
    """From 1 September 2027 to 31 August 2028: pages are touched on working days."""
    happenings = filled(read(YEAR), _LAST_OF_YEAR)
    return days(happenings, _LAST_OF_YEAR, fresh=lambda date: date.weekday() < 5)
