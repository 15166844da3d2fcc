"""What reading a large page took is given back to the system step by step, before the next one takes more."""

from __future__ import annotations

# Characters of a page below which it is not worth the call.
_LARGE = 1_000_000


def give_back(size: int) -> None:
    """To be called once the tree of a page of ``size`` characters is gone, or much that was made of it.

    glibc keeps for itself what libxml2 frees, and Python's objects do not go there: a tree is half of all
    that a large page takes. Other C libraries have no such call, and nothing is done.
    """
    if size < _LARGE:
        return
    import ctypes

    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return
    trim(0)
