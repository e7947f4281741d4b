"""An answer that a letter offers is the act of whoever was asked, once, and says what it led to."""

from collections.abc import Mapping
from datetime import timedelta

from engine.model.changes import Changes
from engine.model.outcomes import Amended, FlagRaised
from runtime.use_cases.answer_letter import Became, Chosen, GivenAnswer, answer_letter
from storage.database.transactions import reading
from storage.mail import queries
from storage.mail.queries import LetterLine
from tests.support.actors import act
from tests.support.linked import code_of
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

_NOTHING: Mapping[str, str] = {}


def _asked(pair: Pair, letter: str, role: str) -> LetterLine:
    """The last letter of this stage to the main person of a role."""
    with reading(pair.world.runtime.database) as session:
        every = queries.letters(session)
    named = [each for each in every if each.letter == letter and each.audience == role]
    return named[-1]


def _answers(
    letter: LetterLine, pair: Pair, answer: str, values: Mapping[str, str] = _NOTHING, by: str = ""
) -> GivenAnswer:
    code = code_of(pair.world, "VIE-BIR-c") if answer == "sign" else ""
    chosen = Chosen(letter.id, by or letter.person or "", answer, values, code)
    return answer_letter(pair.world.runtime, chosen)


def _asked_to_confirm(world: World) -> tuple[Pair, LetterLine]:
    pair = a_pair(world).gets_to("match_validation")
    days_go_by(world, 1)
    return pair, _asked(pair, "N-03.ask", "coordinator")


def test_a_match_is_confirmed_by_the_coordinator_alone(any_town: World) -> None:
    pair, letter = _asked_to_confirm(any_town)

    given = _answers(letter, pair, "confirm")

    assert (given.became, given.lacks) == (Became.RECORDED, ())
    assert pair.state == "match_confirmed"
    acts = [(each.kind, each.what, each.by, each.role) for each in pair.journal[-3:-1]]
    assert acts == [
        ("filed", "match_answer", "vie-bir-coordinator", "coordinator"),
        ("triggered", "confirm_match", "vie-bir-coordinator", "coordinator"),
    ]


def test_a_second_answer_shows_what_was_recorded_and_changes_nothing(town: World) -> None:
    pair, letter = _asked_to_confirm(town)
    first = _answers(letter, pair, "confirm")
    before = pair.journal

    again = _answers(letter, pair, "decline")

    assert again.became is Became.ANSWERED
    assert (again.answer, again.says) == (first.answer, first.says) == ("confirm", "Yes, pair us")
    assert pair.journal == before


def test_who_asked_for_time_or_help_may_answer_all_the_same(town: World) -> None:
    pair, letter = _asked_to_confirm(town)
    later = _answers(letter, pair, "later", {"not_before": str(pair.today + timedelta(days=9))})
    someone_else = _answers(letter, pair, "someone_else", {"person": "The deputy"})
    again = _answers(letter, pair, "someone_else", {"person": "The deputy"})
    another = _answers(letter, pair, "someone_else", {"person": "The nurse lead"})

    given = _answers(letter, pair, "confirm")

    assert [later.became, someone_else.became] == [Became.PASSED_ON, Became.PASSED_ON]
    assert (again.became, another.became) == (Became.ANSWERED, Became.PASSED_ON)
    assert given.became is Became.RECORDED
    assert pair.state == "match_confirmed"
    assert _answers(letter, pair, "later").became is Became.ANSWERED


def test_an_answer_stands_where_the_step_that_would_follow_lacks_something(town: World) -> None:
    pair, letter = _asked_to_confirm(town)
    pair.files("match", domain="Research")

    given = _answers(letter, pair, "confirm")

    latest = pair.dossier.latest("match_answer")
    assert latest is not None
    assert latest.content["answer"] == "confirmed"
    assert given.became is Became.RECORDED
    assert pair.state == "match_validation"
    assert any("domain" in each for each in given.lacks)


def test_a_letter_whose_step_is_over_tells_who_did_what_and_when(town: World) -> None:
    pair, letter = _asked_to_confirm(town)
    pair.goes("recall_proposal", note="Another coordinator is nearer.")
    before = pair.journal

    given = _answers(letter, pair, "confirm")

    assert given.became is Became.OVER
    assert given.since is not None
    assert (given.since.who, given.since.at) == ("Facilitator VIE-BIR", town.clock())
    assert given.since.what == "Take the proposal back"
    assert pair.journal == before


