"""The committed pages are what their generator makes; the real page's HTML says what its text says."""

import html
import re

import pytest

from tests.pages import ministry
from tests.pages.build import LAYOUTS, build
from tests.pages.catalogue import FOLDER, entries, files
from tests.pages.notation import NOTATIONS
from tests.peers import soup
from tests.scoring import INVISIBLE


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_committed_page_is_what_the_generator_makes(entry):
    for path, content in files(entry).items():
        assert path.read_bytes() == content, f"{path.name}: run python -m tests.pages"


def test_no_other_page_is_committed():
    made = {path.name for entry in entries() for path in files(entry)}
    there = {path.name for path in FOLDER.iterdir() if not path.name.endswith(".expected.json")}
    assert there == made


def test_html_of_the_real_page_is_what_its_script_makes():
    assert ministry.HTML.read_bytes() == ministry.page()


def test_html_of_the_real_page_says_the_same_words():
    whole = ministry.HTML.read_text(encoding="utf-8")
    content = whole[whole.index("<article") : whole.index("</article>")]
    shown = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", content)
    letters = html.unescape(re.sub(r"<[^>]*>", "", shown))
    text = ministry.TEXT.read_text(encoding="utf-8").replace("•", "")
    assert "".join(letters.split()) == "".join(text.split())


def squeezed(content: bytes) -> str:
    """Everything a reader sees, without white space and invisible characters."""
    whole = "\n".join(soup.lines(content))
    return "".join(INVISIBLE.sub("", whole).split())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_what_the_truth_says_stands_on_the_page(layout, notation):
    content, truth = build(5, layout, notation)
    shown = squeezed(content)
    for measure in truth["measures"]:
        said = [measure["title"], measure["selection_text"], measure["other_info"] or ""]
        said += [step["text"] for step in measure["milestones"]]
        said += [applicant["name"] for applicant in measure["applicants"]]
        said += [contact["name"] for contact in measure["contacts"]]
        said += (measure["objective"] or "").split("\n")
        missing = [words for words in said if "".join(words.split()) not in shown]
        assert not missing
