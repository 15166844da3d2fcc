"""Texts packed against one another come back byte by byte."""

import pickle
import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline import unpickling
from pipeline.packed import Like, Packed, pack

TEXTS = st.lists(
    st.lists(st.sampled_from([b"a", b"bb", b"\n", b"abc" * 40]), max_size=30).map(b"".join), min_size=1
)


def packed_in_turn(texts):
    """Each against the last one that was packed alone; their places are those in the list."""
    packed: list[Packed] = []
    like = None
    for place, text in enumerate(texts):
        packed.append(pack(text, like))
        if packed[-1].like is None:
            like = Like(place, text, len(packed[-1].content))
    return packed


def unpacked(packed):
    return [one.bytes(b"" if one.like is None else packed[one.like].bytes()) for one in packed]


@given(TEXTS | st.lists(st.binary(), min_size=1))
def test_every_text_comes_back(texts):
    packed = packed_in_turn(texts)
    assert unpacked(packed) == texts
    assert unpacked(unpickling.loads(pickle.dumps(packed))) == texts


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
        assert [one.like for one in packed] == [None] + [0] * 9
        if size < 32_768:
            assert max(len(one.content) for one in packed[1:]) < len(packed[0].content) / 20
        assert unpacked(packed) == list(versions(10, size))


def test_a_page_that_becomes_another_is_packed_alone():
    packed = packed_in_turn([text for size in (5_000, 20_000) for text in versions(2, size)])
    assert [one.like for one in packed] == [None, 0, None, 2]
