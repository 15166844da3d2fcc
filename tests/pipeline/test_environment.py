"""Settings from the environment, and where each setting came from."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from pipeline import cli_arguments, environment
from pipeline.config import load
from pipeline.config_keys import FETCH, OPTIONS, TOP
from pipeline.config_keys import NOTIFY as NOTIFY_KEYS
from pipeline.errors import UsageError
from tests.pipeline.command import pasakumi
from tests.pipeline.site import EMAIL, page, sources

NOTIFY = ("[[subscriber]]", 'name = "desk-1"', 'notify = ["mailto://user:filesecret@example.org"]')


@pytest.fixture
def folder(tmp_path):
    sources(tmp_path, *NOTIFY)
    return tmp_path


def settings(folder, *words, **variables):
    done = pasakumi(folder, "config", "--format", "json", *words, **variables)
    assert (done.code, done.err) == (0, "")
    return {one["setting"]: (one["value"], one["from"]) for one in json.loads(done.out)["settings"]}


def test_option_then_environment_then_file_then_default(folder):
    told = settings(folder)
    assert told["fetch.delay_seconds"] == (0, "sources.toml:3")
    assert told["fetch.max_bytes"] == (20_000_000, "default")
    assert told["raw"] == ("raw", "default")
    assert told["source.fondi.id"] == ("fondi", "sources.toml:7")
    told = settings(folder, PASAKUMI_FETCH_DELAY_SECONDS="2.5", PASAKUMI_RAW="elsewhere")
    assert told["fetch.delay_seconds"] == (2.5, "PASAKUMI_FETCH_DELAY_SECONDS")
    assert told["raw"] == ("elsewhere", "PASAKUMI_RAW")
    told = settings(folder, "--raw", "here", PASAKUMI_RAW="elsewhere")
    assert told["raw"] == ("here", "option --raw")


def test_an_empty_variable_is_none(folder):
    assert settings(folder, PASAKUMI_RAW="", PASAKUMI_CONTACT="")["contact"] == ("", "default")


def test_every_setting_has_a_variable(tmp_path):
    path = sources(tmp_path)
    values = {
        "PASAKUMI_CONTACT": "me@example.org",
        "PASAKUMI_PUBLISH_CONTACTS": "false",
        "PASAKUMI_PARTITIONED": "true",
        "PASAKUMI_FETCH_DELAY_SECONDS": "7",
        "PASAKUMI_FETCH_DEADLINE_SECONDS": "8.5",
        "PASAKUMI_FETCH_MAX_BYTES": "1_000",
        "PASAKUMI_FETCH_ALLOW_PRIVATE": "false",
        "PASAKUMI_NOTIFY_FAILURES": "5",
        "PASAKUMI_NOTIFY_ADMIN": "json://hook.example/x mailto://a@b.example",
    }
    tables = {name for name, key in TOP.items() if environment.is_table(key)}
    assert tables >= {"fetch", "source", "subscriber"}
    names = {
        *(environment.variable((name,)) for name in (*OPTIONS, *(key for key in TOP if key not in tables)))
    }
    names |= {environment.variable(("fetch", name)) for name in FETCH}
    names |= {environment.variable(("notify", name)) for name in NOTIFY_KEYS}
    assert set(environment.settings()) == names
    assert names - values.keys() == {environment.variable((name,)) for name in OPTIONS}
    config = load(path, values)
    assert (config.contact, config.publish_contacts, config.partitioned) == ("me@example.org", False, True)
    assert (config.notify.failures, len(config.notify.admin)) == (5, 2)
    assert config.fetch == (7.0, 8.5, 1000, False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PASAKUMI_FETCH_MAX_BYTES", "many", '= "many": expected a whole number from 1 to 2147483647'),
        ("PASAKUMI_FETCH_MAX_BYTES", "1\nx = 2", "expected a whole number"),
        ("PASAKUMI_FETCH_MAX_BYTES", "9" * 5000, "expected a whole number"),
        ("PASAKUMI_FETCH_DELAY_SECONDS", "1e999999999999", "expected a number from 0 to 3600"),
        ("PASAKUMI_FETCH_ALLOW_PRIVATE", "perhaps", '= "perhaps": expected true or false'),
        ("PASAKUMI_PUBLISH_CONTACTS", "no", '= "no": expected true or false'),
        ("PASAKUMI_CONTACT", "ž@example.org", "expected an e-mail or web address"),
        ("PASAKUMI_LOG_FORMAT", "xml", 'expected "plain" or "json"'),
        ("PASAKUMI_PUBLISH_CONTCTS", "false", "no such setting; did you mean PASAKUMI_PUBLISH_CONTACTS?"),
        ("PASAKUMI_DELAY_SECONDS", "1", "did you mean PASAKUMI_FETCH_DELAY_SECONDS?"),
        ("PASAKUMI_NOTIFY_NOBODY", "json://secret", "has no [[subscriber]] of that name"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable(folder, name, value, said):
    done = pasakumi(folder, "run", "--offline", **{name: value})
    assert done.code == 2
    assert done.complaint.startswith(name)
    assert said in done.complaint
    assert "secret" not in done.err


def test_secrets_are_never_shown(folder):
    for words in ((), ("--format", "json")):
        done = pasakumi(
            folder,
            *("config", *words),
            PASAKUMI_NOTIFY_DESK_1="json://h/hook?token=envsecret mailto://u:envsecret@x.example",
            PASAKUMI_CONTACT="https://me:contactsecret@x.example/",
        )
        assert (done.code, done.err) == (0, "")
        assert "secret" not in done.out
        assert "2 hidden" in done.out
        assert "PASAKUMI_NOTIFY_DESK_1" in done.out
        assert "https://…@x.example/" in done.out
    assert "filesecret" not in pasakumi(folder, "config").out
    done = pasakumi(folder, "config", PASAKUMI_NOTIFY_DESK_1="topsecret")
    assert (done.code, done.complaint) == (
        2,
        'PASAKUMI_NOTIFY_DESK_1 = …: expected a list of addresses such as "mailto://…", '
        'or "env:NAME" for a variable that holds one',
    )


def test_a_password_in_an_address_is_not_printed_with_its_error(tmp_path):
    sources(tmp_path, url="https://me:topsecret@x.example/")
    done = pasakumi(tmp_path, "sources")
    assert done.code == 2
    assert "…@x.example" in done.complaint
    assert "topsecret" not in done.err


def test_addresses_of_a_subscriber_come_from_the_environment(folder):
    config = load(folder / "sources.toml", {"PASAKUMI_NOTIFY_DESK_1": "json://a/ mailto://b@c.example"})
    assert config.subscribers[0].notify == ("json://a/", "mailto://b@c.example")


def test_options_of_the_command_have_variables(folder):
    (folder / "raw").mkdir()
    assert pasakumi(folder, "run", PASAKUMI_OFFLINE="true").complaint.startswith("raw: no capture")
    assert cli_arguments.parse("run", ["--no-offline"], {"PASAKUMI_OFFLINE": "true"}).offline is False
    assert cli_arguments.parse("run", ["-v"], {"PASAKUMI_QUIET": "true"}).quiet is False
    told = settings(folder, PASAKUMI_STRICT="true", PASAKUMI_QUIET="false")
    assert told["strict"] == (True, "PASAKUMI_STRICT")
    assert told["quiet"] == (False, "PASAKUMI_QUIET")


def test_a_foreign_variable_is_named_and_not_used(folder):
    done = pasakumi(folder, "config", PASAKUMI_WIDGET="1")
    assert (done.code, done.err) == (
        0,
        "pasakumi: PASAKUMI_WIDGET: no setting of pasakumi, so it is not used\n",
    )
    assert pasakumi(folder, "sources", PASAKUMI_WIDGET="1").err == ""


def test_a_variable_that_the_file_names_is_known(folder):
    text = (folder / "sources.toml").read_text("utf-8")
    (folder / "sources.toml").write_text(f"# env:PASAKUMI_NOTIFY_OPS\n{text}", "utf-8")
    done = pasakumi(folder, "config", PASAKUMI_NOTIFY_OPS="json://secret.example/")
    assert (done.code, done.err) == (0, "")
    assert "secret.example" not in done.out


def test_contacts_hidden_by_the_environment_are_hidden_at_once(folder):
    (folder / "page.html").write_text(page(2), "utf-8")
    source = ("--source", "fondi", "--captured-at", "2025-03-01")
    assert pasakumi(folder, "import", "page.html", *source).code == 0
    contacts = folder / "output" / "tables" / "contacts.csv"
    assert pasakumi(folder, "run", "--offline").code == 0
    assert EMAIL in contacts.read_text("utf-8")
    assert pasakumi(folder, "run", "--offline", PASAKUMI_PUBLISH_CONTACTS="false").code == 0
    assert EMAIL not in contacts.read_text("utf-8")


def test_exact_numbers():
    key = FETCH["delay_seconds"]
    assert environment.read({"X": "0.1"}, "X", key) == float(Decimal("0.1"))
    with pytest.raises(UsageError, match="X = "):
        environment.read({"X": "true"}, "X", key)
