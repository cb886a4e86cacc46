"""Speak: the language of the command line, and its help in it.

The language is that of `--lang`, else that of the environment (LC_ALL, LC_MESSAGES, LANG), else
English.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from model.words.catalogue import LANGUAGES, Words, mark
from model.words.numbers import Lang

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Of the environment: the first that says something decides."""

OF_TYPER = {
    "No such option: (?P<name>\\S+).*": mark("there is no option {name}"),
    "Missing argument '(?P<name>.*)'.": mark("{name} is missing"),
    "Missing option '(?P<name>.*)'.": mark("{name} is missing"),
    "Invalid value for '?(?P<name>[^:]*?)'?: (?P<why>.*)": mark("{name} is wrong: {why}"),
    "Got unexpected extra argument(?:\\(s\\))? \\((?P<name>.*)\\)": mark(
        "{name} is more than is taken"
    ),
    "Option '(?P<name>.*)' requires an argument.": mark("{name} asks for a value"),
    "Option '(?P<name>.*)' does not take a value.": mark("{name} takes no value"),
    "Input should be a valid integer.*": mark("a whole number is asked for"),
    "Input should be a valid number.*": mark("a number is asked for"),
    "Input should be greater than or equal to (?P<least>.*)": mark("at least {least}"),
    "Input should be less than or equal to (?P<most>.*)": mark("at most {most}"),
    "Value error, '?(?P<name>.*?)'? is not one of (?P<known>.*)\\.": mark(
        "{name} is none of {known}"
    ),
}
"""What the library says of a wrong command line, in our words; `why` is said by it too."""

TITLES = (
    mark("Options"),
    mark("Arguments"),
    mark("Commands"),
    mark("default: {default}"),
    mark("required"),
)
"""What it says in its help."""

Place = tuple[Any, str]
"""An object, and the name of its attribute that holds a text."""


def language(arguments: Sequence[str]) -> Lang:
    """The language of a command line."""
    for place, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            value = value or "".join(arguments[place + 1 : place + 2])
            return next((lang for lang in LANGUAGES if lang == value), "en")
    told = next(filter(None, map(os.environ.get, VARIABLES)), "") or ""
    return "fr" if told.lower().startswith("fr") else "en"


def speak(group: Any, words: Words) -> None:
    """Have a group of commands, and the library that shows their help, speak a language."""
    for thing, name in _places(group):
        setattr(thing, name, "\n\n".join(map(words.gettext, paragraphs(getattr(thing, name)))))
    for command in (group, *group.commands.values()):
        _frame(command, words)
    for name, module in list(sys.modules.items()):
        if name.startswith(("typer.", "click.")) and hasattr(module, "_"):
            setattr(module, "_", words.gettext)  # noqa: B010


def _frame(command: Any, words: Words) -> None:
    """What the library says in English only: how to use a command, and `--help`."""
    option_of = command.get_help_option

    def format_usage(context: Any, formatter: Any) -> None:
        pieces = " ".join(command.collect_usage_pieces(context))
        formatter.write_usage(context.command_path, pieces, prefix=words("Usage:") + " ")

    def get_help_option(context: Any) -> Any:
        option = option_of(context)
        option.help = words("Show this message and exit.")
        return option

    command.format_usage, command.get_help_option = format_usage, get_help_option


def misuse(error: Any, words: Words) -> Iterator[str]:
    """The lines that tell a wrong command line."""
    if error.ctx is not None:
        yield error.ctx.get_usage()
        command = f"{error.ctx.command_path} --help"
        yield words("For help: {command}", command=command)
    yield words("Error: {message}", message=_in_our_words(error.format_message(), words))


def _in_our_words(message: str, words: Words) -> str:
    for pattern, told in OF_TYPER.items():
        if found := re.fullmatch(pattern, message):
            blanks = {name: text.replace("'", "") for name, text in found.groupdict().items()}
            return words(told, **{n: _in_our_words(text, words) for n, text in blanks.items()})
    return message


def sentences(group: Any) -> set[str]:
    """Every sentence of the help of a group of commands."""
    return {part for thing, name in _places(group) for part in paragraphs(getattr(thing, name))}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def _places(group: Any) -> Iterator[Place]:
    """Where the texts of a group stand."""
    for command in (group, *group.commands.values()):
        yield from _texts(command, "help", "epilog", "short_help")
        for parameter in command.params:
            yield from _texts(parameter, "help", "show_default")


def _texts(thing: Any, *names: str) -> Iterator[Place]:
    for name in names:
        if isinstance(getattr(thing, name, None), str) and getattr(thing, name):
            yield thing, name
