"""What output/ hangs on, as one digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import corrections, decisions, recorded
from pipeline.belonging import Belonging
from pipeline.errors import Failed
from pipeline.version import code_digest

if TYPE_CHECKING:
    from pipeline.archive import Archive
    from pipeline.config import Config


def inputs_digest(config: Config, archive: Archive) -> str:
    """Of captures, decisions, corrections, settings and code. Raises Failed."""
    belonging = Belonging(archive, config.sources)
    captures = ((source.id, belonging.chain(source.id)) for source in config.sources)
    try:
        settings = config.path.read_bytes()
    except OSError as error:
        raise Failed(f"{config.path}: cannot be read ({error.strerror})") from error
    noted = decisions.content(config.raw), corrections.content(config.raw)
    # The environment may say otherwise than the file.
    in_force = repr((config.contact, config.publish_contacts))
    return recorded.inputs_digest(captures, *noted, settings, in_force, code_digest())
