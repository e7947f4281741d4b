"""What a calendar answers by mail: an answer to the day that stands, or words for a person."""

from engine.model.outcomes import WroteBack
from notifications.inbound.arrivals import CalendarReply
from runtime.families import Families
from runtime.use_cases.calendar_answer import Became, answered
from runtime.workers.passing_on import passed_on
from storage.mail.inbound import DONE, FOR_A_PERSON, NOTHING, PASSED_ON, Settled


def of_calendar(acting: Families, reply: CalendarReply, subject: str) -> Settled:
    """File what a calendar answers, or tell whoever runs the case where it is in doubt."""
    taken = answered(acting, reply.content, reply.sender)
    if taken.became is not Became.FOR_A_PERSON or taken.case_id is None:
        state = DONE if taken.became is Became.FILED else NOTHING
        return Settled(state, taken.says, case=taken.case_id)
    root = acting.look(taken.case_id).root
    is_told = passed_on(acting, root, WroteBack(reply.sender, subject, (taken.says,)))
    return Settled(PASSED_ON if is_told else FOR_A_PERSON, taken.says, case=taken.case_id)
