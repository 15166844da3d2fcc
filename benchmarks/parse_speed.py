"""Speed and memory of the parser beside lxml, selectolax, trafilatura, and BeautifulSoup with dateparser.

``python -m benchmarks.parse_speed`` prints medians, ratios, and the same as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

from benchmarks import peers
from benchmarks.ratios import tell
from tests.pages import chrome, compose, labels, layouts, ministry
from tests.pages.ink import Pen
from tests.pages.model import Printed, Section, Sheet
from tests.pages.notation import NOTATIONS
from tests.pages.titles import Name
from tests.peers import general, soup

SMALL, LARGE = 100_000, 10_000_000
# A page read once is read in a few milliseconds, which other work on the machine disturbs.
_TRIES = 7


def page_of(size: int, layout: str = "accordion") -> bytes:
    """A page of about ``size`` bytes: measures of the real page's kind with codes that never repeat."""
    rng = Random(7)  # noqa: S311  (the same page each time)
    notation = NOTATIONS["real"]
    printed_labels = {name: forms[0] for name, forms in labels.REAL.items()}
    flexibility = ("included", "excluded", None)
    habits = compose.Habits(
        printed_labels, ("plain",), "izm", "https://www.izm.gov.lv", "other", "sentence", flexibility
    )
    printed: list[Printed] = []
    written = 0
    for index in count(1):
        code = f"{index // 800 + 1}.{index // 100 % 8 + 1}.{index // 10 % 10 + 1}.{index % 10 + 1}"
        title = f"Mācību vides pilnveide {index}. posmā"
        printed.append(compose.measure(rng, notation, Name(code, None, title), None, habits)[0])
        if index == 20:
            written = len(_wrapped(printed, layout)) // 20
        if written and written * index >= size:
            break
    return _wrapped(printed, layout)


def _wrapped(printed: list[Printed], layout: str) -> bytes:
    rng = Random(7)  # noqa: S311  (the same page each time)
    sheet = Sheet("ES fondi", (), None, (Section(None, (), tuple(printed)),), (), None)
    content = layouts.HTML_LAYOUTS[layout](sheet, Pen(rng, "light"))
    return chrome.modern(rng, "ES fondi", "Izglītības un zinātnes ministrija", "izm", content).encode()


def lxml_walk(content: bytes) -> int:
    """lxml's tree and every piece of its text: the least that reading a page can cost."""
    import lxml.html

    root = lxml.html.document_fromstring(content)
    return sum(len(element.text or "") + len(element.tail or "") for element in root.iter())


def selectolax_walk(content: bytes) -> int:
    """The same with selectolax's (lexbor's) tree: what another builder of trees would cost."""
    peers.use()
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(content).root
    nodes = root.traverse(include_text=True) if root is not None else ()
    return sum(len(node.text_content or "") for node in nodes if node.is_text_node)


def trafilatura_text(content: bytes) -> int:
    """trafilatura's text of the page: no value of it read."""
    peers.use()
    import trafilatura

    return len(trafilatura.extract(content) or "")


def records(content: bytes) -> int:
    from parsers.page import parse_page

    return len(parse_page(content, None).measures)


def script(content: bytes) -> int:
    """BeautifulSoup for the lines, regular expressions for fields, dateparser for the schedule's dates."""
    found = soup.parse(content)["measures"]
    for line in soup.lines(content):
        if len(line) < 120 and any(stem in line.lower() for stem, _ in soup.KINDS):
            general.periods(line)
    return len(found)


def median(function: Callable[[bytes], int], content: bytes, rounds: int) -> float:
    """Median seconds of ``rounds`` runs after one that warms; the process's own, as other work on the machine
    would be counted by a clock."""
    function(content)
    times = []
    for _ in range(rounds):
        before = time.process_time()
        function(content)
        times.append(time.process_time() - before)
    return statistics.median(times)


