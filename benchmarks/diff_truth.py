"""Are the changes told the changes made? Known edits in pages set anew, beside csv-diff and ``git diff``.

``python -m benchmarks.diff_truth`` prints for each kind of change how many were made, told rightly, told
wrongly and missed, then how much a reader must go through for each real change: our changes, the cells that
csv-diff reports for the tables of both states, the lines that ``git diff`` prints for their text.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import peers
from benchmarks.ratios import tell
from parsers.records import Measure, Page
from pipeline.changes.compare import diff
from tests.factories_changes import Editor, a_page, noisy, seeded, seen

COLUMNS = Measure._fields[:20]


def pair(seed: int) -> tuple[Page, Page, Editor]:
    """A page and the same after up to 25 edits, in another layout."""
    rng = seeded(seed)
    page = a_page(rng, rng.randint(1, 14))
    editor = Editor(rng, page)
    editor.edit(1 + seed % 25)
    return page, noisy(rng, editor.page()), editor


def printed(page: Page) -> str:
    """The page as text, a value a line."""
    lines = [f"{h.label}: {h.amount_eur} {h.qualifier} {h.share_percent}" for h in page.headlines]
    lines += [line for piece in page.narrative for line in piece.text.split("\n")]
    for measure in page.measures:
        lines += [measure.measure_id, *(str(value) for value in measure[4:15])]
        lines += [row.text for row in measure.funding] + [a.name for a in measure.applicants]
        lines += [step.text for step in measure.milestones]
        lines += [" ".join(filter(None, contact[:3])) for contact in measure.contacts]
        lines += [f"{link.text} {link.url}" for link in measure.links]
    return "\n".join(lines) + "\n"


def by_csv_diff(old: Page, new: Page) -> int:
    """Cells and rows that csv-diff reports between the tables of measures, lists in a cell each."""
    peers.use()
    from csv_diff import compare

    tables = [
        {m.measure_id: dict(zip(COLUMNS, map(str, m[:20]), strict=True)) for m in page.measures}
        for page in (old, new)
    ]
    if not all(tables):  # csv-diff raises StopIteration on an empty table
        return sum(map(len, tables))
    found = compare(*tables)
    return len(found["added"]) + len(found["removed"]) + sum(len(row["changes"]) for row in found["changed"])


def by_git(old: Page, new: Page) -> int:
    """Lines that git prints with + or -."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old", "new")]
        for path, page in zip(paths, (old, new), strict=True):
            path.write_text(printed(page), encoding="utf-8")
        command = ["git", "diff", "--no-index", "--numstat", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return sum(map(int, done.stdout.split("\t")[:2])) if done.stdout else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    made, right, wrong, missed = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    edits, reading = 0, Counter[str]()
    for seed in range(parser.parse_args().pairs):
        old, new, editor = pair(seed)
        told = seen(diff(old, new))
        edits += editor.edits
        made.update(row.kind for row in editor.expected.elements())
        right.update(row.kind for row in (told & editor.expected).elements())
        wrong.update(row.kind for row in (told - editor.expected).elements())
        missed.update(row.kind for row in (editor.expected - told).elements())
        reading["pasakumi"] += told.total()
        reading["csv-diff"] += by_csv_diff(old, new)
        reading["git diff"] += by_git(old, new)
    print(f"{edits} edits, {made.total()} changes\n")
    print(f"{'kind':24}{'made':>7}{'right':>7}{'wrong':>7}{'missed':>7}")
    for kind in sorted(made | wrong):
        print(f"{kind:24}{made[kind]:7}{right[kind]:7}{wrong[kind]:7}{missed[kind]:7}")
    precision, recall = right.total() / (right + wrong).total(), right.total() / made.total()
    print(f"\nprecision {precision:.4f}, recall {recall:.4f}\n")
    for name, lines in reading.items():
        print(f"{name:10} {lines / made.total():6.2f} rows to read for each change")
    tell(
        rows_to_read_to_csv_diff=reading["pasakumi"] / reading["csv-diff"],
        rows_to_read_to_git_diff=reading["pasakumi"] / reading["git diff"],
    )


if __name__ == "__main__":
    main()
