"""`pairing migrate`: running pairs are brought to another version of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.dry_run import follows, letters_told
from cli.shared.edge import REFUSED
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.values import word
from engine.decide.migrate import Becomes
from runtime.queries.find_case import find_case
from runtime.queries.letters_to_come import LetterToCome
from runtime.queries.other_versions import Another, others, wanted
from runtime.queries.preview import Preview
from runtime.use_cases.migrate import Brought, bring_over

_SHORT = 8  # characters of a hash, enough to tell versions of one name apart

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class CaseBrought:
    """What becomes of one case, and why it stays where it is."""

    case: str
    becomes: str
    state: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairBrought:
    """What becomes of a pair with its open cases, what follows, who is written to at once."""

    pair: str
    cases: tuple[CaseBrought, ...]
    follows: Preview
    at_once: tuple[LetterToCome, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """What differs between the versions, and what becomes of each pair."""

    written: bool
    differences: tuple[Another, ...]
    pairs: tuple[PairBrought, ...]


@app.command("migrate", cls=Command)
def migrate(
    to: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION",
            help="An earlier version by its name or hash; else the one in force.",
            parser=word,
        ),
    ] = None,
    pair: Annotated[
        str | None, typer.Option(metavar="PAIR", help="One pair; else all.", parser=word)
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would follow; nothing is written.")
    ] = False,
) -> Migration:
    """Bring running pairs to another version of the programme, each with its open cases.

    What was asked was asked; reminders keep their days unless their rule is another. A pair of
    which a case cannot be brought stays as it is, and it is told why.
    """
    with opened() as runtime:
        only = find_case(runtime, pair) if pair else None
        versions = wanted(runtime, to or "")
        differences = tuple(others(runtime, versions, only))
        acting = runtime.only_tried() if dry_run else runtime
        called = Titles(runtime)
        pairs = tuple(_told(each) for each in bring_over(acting, versions, who(), only))
    done = Migration(not dry_run, differences, pairs)
    answer(done, *_lines(called, done))
    if any(case.becomes == Becomes.BLOCKED for each in pairs for case in each.cases):
        raise typer.Exit(REFUSED)
    return done


def _told(brought: Brought) -> PairBrought:
    fates = brought.migration.fates
    cases = tuple(
        CaseBrought(
            each.reference,
            each.becomes,
            each.state,
            tuple(f"{unmet.requirement}: {unmet.detail}. {unmet.remedy}" for unmet in each.why),
        )
        for each in fates
    )
    pair = cases[0].case.partition("/")[0] if cases else ""
    return PairBrought(pair, cases, brought.follows, brought.at_once)


def _lines(called: Titles, done: Migration) -> Iterator[Table | str]:
    """The difference, what becomes of each case, all that follows, and who is written to."""
    if not done.written:
        yield "dry run: nothing was written"
    for each in done.differences:
        now, since = each.version, each.since
        if now == since:
            now = f"{now} ({each.digest_now[:_SHORT]})"
            since = f"{since} as it was kept ({each.digest[:_SHORT]})"
        title = f"Differences of {each.workflow} {now} from {since}"
        run_on = f"{title}, which {', '.join(each.cases)} run on"
        yield Table(("what is another",), [(said,) for said in each.sentences], title=run_on)
    cases = [(c.case, c.becomes, c.state, "\n".join(c.why)) for p in done.pairs for c in p.cases]
    empty = "no case is open"
    yield Table(("case", "becomes", "state", "why"), cases, title="Cases", empty=empty)
    for pair in done.pairs:
        tables = list(follows(called, pair.follows))
        yield from ([f"\n{pair.pair}", *tables] if tables else [])
    told = letters_told(called, tuple(each for pair in done.pairs for each in pair.at_once))
    yield Table(*told, title="Due at once", empty="nothing comes due at once")
