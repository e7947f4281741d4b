"""The tree of commands, and how one of them is called."""

from collections.abc import Sequence

import typer
from typer.main import get_command

from cli.shared.calling import Group, want_json
from cli.shared.edge import report_usage
from cli.shared.nouns import Nouns

app = typer.Typer(
    cls=Nouns,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Run pairs of cancer centres through a programme declared as data.",
)


@app.callback()
def _pairing() -> None:
    """Stand at the root; the words that follow are listed in cli/shared/nouns.py."""


def noun(help_: str) -> typer.Typer:
    """A noun whose verbs take the options that stand everywhere."""
    return typer.Typer(cls=Group, add_completion=False, help=help_)


def call(arguments: Sequence[str]) -> int:
    """Call one command; wrong usage is told here."""
    command = get_command(app)
    try:
        code = command.main(list(arguments), prog_name="pairing", standalone_mode=False)
    except typer.TyperException as error:
        if "--json" in arguments:
            want_json()  # what was typed wrongly may stand before it
        said = error.format_message()
        if said == "Missing command.":
            said = "missing command: pairing --help lists them"
        return report_usage(said)
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0