def test_nobody_answers_for_another_person(town: World) -> None:
    pair, letter = _asked_to_confirm(town)
    before = pair.journal

    given = _answers(letter, pair, "confirm", by="vie-bir-facilitator")

    assert given.became is Became.NOT_OFFERED
    assert pair.journal == before


def test_days_are_named_and_a_proposed_day_is_accepted(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days_go_by(town, 1)
    letter = _asked(pair, "N-09.poll", "aspiring")
    on = str(pair.today + timedelta(days=40))

    named = _answers(letter, pair, "days", {"days": "3 to 4 September"})
    values = {"starts_on": on, "ends_on": on}
    event = Amended("visit_1_dates", Changes(values), FACILITATOR)
    assert act(town.runtime, pair.case, event).accepted
    yes = _answers(_asked(pair, "N-09.poll", "coordinator"), pair, "suits")

    assert (named.became, yes.became) == (Became.RECORDED, Became.RECORDED)
    latest = pair.dossier.latest("visit_1_dates")
    assert latest is not None
    assert latest.content["times_of_aspiring"] == "3 to 4 September"
    assert latest.content["accepted_by_coordinator"] is True


def test_a_value_that_is_missing_or_strange_records_nothing(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    days_go_by(town, 1)
    letter = _asked(pair, "N-09.poll", "aspiring")
    before = pair.journal

    given = [
        _answers(letter, pair, "days", values)
        for values in ({}, {"days": " "}, {"days": "May", "accepted_by_aspiring": "yes"})
    ]

    assert {each.became for each in given} == {Became.NOT_READ}
    assert all(each.wrong for each in given)
    assert pair.journal == before


def test_the_memorandum_is_signed_and_help_is_passed_on(town: World) -> None:
    pair = a_pair(town).gets_to("memorandum")
    pair.files("memorandum")
    days_go_by(town, 1)

    signed = _answers(_asked(pair, "N-11.ask", "coordinator"), pair, "sign")
    helped = _answers(_asked(pair, "N-11.ask", "aspiring"), pair, "help", {"words": "A Word file"})
    days_go_by(town, 1)

    latest = pair.dossier.latest("memorandum")
    assert latest is not None
    assert [each.role for each in latest.signatures] == ["coordinator"]
    assert (signed.became, helped.became) == (Became.RECORDED, Became.PASSED_ON)
    told = _asked(pair, "N-25.reply", "facilitator")
    assert told.facts["words"] == ["I would like help: A Word file"]


def test_a_flag_is_acknowledged_with_a_next_step_and_a_day(town: World) -> None:
    pair = a_pair(town)
    raised = FlagRaised("F-04", "Nobody answers.", FACILITATOR)
    assert act(town.runtime, pair.case, raised).accepted
    days_go_by(town, 1)
    on = str(pair.today + timedelta(days=10))
    values = {"next_step": "A call on Monday", "review_on": on}

    given = _answers(_asked(pair, "N-21.raised", "facilitator"), pair, "acknowledge", values)

    assert given.became is Became.RECORDED
    (flag,) = (each for each in pair.dossier.children if each.workflow == "red_flag")
    assert flag.state == "acknowledged"
    assert flag.facts["owner"] == "Facilitator VIE-BIR"
    assert (flag.facts["next_step"], flag.facts["review_on"]) == ("A call on Monday", on)


def test_all_is_well_counts_as_the_check_in(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    days_go_by(town, 100)
    letter = _asked(pair, "N-12.ask", "aspiring")

    given = _answers(letter, pair, "all_well")

    assert (given.became, given.lacks) == (Became.RECORDED, ())
    (held,) = (each for each in pair.dossier.children if each.state == "held")
    assert held.workflow == "check_in"
    told = _asked(pair, "N-13.note", "coordinator")
    assert told.case_id == letter.case_id


def test_a_report_is_agreed_to(town: World) -> None:
    pair = a_pair(town).gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 2)

    given = _answers(_asked(pair, "N-16.ask", "coordinator"), pair, "agree")

    assert given.became is Became.RECORDED
    latest = pair.dossier.latest("response")
    assert latest is not None
    assert latest.content["text"] == "I agree with the report as it is."
