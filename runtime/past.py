"""The past of a family, as far as it is needed to put something right in it."""

from dataclasses import replace
from datetime import date

from engine.decide.past_acts import meant, together
from engine.decide.upon import Upon
from engine.letters.catalogue import LetterError
from engine.model.dossier import CaseId
from engine.model.family import Family
from engine.model.outcomes import Unmet
from engine.model.past import Around, Happened, Past, Posted, Stood
from engine.model.putting_right import PutRight
from runtime.wiring import Runtime
from storage.cases import cases
from storage.cases.former_cast import former_cast, former_players
from storage.cases.load import Known
from storage.database.transactions import Session
from storage.journal import past
from storage.journal.past import Journals, Workflows
from storage.mail.posted import posted


def known(runtime: Runtime) -> Known:
    """The definitions families are read with."""
    return Known(runtime.workflow, runtime.programme.workflows)


def recalled(
    session: Session, runtime: Runtime, family: Family, event: PutRight, on: CaseId
) -> tuple[Family, Past] | Unmet:
    """The act that is meant, and the family with all that it touched, what has closed since too."""
    journals = past.read(session, family.root)
    act = meant(journals.happened, event, family.whole(on), family.workflow(on))
    if isinstance(act, Unmet):
        return act
    acts = together(journals.happened, event, act)
    entries = tuple(each for each in journals.happened if each.turn >= acts[0])
    cases = {each.case for each in entries if each.act in acts or each.opens}
    whole = _with_closed(session, runtime, family, cases)
    own = ([e for e in entries if e.act == each] for each in acts)
    around = tuple(_around(whole, each, journals, runtime.workflow) for each in own)
    whole = _knowing(whole, around, runtime.workflow)
    first, *more = (_reunited(session, whole, each) for each in around)
    first = _handed_back(session, first, entries[0])
    letters = tuple(_with_reads(runtime, whole, each) for each in posted(session, family.root))
    before = tuple(each for each in journals.happened if each.turn < acts[0])
    stood = _standing(whole, journals, runtime.workflow)
    found = Past(acts, entries, (first, *more), letters, before, stood=stood)
    holders = _holders(session, whole, first)
    correction = act if act != acts[0] else None
    return whole, replace(found, correction=correction, holders=holders)


def upon(session: Session, runtime: Runtime, family: Family, since: int) -> Upon:
    """A family with what it was since a turn, to see what rests on what was done then."""
    journals = past.read(session, family.root)
    cases = {each.case for each in journals.happened if each.turn >= since}
    whole = _with_closed(session, runtime, family, cases)
    return Upon(whole, journals.happened, _standing(whole, journals, runtime.workflow))


def _standing(family: Family, journals: Journals, workflows: Workflows) -> Stood:
    return lambda case, version: journals.at(family.cases[case], workflows, version)


def _with_reads(runtime: Runtime, family: Family, letter: Posted) -> Posted:
    """A letter with the paths that its text was written from."""
    if letter.message is None:
        return letter
    case = letter.case if letter.case in family.cases else family.root
    texts = runtime.texts(family.cases[case].digest)
    try:
        said = texts.said_facts(letter.letter)
    except LetterError:  # the letters of the case know it no more
        return letter
    sources = (texts.catalogue.facts[name].source for name in sorted(said))
    return replace(letter, reads=tuple(tuple(each.split(" or ")) for each in sources))


def _knowing(family: Family, around: tuple[Around, ...], workflows: Workflows) -> Family:
    """The family with the versions of its definitions that its cases ran on then."""
    cases = [case for each in around for case in (*each.before.values(), *each.after.values())]
    pinned = {case.digest: workflows(case.digest) for case in cases}
    definitions = family.definitions
    pinned = {**pinned, **definitions.pinned}
    return replace(family, definitions=replace(definitions, pinned=pinned))


def _around(
    family: Family, own: list[Happened], journals: Journals, workflows: Workflows
) -> Around:
    """Each case that an act touched, as it stood before and after."""
    before, after = {}, {}
    for case in sorted({each.case for each in own}):
        versions = [each.version for each in own if each.case == case]
        now = family.cases[case]
        after[case] = journals.at(now, workflows, max(versions))
        if min(versions) > 1:
            before[case] = journals.at(now, workflows, min(versions) - 1)
    return Around(before, after)


def _reunited(session: Session, family: Family, around: Around) -> Around:
    """Where a partnership ended with the act: with the centres and the people who left then."""
    before = dict(around.before)
    for case, was in around.before.items():
        found, now = family.workflow(case).partnership, family.cases[case]
        if found is not None and was.partnership < now.partnership:
            ended = next(e for e in now.former.ended if e.number == was.partnership)
            zone = now.office.zone
            centres, people = former_cast(session, case, found.side, ended, zone)
            before[case] = replace(
                was,
                parties={**was.parties, found.side: centres},
                people=(*was.people, *people),
            )
    return replace(around, before=before)


def _handed_back(session: Session, around: Around, act: Happened) -> Around:
    """Where a role was given to somebody else: with whoever had it before."""
    if act.handed is None:
        return around
    (old, on), (role, new) = act.handed, act.what.split(": ")
    was = around.before[act.case]
    relieved = former_players(session, act.case, role, date.fromisoformat(on))
    before = (each for each in relieved if each.key == old)
    people = (each for each in was.people if each.general or (each.role, each.key) != (role, new))
    left = replace(was, people=(*people, *before))
    return replace(around, before={**around.before, act.case: left})


def _holders(session: Session, family: Family, around: Around) -> dict[tuple[str, str], str]:
    """Who holds places by now, where one was left that is wanted back: nobody else takes it now."""
    for case, was in around.before.items():
        states = family.definitions.pinned[was.digest].states
        now = family.workflow(case).state(family.cases[case].state).holds_place
        if states[was.state].holds_place and not now:
            cases.lock_programme(session)
            return cases.holders(session)
    return {}


def _with_closed(session: Session, runtime: Runtime, family: Family, cases: set[CaseId]) -> Family:
    for case in sorted(cases - family.cases.keys()):
        closed = runtime.store.load(session, case, known(runtime), lock=False)
        family = joined(family, closed, case)
    return family


def joined(family: Family, other: Family, case: CaseId) -> Family:
    """The family with a closed case of it that was loaded apart."""
    return replace(
        family,
        cases={**family.cases, case: other.cases[case]},
        parents={**other.parents, **family.parents},
        children={**other.children, **family.children},
        letters={**other.letters, **family.letters},
        definitions=replace(
            family.definitions,
            pinned={**other.definitions.pinned, **family.definitions.pinned},
        ),
    )
