"""Words of a command line -> a verb and its options, with what the environment says where they are silent."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING, NoReturn

from pipeline import environment
from pipeline.cli_options import GLOBAL, VERBS
from pipeline.config_keys import OPTIONS
from pipeline.errors import UsageError
from pipeline.printable import printable
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLAGS = {
    option.key: option.names[0]
    for option in (*GLOBAL, *(option for verb in VERBS.values() for option in verb.options))
    if option.key
}


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{self.prog.removeprefix('pasakumi ')}: {_clear(message, self)}; `{self.prog} --help`"
        )

    def known(self) -> list[str]:
        return [name for action in self._actions for name in action.option_strings]


def split(words: list[str]) -> tuple[str | None, list[str]]:
    """The verb and all other words. Raises UsageError for a verb that does not exist."""
    valued = _valued()
    place = 0
    while place < len(words) and (words[place].startswith("-") and words[place] != "-"):
        place += 2 if words[place] in valued else 1
    if place >= len(words):
        return None, words
    verb = words[place]
    if verb not in VERBS:
        raise UsageError(
            f"no verb {printable(verb)!r}; {did_you_mean(verb, VERBS)}; `pasakumi --help` lists them"
        )
    return verb, words[:place] + words[place + 1 :]


def parse(verb: str, words: list[str], variables: Mapping[str, str] = os.environ) -> Namespace:
    """The options of a verb. ``origins`` among them tells where each came from that a variable may set.

    Raises UsageError; exits where ``--help`` is asked for.
    """
    declared = VERBS[verb]
    parser = _Parser(
        prog=f"pasakumi {verb}",
        description=f"{declared.does[:1].upper()}{declared.does[1:]}.\n\n{declared.more}".rstrip(),
        epilog=f"example: {declared.example}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for option in declared.options:
        parser.add_argument(*option.names, **option.settings)
    everywhere = parser.add_argument_group("everywhere")
    for option in GLOBAL:
        everywhere.add_argument(*option.names, **option.settings)
    everywhere.add_argument("--version", action="version", version=SUPPRESS, help=SUPPRESS)
    options = parser.parse_args([_as_argument(word) for word in words])
    _fill_in(options, variables)
    return options


def _fill_in(options: Namespace, variables: Mapping[str, str]) -> None:
    """What the words left open: from the environment, else the default."""
    options.origins = {}
    for name, key in OPTIONS.items():
        if (given := getattr(options, name, None)) is not None:
            options.origins[name] = f"option {_FLAGS[name]}"
            setattr(options, name, _as_key(name, given))
            continue
        variable = environment.variable((name,))
        value = environment.read(variables, variable, key)
        setattr(options, name, key.default if value is None else value)
        options.origins[name] = environment.DEFAULT if value is None else variable
    if options.verbose and options.origins["quiet"] == environment.variable(("quiet",)):
        options.quiet = False


def _as_argument(word: str) -> str:
    """``-7d`` is a point in time and no option; what begins with a space is never taken for one."""
    return f" {word}" if word[:1] == "-" and word[1:2].isdigit() else word


def _valued() -> set[str]:
    """All options that take a value."""
    options = [*GLOBAL, *(option for verb in VERBS.values() for option in verb.options)]
    return {
        name
        for option in options
        for name in option.names
        if name.startswith("-") and option.settings.get("action", "append") == "append"
    }


def _clear(message: str, parser: _Parser) -> str:
    """An error of argparse as a sentence with a way on."""
    marker = "unrecognized arguments: "
    if not message.startswith(marker):
        return printable(message.removeprefix("argument "))
    first = message.removeprefix(marker).split()[0]
    if not first.startswith("-"):
        return f"one word too many: {printable(first)}"
    return f"no option {printable(first)}; {did_you_mean(first.partition('=')[0], parser.known())}"


def _as_key(name: str, given: object) -> object:
    """What argparse left as text, as the rest of the program wants it."""
    if name != "max_age":
        return given
    try:
        return OPTIONS[name].read(given)
    except ValueError:
        message = f"status: --max-age {printable(str(given))}: expected {OPTIONS[name].expected}"
        raise UsageError(message) from None
