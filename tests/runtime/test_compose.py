"""A letter owed is written for the one who reads it, or it says why it is not."""

from collections import Counter

from runtime.queries.incidents import incident_lines
from runtime.use_cases.incidents import retry_incident
from runtime.use_cases.retry_letter import retry_letter
from runtime.workers.compose import compose_owed
from tests.support.grove import Grove, read
from tests.support.growers import LEAD, PAIRS, key_of
from tests.support.letter_words import words_of


def test_each_letter_goes_to_the_people_of_its_own_pair_and_no_deputy_is_written_to_unasked(
    any_grove: Grove,
) -> None:
    any_grove.writes(4)

    written = any_grove.letters(state="waiting")
    assert Counter((each.reference, each.letter, each.recipient) for each in written) == Counter(
        (pair, "N-2.ask", f"{key}@example.org")
        for pair in PAIRS
        for key in (
            key_of(pair, "aspiring"),
            key_of(pair, "aspiring", "deputy"),
            key_of(pair, "coordinator"),
        )
    )


def test_a_letter_speaks_for_the_facilitator_of_its_pair_who_gets_the_answer(grove: Grove) -> None:
    grove.writes(4)

    for pair in PAIRS:
        for message in read(grove.frozen(pair)):
            facilitator = key_of(pair, "facilitator")
            assert str(message["From"]).startswith(f'"{grove.name_of(facilitator)}, ')
            assert f"{facilitator}@example.org" in str(message["Reply-To"])
            text = " ".join(words_of(message).split())
            assert f"the note of N-2 · {pair} with {grove.name_of(facilitator)}." in text


def test_a_letter_to_the_facilitator_is_answered_by_the_lead(grove: Grove) -> None:
    grove.files_note("VIE-BIR")
    grove.writes(8)

    messages = read(grove.frozen("VIE-BIR"))

    assert {str(each["To"]) for each in messages} == {
        "Facilitator Vie Bir Main <facilitator-vie-bir-main@example.org>"
    }
    assert {str(each["Reply-To"]) for each in messages} == {"Lead <lead@example.org>"}


def test_who_came_first_into_the_rows_is_not_the_main_person_for_that(grove: Grove) -> None:
    names = {grove.name_of(key_of(pair, "aspiring")) for pair in PAIRS}

    mains = {grove.dossier(pair).people_as("aspiring")[0].name for pair in PAIRS}

    assert mains == names


def test_a_letter_whose_act_was_done_meanwhile_is_not_written(any_grove: Grove) -> None:
    any_grove.owes(4)
    any_grove.files_note("VIE-BIR")

    done = compose_owed(any_grove.runtime)

    ends = Counter((each.root, each.state, each.reason) for each in any_grove.letters())
    assert ends == {
        ("VIE-BIR", "superseded", "superseded: done meanwhile"): 3,
        ("LIS-ELM", "waiting", ""): 3,
    }
    assert (done.composed, done.superseded, done.failed) == (3, 3, 0)


def test_a_reminder_of_an_earlier_stay_is_not_written(grove: Grove) -> None:
    flag, other = grove.flag("VIE-BIR"), grove.flag("LIS-ELM")
    grove.owes(8)
    grove.looks_again("VIE-BIR", flag)

    compose_owed(grove.runtime)

    ends = {
        each.case_id: (each.letter, each.state, each.reason)
        for each in grove.letters()
        if each.case_id in {flag, other}
    }
    assert ends == {
        flag: ("N-1.ask", "superseded", "superseded: done meanwhile"),
        other: ("N-1.ask", "waiting", ""),
    }


def test_letters_to_a_role_that_nobody_plays_are_one_trouble_of_that_pair(any_grove: Grove) -> None:
    any_grove.empties("VIE-BIR", "facilitator")
    any_grove.files_note("VIE-BIR")
    any_grove.files_note("LIS-ELM")

    any_grove.writes(8)

    states = Counter((each.root, each.state) for each in any_grove.letters())
    assert states == {("VIE-BIR", "needs_human"): 2, ("LIS-ELM", "waiting"): 2}
    troubles = incident_lines(any_grove.runtime)
    assert {(each.kind, each.case) for each in troubles} == {
        ("letter", any_grove.pairs["VIE-BIR"]),
        ("letter", any_grove.child("VIE-BIR", "check_in")),
    }


def test_letters_to_nobody_leave_the_list_with_the_last_one_that_is_retried(grove: Grove) -> None:
    grove.empties("VIE-BIR", "facilitator")
    grove.files_note("VIE-BIR")
    for days in (8, 20, 20):
        grove.writes(days)
    grove.gives("VIE-BIR", "facilitator", key_of("LIS-ELM", "facilitator", "deputy"))
    stuck = [each for each in grove.letters("VIE-BIR") if each.state == "needs_human"]
    before = len(incident_lines(grove.runtime))

    *others, last = stuck
    for each in others:
        retry_letter(grove.runtime, each.id, LEAD)
    left = [each.what for each in incident_lines(grove.runtime)]
    retry_letter(grove.runtime, last.id, LEAD)

    assert 0 < before < len(stuck)
    assert left == [last.reason]
    assert incident_lines(grove.runtime) == ()


def test_once_somebody_plays_the_role_a_retry_writes_to_them(grove: Grove) -> None:
    grove.empties("VIE-BIR", "facilitator")
    grove.files_note("VIE-BIR")
    grove.writes(8)
    grove.gives("VIE-BIR", "facilitator", key_of("LIS-ELM", "facilitator", "deputy"))

    for incident in incident_lines(grove.runtime):
        retry_incident(grove.runtime, incident.number, LEAD)
    compose_owed(grove.runtime)

    assert {each.recipient for each in grove.letters("VIE-BIR")} == {
        "facilitator-lis-elm-deputy@example.org"
    }
    assert incident_lines(grove.runtime) == ()


def test_a_letter_owed_to_somebody_whose_address_changed_goes_to_the_new_one(grove: Grove) -> None:
    grove.owes(4)
    key = key_of("VIE-BIR", "aspiring")
    grove.moves_to(key, "elsewhere@example.org")

    compose_owed(grove.runtime)

    recipients = {each.person: each.recipient for each in grove.letters("VIE-BIR")}
    assert recipients[key] == "elsewhere@example.org"
    assert recipients[key_of("VIE-BIR", "aspiring", "deputy")] != "elsewhere@example.org"


def test_each_message_has_an_id_made_of_what_caused_it(grove: Grove) -> None:
    grove.writes(4)

    ids = {grove.message(each.message).message_id: each.key for each in grove.letters()}

    token = grove.runtime.token
    assert all(
        found == f"<orchard.{token}.{key.replace('/', '.')}@example.org>"
        for found, key in ids.items()
    )
    assert len(ids) == 6
