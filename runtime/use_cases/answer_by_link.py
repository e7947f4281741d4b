"""A choice on the page of a link becomes the answer of whoever the link is for, once (P21)."""

from collections.abc import Mapping
from dataclasses import replace

from runtime.asking import opened
from runtime.families import Families
from runtime.queries.answer_page import Saying
from runtime.use_cases.answer_letter import Chosen, GivenAnswer, given_to
from runtime.wiring import Runtime
from storage.database.transactions import transaction


def answer_by_link(
    runtime: Runtime, token: str, choice: str, values: Mapping[str, str], code: str = ""
) -> GivenAnswer | None:
    """Do what was chosen, and say it in the reader's language; a second time tells what was
    recorded. None: the link opens nothing.
    """
    with transaction(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        found = opened(families, token)
        if found is None:
            return None
        link, asking = found
        given = given_to(families, asking, Chosen(link.letter, link.key, choice, values, code))
        say = Saying(runtime, asking).say
        return replace(
            given,
            says=say(given.says),
            lacks=tuple(map(say, given.lacks)),
            wrong=tuple(map(say, given.wrong)),
        )
