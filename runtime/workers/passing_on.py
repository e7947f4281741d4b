"""What somebody wrote goes to whoever runs the case, at once: a person reads and records it."""

from collections.abc import Iterable
from datetime import timedelta

from engine.model.dossier import CaseId
from engine.model.outcomes import WroteBack
from engine.model.plan import Plan
from notifications.inbound.arrivals import Reply
from runtime.families import Families
from runtime.isolation import alone
from runtime.links import without_tokens
from runtime.workers.answered import Answered, answered, new_lines, plain_address, writer
from runtime.workers.enclosed import named, one_for_each, who_runs
from runtime.workers.word_answers import ByWord, by_word
from storage.directory import roles
from storage.mail import inbound
from storage.mail.inbound import DONE, FOR_A_PERSON, NOTHING, PASSED_ON, Settled
from storage.programme.incidents import INBOUND, Trouble

_DAY = timedelta(days=1)
_MOST_A_DAY = 20  # of one sender: what answers by itself, and says so nowhere, ends there
_MOST_LINES = 60
_LONGEST_LINE = 500  # characters


def written(acting: Families, reply: Reply, subject: str) -> Settled:
    """Pass the words of a reply on to whoever runs the case that it is about.

    ``subject`` is its own, which names it to whoever looks it up where not all of it was read.
    """
    sender, text = reply.sender, without_tokens(reply.text)
    found = answered(acting, reply.about)
    person = writer(acting, sender)
    root = found.root if found else None
    if root is None and person is not None:
        open_cases = roles.cases_of(acting.session, person.id)
        root = open_cases[0] if len(open_cases) == 1 else None
    is_known = person is not None or (found is not None and found.proven)
    if root is None or not is_known:
        said = "it is about no one letter or case of ours"
        return _settled(found, FOR_A_PERSON if is_known else NOTHING, said)
    carried = found.carried if found else ()
    roots = [
        each
        for each in dict.fromkeys((root, *(each.root for each in carried)))
        if not _is_of_the_office(acting, each, sender)
    ]
    if not roots:
        return _settled(found, NOTHING, "written by whoever runs the case")
    # What was read in part only is no answer: anything may stand in the rest.
    given = ByWord(reply.unread) if reply.unread else by_word(acting, found, person, text)
    if given.is_done:
        return _settled(found, DONE, given.says, root)
    if is_one_too_many(acting, sender):
        return _settled(found, FOR_A_PERSON, f"more than {_MOST_A_DAY} in a day")
    who = f"{person.name}, {sender}" if person else sender
    answers, about = (found.letter.subject, found.numbers) if found else ("", ())
    new = (*spoken(new_lines(acting, found, text)), *_unread(reply, subject))
    words = WroteBack(who, named(answers, carried), new, about=about)
    told = [passed_on(acting, each, words) for each in one_for_each(acting, roots)]
    if not all(told):
        return _settled(found, FOR_A_PERSON, "the case tells nobody of it")
    why = f"passed on: {given.says}" if given.says else "passed on"
    return _settled(found, PASSED_ON, why, root)


def _unread(reply: Reply, subject: str) -> tuple[str, ...]:
    return (f"({subject}: {reply.unread})",) if reply.unread else ()


def is_one_too_many(acting: Families, sender: str) -> bool:
    """Whether so much of one sender was passed on within a day that the rest waits for a person."""
    since = acting.now - _DAY
    return inbound.passed_on_since(acting.session, sender, since) >= _MOST_A_DAY


def spoken(new: Iterable[str]) -> tuple[str, ...]:
    """Lines that somebody wrote, at most so many, each of a bounded length; dots for the others.

    A link in them is that of whoever wrote: nobody else is to answer by it (security 15).
    """
    lines = [without_tokens(line)[:_LONGEST_LINE] for line in new if line.strip()]
    is_all = 0 < len(lines) <= _MOST_LINES
    return (*lines[:_MOST_LINES], *(() if is_all else ("...",)))


def passed_on(acting: Families, root: CaseId, words: WroteBack) -> bool:
    """Let a case hear what was written; False where it tells nobody, or could not be told."""
    told: list[bool] = []

    def tell() -> None:
        outcome = acting.happen(root, words)
        told.append(isinstance(outcome, Plan) and bool(outcome.letters))

    cause = f"mail of {words.who}"
    return alone(acting, Trouble(INBOUND, cause, case_id=root), tell) and any(told)


def _is_of_the_office(acting: Families, root: CaseId, sender: str) -> bool:
    return plain_address(sender) in {plain_address(p.email) for p in who_runs(acting, root)}


def _settled(
    found: Answered | None, state: str, outcome: str, root: CaseId | None = None
) -> Settled:
    message = found.letter.id if found else None
    return Settled(state, outcome, message, found.case if found else root)
