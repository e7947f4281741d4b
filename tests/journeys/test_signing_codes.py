"""Who signs by a link also types what a person told them: no letter holds it (security 13)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.model.outcomes import By
from engine.model.putting_right import Undone
from runtime.permission import NotEntitledError
from runtime.use_cases.answer_by_link import answer_by_link
from runtime.use_cases.centre_code import NewCode, renew_code
from storage.directory.codes import MOST_WRONG
from tests.storage.rows import everything, meddle
from tests.support.actors import act
from tests.support.answer_pages import Site, served
from tests.support.linked import code_of, linked, tokens
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.word_replies import letters_to, opened
from tests.support.world import FACILITATOR, LEAD, World

CENTRE, OTHER = "VIE-BIR-c", "VIE-BIR-a"
COORDINATOR = "coordinator.vie-bir@example.org"


@pytest.fixture
def pair(any_town: World) -> Pair:
    """A pair whose memorandum is to be signed."""
    found = a_pair(linked(any_town)).gets_to("memorandum")
    found.files("memorandum")
    days_go_by(any_town, 1)
    return found


@pytest.fixture
def site(pair: Pair) -> Iterator[Site]:
    with served(pair.world.runtime) as found:
        yield found


def _link(pair: Pair) -> str:
    return list(tokens(pair.world, COORDINATOR))[-1]


def _signed_by(pair: Pair) -> set[str]:
    latest = pair.dossier.latest("memorandum")
    assert latest is not None
    return {each.role for each in latest.signatures}


def _other_than(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"


def test_a_signature_takes_the_code_that_a_person_told(pair: Pair, site: Site) -> None:
    code = code_of(pair.world, CENTRE)
    theirs = code_of(pair.world, OTHER)

    refused = [site.chooses(_link(pair), "sign", typed) for typed in ("", CENTRE, "12", theirs)]
    assert _signed_by(pair) == set()
    signed = site.chooses(_link(pair), "sign", f" {code.replace(' ', '-')} ")

    assert all("of your centre" in each.text for each in refused)
    assert "recorded: I sign" in signed.text
    assert _signed_by(pair) == {"coordinator"}


def test_no_letter_and_no_row_holds_the_code(pair: Pair) -> None:
    code = code_of(pair.world, CENTRE)
    pair.world.beat()

    kept = repr(everything(pair.world.runtime.database))
    sent = b"".join(each.frozen for each in pair.world.mailbox.letters).decode("latin-1")

    assert not [each for each in (code, code.replace(" ", "")) if each in kept + sent]


def test_a_new_code_takes_the_place_of_the_one_before(pair: Pair, site: Site) -> None:
    old = code_of(pair.world, CENTRE)
    new = code_of(pair.world, CENTRE)

    assert "not the code of your centre" in site.chooses(_link(pair), "sign", old).text
    assert "recorded: I sign" in site.chooses(_link(pair), "sign", new).text


def test_after_too_many_wrong_ones_nobody_signs_until_the_facilitator_helps(
    pair: Pair, site: Site
) -> None:
    code = code_of(pair.world, CENTRE)

    said = [site.chooses(_link(pair), "sign", _other_than(code)).text for _ in range(MOST_WRONG)]
    right = site.chooses(_link(pair), "sign", code).text
    pair.world.beat()

    assert [each for each in said if "not the code" in each] == said[:-1]
    assert "No code opens this until Facilitator VIE-BIR" in said[-1]
    assert right == said[-1]
    assert _signed_by(pair) == set()
    (told,) = letters_to(pair, "facilitator", "Mail from Pairing Programme")
    body = opened(told).get_body(("plain",))
    assert body is not None
    words = " ".join(body.get_content().split())
    assert f"typed wrongly {MOST_WRONG} times in the name of Coordinator VIE-BIR" in words
    assert f"pairing centre code {CENTRE}" in words
    renewed = code_of(pair.world, CENTRE)
    assert "recorded: I sign" in site.chooses(_link(pair), "sign", renewed).text


def test_a_right_code_forgets_the_wrong_ones_before(pair: Pair, site: Site) -> None:
    code = code_of(pair.world, CENTRE)
    for _ in range(MOST_WRONG - 1):
        site.chooses(_link(pair), "sign", _other_than(code))
    assert "recorded: I sign" in site.chooses(_link(pair), "sign", code).text

    assert act(pair.world.runtime, pair.case, Undone("A slip.", FACILITATOR)).accepted

    assert "not the code" in site.chooses(_link(pair), "sign", _other_than(code)).text
    assert "recorded: I sign" in site.chooses(_link(pair), "sign", code).text


def test_of_many_who_guess_at_once_no_more_than_so_many_are_heard(pair: Pair) -> None:
    code, token = code_of(pair.world, CENTRE), _link(pair)
    runtime = pair.world.runtime

    def guess(number: int) -> str:
        typed = f"{(int(code.replace(' ', '')) + 1 + number) % 10**8:08}"
        given = answer_by_link(runtime, token, "sign", {}, typed)
        return "" if given is None else given.wrong[0]

    with ThreadPoolExecutor(6) as many:
        said = list(many.map(guess, range(MOST_WRONG + 4)))

    assert sum("not the code" in each for each in said) == MOST_WRONG - 1
    assert sum("No code opens this" in each for each in said) == 5


def test_a_code_is_made_by_the_office_alone(pair: Pair) -> None:
    made = renew_code(pair.world.runtime, CENTRE, LEAD)

    assert isinstance(made, NewCode)
    with pytest.raises(NotEntitledError, match="up to: facilitator or lead"):
        renew_code(pair.world.runtime, CENTRE, By("vie-bir-coordinator", "coordinator"))


def test_what_is_wrong_with_a_code_is_said_in_the_language_of_the_page(
    pair: Pair, site: Site
) -> None:
    code = code_of(pair.world, CENTRE)
    meddle(pair.world.runtime.database, "UPDATE people SET language = 'fr', phone = '+43 (0)1'")

    odd = site.chooses(_link(pair), "sign", "12").text
    wrong = [site.chooses(_link(pair), "sign", _other_than(code)).text for _ in range(MOST_WRONG)]

    assert "Le code de votre centre compte 8 chiffres. " in odd
    assert "pas le code de votre centre. " in wrong[0]
    assert "Aucun code " in wrong[-1]
    assert all("+43 (0)1" in each for each in (odd, *wrong))
