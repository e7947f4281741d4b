"""What a calendar answers by mail: an answer to the day that stands, or words for a person."""

from dataclasses import replace

from engine.model.dossier import CaseId, PersonId
from engine.model.outcomes import WroteBack
from notifications.calendar_answers import CalendarAnswer, read_reply
from notifications.inbound.arrivals import CalendarReply
from runtime.families import Families
from runtime.use_cases.calendar_answer import Became, Sender, file_answer
from runtime.workers.answered import plain_address, readers_of
from runtime.workers.passing_on import is_one_too_many, passed_on, spoken
from storage.mail.inbound import DONE, FOR_A_PERSON, NOTHING, PASSED_ON, Settled

_STATES = {Became.FILED: DONE, Became.NOTHING: NOTHING, Became.FOR_A_PERSON: FOR_A_PERSON}


def of_calendar(acting: Families, reply: CalendarReply) -> Settled:
    """File what a calendar answers; whoever runs the case reads what is in doubt, and all words.

    It answers to the organiser of the item, at an address that bears the token of its reader.
    """
    answer = read_reply(reply.content, reply.sender)
    sender = Sender(reply.sender, _known_to(acting, reply, answer))
    taken = file_answer(acting, answer, sender)
    state = _STATES[taken.became]
    words = spoken(answer.comment.splitlines()) if answer is not None and answer.comment else ()
    is_new = taken.became is Became.FOR_A_PERSON or taken.settles
    if is_new:
        words = (taken.says, *words)
    if taken.case_id is None or not words or (taken.became is Became.NOTHING and not is_new):
        return Settled(state, taken.says, case=taken.case_id)
    root = acting.look(taken.case_id).root
    told = WroteBack(reply.sender, taken.meeting, words, taken.proposed, about=taken.about)
    if state == DONE:
        told = replace(told, recorded=taken.says)
    is_told = _may_be_told(acting, taken.case_id, sender) and passed_on(acting, root, told)
    if is_told and state != DONE:
        state = PASSED_ON
    return Settled(state, taken.says, case=taken.case_id)


def _known_to(
    acting: Families, reply: CalendarReply, answer: CalendarAnswer | None
) -> frozenset[PersonId]:
    """Who alone could write it: the readers of the items whose tokens stand in it."""
    named = (answer.organiser,) if answer is not None else ()
    return readers_of(acting, (*reply.about.sent_to, *named))


def _may_be_told(acting: Families, case_id: CaseId, sender: Sender) -> bool:
    """Whether whoever runs the case is written to: not of what strangers send, nor without end."""
    people = acting.look(case_id).whole(case_id).everybody()
    is_of_the_case = plain_address(sender.address) in {plain_address(p.email) for p in people}
    return (is_of_the_case or bool(sender.proven)) and not is_one_too_many(acting, sender.address)
