"""What is typed to file what a step lacks: the command with its fields, ready to be filled in."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from engine.decide.explain import Way
from engine.decide.permissions import CHANNELS
from engine.model.fields import Field
from runtime.queries.why import Filing, Why

_LONGEST = 70  # characters of choices beside each other
_TAKES: Mapping[str, str] = MappingProxyType(
    {
        "date": "DAY",
        "moment": "MOMENT",
        "yes_no": "yes|no",
        "number": "NUMBER",
        "whole": "NUMBER",
        "version": "NUMBER",
        "person": "NAME",
        "country": "COUNTRY",
        "file": "FILE",
    }
)


def filing_lines(pair: str, found: Why) -> list[str]:
    """Each record that would settle what is missing, as a command."""
    lines = [f"  pairing pair assign {pair} {side} CENTRE" for side in found.unassigned]
    lines += [f"  {command}" for each in found.filings for command in _commands(pair, each)]
    return ["to file what is missing:", *lines] if lines else []


def next_lines(pair: str, found: Why) -> list[str]:
    """After a step: which steps lead on by what is on file, and how what they lack is filed."""
    on_file = _steps(way for way in found.ways if not way.asks_words)
    with_words = ", ".join(dict.fromkeys(way.trigger for way in found.ways if way.asks_words))
    lines = [f"next: {on_file}"] if on_file else []
    lines += [f"with --note: {with_words} (pairing pair why {pair})"] if with_words else []
    return [*lines, *filing_lines(pair, found), *code_lines(found)]


def code_lines(found: Why) -> list[str]:
    """Whom to call, so that they can sign on a page, and what makes the code they are told."""
    who = (": ".join(filter(None, (each.person.name, each.person.phone))) for each in found.codes)
    lines = [f"  {each.command}  {name}" for each, name in zip(found.codes, who, strict=True)]
    return ["tell on the phone the code to sign with:", *lines] if lines else []


def _steps(ways: Iterable[Way]) -> str:
    return ", ".join(dict.fromkeys(f"{way.trigger} ({way.title})" for way in ways))


def _commands(pair: str, filing: Filing) -> Iterator[str]:
    name, fields = filing.kind.name, filing.kind.fields
    for whose, speaker in filing.unsigned:
        signing = f"pairing pair sign {pair} {name} --side {whose} --person NAME --on DAY"
        yield signing + _heard(speaker)
    if not filing.unsigned:
        needed = [_word(each) for each in fields if not each.optional and not filing.is_filed]
        rest = [each for each in fields if each.optional or filing.is_filed]
        other = " ".join(_changed(each) if filing.is_filed else _word(each) for each in rest)
        filed = " ".join((f"pairing pair record {pair} {name}", *needed))
        yield filed + (f" [{other}]" if other else "") + _heard(filing.heard_from)


def _heard(speaker: str) -> str:
    """What the office adds to what a side said."""
    return f" --for {speaker} --heard {'|'.join(CHANNELS)}" if speaker else ""


def _changed(field: Field) -> str:
    """A field of a record that is there: what is not named stays, and so do other rows."""
    return _rows("--row", f"{field.name}:NUMBER", field) if field.kind == "rows" else _word(field)


def _word(field: Field) -> str:
    if field.kind == "rows":
        return _rows("--add", field.name, field)
    return f"--set {_assigned(field)}"


def _rows(option: str, rows: str, field: Field) -> str:
    return f"{option} {rows} {' '.join(map(_assigned, field.rows))}"


def _assigned(field: Field) -> str:
    word = f"{field.name}={_takes(field)}"
    return f'"{word}"' if " " in word else word


def _takes(field: Field) -> str:
    choices = "|".join(field.choices)
    if choices:
        return choices if len(choices) <= _LONGEST else f"{field.choices[0]}|..."
    return _TAKES.get(field.kind, "TEXT")
