"""Bytes as a failing disk, a cut copy or a stray hand leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

KINDS = ("flipped", "cut", "zeroed")


def damaged(content: bytes, kind: str, random: Random) -> bytes:
    """The bytes with one bit changed, without their end, or with zeros in places: never as they were."""
    place = random.randrange(len(content))
    match kind:
        case "flipped":
            bit = bytes([content[place] ^ 1 << random.randrange(8)])
            return content[:place] + bit + content[place + 1 :]
        case "cut":
            return content[:place]
        case _:
            length = min(random.randint(1, 64), len(content) - place)
            zeroed = content[:place] + bytes(length) + content[place + length :]
            return zeroed if zeroed != content else damaged(content, "flipped", random)


def damage(path: Path, kind: str, random: Random) -> None:
    """Damage a file."""
    path.write_bytes(damaged(path.read_bytes(), kind, random))


def unsummed(index: str) -> str:
    """An index as somebody writes it who means harm: without sums of its head and its lines."""
    return re.sub(r'"(head|lines)": "[0-9a-f]{8}", ', "", index, count=2)
