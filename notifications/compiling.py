"""One piece of a text, compiled: what it uses, and its words for given facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jinja2 import TemplateError, TemplateSyntaxError

from engine.letters.catalogue import LetterError
from notifications.directions import with_commands
from notifications.sandbox import Environment, Template
from notifications.sheets import Part

MOST_OUTPUT = 200_000  # characters of one rendered part
_FAILURES = (TemplateError, LetterError, TypeError, ValueError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Text:
    """One compiled template: where it stands, the names it uses."""

    where: str
    template: Template
    names: frozenset[str]
    line: int  # of its file

    def write(self, values: Mapping[str, object]) -> str:
        chunks, size = [], 0
        try:
            for chunk in self.template.generate(values):
                chunks.append(chunk)
                size += len(chunk)
                if size > MOST_OUTPUT:
                    raise LetterError(f"more than {MOST_OUTPUT} characters: shorten the lists")
        except _FAILURES as error:
            empty = sorted(name for name in self.names if values.get(name) is None)
            hint = f" (empty here: {', '.join(empty)})" if empty else ""
            raise LetterError(f"{self.where}: {error}{hint}", self.line) from None
        return with_commands("".join(chunks))


def compiled(environment: Environment, part: Part, where: str, known: Collection[str]) -> Text:
    try:
        template, names = environment.compiled(part.text)
        _refuse_unknown(part, where, sorted(names - frozenset(known)))
        return Text(where, template, names, part.line)
    except TemplateSyntaxError as error:
        line = part.line + (error.lineno or 1) - 1
        raise LetterError(f"{where}, line {line}: {error.message}", line) from None
    except LetterError:
        raise
    except _FAILURES as error:
        raise LetterError(f"{where}: {error}", part.line) from None


def _refuse_unknown(part: Part, where: str, unknown: list[str]) -> None:
    for name in unknown[:1]:
        line = part.line + part.text[: part.text.find(name)].count("\n")
        raise LetterError(f"{where}: fact {name} is used and not declared", line)
