"""Every command with its parameters, as the command line itself knows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from typer.core import TyperGroup

from cli.shared.calling import EVERYWHERE
from cli.shared.nouns import NOUNS, loaded
from cli.shared.verbs import Verbs

NAMES_EVERYWHERE = frozenset(str(option.name) for option in EVERYWHERE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option: `option` is how it is written, empty for an argument."""

    name: str
    option: str
    is_flag: bool
    required: bool
    place: int  # among the arguments
    help: str
    metavar: str


@dataclass(frozen=True, slots=True)
class Known:
    """One command by its words."""

    words: tuple[str, ...]
    help: str
    parameters: tuple[Parameter, ...]
    function: object

    @property
    def name(self) -> str:
        return " ".join(self.words)


def commands() -> Iterator[Known]:
    """Every command that can be called, in the order of the help."""
    for noun in NOUNS:
        command = loaded(noun)
        if isinstance(command, TyperGroup):
            for verb in command.commands:
                yield _known((noun, verb), verb_of(command, verb))
        else:
            yield _known((noun,), command)


def verb_of(noun: TyperGroup, verb: str) -> object:
    """The real command behind a verb."""
    return noun.verb(verb) if isinstance(noun, Verbs) else noun.commands[verb]


def _known(words: tuple[str, ...], command: object) -> Known:
    found = []
    place = 0
    for each in command.params:  # type: ignore[attr-defined]  # Typer's own class is private
        if each.name in NAMES_EVERYWHERE and each in EVERYWHERE:
            continue
        is_option = each.param_type_name == "option"
        found.append(
            Parameter(
                name=each.name,
                option=each.opts[0] if is_option else "",
                is_flag=bool(getattr(each, "is_flag", False)),
                required=each.required,
                place=-1 if is_option else place,
                help=each.help or "",
                metavar=each.metavar or str(each.name).upper(),
            )
        )
        place += not is_option
    about = command.help or ""  # type: ignore[attr-defined]  # as above
    return Known(words, about, tuple(found), command.callback)  # type: ignore[attr-defined]  # as above
