"""Every kind of link: machines that look at it change nothing, a second choice does no more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from engine.model.changes import Added, Changes
from engine.model.outcomes import Amended
from tests.storage.rows import everything
from tests.support.actors import act
from tests.support.answer_pages import Site, served
from tests.support.eager_browser import tries
from tests.support.linked import code_of, linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World, wp6

SCANNERS = (
    *("Barracuda Sentinel", "Mozilla/5.0 (compatible; MSIE 9.0; SafeLinks)", "Mimecast-URLProtect"),
    *("Proofpoint URL Defense", "BingPreview/1.0b", "Slackbot-LinkExpanding 1.0", "WhatsApp/2"),
    *("GoogleImageProxy", "TrendMicro-WTP", "FireEye", "Twitterbot/1.0", "curl/8.5.0"),
)
OTHERS = ("HEAD", "OPTIONS")
EACH = (50, 1_000)  # looks of each kind: where there is little time, and beside the services
DONE = ("recorded: ", "passed on: ")


@dataclass
class Visits:
    """The pages of a pair: what its people choose there, after the machines have looked."""

    pair: Pair
    site: Site
    looks: int
    eager: Path | None  # where a browser keeps what it needs
    forms: int = 0  # that it sent
    looked: Counter[str] = field(default_factory=Counter)

    def chooses(self, who: str, choice: str, code: str = "", **values: str) -> None:
        """By the last link of somebody that offers it; all looks and a second choice are idle."""
        mine = reversed(list(dict.fromkeys(tokens(self.pair.world, f"{who}.vie-bir@"))))
        link = next(each for each in mine if f'value="{choice}"' in self.site.opens(each).text)
        before = self._rows()
        self._looks(link, choice)
        assert self._rows() == before, choice
        first = self.site.chooses(link, choice, code, **values).text
        assert first.removeprefix("<!doctype html><title>Answer</title><p>").startswith(DONE), first
        done = self._rows()
        assert done != before
        assert "answered before: " in self.site.chooses(link, choice, code, **values).text
        assert self._rows() == done, choice
        self.pair.world.beat()

    def _looks(self, link: str, choice: str) -> None:
        for number in range(self.looks):
            assert self.site.ask("GET", link, agent=SCANNERS[number % len(SCANNERS)]).status == 200
            self.looked[choice] += 1
        for method in OTHERS:
            assert self.site.ask(method, link).status == 200
        if self.eager is not None:
            self.forms += tries(self.site.address(link), self.eager)

    def goes_on(self, days: int = 1) -> None:
        days_go_by(self.pair.world, days)

    def proposes(self, record: str, in_days: int) -> None:
        """The facilitator names the days of a visit."""
        on = self.pair.today + timedelta(days=in_days)
        words = {"starts_on": str(on), "ends_on": str(on + timedelta(days=1))}
        self._changes(record, Changes(words))

    def offers(self, record: str, in_days: int) -> str:
        """The facilitator offers a day to choose; which one."""
        on = str(self.pair.today + timedelta(days=in_days))
        self._changes(record, Changes({}, added=(Added("options", {"starts_on": on}),)))
        return on

    def _changes(self, record: str, changes: Changes) -> None:
        event = Amended(record, changes, FACILITATOR)
        assert act(self.pair.world.runtime, self.pair.case, event).accepted
        self.goes_on(8)

    def _rows(self) -> object:
        return everything(self.pair.world.runtime.database)


NAMES = frozenset(each.name for each in wp6().answers.each())


@pytest.fixture(params=[EACH[0], pytest.param(EACH[1], marks=pytest.mark.services)])
def visits(town: World, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Visits]:
    pair = a_pair(linked(town, days=730)).gets_to("match_validation")
    days_go_by(town, 1)
    with served(town.runtime) as site:
        looks = request.param
        yield Visits(pair, site, looks, tmp_path if looks == EACH[1] else None)


def test_looks_of_every_kind_of_link_change_nothing_and_a_second_choice_does_no_more(
    visits: Visits,
) -> None:
    _match(visits)
    _meetings(visits)
    _memorandum(visits)
    _check_in(visits)
    _report(visits)

    assert visits.looked.keys() == NAMES
    assert min(visits.looked.values()) >= visits.looks
    assert visits.eager is None or visits.forms >= len(NAMES)


def _match(visits: Visits) -> None:
    day = str(visits.pair.today + timedelta(days=9))
    visits.chooses("coordinator", "later", not_before=day)
    visits.chooses("coordinator", "someone_else", person="Dr Else, else@example.org")
    visits.chooses("coordinator", "question", question="Which visits?")
    visits.chooses("coordinator", "undo")
    visits.chooses("coordinator", "decline", reason="No room this year.")
    visits.chooses("coordinator", "undo")
    visits.chooses("coordinator", "confirm")
    assert visits.pair.state == "match_confirmed"


def _meetings(visits: Visits) -> None:
    visits.pair.gets_to("onboarding")
    visits.goes_on(2)
    visits.chooses("coordinator", "times", times="12 August at 10:00, 13 August at 11:00")
    visits.chooses("aspiring", "help", words="Slides to begin with.")
    visits.pair.gets_to("visit_preparation")
    visits.goes_on()
    visits.chooses("coordinator", "days", days="12 August, 19 August")
    on = visits.offers("visit_1_dates", 60)
    visits.chooses("aspiring", "choose", options=on)
    visits.proposes("visit_1_dates", 40)
    visits.chooses("coordinator", "does_not_suit", other_times="Any day in September")
    visits.chooses("coordinator", "undo")
    visits.chooses("coordinator", "suits")


def _memorandum(visits: Visits) -> None:
    visits.pair.gets_to("memorandum").files("memorandum")
    visits.goes_on()
    visits.chooses("coordinator", "sign", code_of(visits.pair.world, "VIE-BIR-c"))
    visits.pair.signs("aspiring")
    visits.pair.goes("start_implementation")


def _check_in(visits: Visits) -> None:
    visits.goes_on(95)
    visits.chooses("aspiring", "all_well")
    visits.chooses("aspiring", "undo")
    said = {"summary": "Slowly.", "bottlenecks": "No statistician.", "barrier": "yes"}
    visits.chooses("aspiring", "check_in", **said)
    visits.goes_on()
    at = visits.pair.today + timedelta(days=6)
    visits.chooses("coordinator", "session_at", starts_at=f"{at} 10:00")
    review = str(visits.pair.today + timedelta(days=14))
    visits.chooses("facilitator", "acknowledge", next_step="I call them.", review_on=review)


def _report(visits: Visits) -> None:
    visits.pair.gets_to("report_loop").files("mid_term_report")
    visits.goes_on(2)
    visits.chooses("coordinator", "agree")
    visits.chooses("coordinator", "undo")
    visits.chooses("coordinator", "respond", response="Split objective 2.", meet_at="Any Tuesday")