def peak_kilobytes() -> int:
    """Of this process's own memory: ``ru_maxrss`` would remember its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def once(path: Path) -> dict[str, float]:
    """Seconds and memory (over the page's size) of a page read once in a process that read another before."""
    content = path.read_bytes()
    records(ministry.HTML.read_bytes())
    peak, before = peak_kilobytes(), time.process_time()
    records(content)
    seconds = time.process_time() - before
    return {"seconds": seconds, "memory": (peak_kilobytes() - peak) * 1024 / len(content)}


def first_sight(content: bytes) -> dict[str, float]:
    """``once`` in a process of its own, the quickest of ``_TRIES``."""
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.parse_speed", "--once", file.name]
        tries = [
            subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(_TRIES)
        ]
    return min((json.loads(each) for each in tries), key=lambda each: float(each["seconds"]))


def figures(large: int) -> dict[str, float]:
    """All figures; times in milliseconds. ``again``: a page whose words were read before, as captures repeat
    them; ``first``: one never seen."""
    real, small, big = ministry.HTML.read_bytes(), page_of(SMALL), page_of(large)
    small_first, big_first = first_sight(small), first_sight(big)
    times = {
        "real_page_again_ms": median(records, real, 15),
        "real_page_lxml_ms": median(lxml_walk, real, 15),
        "real_page_selectolax_ms": median(selectolax_walk, real, 15),
        "real_page_script_ms": median(script, real, 3),
        "real_page_trafilatura_ms": median(trafilatura_text, real, 5),
        "small_again_ms": median(records, small, 9),
        "small_first_ms": small_first["seconds"],
        "small_lxml_ms": median(lxml_walk, small, 9),
        "small_selectolax_ms": median(selectolax_walk, small, 9),
        "small_script_ms": median(script, small, 1),
        "large_first_ms": big_first["seconds"],
    }
    found = {name: seconds * 1000 for name, seconds in times.items()}
    found |= {
        "real_page_again_to_lxml": found["real_page_again_ms"] / found["real_page_lxml_ms"],
        "small_again_to_lxml": found["small_again_ms"] / found["small_lxml_ms"],
        "small_first_to_lxml": found["small_first_ms"] / found["small_lxml_ms"],
        "real_page_script_to_ours": found["real_page_script_ms"] / found["real_page_again_ms"],
        "small_script_to_first": found["small_script_ms"] / found["small_first_ms"],
        "large_to_small_per_byte": found["large_first_ms"]
        / len(big)
        / (found["small_first_ms"] / len(small)),
        "large_memory_to_page": big_first["memory"],
        "small_bytes": len(small),
        "large_bytes": len(big),
    }
    return found


LIMITS = {
    "real_page_again_to_lxml": ("at most", 4.0),
    "small_again_to_lxml": ("at most", 4.0),
    "small_first_to_lxml": ("at most", 4.0),
    "real_page_script_to_ours": ("at least", 8.0),
    "small_script_to_first": ("at least", 8.0),
    "large_to_small_per_byte": ("at most", 1.5),
    "large_memory_to_page": ("at most", 12.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parse_speed", description=__doc__)
    parser.add_argument("--large", type=int, default=LARGE, metavar="BYTES", help="size of the large page")
    parser.add_argument("--once", type=Path, metavar="FILE", help="read one page once and stop")
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.once)))
        return
    found = figures(options.large)
    for name, value in found.items():
        word, limit = LIMITS.get(name, ("", None))
        print(f"{name:28}{value:14.2f}" + (f"   {word} {limit}" if limit else ""))
    print(json.dumps({name: round(value, 3) for name, value in found.items()}))
    tell(
        **{
            "first sight to lxml's parse and walk": found["small_first_to_lxml"],
            "seen before to lxml's parse and walk": found["small_again_to_lxml"],
            "first sight to selectolax's": found["small_first_ms"] / found["small_selectolax_ms"],
            "first sight to the script": 1 / found["small_script_to_first"],
            "real page again to the script": 1 / found["real_page_script_to_ours"],
            "real page again to trafilatura": found["real_page_again_ms"] / found["real_page_trafilatura_ms"],
            "a byte of 10 MB to one of 100 KB": found["large_to_small_per_byte"],
        }
    )


if __name__ == "__main__":
    main()
