"""`pairing simulate`: invented pairs through their months on the real engine, in seconds."""

from dataclasses import dataclass, fields
from typing import Annotated

import typer

from cli.shared.alone import Alone
from cli.shared.in_force import settings
from cli.shared.output import Human, answer, progress
from cli.shared.table import Table
from cli.shared.values import whole, word
from simulation.report import Report
from simulation.simulate import Order
from simulation.simulate import simulate as play

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Simulate(Report):
    """What a simulation tells: no ids of a database, no wall clock."""


@app.command("simulate", cls=Alone)
def simulate(
    pairs: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many pairs.", parser=whole(1, 10_000))
    ] = 14,
    months: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many months.", parser=whole(1, 120))
    ] = 18,
    seed: Annotated[
        int, typer.Option(metavar="NUMBER", help="The same seed, the same story.", parser=whole(0))
    ] = 7,
    people: Annotated[
        str, typer.Option(help="punctual, mixed, erratic, silent.", parser=word)
    ] = "mixed",
    on: Annotated[
        str,
        typer.Option(help="memory, or file: letters and journals are written too.", parser=word),
    ] = "memory",
) -> Simulate:
    """Run invented pairs through their months under a virtual clock."""
    order = Order(pairs=pairs, months=months, seed=seed, people=people, on=on)
    tick = progress()
    report = play(order, settings(), lambda today, last: tick(f"{today} of {last}"))
    tick("")
    told = Simulate(*(getattr(report, field.name) for field in fields(report)))
    return answer(told, *_tables(report))


def _tables(report: Report) -> list[Human]:
    pairs = [
        (p.reference, p.name, p.state, p.month, p.letters, p.flags, p.silent_from)
        for p in report.pairs
    ]
    by_person = report.letters_by_person
    flags = [(kind, counts) for kind, counts in report.flags_by_kind.items()]
    tables: list[Human] = [
        _head(report),
        Table(("pair", "centres", "state", "month", "letters", "flags", "silent from"), pairs),
        "",
        Table(("state", "pairs"), list(report.states.items()), "States reached"),
        "",
        Table(("letter", "sent"), list(report.letters.items()), "Letters by kind"),
        "",
        Table(
            ("person", "letters", "a week", "mails a week", "overviews", "most in a week"),
            [
                (w.person, by_person.get(w.person, 0), w.letters, w.messages, w.overviews, w.most)
                for w in report.weeks
            ],
            "Letters by person, and the mails in which they came",
        ),
        "",
        Table(
            ("flag", "raised"),
            [(kind, ", ".join(f"{n} {s}" for s, n in counts.items())) for kind, counts in flags],
            "Flags",
            empty="none",
        ),
        _tail(report),
    ]
    longest = report.longest_silence
    if longest is not None:
        tables.append(
            f"longest silence: {longest.days} days in {longest.state} ({longest.pair}, since "
            f"{longest.since}); announced: {longest.announced}"
        )
    return tables


def _head(report: Report) -> str:
    played = report.played
    days = f"{played.first_day} to {played.last_day}"
    people = f"people {played.people}, seed {played.seed}"
    return f"{played.pairs} pairs, {days}, {people}: {report.events} events"


def _tail(report: Report) -> str:
    counts = {
        "waivers": report.waivers,
        "dates moved": report.moves,
        "incidents": report.incidents,
        "findings": report.findings,
    }
    return "\n" + "; ".join(f"{name}: {len(rows)}" for name, rows in counts.items())
