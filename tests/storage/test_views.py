"""What screens read: overviews, journals, letters, incidents, the database itself."""

from datetime import timedelta

import pytest

from engine.model.dossier import CaseId
from storage.cases import cases, views
from storage.cases.cases import NewCase
from storage.cases.views import Shown
from storage.database import meta
from storage.database.transactions import reading, transaction
from storage.errors import NotFoundError, StorageError
from storage.journal import journal
from storage.journal.lines import journal_lines
from storage.mail import intents, messages, outbox, queries
from storage.mail.queries import LetterQuery
from storage.programme import definitions, incidents
from storage.programme.incidents import Trouble
from tests.storage.lives import DAY, lives


def test_an_overview_lists_cases_with_sides_and_what_is_due_next(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        first, second = story.opens("A", colour="blue"), story.opens("B")
        story.step(second, "end")
        with transaction(story.database) as session:
            new = NewCase("other", story.workflow.digest, "asking", story.now, parent_id=first)
            child = cases.open_case(session, new)

        with reading(story.database) as session:
            open_ones = views.overview(session)
            pairs = views.overview(session, Shown(workflow="small", closed=True))
            family = views.overview(session, Shown(root=first))
            (line, below) = family
            alone = views.case_line(session, child)
            of_centre = views.cases_of_centre(session, "aspiring-A")
            closed = views.cases_of_centre(session, "aspiring-B")

    assert [each.id for each in open_ones] == [first, child]
    assert [(each.id, each.state) for each in pairs] == [(first, "asking"), (second, "ended")]
    assert (line.facts, line.next_due_at) == ({"colour": "blue"}, story.now)
    assert [(side.side, side.name) for side in line.sides] == [
        ("aspiring", "aspiring-A"),
        ("coordinator", "coordinator-A"),
    ]
    assert below == alone
    assert (alone.parent, alone.sides) == ("A", ())
    assert (of_centre, closed) == ((first,), ())


def test_a_journal_is_read_back_line_by_line(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        story.files(case)
        story.step(case, "work")

        with reading(story.database) as session:
            lines = journal_lines(session, case)
            newer = journal_lines(session, case, after=2)
            last = journal.last_at(session)

    assert [(each.seq, each.kind, each.what) for each in lines] == [
        (1, "started", ""),
        (2, "filed", "paper"),
        (3, "triggered", "work"),
    ]
    assert (lines[2].by, lines[2].left, lines[2].entered) == ("facilitator", "asking", "working")
    assert lines[2].note == "we work"
    assert [each[1] for each in lines[2].entry["letters"]] == ["N-03.told"] * 3  # type: ignore[attr-defined]  # a list of lists
    assert newer == lines[2:]
    assert last == story.now


def test_letters_are_listed_by_family_state_and_time(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case, other = story.opens("A"), story.opens("B")
        story.fires()
        story.now += DAY
        story.files(case)
        story.step(case, "work")
        with transaction(story.database) as session:
            (first, *_) = intents.unplanned(session, limit=10)
            outbox.end(session, [first.letter.number], "withheld", "before the go-live day")
            outbox.need_human(session, [first.letter.number], "too late: it is withheld")

        with reading(story.database) as session:
            everything = queries.letters(session)
            of_a = queries.letters(session, LetterQuery(root=case))
            withheld = queries.letters(session, LetterQuery(state="withheld"))
            recent = queries.letters(session, LetterQuery(since=story.now))
            early = queries.letters(session, LetterQuery(until=story.now - DAY, case=other))
            rest = queries.letters(session, LetterQuery(after=everything[0].id, limit=2))

    assert [(each.reference, each.letter) for each in everything] == [
        ("A", "N-01.ask"),
        ("B", "N-01.ask"),
        *[("A", "N-03.told")] * 3,
    ]
    assert of_a == (everything[0], *everything[2:])
    assert [(each.id, each.reason) for each in withheld] == [
        (everything[0].id, "before the go-live day")
    ]
    assert recent == everything[2:]
    assert early == everything[1:2]
    assert rest == everything[1:3]


def test_what_is_not_there_is_named(migrated_url: str) -> None:
    with lives(migrated_url) as story, reading(story.database) as session:
        with pytest.raises(NotFoundError, match="no case 7"):
            views.case_line(session, CaseId(7))
        with pytest.raises(NotFoundError, match="no message 7"):
            messages.message(session, 7)
        with pytest.raises(NotFoundError, match="no incident 7"):
            incidents.incident(session, 7)
        assert views.overview(session) == ()


def test_an_incident_counts_until_it_is_settled_and_may_come_again(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        case = story.opens()
        trouble = Trouble("timers", "case 1", "no zone Mars/Phobos", case)
        with transaction(story.database) as session:
            incidents.report(session, trouble, story.now)
            incidents.report(session, trouble, story.now + DAY)
            incidents.report(session, Trouble("letter", "1/1/0", "no address"), story.now)
            first, second = incidents.open_incidents(session)

            incidents.settle(session, first.id, story.now + 2 * DAY)
            with pytest.raises(NotFoundError, match="no open incident"):
                incidents.settle(session, first.id, story.now)
            incidents.report(session, trouble, story.now + 3 * DAY)

        with reading(story.database) as session:
            left = incidents.open_incidents(session)
            settled = incidents.incident(session, first.id)
    assert (first.failures, first.last_at - first.first_at) == (2, DAY)
    assert (first.trouble, second.trouble.case_id) == (trouble, None)
    assert [each.trouble.kind for each in left] == ["letter", "timers"]
    assert settled.settled_at == story.now + 2 * DAY


def test_a_definition_is_kept_word_for_word_once(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        again = definitions.keep(session, story.workflow, "another text", story.now + DAY)

        kept = definitions.kept(session, story.workflow.digest)
        assert kept is not None
        assert (again, kept.text, kept.workflow) == (False, "the text of small", "small")
        assert kept.added_at == story.now
        assert definitions.kept(session, "another digest") is None
        assert definitions.every(session) == (kept,)


def test_the_database_remembers_its_clock_and_its_beat(migrated_url: str) -> None:
    with lives(migrated_url) as story, transaction(story.database) as session:
        with pytest.raises(NotFoundError, match="no clock of its own"):
            meta.clock(session)
        assert meta.beats(session) == (None, None)
        assert journal.last_at(session) is None

        meta.set_clock(session, story.now)
        meta.set_clock(session, story.now + DAY)
        meta.set_beat(session, story.now + timedelta(microseconds=1))

        assert meta.clock(session) == story.now + DAY
        assert meta.beats(session) == (None, story.now + timedelta(microseconds=1))
        with pytest.raises(StorageError, match="has no zone"):
            meta.set_clock(session, story.now.replace(tzinfo=None))
