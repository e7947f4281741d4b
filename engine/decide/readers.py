"""Who has read what is put right: every letter that took it from the record, whoever owed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.dates.view import dig
from engine.decide.past_acts import standing
from engine.decide.read_from import read_from
from engine.model.definition import SetFact, Workflow
from engine.model.dossier import CaseId, RecordVersion
from engine.model.family import Family
from engine.model.partners import every_version
from engine.model.past import Happened, Past, Posted

Fields = frozenset[str]
_NOTHING: tuple[object, ...] = (None, "", [], ())


@dataclass(frozen=True, slots=True)
class Wrong:
    """The version of a record that is put right; ``right`` is what it says then, if anything."""

    case: CaseId
    record: str
    version: RecordVersion  # any that counts no more
    right: Mapping[str, object] | None

    def fields(self, told: RecordVersion, path: str) -> Fields:
        """The field that a letter took from a version, where that is so no more."""
        value, wrong = dig(told.content, path), dig(self.version.content, path)
        if self.right is None:
            is_wrong = told.number == self.version.number and value not in _NOTHING
        else:
            is_wrong = value == wrong != dig(self.right, path)
        return frozenset({path.partition(".")[0]}) if is_wrong else frozenset()


def readings(family: Family, past: Past, wrong: Wrong) -> dict[int, Fields]:
    """By letter which of its words from that record are wrong; none that does not read it.

    What somebody read in a partnership that has ended is history.
    """
    reading = _Reading(family, past, wrong)
    ended = family.cases[family.root].former.ended
    since = ended[-1].at if ended else None
    return {
        each.number: fields
        for each in past.posted
        if each.composed_at is not None and (since is None or each.composed_at > since)
        if (fields := reading.of(each)) is not None
    }


def signature_read(family: Family, past: Past) -> dict[int, Fields]:
    """By letter which facts it took from a signature that the act noted, whoever owed it.

    A fact says the last signature, and none once another text is filed.
    """
    found = dict[int, Fields]()
    for signing in (each for each in past.own if each.signed):
        workflow, happened = family.workflow(signing.case), (*past.before, *past.entries)
        facts = {f"fact.{name}" for name in _signed_facts(workflow, signing)}
        for letter in past.posted:
            read = facts.intersection(path for each in letter.reads for path in each)
            if read and _last_signing(happened, signing, letter) == signing.turn:
                found[letter.number] = found.get(letter.number, frozenset()) | read
    return found


def _signed_facts(workflow: Workflow, signing: Happened) -> Iterator[str]:
    """What a signature under a record notes of itself."""
    for record in (workflow.records[name] for name, _ in signing.signed):
        sets = (each for each in record.signed if isinstance(each, SetFact))
        yield from (each.fact for each in sets if (each.path or "").startswith("event."))


def _last_signing(happened: Iterable[Happened], signing: Happened, letter: Posted) -> int | None:
    """The turn of the last one that stood when a letter was written, or of a text filed since."""
    at = letter.composed_at
    if at is None or letter.case != signing.case:
        return None
    names = {name for name, _ in signing.signed}
    until = tuple(each for each in happened if each.at <= at)
    about = (e for e in standing(until) if e.case == signing.case)
    turns = (e.turn for e in about if names & {name for name, _ in (*e.signed, *e.records)})
    return max(turns, default=None)


def filed_by(family: Family, past: Past) -> Iterator[tuple[CaseId, str, RecordVersion]]:
    """The versions that the act filed, each with its case and its record."""
    for each in past.own:
        records = every_version(family.cases[each.case])
        filed = ((name, v) for name, n in each.records for v in records[name] if v.number == n)
        yield from ((each.case, name, version) for name, version in filed)


def last_filed(family: Family, past: Past, case: CaseId) -> RecordVersion:
    """The version that is put right: what it corrected counts no more already."""
    filed = (version for of, _, version in filed_by(family, past) if of == case)
    return max(filed, key=lambda each: each.number)


@dataclass(frozen=True, slots=True)
class _Reading:
    family: Family
    past: Past
    wrong: Wrong

    def of(self, letter: Posted) -> Fields | None:
        paths = (path for each in letter.reads for path in each)
        if all(self._of_record(letter, path)[0] != self.wrong.record for path in paths):
            return None
        found = [fields for each in letter.reads for fields in self._fact(letter, each)]
        return frozenset().union(*found) if found else None

    def _fact(self, letter: Posted, paths: tuple[str, ...]) -> Iterator[Fields]:
        """A fact is what the first of its paths leads to that leads to anything."""
        for path in paths:
            name, field = self._of_record(letter, path)
            owner = self._owner(letter.case, name) if name else None
            if owner is not None and owner not in self.family.cases:
                return  # of a case that has closed since: the fact is its own
            told = self._stood(owner, name, letter) if owner is not None else None
            if told is not None and dig(told.content, field) not in _NOTHING:
                if (owner, name) == (self.wrong.case, self.wrong.record):
                    yield self.wrong.fields(told, field)
                return

    def _of_record(self, letter: Posted, path: str) -> tuple[str, str]:
        """The record and the field that a path leads to; of a fact, those that are put right."""
        is_fact = path.startswith("fact.")
        if is_fact and letter.case != self.wrong.case:
            return "", ""
        found = read_from(self.family.workflow(self.wrong.case), path)
        return next((e for e in found if not is_fact or e[0] == self.wrong.record), ("", ""))

    def _owner(self, case: CaseId | None, record: str) -> CaseId | None:
        """The case whose record a letter reads: its own, else one above."""
        family = self.family
        lines = {
            line.id: (above, line.workflow)
            for above, children in family.children.items()
            for line in children
        }
        while case is not None:
            above, name = lines.get(case, (None, ""))
            there = case in family.cases
            workflow = family.workflow(case) if there else family.definitions.current.get(name)
            if workflow is not None and record in workflow.records:
                return case
            case = above
        return None

    def _stood(self, case: CaseId, record: str, letter: Posted) -> RecordVersion | None:
        """The version in force when a letter was written."""
        versions = every_version(self.family.cases[case]).get(record, ())
        stood = (v for v in versions if self._is_in_force(case, record, v, letter))
        return max(stood, key=lambda each: each.number, default=None)

    def _is_in_force(
        self, case: CaseId, record: str, version: RecordVersion, letter: Posted
    ) -> bool:
        happened, at = (*self.past.before, *self.past.entries), letter.composed_at
        row = (record, version.number)
        filed = next((e for e in happened if e.case == case and row in e.records), None)
        if at is None or filed is None:
            return at is not None and version.filed_at <= at
        undos = (each for each in happened if each.kind == "undone" and each.at <= at)
        undone = {act for each in undos for act in each.gone}
        took = (each for each in happened if filed.act in each.gone)
        ended = next((each.at for each in took if each.act not in undone), at)
        # At the very moment only what was owed since can have been written from it.
        return (filed.at < at or (filed.at == at and self._turn(letter) >= filed.turn)) and (
            at <= ended
        )

    def _turn(self, letter: Posted) -> int:
        """Of the entry that owes a letter."""
        happened, place = (*self.past.before, *self.past.entries), (letter.case, letter.version)
        return next((e.turn for e in happened if (e.case, e.version) == place), 0)
