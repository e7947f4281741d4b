"""docs/commands.md, written from the program itself: `python -m tests.support.command_docs`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from cli.shared.calling import DRY_RUN, EVERYWHERE
from cli.shared.edge import EXITS
from cli.shared.nouns import NOUNS
from tests.support.answer_schemas import shape_name, shapes
from tests.support.command_tree import Known, Parameter, commands

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "commands.md"

_HEAD = """\
# Commands

Written from the program (`python -m tests.support.command_docs`); a test keeps it current.

Answers go to standard output, everything else to standard error. With `--json` the answer is one
JSON object in the shape named; a failure without a decision is told in the shape of
[error.json](schemas/error.json) as well. A PAIR or FLAG is a reference (`VIE-BIR`,
`VIE-BIR/red_flag-1`) or the number of a case. Dates are written 2027-04-01, moments with their
offset, spans as P14D, P3M, P5WD or PT6H. `check`, `simulate`, `demo` and `mail preview` open no
database, and take neither `--database` nor `--as` and `--by`.
"""


def document() -> str:
    """The whole page."""
    return "\n".join(_parts()) + "\n"


def _parts() -> Iterator[str]:
    yield _HEAD
    yield "## Exit codes\n"
    yield "| code | meaning |\n| --- | --- |"
    yield from (f"| {code} | {meaning} |" for code, meaning in EXITS.items())
    yield "\n## Options of every command\n"
    yield "| option | meaning |\n| --- | --- |"
    for option in EVERYWHERE:
        value = "" if option.is_flag else f" {option.metavar}"  # type: ignore[attr-defined]  # an option has one
        yield f"| `{option.opts[0]}{_cell(value)}` | {option.help} |"  # type: ignore[attr-defined]  # as above
    known = list(commands())
    for noun, about in NOUNS.items():
        yield f"\n## pairing {noun}\n\n{about}"
        for command in known:
            if command.words[0] == noun:
                yield from _command(command)


def _command(command: Known) -> Iterator[str]:
    arguments = [each for each in command.parameters if not each.option]
    usage = " ".join(["pairing", command.name, *(_written(each) for each in arguments)])
    yield f"\n### `{usage}`\n\n{command.help}"
    shape = shape_name(shapes()[command.name])
    tries = any(each.name == DRY_RUN[0].name for each in command.parameters)
    tried = "; with `--dry-run` in that of [preview.json](schemas/preview.json)" if tries else ""
    yield f"\nAnswers in the shape of [{shape}.json](schemas/{shape}.json){tried}."
    if command.parameters:
        yield "\n| | meaning |\n| --- | --- |"
        yield from (_row(each) for each in command.parameters)


def _row(parameter: Parameter) -> str:
    about = parameter.help.rstrip(".")
    needed = "" if not parameter.option or not parameter.required else " (needed)"
    value = "" if parameter.is_flag or not parameter.option else f" {parameter.metavar}"
    written = _cell(f"{parameter.option or _written(parameter)}{value}")
    return f"| `{written}` | {about}{needed} |"


def _written(parameter: Parameter) -> str:
    return parameter.metavar if parameter.required else f"[{parameter.metavar}]"


def _cell(text: str) -> str:
    """A bar would end the cell."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT}\n")
