"""``pasakumi init``: a commented sources.toml for a new folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.config import FILE_NAME
from pipeline.errors import UsageError
from pipeline.printable import printable

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
# The pages that pasakumi reads. `pasakumi run` fetches them and builds output/ beside this file;
# what it fetched stays in raw/. Every key but id and url may be left out. An unknown key is an error.

contact = "data@example.org"      # stands in the user agent and as publisher of the data: put yours here
publish_contacts = true           # false: people's names, phones and e-mails stay in raw/ alone
partitioned = false               # true: the tables once more as Parquet data sets in output/parquet/

[fetch]
delay_seconds = 1.0               # pause between two requests to one host
deadline_seconds = 60             # for one source in all, retries and redirects included
max_bytes = 20_000_000            # largest page, after decompression
allow_private = false             # true: hosts in private networks and on this machine may be fetched

# One [[source]] for each page: copy it, change id (a-z, 0-9, -) and url, and the next page is in.
[[source]]
id = "izm-visparejai-izglitibai"
url = "https://www.izm.gov.lv/lv/es-fondi-visparejai-izglitibai-2021-2027"
publisher = "Izglītības un zinātnes ministrija"
topic = "vispārējā izglītība"
# former_urls = []                # where it stood before: captures of these belong to it too
# allowed_hosts = []              # hosts a redirect may lead to, besides the url's own
# language = "lv"                 # the language it is written in
# licence = ""                    # under which its words may be used
# every = "1d"                    # how often it should be seen: 30m, 12h, 7d, 2w; staleness is measured by it
# min_measures = 10               # a capture with fewer measures is withheld, not published
# every_measure_has_amount = true # so is one with a measure that names no EU funding
# eu_funding_between = [100_000_000, 400_000_000]   # and one whose EU funding in all (euro) lies outside
# publish_contacts = false        # as above, for this page alone

# Who hears that something is wrong: a source that was not fetched run after run, a capture that is withheld,
# and that it is over.
# [notify]
# admin = ["env:PASAKUMI_NOTIFY_ADMIN"]   # addresses of apprise, or the variable that holds one
# failures = 3                    # so many runs in a row that could not fetch a source

# One [[subscriber]] for each who wants to be told of changes: a feed of its own, and messages.
# [[subscriber]]
# name = "desk"                   # a-z, 0-9, -
# notify = ["mailto://user:password@smtp.example.org?to=desk@example.org"]   # as above
# language = "en"                 # "lv" or "en"
# only = ["milestone_moved", "funding_changed"]   # kinds of change; left out: all
# measures = ["4.2.1.*"]          # measures; left out: all
# min_eur = 100_000               # leave out changes of funding by less than this
# min_days = 30                   # leave out milestones that moved by less than this
"""


def write(folder: Path) -> Path:
    """Write the template into ``folder``, made where it does not exist, and return the file's path.

    Raises UsageError rather than touch a sources.toml that is there already.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise UsageError(f"{printable(str(path))}: exists already; it is left as it is") from None
    except OSError as error:
        raise UsageError(f"{printable(str(path))}: cannot be written: {error.strerror}") from None
    return path
