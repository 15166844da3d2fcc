"""Addresses as they go into a request, and which proxy they go through."""

from __future__ import annotations

import os

import pytest
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from pipeline import addresses, proxies


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Example.LV", "http://example.lv/"),
        ("HTTPS://example.lv?", "https://example.lv/"),
        ("http://māja.lv:8080/š ņ?a=ū|b#c", "http://xn--mja-1oa.lv:8080/%C5%A1%20%C5%86?a=%C5%AB%7Cb#c"),
        ("http://example.lv/%7e%41%2f%zz", "http://example.lv/%257E%2541%252F%25zz"),
        ("http://example.lv/%7e%41%2f%5b%c5%a1", "http://example.lv/~A%2F%5B%C5%A1"),
        ("http://example.lv/a/../b/./c", "http://example.lv/b/c"),
        ("http://example.lv/%e2%80%93?q=[1]&r=%26", "http://example.lv/%E2%80%93?q=%5B1%5D&r=%26"),
    ],
)
def test_an_address_as_asked(url, asked):
    assert addresses.encoded(url) == asked
    assert addresses.encoded(asked) == asked


@pytest.mark.parametrize(
    "url", ["http:///a", "http://*.lv/", "http://.lv/", "http://a:99999/", "http://-ā-.lv"]
)
def test_what_is_no_address(url):
    with pytest.raises(LocationParseError):
        addresses.encoded(url)


def test_the_request_line_names_no_other_host():
    assert addresses.target(parse_url("http://example.lv//evil.example/a?b")) == "/evil.example/a?b"


@pytest.mark.parametrize(
    ("auth", "shown"),
    [
        (None, None),
        ("me", None),
        ("me:", "Basic bWU6"),
        ("m%C3%A9:p%40", "Basic bek6cEA="),
        ("%C4%81:b", "Basic xIE6Yg=="),
    ],
)
def test_credentials(auth, shown):
    assert addresses.basic(auth) == shown


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://example.lv/", "http://one:1"),
        ("https://example.lv/", "http://other:2"),
        ("http://near.lv/", None),
        ("http://www.near.lv/", None),
        ("http://unnear.lv/", "http://one:1"),
        ("http://port.lv:81/", None),
        ("http://port.lv/", "http://one:1"),
        ("http://10.1.2.3/", None),
        ("http://11.1.2.3/", "http://one:1"),
    ],
)
def test_the_proxy_of_an_address(monkeypatch, url, proxy):
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    assert proxies.proxy_of(url, proxies.known()) is None
    monkeypatch.setenv("http_proxy", "one:1")
    monkeypatch.setenv("ALL_PROXY", "http://other:2")
    monkeypatch.setenv("NO_PROXY", "Near.lv, port.lv:81,10.0.0.0/8,300.0.0.0/8")
    assert proxies.proxy_of(url, proxies.known()) == proxy
