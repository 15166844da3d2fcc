"""Texts packed against one another come back byte by byte."""

import pickle
import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline import unpickling
from pipeline.packed import Packed, pack

TEXTS = st.lists(
    st.lists(st.sampled_from([b"a", b"bb", b"\n", b"abc" * 40]), max_size=30).map(b"".join), min_size=1
)


def packed_in_turn(texts):
    """Each against the one before."""
    packed = []
    for text in texts:
        packed += [pack(text, packed[-1] if packed else None)]
    return packed


@given(TEXTS | st.lists(st.binary(), min_size=1))
def test_every_text_comes_back(texts):
    packed = packed_in_turn(texts)
    assert [one.bytes() for one in packed] == texts
    assert all(one.like is None or one.like.like is None for one in packed)
    assert [one.bytes() for one in unpickling.loads(pickle.dumps(packed))] == texts


def versions(number, size):
    """Versions of a text of so many bytes, which differ in two places."""
    chance = random.Random(1)  # noqa: S311 - a sample
    words = [f"{chance.randrange(10**9)} {chance.choice('abcdef') * 3}\n" for _ in range(size // 14)]
    for version in range(number):
        words[len(words) // 3] = f"{version} eiro\n"
        words[2 * len(words) // 3] = f"{version} dienas\n"
        yield "".join(words).encode()


def test_versions_of_a_text_cost_what_differs():
    for size in (20_000, 300_000):
        packed = packed_in_turn(versions(10, size))
        assert {one.like for one in packed[1:]} == {packed[0]}
        if size < 32_768:
            assert max(len(one.content) for one in packed[1:]) < len(packed[0].content) / 20
        assert [one.bytes() for one in packed] == list(versions(10, size))


def test_a_page_that_becomes_another_is_packed_alone():
    packed = packed_in_turn([text for size in (5_000, 20_000) for text in versions(2, size)])
    assert [one.like is None for one in packed] == [True, False, True, False]
    assert all(isinstance(old, Packed) and old.sha256 != new.sha256 for old, new in pairwise(packed))
