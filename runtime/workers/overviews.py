"""The overview of each week is written: one to a person, once, whoever else tries (N-22)."""

import logging
from collections.abc import Sequence

from engine.errors import ProjectError
from engine.letters.catalogue import LetterError, Stage
from engine.model.dossier import PersonId
from notifications.addresses import Correspondent
from notifications.composition import goes_in_overview
from notifications.facts import without_case, without_people
from notifications.headers import Kind
from notifications.message import Envelope, compose
from notifications.render import Rendered
from runtime.families import Families
from runtime.letter_facts import Occasion, gather, reader_at
from runtime.overview_facts import OverviewFacts, overview_facts
from runtime.overview_times import OverviewToGo, going, going_to
from runtime.wiring import Runtime
from runtime.workers.freezing import kept
from runtime.workers.letters_ready import Ready
from runtime.workers.merging import MOST_HTML, said_in
from runtime.workers.reply_to import of_office
from storage.database.transactions import reading, savepoint
from storage.errors import UnavailableError
from storage.mail import overviews
from storage.mail.outbox import NewMessage
from storage.programme import incidents

log = logging.getLogger(__name__)


def followers(runtime: Runtime) -> tuple[PersonId, ...]:
    """Whoever is to have the overview of the week now."""
    with reading(runtime.database) as session:
        return tuple(each.person.id for each in going(session, runtime, runtime.clock()))


def write_overview(
    acting: Families, person: PersonId, letters: Sequence[Ready]
) -> tuple[Ready, ...] | None:
    """Write the overview of the week of somebody who is ours to write to, if it goes now.

    What can wait of their letters goes in it (N-22): answers with these, None where none is
    written. It is written with the row that says so: a worker that dies leaves both or neither.
    """
    to_go = going_to(acting.session, acting.runtime, person, acting.now)
    if to_go is None:
        return None
    along = tuple(each for each in letters if goes_in_overview(each.going, (person,)))
    # What cannot go in it goes beside it: neither holds up the other.
    for some in (along, ()) if along else ((),):
        try:
            with savepoint(acting.session):
                _write(acting, to_go, some)
        except UnavailableError:
            raise
        except Exception as error:  # one that cannot be written harms nobody else (P18)
            known = isinstance(error, ProjectError)
            log.warning("overview failed: %s", error, exc_info=not known)
            if not some:
                _give_up(acting, to_go, error)
        else:
            incidents.settle_cause(
                acting.session, incidents.of_overview(to_go.person.key), acting.now
            )
            return some
    return None


def _give_up(acting: Families, to_go: OverviewToGo, error: Exception) -> None:
    overviews.keep(acting.session, to_go.person.id, to_go.week, None)
    trouble = incidents.of_overview(to_go.person.key, f"could not be written: {error}")
    incidents.report(acting.session, trouble, acting.now)


def _write(acting: Families, to_go: OverviewToGo, letters: tuple[Ready, ...]) -> None:
    message = kept(acting, _message(acting, to_go, letters), letters)
    overviews.keep(acting.session, to_go.person.id, to_go.week, message)


def _message(acting: Families, to_go: OverviewToGo, letters: tuple[Ready, ...]) -> NewMessage:
    """The overview as bytes that never change, with the letters that go in it."""
    runtime, person = acting.runtime, to_go.person
    found = overview_facts(acting, to_go)
    answers = of_office(runtime, found.views, person)
    stage, rendered = _rendered(acting, to_go, found, letters, has_one=not answers.besides)
    if letters and len(rendered.html.encode()) > MOST_HTML:
        raise LetterError("the overview and the letters of its reader find no room in one mail")
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
    acting: Families,
    to_go: OverviewToGo,
    found: OverviewFacts,
    letters: tuple[Ready, ...],
    *,
    has_one: bool,
) -> tuple[Stage, Rendered]:
    """In words, and the stage that they are of: the full one, or the quiet one.

    Whom a reply reaches is said by name where it ``has_one``.
    """
    runtime, person = acting.runtime, to_go.person
    is_quiet = found.is_quiet and not letters
    stage_id = to_go.overview.quiet if is_quiet else to_go.overview.full
    texts = runtime.texts(runtime.programme.workflows[runtime.programme.root].digest)
    stage = texts.catalogue.stage(stage_id)
    languages = person.language, found.views[0].dossier.office.language
    reader = texts.understood(reader_at(to_go.zone, acting.now, *languages), stage_id)
    reader, said = said_in(texts, stage, letters, person, reader)
    names = texts.used_facts(stage_id)
    own = {name: texts.catalogue.facts[name].read(value) for name, value in _said(found, names)}
    reference = f"{stage.letter} \N{MIDDLE DOT} {to_go.week.isoformat()}"
    occasion = Occasion(stage, person, "", found.views[0], reference, reader)
    facts = own | {name: value for name, value in said.items() if name in names}
    facts |= without_case(texts.catalogue, names)
    facts |= {} if has_one else without_people(texts.catalogue, names)
    facts |= gather(texts.catalogue, names - facts.keys(), occasion)
    return stage, texts.render(stage_id, facts, reader)


def _said(found: OverviewFacts, names: frozenset[str]) -> list[tuple[str, object]]:
    return [(name, value) for name, value in found.facts.items() if name in names]
