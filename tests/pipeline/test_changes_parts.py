"""What is told of the inside of a measure that was split into rounds, and of rounds that were merged."""

from __future__ import annotations

import pytest

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.changes.written import sentence

APPROVED = "2024. gada IV cet. – MK noteikumu apstiprināšana"
ENDS = "31.12.2026. – projekta īstenošanas noslēgums"
ONE, TWO = "8.9.1.1. pasākuma 1. kārtas (8.9.1.1/1)", "8.9.1.1. pasākuma 2. kārtas (8.9.1.1/2)"


def start(when: str) -> tuple[str, ...]:
    return APPROVED, f"{when} – atlases uzsākšana", ENDS


def measure(
    steps: tuple[str, ...],
    money: str = "3 000 000",
    round_number: int | None = None,
    who: tuple[str, ...] = ("Pašvaldības",),
    selection: str = "Ierobežota projektu iesniegumu atlase",
) -> str:
    fields = {
        "Plānotais ES fondu finansējums (eiro)": (money,),
        "Atbalsta mērķis": ("Nodrošināt telpu pielāgošanu bibliotēkām un muzejiem.",),
        "Projektu iesniedzēji": who,
        "Pasākuma laika grafiks": steps,
        "Projektu atlases veids": (selection,),
    }
    body = "".join(
        f"<h4>{label}</h4>" + "".join(f"<p>{line}</p>" for line in some) for label, some in fields.items()
    )
    which = f" {round_number}.kārta" if round_number else ""
    return f"<h3>8.9.1.1. pasākums “Lasīšanas veicināšana visā Latvijā”{which}</h3>{body}"


def rounds(first: tuple[str, ...], second: tuple[str, ...], **of_second: object) -> str:
    return measure(first, "1 000 000", 1) + measure(second, "2 000 000", 2, **of_second)  # type: ignore[arg-type]


def told(old: str, new: str) -> list[str]:
    before, after = (parse_page(f"<main><h1>Atbalsts</h1>{body}</main>", None) for body in (old, new))
    first, *rest = diff(before, after)
    assert first.kind in {"measure_split", "measure_merged"}
    return [sentence(one, "lv").replace("\u00a0", " ") for one in rest]


Q1, Q3, NEXT = start("2025. gada I cet."), start("2025. gada III cet."), start("2026. gada I cet.")
WHOLE = measure(Q1)
MOVED = (
    "atlases uzsākšana pārcelta no 2025. gada 1. ceturkšņa uz 2025. gada 3. ceturksni (par 181 dienu vēlāk)"
)


@pytest.mark.parametrize(
    ("why", "old", "new", "expected"),
    [
        ("nothing else", WHOLE, rounds(Q1, Q1), []),
        ("both slip", WHOLE, rounds(Q3, Q3), [f"{ONE} {MOVED}", f"{TWO} {MOVED}"]),
        ("one keeps its start, the other has one of its own", WHOLE, rounds(Q1, NEXT), [
            f"{TWO} laika grafiks papildināts: atlases uzsākšana 2026. gada 1. ceturksnī",
        ]),
        ("none keeps it: the nearest slipped", WHOLE, rounds(Q3, NEXT), [
            f"{ONE} {MOVED}",
            f"{TWO} laika grafiks papildināts: atlases uzsākšana 2026. gada 1. ceturksnī",
        ]),
        ("no part has it", WHOLE, rounds((APPROVED, ENDS), (APPROVED, ENDS)), [
            "No 8.9.1.1. pasākuma laika grafika svītrota atlases uzsākšana (iepriekš – 2025. gada "
            "1. ceturksnī)",
        ]),
        ("a part without a schedule has lost nothing", WHOLE, rounds(Q1, ()), []),
        ("made precise in both", WHOLE, rounds(start("15.02.2025."), start("2025. gada martā")), [
            f"{ONE} atlases uzsākšanas laiks precizēts: 2025. gada 15. februārī (iepriekš – 2025. gada "
            "1. ceturksnī)",
            f"{TWO} atlases uzsākšanas laiks precizēts: 2025. gada martā (iepriekš – 2025. gada "
            "1. ceturksnī)",
        ]),
        ("who may apply, and how", WHOLE, rounds(
            Q1, Q1, who=("Pašvaldības", "Biedrības"), selection="Atklāta projektu iesniegumu atlase"), [
            f"{TWO} projektu iesniedzēju saraksts papildināts: „Biedrības”",
            f"{TWO} projektu atlases veids mainīts no ierobežotas uz atklātu atlasi",
        ]),
        ("merged, with the start of the first", rounds(Q1, NEXT), WHOLE, [
            f"No {TWO} laika grafika svītrota atlases uzsākšana (iepriekš – 2026. gada 1. ceturksnī)",
        ]),
        ("merged, and open no more", rounds(
            Q1, Q1, selection="Atklāta projektu iesniegumu atlase"), WHOLE, [
            f"{TWO} projektu atlases veids mainīts no atklātas uz ierobežotu atlasi",
        ]),
        ("merged, both slip", rounds(Q1, Q1), measure(Q3), [f"8.9.1.1. pasākuma {MOVED}"]),
        ("merged, with a start that is new", rounds((APPROVED, ENDS), (APPROVED, ENDS)), WHOLE, [
            "8.9.1.1. pasākuma laika grafiks papildināts: atlases uzsākšana 2025. gada 1. ceturksnī",
        ]),
    ],
)  # fmt: skip
def test_inside(why: str, old: str, new: str, expected: list[str]) -> None:
    assert told(old, new) == expected, why
