"""The overview of each week is written: one to a person, once, whoever else tries (N-22)."""

import logging

from engine.errors import ProjectError
from engine.letters.catalogue import Stage
from engine.model.dossier import PersonId
from notifications.addresses import Correspondent
from notifications.facts import without_case
from notifications.headers import Kind
from notifications.message import Envelope, compose
from notifications.render import Rendered
from runtime.families import Families
from runtime.letter_facts import Occasion, gather, reader_at
from runtime.overview_facts import OverviewFacts, overview_facts
from runtime.overview_times import OverviewToGo, going
from runtime.wiring import Runtime
from runtime.workers.reply_to import of_office
from storage.database.transactions import savepoint, transaction
from storage.errors import UnavailableError
from storage.mail import intents, outbox, overviews
from storage.mail.outbox import NewMessage
from storage.programme import incidents

log = logging.getLogger(__name__)


def write_overviews(runtime: Runtime) -> int:
    """Write the overviews whose time has come; how many were written.

    Each in a transaction of its own, with the row that says so: a worker that dies leaves both or
    neither, and of two workers the one that holds the row of the reader writes.
    """
    with transaction(runtime.database) as session:
        people = [each.person.id for each in going(session, runtime, runtime.clock())]
    return sum(_write(runtime, person) for person in people)


def _write(runtime: Runtime, person: PersonId) -> bool:
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        if not intents.takes(session, person):
            return False
        still = (each for each in going(session, runtime, acting.now) if each.person.id == person)
        to_go = next(still, None)  # another worker may have written it meanwhile
        if to_go is None:
            return False
        try:
            with savepoint(session):
                number = outbox.compose(session, _message(acting, to_go), ())
                overviews.keep(session, person, to_go.week, number)
        except UnavailableError:
            raise
        except Exception as error:  # one that cannot be written harms nobody else (P18)
            known = isinstance(error, ProjectError)
            log.warning("overview failed: %s", error, exc_info=not known)
            overviews.keep(session, person, to_go.week, None)
            trouble = incidents.of_overview(to_go.person.key, f"could not be written: {error}")
            incidents.report(session, trouble, acting.now)
            return False
        incidents.settle_cause(session, incidents.of_overview(to_go.person.key), acting.now)
        return True


def _message(acting: Families, to_go: OverviewToGo) -> NewMessage:
    """The overview as bytes that never change."""
    runtime, person = acting.runtime, to_go.person
    found = overview_facts(acting, to_go)
    stage, rendered = _rendered(acting, to_go, found)
    answers = of_office(runtime, found.views, person)
    address = runtime.settings.mail.from_address
    name = f"{runtime.programme.name}.{runtime.token}.overview.{to_go.week.isoformat()}.{person.id}"
    domain = address.partition("@")[2]
    envelope = Envelope(
        message_id=f"<{name}@{domain}>",
        composed_at=acting.now,
        sender=Correspondent(runtime.settings.mail.from_name, address),
        reply_to=(answers.address, *answers.besides),
        recipient=Correspondent(person.name, person.email),
        list_id=f"{runtime.programme.name}.{domain}",
        kind=Kind.ASK if stage.asks else Kind.NOTICE,
    )
    composed = compose(envelope, rendered)
    return NewMessage(
        message_id=composed.message_id,
        person=person.id,
        recipient=composed.recipient,
        subject=composed.subject,
        text=rendered.text,
        frozen=composed.frozen,
        composed_at=acting.now,
    )


def _rendered(
    acting: Families, to_go: OverviewToGo, found: OverviewFacts
) -> tuple[Stage, Rendered]:
    """In words, and the stage that they are of: the full one, or the quiet one."""
    runtime, person = acting.runtime, to_go.person
    stage_id = to_go.overview.quiet if found.is_quiet else to_go.overview.full
    texts = runtime.texts(runtime.programme.workflows[runtime.programme.root].digest)
    stage = texts.catalogue.stage(stage_id)
    languages = person.language, found.views[0].dossier.office.language
    reader = texts.understood(reader_at(to_go.zone, acting.now, *languages), stage_id)
    names = texts.used_facts(stage_id)
    own = {name: texts.catalogue.facts[name].read(value) for name, value in _said(found, names)}
    reference = f"{stage.letter} \N{MIDDLE DOT} {to_go.week.isoformat()}"
    occasion = Occasion(stage, person, "", found.views[0], reference, reader)
    facts = own | without_case(texts.catalogue, names)
    facts |= gather(texts.catalogue, names - facts.keys(), occasion)
    return stage, texts.render(stage_id, facts, reader)


def _said(found: OverviewFacts, names: frozenset[str]) -> list[tuple[str, object]]:
    return [(name, value) for name, value in found.facts.items() if name in names]
