"""The verbs and their options, declared once: what is parsed, what ``--help`` says."""

from __future__ import annotations

from argparse import ArgumentTypeError, BooleanOptionalAction
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.places import place


class Option(NamedTuple):
    """Arguments of ``ArgumentParser.add_argument``. ``key``: a name of :data:`OPTIONS` where an environment
    variable may say the same."""

    names: tuple[str, ...]
    settings: dict[str, Any]
    key: str | None = None


class Verb(NamedTuple):
    """``module`` has ``run(options) -> exit code``; it is imported when the verb is used."""

    module: str
    does: str
    more: str
    example: str
    options: tuple[Option, ...] = ()


def _option(*names: str, **settings: Any) -> Option:
    return Option(names, settings)


def _setting(key: str, name: str, **settings: Any) -> Option:
    """An option that ``PASAKUMI_<KEY>`` may be used for; None until that was looked at."""
    return Option((name,), {"dest": key, "default": None, **settings}, key)


def _folder(text: str) -> Path:
    """What belongs to a machine lies on it."""
    if not isinstance(where := place(text), Path):
        raise ArgumentTypeError("expected a file or folder on this machine")
    return where


GLOBAL = (
    _setting(
        "config",
        "--config",
        metavar="FILE",
        type=_folder,
        help="sources.toml (default: the one in this folder)",
    ),
    _setting(
        "raw",
        "--raw",
        metavar="DIR",
        type=place,
        help="captures (default: raw/ beside sources.toml); an address such as s3://bucket/raw too",
    ),
    _setting(
        "output", "--output", metavar="DIR", type=place, help="the dataset (default: output/); likewise"
    ),
    _setting(
        "state", "--state", metavar="DIR", type=_folder, help="what belongs to this machine (default: state/)"
    ),
    _setting("log_format", "--log-format", choices=("plain", "json"), help="of what it says; default: plain"),
    _option("-v", dest="verbose", action="count", default=0, help="say more; -vv: tracebacks"),
    _setting("quiet", "-q", action="store_true", help="say only what went wrong"),
)
_PARTITIONED = _option(
    "--partitioned",
    action=BooleanOptionalAction,
    default=None,
    help="also Parquet data sets, output/parquet/NAME/source=ID/year=YEAR/; for good: partitioned = true",
)
_POINT = "a date (2025-03-01, yesterday, -7d), a capture (the beginning of its id), a file, a WARC file"

