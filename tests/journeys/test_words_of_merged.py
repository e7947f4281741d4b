"""One letter that asks, in one mail with news, is answered by its words as it is alone."""

from dataclasses import replace
from datetime import timedelta

from engine.model.changes import Added, Changes
from engine.model.outcomes import Amended
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role
from storage.mail.inbound import DONE
from tests.support.actors import act
from tests.support.calendar_mail import reads_replies
from tests.support.pairs import a_pair, days_go_by
from tests.support.word_replies import answers, letters_to, words_of
from tests.support.world import FACILITATOR, World, wp6


def test_a_poll_in_one_mail_with_news_takes_the_numbers_of_its_options(town: World) -> None:
    reads_replies(town)
    town.runtime = replace(town.runtime, programme=wp6())  # everybody has their slots
    pair = a_pair(town).gets_to("onboarding")
    times = [f"{pair.today + timedelta(days=each)}T10:00+02:00" for each in (40, 41)]
    options = tuple(Added("options", {"starts_at": each}) for each in times)
    offered = Amended("onboarding_date", Changes({}, added=options), FACILITATOR)
    assert act(town.runtime, pair.case, offered).accepted
    days_go_by(town, 3)
    [mail] = letters_to(pair, "aspiring", "Your times for the onboarding")

    line = answers(pair, mail, "1, 2")

    asked, _, told = words_of(mail).partition("FOR INFORMATION, NOTHING TO DO")
    assert "YOUR PAIR IS FORMED" in told
    assert "- 1, 2: These of your options suit us" in asked
    assert (line.state, line.outcome) == (DONE, "answered: These of your options suit us")


def test_a_request_in_one_mail_with_the_copy_of_another_takes_its_own_words(town: World) -> None:
    reads_replies(town)
    town.runtime = replace(town.runtime, programme=wp6())
    pair = a_pair(town).gets_to("match_proposed")
    other = a_pair(town, "LIS-ELM").gets_to("match_confirmed")
    with transaction(town.runtime.database) as session:  # who is asked here leads the other pair
        asked = directory.person(session, "vie-bir-coordinator").id
        roles.give(session, Role("lead", asked, pair.today, other.case))
    copy = [{"letter": "N-06.ask", "to": "lead"}]
    other.files("adaptation", written=copy, reason="The lead helps with this one.")
    town.clock.move_to(town.clock() + timedelta(hours=10))
    other.goes("formalise")
    pair.files_all()
    pair.goes("send_proposal")
    town.beat()
    town.clock.move_to(town.clock() + timedelta(hours=14))
    town.beat()
    mails = letters_to(pair, "coordinator", "")
    [mail] = [each for each in mails if "A copy for you" in words_of(each)]

    line = answers(pair, mail, "CONFIRM")

    assert "YOUR CONTACT LIST" in words_of(mail)
    assert "- CONFIRM: " in words_of(mail)
    assert words_of(mail).count("A reply with nothing but") == 1
    assert (line.state, line.outcome) == (DONE, "answered: Yes, pair us")
