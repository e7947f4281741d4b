"""Written by hand, as most would: a machine of transitions, rows of SQLModel, one commit a step."""

from functools import partial
from itertools import pairwise

from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine, select
from transitions import Machine

from bench.peers.contender import (
    AFTER,
    AT,
    BEFORE,
    DUE,
    LETTERS,
    RECORDS,
    STATES,
    WHAT,
    place,
    serve,
)

_STEP = "finish_onboarding"


class Case(SQLModel, table=True):
    """Where a pair stands."""

    id: int = Field(primary_key=True)
    state: str = "onboarding"
    stay: int = 1
    version: int = 1
    entered_at: str = AT


class Stay(SQLModel, table=True):
    """One time in a state."""

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    number: int = Field(primary_key=True)
    state: str
    entered_at: str = AT
    left_at: str | None = None


class Record(SQLModel, table=True):
    """What was filed."""

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    name: str = Field(primary_key=True)
    content: str = "{}"


class Timer(SQLModel, table=True):
    """An armed due moment."""

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    stay: int = Field(primary_key=True)
    rung: str = Field(primary_key=True)
    due_at: str = Field(default=DUE, index=True)
    settled_at: str | None = None


class Entry(SQLModel, table=True):
    """The journal."""

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    seq: int = Field(primary_key=True)
    at: str = AT
    entry: str = WHAT


class Letter(SQLModel, table=True):
    """A letter owed."""

    key: str = Field(primary_key=True)
    case_id: int = Field(foreign_key="case.id")
    audience: str
    state: str = "owed"


class Model:
    """A case for the length of one step: its rows, and what the step does to them."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.case = session, case
        self.state = case.state
        filed = select(Record.name).where(Record.case_id == case.id)
        self.filed = set(session.exec(filed))

    def has(self, record: str) -> bool:
        return record in self.filed

    def moved(self, _: "Model") -> None:
        session, case = self.session, self.case
        before = session.get_one(Stay, (case.id, case.stay))
        before.left_at = AT
        open_timers = select(Timer).where(
            Timer.case_id == case.id,
            Timer.stay == case.stay,
            Timer.settled_at == None,  # noqa: E711
        )
        for timer in session.exec(open_timers):
            timer.settled_at = AT
        case.stay, case.version, case.state = case.stay + 1, case.version + 1, self.state
        session.add(Stay(case_id=case.id, number=case.stay, state=self.state))
        session.add_all(Timer(case_id=case.id, stay=case.stay, rung=rung) for rung in AFTER)
        session.add(Entry(case_id=case.id, seq=case.version))
        session.add_all(
            Letter(key=f"{case.id}/{case.version}/{who}", case_id=case.id, audience=who)
            for who in LETTERS
        )


def main() -> None:
    serve(Desk(*place()).step)


class Desk:
    """The cases of a file, and the machine that all of them share."""

    def __init__(self, path: str, cases: int) -> None:
        self.engine = create_engine(f"sqlite:///{path}")
        event.listen(self.engine, "connect", _durable)
        SQLModel.metadata.create_all(self.engine)
        self.machine = _machine()
        with Session(self.engine) as session:
            for number in range(1, cases + 1):
                session.add(Case(id=number))
                session.flush()
                session.add(Stay(case_id=number, number=1, state="onboarding"))
                session.add_all(Record(case_id=number, name=name) for name in RECORDS)
                session.add_all(Timer(case_id=number, stay=1, rung=rung) for rung in BEFORE)
            session.commit()

    def step(self, number: int) -> None:
        """Load, decide, write, commit."""
        with Session(self.engine) as session:
            model = Model(session, session.get_one(Case, number))
            self.machine.add_model(model, initial=model.state)
            assert model.trigger(_STEP, model)
            self.machine.remove_model(model)
            session.commit()


def _machine() -> Machine:
    machine = Machine(model=None, states=list(STATES), initial=STATES[0], auto_transitions=False)
    filed = [partial(_filed, name) for name in RECORDS]
    machine.add_transition(_STEP, STATES[0], STATES[1], conditions=filed, after="moved")
    for left, right in pairwise(STATES[1:]):
        machine.add_transition(f"finish_{left}", left, right)
    return machine


def _filed(name: str, model: Model) -> bool:
    return model.has(name)


def _durable(connection: object, _: object) -> None:
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")


if __name__ == "__main__":
    main()
