"""A real S3 server on this machine, for as long as the tests run."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

ABSENT = "an S3 server needs moto[s3], flask, flask-cors; the client s3fs"


class S3(NamedTuple):
    """``variables``: what a process must know to reach it. ``files``: an fsspec file system on it."""

    variables: dict[str, str]
    files: Any

    def bucket(self, name: str) -> str:
        self.files.mkdir(name)
        return f"s3://{name}"

    def names(self, url: str) -> set[str]:
        """All objects below an address."""
        self.files.invalidate_cache()
        start = len(url.removeprefix("s3://")) + 1
        return {path[start:] for path in self.files.find(url)}


@contextmanager
def serving() -> Iterator[S3]:
    for package in ("s3fs", "moto", "flask", "flask_cors"):
        pytest.importorskip(package, reason=ABSENT)
    import fsspec
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    variables = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_MAX_ATTEMPTS": "1",
    }
    patch = pytest.MonkeyPatch()
    for name, value in variables.items():
        patch.setenv(name, value)
    try:
        yield S3(variables, fsspec.filesystem("s3"))
    finally:
        patch.undo()
        server.stop()
