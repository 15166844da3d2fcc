"""A publication that stopped half-way is never taken for a whole one, whatever is asked for next."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline import run
from pipeline.config import load
from pipeline.errors import Failed
from tests.pipeline import whole
from tests.pipeline.receivers import DAY
from tests.pipeline.site import capture, page, sources


@pytest.mark.parametrize("placed", [1, 12])
def test_settings_that_are_taken_back_after_a_disk_was_full(tmp_path, monkeypatch, placed):
    """The files that came into place are as long as the ones before: names and sizes do not tell."""
    sources(tmp_path)
    capture(tmp_path / "raw", page(2), DAY)
    before = load(tmp_path / "sources.toml")._replace(contact="one@data.example")
    run.publish(before)
    stood = whole.published(before.output)
    replace, left = Path.replace, [placed]

    def full_after(path, target):
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        return replace(path, target)

    with monkeypatch.context() as full:
        full.setattr(Path, "replace", full_after)
        with pytest.raises(Failed, match="No space left"):
            run.publish(before._replace(contact="two@data.example"))
    assert whole.published(before.output) != stood
    run.publish(before)
    assert whole.published(before.output) == stood
