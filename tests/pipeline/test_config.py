import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import init
from pipeline.config import Config, load
from pipeline.config_keys import FETCH, NOTIFY, SOURCE, SUBSCRIBER, TOP
from pipeline.errors import UsageError
from pipeline.vocabulary import CHANGE_KINDS

ROOT = Path(__file__).parents[2]
PAGE = '[[source]]\nid = "page"\nurl = "https://example.org/"\n'


def read(folder: Path, text: str | bytes) -> Config:
    path = folder / "sources.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(path)


def error(folder: Path, text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        read(folder, text)
    message = str(caught.value)
    assert message.isprintable()
    assert caught.value.exit_code == 2
    return message.removeprefix(str(folder)).lstrip("/\\")


def test_the_file_that_ships():
    config = load(ROOT / "sources.toml")
    first, *others = config.sources
    assert first.id == "izm-visparejai-izglitibai"
    assert first.min_measures == 10
    assert first.eu_funding_between == (Decimal(100_000_000), Decimal(400_000_000))
    assert [source.eu_funding_between for source in others] == [None, None, None]
    assert config[-4:] == (ROOT / "raw", ROOT / "output", ROOT / "state", ROOT / "sources.toml")


def test_what_holds_without_a_word(tmp_path):
    config = read(tmp_path, PAGE)
    assert (config.contact, config.publish_contacts, config.subscribers) == ("", True, ())
    assert config.fetch == (1.0, 60.0, 20_000_000, False)
    assert config.notify == ((), 3)
    (source,) = config.sources
    assert source == (
        *("page", "https://example.org/", (), (), "", "", "lv", "", timedelta(days=1)),
        *(0, False, None, True),
    )


def test_every_key_is_read(tmp_path):
    config = read(
        tmp_path,
        """
        contact = "data@example.org"
        publish_contacts = false
        fetch = { delay_seconds = 0, deadline_seconds = 2.5, max_bytes = 1_000, allow_private = true }
        [notify]
        admin = ["env:ADMIN", "slack://A/B/C"]
        failures = 5
        [[source]]
        id = "a-1"
        url = "http://127.0.0.1:8000/lv/lapa?x=1"
        former_urls = ["https://vecā.example.lv/ž"]
        allowed_hosts = ["WWW.Example.lv"]
        publisher = "Ministrija"
        topic = "tēma"
        language = "en-GB"
        licence = "CC BY 4.0"
        every = "12h"
        min_measures = 3
        every_measure_has_amount = true
        eu_funding_between = [0.1, 2]
        publish_contacts = true
        [[source]]
        id = "b"
        url = "https://example.org/b"
        [[subscriber]]
        name = "desk"
        notify = ["json://127.0.0.1:9000/hook"]
        language = "en"
        only = ["milestone_moved"]
        measures = ["4.2.1.*"]
        min_eur = 100_000
        min_days = 30
        """,
    )
    assert config.fetch == (0.0, 2.5, 1000, True)
    assert config.notify == (("env:ADMIN", "slack://A/B/C"), 5)
    source, other = config.sources
    assert source.former_urls == ("https://vecā.example.lv/ž",)
    assert source.allowed_hosts == ("www.example.lv",)
    assert source.every == timedelta(hours=12)
    assert source.eu_funding_between == (Decimal("0.1"), Decimal(2))
    assert (source.publish_contacts, other.publish_contacts) == (True, False)
    assert config.subscribers == (
        (
            "desk",
            ("json://127.0.0.1:9000/hook",),
            "en",
            ("milestone_moved",),
            ("4.2.1.*",),
            Decimal(100_000),
            30,
        ),
    )


def test_a_subscriber_without_wishes_hears_of_all(tmp_path):
    (subscriber,) = read(tmp_path, PAGE + '[[subscriber]]\nname = "desk"').subscribers
    assert subscriber == ("desk", (), "lv", CHANGE_KINDS, ("*",), Decimal(0), 0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('min_measures = "x"', '= "x": expected a whole number ≥ 0'),
        ("min_measures = -1", "= -1: expected a whole number ≥ 0"),
        ("min_measures = 1.0", "= 1.0: expected a whole number ≥ 0"),
        ("min_measures = true", "= true: expected a whole number ≥ 0"),
        ("every_measure_has_amount = 1", "= 1: expected true or false"),
        ("eu_funding_between = [2, 1]", "= [2, 1]: expected two amounts in euro"),
        ("eu_funding_between = [1]", "= [1]: expected two amounts in euro"),
        ("eu_funding_between = [-1, 1]", "= [-1, 1]: expected two amounts in euro"),
        ("eu_funding_between = [0, inf]", "= [0, Infinity]: expected two amounts in euro"),
        ("eu_funding_between = [0, 1e99999999999999999999]", "= [0, Infinity]: expected two amounts in euro"),
        ("eu_funding_between = [nan, nan]", "= [NaN, NaN]: expected two amounts in euro"),
        ('every = "1 d"', '= "1 d": expected a rhythm'),
        ('every = "0d"', '= "0d": expected a rhythm'),
        ("every = 1", "= 1: expected a rhythm"),
        ('language = "latviešu"', '= "latviešu": expected a language code'),
        ('publisher = ["a"]', '= ["a"]: expected text in quotation marks'),
        (r'publisher = "a\nb"', r'= "a\nb": expected text in quotation marks, on one line'),
        (r'publisher = "\u001b[2J"', r'= "\x1b[2J": expected text in quotation marks'),
        ('former_urls = "https://example.org/old"', "expected a list, each an address"),
        ('former_urls = ["example.org/old"]', "expected a list, each an address"),
        ('allowed_hosts = ["https://example.org"]', "expected a list of host names"),
        ("publish_contacts = 2024-01-01", "= 2024-01-01: expected true or false"),
        ("topic = { a = 1 }", "= {a}: expected text"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path, line, says):
    key = line.split()[0]
    message = error(tmp_path, f"# a comment\n\n{PAGE}{line}\n")
    assert message.startswith(f"sources.toml:6: [[source]] {key} = ")
    assert says in message


NO_PAGES = """
ftp://example.org/ example.org https:// https:///a //example.org/ file:///etc/passwd javascript:alert(1)
https://user:secret@example.org/ https://example.org:x/ https://example.org:0/ https://[::1/
"""


@pytest.mark.parametrize("url", [*NO_PAGES.split(), "", "https://example.org/a b"])
def test_what_is_no_page_address(tmp_path, url):
    message = error(tmp_path, f'[[source]]\nid = "page"\nurl = "{url}"\n')
    assert message.startswith('sources.toml:3: [[source]] url = "')
    assert 'expected an address "https://…"' in message


@pytest.mark.parametrize("name", ["", "A", "ā", "a_b", "-a", "a b", "../a", "a" * 101])
def test_what_is_no_id(tmp_path, name):
    assert error(tmp_path, f'[[source]]\nid = "{name}"\nurl = "https://example.org/"').startswith(
        "sources.toml:2: [[source]] id = "
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("contcat = 'a'\n" + PAGE, "sources.toml:1: contcat: unknown key, did you mean contact?"),
        (
            PAGE + "publsher = 'a'",
            "sources.toml:4: [[source]] publsher: unknown key, did you mean publisher?",
        ),
        (
            PAGE + "[fetch]\nDelay_Seconds = 1",
            "sources.toml:5: [fetch] Delay_Seconds: unknown key, did you mean delay_seconds?",
        ),
        (PAGE + "[sources]\na = 1", "sources.toml:4: sources: unknown key, did you mean source?"),
        (
            PAGE + "[fetch]\nzzz = 1",
            "sources.toml:5: [fetch] zzz: unknown key, expected one of delay_seconds, ",
        ),
        (
            PAGE + '"\\u001b[0m" = 1',
            r"sources.toml:4: [[source]] \x1b[0m: unknown key, expected one of id, url, ",
        ),
        ("[[source]]\nurl = 'https://a.lv'", "sources.toml:1: [[source]] has no id: expected a-z, 0-9 and -"),
        (PAGE + "\n[[source]]\nid = 'b'", "sources.toml:5: [[source]] has no url: expected an address"),
        ("[source]\nid = 'b'", "sources.toml:1: source = {id}: expected [[source]], with two brackets"),
        (PAGE + "[[fetch]]", "sources.toml:4: fetch = [{}]: expected [fetch], with one bracket"),
        ("source = ['a']", 'sources.toml:1: source = ["a"]: expected [[source]]'),
        (
            PAGE + "[fetch]\nmax_bytes = 0",
            "sources.toml:5: [fetch] max_bytes = 0: expected a whole number from 1",
        ),
        (
            PAGE + "[fetch]\ndelay_seconds = -0.5",
            "sources.toml:5: [fetch] delay_seconds = -0.5: expected a number",
        ),
        (
            "contact = 'Jānis'\n" + PAGE,
            'sources.toml:1: contact = "Jānis": expected an e-mail or web address',
        ),
        (
            PAGE + "[[subscriber]]\nname = 'a'\nonly = ['moved']",
            'sources.toml:6: [[subscriber]] only = ["moved"]: expected',
        ),
        (
            PAGE + "[[subscriber]]\nname = 'a'\nonly = []",
            "sources.toml:6: [[subscriber]] only = []: expected",
        ),
        (
            PAGE + "[[subscriber]]\nname = 'a'\nlanguage = 'de'",
            'sources.toml:6: [[subscriber]] language = "de": expected "lv" or "en"',
        ),
        ("", "sources.toml: no [[source]]: expected at least one"),
        ("contact = ''", "sources.toml: no [[source]]: expected at least one"),
    ],
)
def test_a_wrong_shape_is_named_with_its_line(tmp_path, text, says):
    assert error(tmp_path, text).startswith(says)


@pytest.mark.parametrize(
    "address", ["token-of-the-desk", "env:token desk", "env:", "env:1token", "slack://token desk", "://token"]
)
def test_no_error_prints_where_messages_go(tmp_path, address):
    text = PAGE + f'[[subscriber]]\nname = "a"\nnotify = ["{address}"]'
    message = error(tmp_path, text)
    assert message.startswith("sources.toml:6: [[subscriber]] notify = …: expected a list of addresses")
    assert "token" not in message
    message = error(tmp_path, f'{PAGE}[notify]\nadmin = ["{address}"]')
    assert message.startswith("sources.toml:5: [notify] admin = …: expected a list of addresses")
    assert "token" not in message


def test_two_pages_with_one_id(tmp_path):
    message = error(tmp_path, PAGE + PAGE.replace(".org", ".lv"))
    assert message == (
        'sources.toml:5: [[source]] id = "page": expected another, the [[source]] on line 1 has it already'
    )


@pytest.mark.parametrize("key", ['url = "{}"', 'url = "https://b.lv"\nformer_urls = ["{}"]'])
@pytest.mark.parametrize(
    "address", ["https://example.org/", "https://EXAMPLE.org", "https://example.org/#top"]
)
def test_two_pages_with_one_address(tmp_path, key, address):
    message = error(tmp_path, f'{PAGE}[[source]]\nid = "b"\n{key.format(address)}')
    assert message.endswith("expected another, the [[source]] on line 1 has it already")


def test_a_page_may_name_its_own_address_among_the_former(tmp_path):
    assert read(tmp_path, PAGE + 'former_urls = ["https://example.org/", "https://example.org/"]')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("contact = \n", "sources.toml:1:11: not TOML: "),
        ("a = 1\na = 2\n", "sources.toml:2:6: not TOML: "),
        ('a = 1\nb = "', "sources.toml:2: not TOML: "),
        ("a = 'x\x1b'\n", "sources.toml:1:7: not TOML: "),
        ("a = " + "[" * 100_000, "sources.toml"),
        ("a = " + "1" * 5000, "sources.toml:1: not TOML: "),
        ("a = 2024-13-45\n", "sources.toml:1"),
    ],
)
def test_what_is_no_toml(tmp_path, text, says):
    message = error(tmp_path, text)
    assert message.startswith(says)
    assert "not TOML: " in message


