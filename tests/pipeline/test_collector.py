"""The garbage collector is held back inside, and as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from pipeline.collector import paused


def test_it_is_as_it_was_whatever_happens():
    assert gc.isenabled()
    with paused():
        assert not gc.isenabled()
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), paused():
        raise KeyError
    assert gc.isenabled()
