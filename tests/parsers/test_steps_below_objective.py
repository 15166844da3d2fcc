"""When projects may be handed in, in a paragraph below the objective, is a milestone."""

import pytest

from parsers.page import parse_page


@pytest.mark.parametrize(
    ("step", "kinds"),
    [
        (
            "Projektu iesniegumus varēs iesniegt no 2025. gada 3. marta līdz 2025. gada 30. aprīlim.",
            ["selection_start", "selection_end"],
        ),
        ("Atlasi plānots izsludināt 2025. gada 4. ceturksnī.", ["selection_start"]),
    ],
)
def test_a_paragraph_below_the_objective(step, kinds):
    page = parse_page(
        f"<html><h3>4.2.1.5. pasākums „Skolas”</h3><p>Mērķis: uzlabot skolas.</p><p>{step}</p>"
        "<p>Finansējums: 5 milj. EUR</p></html>",
        None,
    )
    (measure,) = page.measures
    assert measure.objective == "uzlabot skolas."
    assert [each.kind for each in measure.milestones] == kinds