def test_encodings(tmp_path):
    assert read(tmp_path, b"\xef\xbb\xbf" + PAGE.encode()).sources[0].id == "page"
    assert read(tmp_path, PAGE.replace("\n", "\r\n")).sources[0].id == "page"
    latvian = PAGE + 'publisher = "Izglītība"'
    assert error(tmp_path, latvian.encode("cp1257")) == (
        "sources.toml:4: not UTF-8 (byte 0xee): save the file as UTF-8"
    )
    assert error(tmp_path, latvian.encode("utf-16")).startswith("sources.toml:1: not UTF-8 (byte 0xff)")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match="no such file; `pasakumi init` writes one"):
        load(tmp_path / "sources.toml")
    with pytest.raises(UsageError, match="cannot be read: "):
        load(tmp_path)


def test_the_template_reads_and_knows_every_key(tmp_path):
    path = init.write(tmp_path / "new" / "folder")
    assert len(load(path).sources) == 1
    for key in (*TOP, *FETCH, *NOTIFY, *SOURCE, *SUBSCRIBER):
        assert re.search(rf"^(# )?\[*{key}\b", path.read_text("utf-8"), re.MULTILINE), key


def test_the_template_with_its_comments_opened_reads(tmp_path):
    opened = re.sub(r"^# (?=[a-z_]+ = |\[)", "", init.TEMPLATE, flags=re.MULTILINE)
    config = read(tmp_path, opened)
    assert config.sources[0].min_measures == 10
    assert config.subscribers[0].name == "desk"
    assert config.notify == (("env:PASAKUMI_NOTIFY_ADMIN",), 3)


def test_init_leaves_a_file_as_it_is(tmp_path):
    (tmp_path / "sources.toml").write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        init.write(tmp_path)
    assert (tmp_path / "sources.toml").read_text() == "mine"
    with pytest.raises(UsageError, match=r"exists already|cannot be written"):
        init.write(tmp_path / "sources.toml")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_a_configuration_or_one_line(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode())
    try:
        load(path)
        message = "a configuration"
    except UsageError as error:
        message = str(error)
    assert message.isprintable()
