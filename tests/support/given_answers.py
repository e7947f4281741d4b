"""Answers as a link gives them, by the acts that they are, and how they are taken back."""

from engine.model.dossier import CaseId, Person
from engine.model.outcomes import Event, Refusal
from runtime.families import Families
from runtime.queries.taken_back import TakenBack, taken_back
from runtime.use_cases.undo_answer import undo
from storage.database.transactions import reading, transaction
from storage.directory import directory
from storage.mail.answers import StoredAnswer
from tests.support.pairs import Pair


def answers(pair: Pair, role: str, *events: Event, case: CaseId | None = None) -> StoredAnswer:
    """The first is the answer of the person who plays the role, the others follow from it."""
    runtime, on = pair.world.runtime, case or pair.case
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        person = acting.look(on).whole(on).people_as(role)[0]
        made = acting.happen(on, events[0])
        assert not isinstance(made, Refusal), made
        for event in events[1:]:
            followed = acting.happen(on, event, along=True)
            assert not isinstance(followed, Refusal), followed
    at = runtime.clock()
    return StoredAnswer(0, 0, on, person.id, "answer", "", made.version, at)


def foreseen(pair: Pair, stored: StoredAnswer) -> TakenBack | str:
    """What a page says of it, which changes nothing."""
    runtime = pair.world.runtime
    with reading(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        return taken_back(acting, stored, _person(acting, stored))


def takes_back(pair: Pair, stored: StoredAnswer) -> TakenBack | str:
    runtime = pair.world.runtime
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        return undo(acting, stored, _person(acting, stored))


def _person(acting: Families, stored: StoredAnswer) -> Person:
    """Whoever gave it, who may have left since."""
    found = directory.person(acting.session, stored.person)
    return Person(found.id, found.name, found.email, "", key=found.key)
