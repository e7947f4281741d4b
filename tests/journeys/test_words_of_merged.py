"""One letter that asks, in one mail with news, is answered by its words as it is alone."""

from dataclasses import replace
from datetime import timedelta

from engine.model.changes import Added, Changes
from engine.model.outcomes import Amended
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

    assert "YOUR PAIR IS FORMED" in words_of(mail)
    assert "- 1, 2: These of your options suit us" in words_of(mail)
    assert (line.state, line.outcome) == (DONE, "answered: These of your options suit us")
