"""A letter that was accepted and did not arrive after all: the same follows as of a refusal."""

from engine.model.outcomes import CLOCK, WroteBack
from notifications.inbound.arrivals import AutomaticReply, DeliveryFailed
from notifications.inbound.automatic import MACHINES
from notifications.inbound.days import DaysAway
from runtime.families import Families
from runtime.use_cases.absence import AUTOMATIC_REPLY, NewAbsence, enter_absence
from runtime.use_cases.directory_checks import DirectoryError
from runtime.workers.answered import Answered, answered, plain_address, writer
from runtime.workers.enclosed import named, one_for_each
from runtime.workers.passing_on import passed_on
from runtime.workers.undelivered import Returned, came_back
from storage.directory import directory
from storage.directory.directory import Contact
from storage.mail import inbound, sent_letters
from storage.mail.attempts import REFUSED
from storage.mail.inbound import DONE, FOR_A_PERSON, NOTHING, PASSED_ON, Settled


def failed(acting: Families, report: DeliveryFailed) -> Settled:
    """What follows of a report of failure: only one that knows our letter marks an address.

    The words of any other go to a person.
    """
    said = report.says
    found = answered(acting, report.about)
    if found is None:
        return Settled(NOTHING, f"it is about no letter of ours: {said}")
    letter = found.letter
    if report.address and plain_address(report.address) != letter.recipient.lower():
        return _further(acting, found, report)
    if letter.state == REFUSED:
        return _settled(found, NOTHING, "known already")
    if not _is_proof(report, found):
        return _told(acting, found, said)
    person = directory.person(acting.session, found.carried[0].reader)
    if plain_address(person.email) != letter.recipient.lower():
        return _settled(found, NOTHING, "the address was put right meanwhile")
    sent_letters.mark_returned(acting.session, letter.id, said)
    came_back(acting, found.carried, Returned(letter.recipient, letter.subject, said))
    return _settled(found, DONE, f"{letter.recipient} does not work: {said}")


def _further(acting: Families, found: Answered, report: DeliveryFailed) -> Settled:
    """An address that passes mail on works itself; whoever runs the case hears where it ends."""
    recipient, further = found.letter.recipient, plain_address(report.address)
    if not found.proven or not further:
        said = f"the letter went to {recipient}, not to {report.address}"
        return _settled(found, NOTHING, said)
    readers = (directory.person(acting.session, each.reader).name for each in found.carried[:1])
    whose = f"{next(readers, 'its reader')} ({recipient})"
    said = (
        f"what is sent to {whose} is passed on to {further}, which refuses it: {report.says}. "
        "Perhaps nobody has read the letter; the address itself counts as working"
    )
    return _told(acting, found, said)


def automatic(acting: Families, reply: AutomaticReply) -> Settled:
    """A machine answered: nobody is written to because of it (security 26)."""
    found = answered(acting, reply.about)
    if found is None:
        return Settled(NOTHING, "an automatic reply to no letter of ours")
    if not found.carried:
        return _settled(found, NOTHING, "an automatic reply to an overview")
    away = reply.away
    said = f"away until {away.last}" if away is not None else "an automatic reply without a day"
    if not found.proven and not _is_of_the_reader(reply.sender, found.letter.recipient):
        return _settled(found, NOTHING, f"{said}, says {reply.sender}, who was not written to")
    if away is None:
        return _perhaps_gone(acting, found, reply.sender, said)
    return _absent(acting, found, reply.sender, away)


def _perhaps_gone(acting: Families, found: Answered, sender: str, said: str) -> Settled:
    """A person looks, once of a sender and a case: the same comes back to each letter."""
    said = f"{said}: see whether somebody reads {found.letter.recipient} still"
    is_known = inbound.last_told(acting.session, sender, found.carried[0].letter.case_id) == said
    return _settled(found, NOTHING if is_known else FOR_A_PERSON, said)


def _absent(acting: Families, found: Answered, sender: str, away: DaysAway) -> Settled:
    said = f"away until {away.last}"
    person = directory.person(acting.session, found.carried[0].reader)
    if doubt := _doubt(acting, found, sender, person):
        return _settled(found, FOR_A_PERSON, f"{said}, says {sender}, {doubt}")
    first = away.first or acting.today
    new = NewAbsence(person.key, first, away.last, source=AUTOMATIC_REPLY)
    try:
        entered = enter_absence(acting, new, CLOCK)
    except DirectoryError as error:
        return _settled(found, NOTHING, f"{said}: {error}")
    return _settled(found, NOTHING if entered.outcome == "unchanged" else DONE, said)


def _doubt(acting: Families, found: Answered, sender: str, reader: Contact) -> str:
    """Why it is not sure that the reader of a letter is the one who is away; empty where it is."""
    if not found.proven:
        return "and nothing proves it"
    # What somebody is sent may be passed on to a colleague, who is away then.
    known = writer(acting, sender)
    is_other = known is not None and known.id != reader.id
    return f"and the letter went to {found.letter.recipient}" if is_other else ""


def _is_of_the_reader(sender: str, recipient: str) -> bool:
    """Whether it came from whom we wrote to, or from the machines of their centre."""
    if plain_address(sender) == recipient.lower():
        return True
    name, _, domain = sender.lower().partition("@")
    return name in MACHINES and domain == recipient.lower().partition("@")[2]


def _is_proof(report: DeliveryFailed, found: Answered) -> bool:
    """Whether the report is a standard one about the recipient, of a letter that was sent."""
    is_sent = found.letter.attempts > 0 and bool(found.carried)
    names_it = found.letter.message_id in report.about.message_ids
    return report.dead and found.proven and is_sent and names_it


def _told(acting: Families, found: Answered, said: str) -> Settled:
    """Tell whoever runs the case, once of a letter.

    What proves nothing waits as an incident: letters to the office itself bear no token, and one
    about their failure would fail again, and so on without end (security 26).
    """
    if not found.proven or inbound.was_told(acting.session, found.letter.id):
        return _settled(found, FOR_A_PERSON, said)
    subject = named(found.letter.subject, found.carried)
    who = f"MAILER-DAEMON ({found.letter.recipient})"
    words = WroteBack(who, subject, (said,), about=found.numbers)
    roots = one_for_each(acting, [each.root for each in found.carried])
    told = [passed_on(acting, root, words) for root in roots]
    is_told = bool(told) and all(told)
    return _settled(found, PASSED_ON if is_told else FOR_A_PERSON, said)


def _settled(found: Answered, state: str, outcome: str) -> Settled:
    return Settled(state, outcome, found.letter.id, found.case)
