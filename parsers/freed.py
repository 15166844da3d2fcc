"""What a large page's tree took is given back to the system before the page's records are read."""

from __future__ import annotations

# Characters of a page below which its tree is not worth the call.
_LARGE = 1_000_000


def give_back(size: int) -> None:
    """To be called once the tree of a page of ``size`` characters is gone.

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