VERBS: dict[str, Verb] = {
    "run": Verb(
        "pipeline.cli_run",
        "fetch, archive, parse, export: the scheduled job",
        "Where nothing is new, no file of output/ is touched. Sources that can't be reached are said; the\n"
        "dataset is then built from the captures in raw/.",
        "pasakumi run --strict -q",
        (
            _setting(
                "strict",
                "--strict",
                action=BooleanOptionalAction,
                help="exit 3 where a source could not be refreshed",
            ),
            _setting("offline", "--offline", action=BooleanOptionalAction, help="fetch nothing"),
            _PARTITIONED,
        ),
    ),
    "fetch": Verb(
        "pipeline.cli_fetch",
        "fetch and archive only",
        "Exit 3 where a source could not be fetched.",
        "pasakumi fetch izm-visparejai-izglitibai",
        (_option("sources", metavar="SOURCE", nargs="*", help="ids of sources.toml (default: all)"),),
    ),
    "import": Verb(
        "pipeline.cli_import",
        "bring in captures that were made before, or by others",
        "Pages (HTML, text), WARC, WACZ, folders of these; the versions of a file in a git repository; what\n"
        "a web archive has of a page. Times are kept; a page in a file has its time from --captured-at or\n"
        "its name (2024-11-05, 20241105T0630, 05.11.2024; UTC), else it is unknown and the order given\n"
        "counts. Done again, nothing is taken twice; --from-archive goes on where it was stopped.\n"
        "Exit 3 where something could not be taken.",
        "pasakumi import --from-archive https://web.archive.org/ --source izm-visparejai-izglitibai",
        (
            _option("files", metavar="FILE", nargs="*", help="files and folders, in this order"),
            _option("--source", metavar="ID", help="whose pages these are"),
            _option(
                "--captured-at", metavar="T", help="when the page was captured, such as 2024-11-05T06:30"
            ),
            _option("--url", help="the address that the page had, where it is not the source's"),
            _option("--git", metavar="PATH", help="a file of a git repository: all its versions"),
            _option(
                "--from-archive", metavar="URL", help="a web archive: its address, or a pywb collection's"
            ),
            _option("--from", dest="since", metavar="T", help="of an archive: nothing before"),
            _option("--to", dest="until", metavar="T", help="of an archive: nothing after"),
        ),
    ),
    "parse": Verb(
        "pipeline.cli_parse",
        "one page (HTML or text), to standard output",
        "Touches nothing else and needs no sources.toml.",
        "pasakumi parse page.html --format json | jq '.measures[].eu_funding_eur'",
        (
            _option("file", metavar="FILE|-", help="the page; -: standard input"),
            _option("--format", choices=("json", "csv", "table"), default="json", help="default: json"),
            _option(
                "--text", action="store_true", help="with the canonical text and each value's place in it"
            ),
            _option("--url", help="the page's address, so that its links become absolute"),
        ),
    ),
    "rebuild": Verb(
        "pipeline.cli_rebuild",
        "everything in output/ anew from raw/",
        "--compare tells what this version of the code reads otherwise than the one that wrote output/,\n"
        "from the same captures. Changes that it withdraws, or that were missed, are kept in\n"
        "raw/corrections.jsonl (with and without --compare) and stand in the feeds as corrections.",
        "pasakumi rebuild --compare",
        (
            _option("--only", choices=("tables",), help="only these: CSV, Parquet, database, workbook"),
            _option("--compare", action="store_true", help="print what is read otherwise than before"),
            _option("--workers", metavar="N", type=int, help="read with so many processes (default: 1)"),
            _option(
                "--engine",
                choices=("processes", "dask"),
                help="what the workers are; default: processes of this machine",
            ),
            _option("--scheduler", metavar="ADDRESS", help="a Dask cluster's, such as tcp://10.0.0.1:8786"),
            _PARTITIONED,
        ),
    ),
    "site": Verb(
        "pipeline.cli_site",
        "the static site only",
        "Plain files in output/site/, to be opened as they are or put on any web server, under any path.\n"
        "`pasakumi run` makes them too; this makes them anew where they were damaged or taken away.",
        "pasakumi site",
    ),
    "diff": Verb(
        "pipeline.cli_diff",
        "what changed between two points in time, captures or files",
        f"A and B: {_POINT}.\n"
        "Without B: until now. Without both: the last two states of the dataset. Days are UTC; a date means\n"
        "the end of that day.",
        "pasakumi diff -30d --only milestone_moved,funding_changed --min-days 30",
        (
            _option("a", metavar="A", nargs="?"),
            _option("b", metavar="B", nargs="?"),
            _option("--format", choices=("md", "json", "html", "csv"), default="md", help="default: md"),
            _option("--language", choices=("en", "lv"), default="en", help="of md and html; default: en"),
            _option("--exit-code", action="store_true", help="exit 1 where something changed"),
            _option("--only", metavar="KINDS", help="kinds of change, with commas"),
            _option(
                "--measure", metavar="PATTERN", action="append", help="such as '4.2.1.*'; may be repeated"
            ),
            _option("--min-eur", metavar="EUR", help="leave out changes of funding by less"),
            _option("--min-days", metavar="DAYS", help="leave out milestones that moved by less"),
        ),
    ),
    "explain": Verb(
        "pipeline.cli_explain",
        "a value, and the exact characters it came from",
        "FIELD: a column of measures (eu_funding_eur), a kind of milestone (selection_start), a list\n"
        "(milestones, applicants, contacts, links, funding), one of it (milestones.2), a value of one\n"
        "(milestones.2.period).",
        "pasakumi explain 1.2.3.1 eu_funding_eur",
        (_option("measure", metavar="MEASURE"), _option("field", metavar="FIELD")),
    ),
    "history": Verb(
        "pipeline.cli_history",
        "one measure's values over time",
        "",
        "pasakumi history 1.2.3.1",
        (
            _option("measure", metavar="MEASURE"),
            _option("--format", choices=("table", "csv", "json"), default="table", help="default: table"),
        ),
    ),
    "check": Verb(
        "pipeline.cli_check",
        "findings, coverage, staleness, the pages' own totals",
        "Exit 3 where a capture is withheld.",
        "pasakumi check --severity warning",
        (
            _option(
                "--severity", choices=("info", "warning", "error"), default="info", help="this and worse"
            ),
            _option("--format", choices=("table", "json"), default="table", help="default: table"),
        ),
    ),
    "accept": Verb(
        "pipeline.cli_accept",
        "let a withheld capture through",
        "The decision is kept under raw/ with its reason, so that every rebuild repeats it.",
        'pasakumi accept 20250301T0630 --reason "the ministry closed these measures"',
        (
            _option("capture", metavar="CAPTURE", nargs="?", help="its id, or the beginning of it"),
            _option("--reason", help="why, for those who come after"),
            _option("--list", action="store_true", help="the captures that are withheld, and why"),
        ),
    ),
    "redact": Verb(
        "pipeline.cli_redact",
        "take a person's words out of raw/ for good",
        "Names (in any grammatical case), telephone numbers and e-mail addresses are blocked out in the\n"
        "archived page itself; that cannot be undone. raw/redactions.jsonl keeps what was done, and why.\n"
        "docs/archive.md says what it reaches and what not (backups, exports, git).",
        'pasakumi redact 20250301T0630 --words "Anna Paraudziņa" --everywhere --reason "asked on 3 March"',
        (
            _option("capture", metavar="CAPTURE", help="its id, or the beginning of it"),
            _option(
                "--words", metavar="TEXT", action="append", help="a name, number or address; may be repeated"
            ),
            _option("--everywhere", action="store_true", help="in all captures that have them"),
            _option("--reason", help="why, without naming the person"),
        ),
    ),
    "notify": Verb(
        "pipeline.cli_notify",
        "the messages that wait to be sent: send them, look at them",
        "A run sends its messages by itself and tries again what was not taken; this does it now, and tells\n"
        "what was published since (by accept, rebuild). --test sends a short message to every address of\n"
        "sources.toml, or of one receiver (a subscriber's name, @admin). docs/notifications.md says more.\n"
        "Exit 3 where a message was not taken.",
        "pasakumi notify --list",
        (
            _option("--list", action="store_true", help="what waits, what was sent in the last 30 days"),
            _option("--dry-run", action="store_true", help="print what would be sent, send nothing"),
            _option("--test", metavar="NAME", nargs="?", const="", help="send a test message"),
        ),
    ),
    "sources": Verb(
        "pipeline.cli_sources",
        "the configured sources and their captures",
        "",
        "pasakumi sources",
        (_option("--format", choices=("table", "json"), default="table", help="default: table"),),
    ),
    "config": Verb(
        "pipeline.cli_config",
        "the settings in force, and where each came from",
        "An option wins over an environment variable, that over sources.toml, that over the default.\n"
        "Variables: PASAKUMI_ and the setting's name (PASAKUMI_CONTACT, PASAKUMI_FETCH_MAX_BYTES …);\n"
        "PASAKUMI_NOTIFY_ and a subscriber's name for its addresses. Secrets are never shown.",
        "pasakumi config",
        (_option("--format", choices=("table", "json"), default="table", help="default: table"),),
    ),
    "status": Verb(
        "pipeline.cli_status",
        "is all well: last run, each source, withheld captures, drift, disk",
        "Also while a run is at work. With --max-age it prints one line and exits 3 where a source was not\n"
        "seen within that time, or never: a monitor's check. What it says is in state/status.json,\n"
        "state/metrics.prom (Prometheus) and state/badge.svg too, as of the end of the last run.",
        "pasakumi status --max-age 3d",
        (
            _setting("max_age", "--max-age", metavar="AGE", help="such as 12h, 3d, 2w"),
            _option("--format", choices=("table", "json"), default="table", help="default: table"),
        ),
    ),
    "export": Verb(
        "pipeline.cli_export",
        "captures for others, as one file",
        "A WACZ, which replayweb.page shows in a browser and pywb replays. Captures hold the pages as they\n"
        "stood, so it is refused where contacts are not published.",
        "pasakumi export --wacz history.wacz --source izm-visparejai-izglitibai --from 2025",
        (
            _option("--wacz", metavar="FILE", help="the file to write"),
            _option("--source", metavar="ID", action="append", help="only of this page; may be repeated"),
            _option("--from", dest="since", metavar="T", help="nothing before (2025, 2025-03, 2025-03-01)"),
            _option("--to", dest="until", metavar="T", help="nothing after"),
            _option("--with-contacts", action="store_true", help="also where contacts are not published"),
        ),
    ),
    "verify": Verb(
        "pipeline.cli_verify",
        "captures, index and published files against their digests",
        "Exit 4 where something is wrong.",
        "pasakumi verify",
        (_option("--repair", action="store_true", help="make the index anew from the WARC files"),),
    ),
    "init": Verb(
        "pipeline.cli_init",
        "a commented sources.toml for a new folder",
        "",
        "pasakumi init",
    ),
}


_WIDTH = max(map(len, VERBS))
GLOBAL_HELP = "\n".join(
    [
        "usage: pasakumi VERB [options]",
        "",
        "Latvian EU-fund support measures: from the web pages of state bodies to a dataset with history.",
        "",
        *(f"  {name:<{_WIDTH}}  {verb.does}" for name, verb in VERBS.items()),
        "",
        "`pasakumi VERB --help` says more, with an example. Options may stand before or after the verb.",
        "Exit codes: 0 fine · 1 changes (diff --exit-code) · 2 usage, configuration · 3 degraded · 4 failed",
    ]
)
