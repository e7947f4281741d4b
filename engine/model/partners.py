"""The partner of a case: whether they are asked, whether they agreed, what counts for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.model.definition import RESUME, STAY, Workflow
from engine.model.dossier import Dossier, Stay
from engine.model.evidence import RecordVersion, Waiver


def is_asked(workflow: Workflow, dossier: Dossier) -> bool | None:
    """Whether the partner has been asked and has not left; None where none is awaited."""
    if workflow.partnership is None:
        parent = dossier.parent
        return is_asked(parent.workflow, parent.dossier) if parent is not None else None
    return asked_since(workflow, dossier) is not None


def is_paired(workflow: Workflow, dossier: Dossier) -> bool | None:
    """Whether the partner has agreed and the pair was made; None where none is awaited."""
    if workflow.partnership is None:
        parent = dossier.parent
        return is_paired(parent.workflow, parent.dossier) if parent is not None else None
    return is_paired_by(workflow, dossier.stays)


def is_paired_by(workflow: Workflow, stays: Iterable[Stay]) -> bool:
    """Whether some stays of a partnership prove that the pair was made."""
    paired = _stages(workflow).paired
    return any(stay.state in paired for stay in stays)


def hears(workflow: Workflow, dossier: Dossier, role: str) -> bool:
    """Whether a role may hear of the case: a partner only once they are asked."""
    return role != _side(workflow, dossier) or is_asked(workflow, dossier) is not False


def asked_states(workflow: Workflow) -> frozenset[str]:
    """The states which prove that a partner was asked, once a case has been in one."""
    return _stages(workflow).asked


def hears_since(workflow: Workflow, dossier: Dossier, role: str, stay: int) -> bool:
    """Whether a role heard of the case in a stay already: a partner once they were asked."""
    if workflow.partnership is None or role != workflow.partnership.side:
        return True
    asked = asked_since(workflow, dossier)
    return asked is not None and asked <= stay


def asked_since(workflow: Workflow, dossier: Dossier) -> int | None:
    """The number of the stay in which the partner was asked first."""
    asked = _stages(workflow).asked
    return next((stay.number for stay in dossier.stays if stay.state in asked), None)


def was_asked(workflow: Workflow, dossier: Dossier, stay: int) -> bool:
    """Whether a partner who has left had been asked by a stay: else it was about nobody."""
    asked, former = _stages(workflow).asked, {each.number: each for each in dossier.former.stays}
    return stay in former and any(
        each.state in asked and each.number <= stay
        for each in former.values()
        if each.partnership == former[stay].partnership
    )


def former_partner(dossier: Dossier, partnership: int) -> str:
    """The keys of the centres of a partnership that has ended; says so where nobody was named."""
    named = (" ".join(e.centres) for e in dossier.former.ended if e.number == partnership)
    return next(named, "") or "nobody yet"


def every_version(dossier: Dossier) -> dict[str, tuple[RecordVersion, ...]]:
    """All that was ever filed, with former partners too: for whoever tells the history."""
    former, counting = dossier.former.records, dossier.records
    return {n: _by_number(former, counting, n) for n in sorted({*former, *counting})}


def _by_number(
    former: Mapping[str, tuple[RecordVersion, ...]],
    counting: Mapping[str, tuple[RecordVersion, ...]],
    name: str,
) -> tuple[RecordVersion, ...]:
    every = (*former.get(name, ()), *counting.get(name, ()))
    return tuple(sorted(every, key=lambda version: version.number))


def parted(workflow: Workflow, dossier: Dossier) -> Dossier:
    """The case with what counts for the partnership that goes on; the rest of it is history.

    So is what was filed by mistake.
    """
    former, now = dossier.former, dossier.partnership
    if now == 1 and not any(each.void for of in dossier.records.values() for each in of):
        return dossier  # there has been no other
    survives = frozenset(name for name, kind in workflow.records.items() if kind.survives)
    stays = sorted((*former.stays, *dossier.stays), key=lambda stay: stay.number)
    waivers = sorted(
        (*former.waivers, *dossier.waivers.values()),
        key=lambda waiver: (waiver.requirement, waiver.partnership),
    )
    every = every_version(dossier)
    counting = {
        name: tuple(
            each
            for each in versions
            if not each.void and (name in survives or each.partnership == now)
        )
        for name, versions in every.items()
    }
    past = {n: tuple(v for v in every[n] if v not in counts) for n, counts in counting.items()}
    return replace(
        dossier,
        stays=tuple(stay for stay in stays if stay.partnership == now),
        records=_filled(counting),
        waivers={each.requirement: each for each in waivers if each.partnership == now},
        former=replace(
            former,
            stays=tuple(stay for stay in stays if stay.partnership != now),
            records=_filled(past),
            waivers=tuple(each for each in waivers if each.partnership != now),
        ),
    )


def waived(workflow: Workflow, dossier: Dossier) -> Mapping[str, Waiver]:
    """The requirements that are set aside: for this partnership, or for the case with anybody."""
    lasting = _lasting(workflow) if dossier.former.waivers else frozenset()
    before = {w.requirement: w for w in dossier.former.waivers if w.requirement in lasting}
    return {**before, **dossier.waivers} if before else dossier.waivers


@lru_cache(maxsize=256)
def _lasting(workflow: Workflow) -> frozenset[str]:
    """The requirements that hold of the case with any partner, and so do their waivers.

    They ask for what survives alone: its own eligibility, its own diagnostic.
    """
    found = workflow.partnership
    if found is None:
        return frozenset()
    survives = {f"record.{name}" for name, kind in workflow.records.items() if kind.survives}
    own = {f"parties.{side}" for side in workflow.sides if side != found.side}
    stays = {*survives, *own, *(f"fact.{name}" for name in found.keeps)}
    return frozenset(
        each.name
        for each in workflow.requirements()
        if (paths := each.check.paths())
        and all(".".join(path.split(".")[:2]) in stays for path in paths)
    )


def _filled(
    versions: dict[str, tuple[RecordVersion, ...]],
) -> dict[str, tuple[RecordVersion, ...]]:
    return {name: each for name, each in versions.items() if each}


def _side(workflow: Workflow, dossier: Dossier) -> str:
    if workflow.partnership is not None:
        return workflow.partnership.side
    parent = dossier.parent
    return _side(parent.workflow, parent.dossier) if parent is not None else ""


@dataclass(frozen=True, slots=True)
class _Stages:
    """The states that prove that a partner was asked, and that a pair was made."""

    asked: frozenset[str] = frozenset()
    paired: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def _stages(workflow: Workflow) -> _Stages:
    """A state proves it when it is reached after that step and never without it.

    One that is reached both ways, such as a suspension, proves nothing by itself: what was left
    before it does.
    """
    found = workflow.partnership
    if found is None:
        return _Stages()
    asking, agreeing, ends = {found.asked_from}, {found.is_pair_from}, set(found.ends)
    begins = {workflow.initial, *_targets(workflow, ends)}
    unasked = reached(workflow, begins, without=asking | agreeing | ends)
    asked = reached(workflow, _targets(workflow, asking | agreeing), without=ends)
    unpaired = reached(workflow, unasked | _targets(workflow, asking), without=agreeing | ends)
    paired = reached(workflow, _targets(workflow, agreeing), without=ends)
    return _Stages(asked - unasked, paired - unpaired)


def _targets(workflow: Workflow, triggers: set[str]) -> set[str]:
    steps = (step for step in workflow.transitions if step.trigger in triggers)
    return {step.target for step in steps} - {RESUME, STAY}


def ahead(workflow: Workflow, dossier: Dossier) -> frozenset[str]:
    """The steps that may still come in this partnership, from where a case stands."""
    states = to_pass(workflow, dossier)
    return frozenset(s.trigger for s in workflow.transitions if states & frozenset(s.sources))


def to_pass(workflow: Workflow, dossier: Dossier) -> frozenset[str]:
    """The states that a case may stand in from now on, in this partnership."""
    here = workflow.state(dossier.state)
    begins = {stay.state for stay in dossier.stays} if here.pauses else {here.name}
    ends = frozenset(workflow.partnership.ends if workflow.partnership is not None else ())
    return reached(workflow, begins, without=set(ends))


def reached(workflow: Workflow, begins: Iterable[str], without: set[str]) -> frozenset[str]:
    """The states reached from some by steps other than those."""
    steps = [step for step in workflow.transitions if step.trigger not in without]
    found, waiting = set(begins), list(begins)
    while waiting:
        state = waiting.pop()
        for step in steps:
            if state in step.sources and step.target not in {RESUME, STAY, *found}:
                found.add(step.target)
                waiting.append(step.target)
    return frozenset(found)
