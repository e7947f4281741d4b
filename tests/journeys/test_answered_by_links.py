"""A pair whose people answer by links alone: the facilitator types none of their answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from runtime.use_cases.directory import change_person
from tests.support.actors import act
from tests.support.answer_pages import Site, served
from tests.support.linked import code_of, linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import opened, words_of
from tests.support.world import FACILITATOR, LEAD, World

SIDES = ("coordinator", "aspiring")
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Session:
    """A pair, and what its people do on the pages that their letters lead to."""

    pair: Pair
    site: Site

    def answers(self, who: str, choice: str, **values: str) -> None:
        """Somebody chooses on the page of the last letter that offers it."""
        code = values.pop("code", "")
        pages = reversed(list(dict.fromkeys(tokens(self.pair.world, f"{who}.vie-bir@"))))
        token = next(t for t in pages if f'value="{choice}"' in self.site.opens(t).text)
        seen = self.site.chooses(token, choice, code, **values)
        assert "recorded: " in seen.text, seen.text
        self.pair.world.beat()

    def fixes(self, record: str, **values: object) -> None:
        """The facilitator names the day, which is theirs to name."""
        event = Amended(record, Changes(values), FACILITATOR)
        answer = act(self.pair.world.runtime, self.pair.case, event)
        assert answer.accepted, answer.unmet
        days_go_by(self.pair.world, 1)


@pytest.fixture
def session(any_town: World) -> Iterator[Session]:
    pair = a_pair(linked(any_town)).gets_to("match_validation")
    days_go_by(any_town, 1)
    with served(any_town.runtime) as site:
        yield Session(pair, site)


def test_a_pair_is_answered_by_links_alone(session: Session) -> None:
    _answers_all(session)

    pair = session.pair
    assert _answered(pair) == {
        "match_answer": {"coordinator"},
        "visit_1_dates": {"coordinator", "aspiring", "facilitator"},
        "memorandum": {"coordinator", "aspiring"},
        "response": {"coordinator"},
    }
    held = [each.workflow for each in pair.dossier.children if each.state == "held"]
    assert held == ["check_in"]


def test_a_pair_that_reads_french_is_answered_so_too(town: World) -> None:
    pair = a_pair(linked(town)).gets_to("match_proposed")
    for who in SIDES:
        key = f"vie-bir-{who}"
        change_person(town.runtime, key, lambda each: replace(each, language="fr"), LEAD)
    pair.gets_to("match_validation")
    days_go_by(town, 1)
    with served(town.runtime) as site:
        _answers_all(Session(pair, site))

    assert _answered(pair)["response"] == {"coordinator"}
    read = [each for each in town.mailbox.letters if each.recipient.startswith(SIDES)]
    english = [each for each in read if "Why you get this" in words_of(each)]
    french = [str(opened(each)["Subject"]) for each in read if each not in english]
    assert english == []
    assert any("mi-parcours : votre réponse" in each.replace(NBSP, " ") for each in french)


def _answers_all(session: Session) -> None:
    """From the proposal to the response to the mid-term report."""
    pair = session.pair
    session.answers("coordinator", "confirm")
    assert pair.state == "match_confirmed"
    _agree_on_days(session)
    _sign(session)
    days_go_by(pair.world, 95)
    session.answers("aspiring", "all_well")
    pair.gets_to("report_loop")
    pair.files("mid_term_report")
    days_go_by(pair.world, 2)
    session.answers("coordinator", "respond", response="Split objective 2.", meet_at="Any Tuesday")


def _agree_on_days(session: Session) -> None:
    """Both sides name days, the facilitator proposes some, both say yes."""
    pair = session.pair.gets_to("visit_preparation")
    days_go_by(pair.world, 1)
    for side in ("coordinator", "aspiring"):
        session.answers(side, "days", days="12 August, 19 August")
    on = pair.today + timedelta(days=40)
    session.fixes("visit_1_dates", starts_on=str(on), ends_on=str(on + timedelta(days=1)))
    days_go_by(pair.world, 8)
    for side in ("coordinator", "aspiring"):
        session.answers(side, "suits")


def _sign(session: Session) -> None:
    """The visit takes place, and both sides sign the memorandum."""
    pair = session.pair
    for record in ("visit_1_agenda", "synthesis", "travel"):
        pair.files(record)
    pair.goes("begin_visit")
    pair.files_all()
    pair.goes("finish_visit")
    pair.files("memorandum")
    days_go_by(pair.world, 1)
    session.answers("coordinator", "sign", code=code_of(pair.world, "VIE-BIR-c"))
    session.answers("aspiring", "sign", code=code_of(pair.world, "VIE-BIR-a"))
    pair.goes("start_implementation")


def _answered(pair: Pair) -> dict[str, set[str]]:
    """Who filed, or signed, each record that people were asked for."""
    found: dict[str, set[str]] = {}
    for line in pair.journal:
        is_signed = line.kind == "signed"
        if line.what in {"match_answer", "visit_1_dates", "response"} or is_signed:
            found.setdefault(line.what, set()).add(line.role)
    return found
