"""A running pair keeps the letters it began with; their words may be mended under it (P12)."""

from pathlib import Path

import pytest

from runtime.queries.history import entries
from runtime.wiring import open_runtime
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.grove import Grove
from tests.support.versions import Document, Orchards
from tests.support.versions import orchards as copied
from workflows.yaml.problems import DefinitionProblemsError

TEXT = Path("words/en/letters/N-2/ask.txt")
FACT = {"type": "text", "from": "pair.domain", "example": "apples", "means": "what grows"}


@pytest.fixture
def orchards(tmp_path: Path) -> Orchards:
    return copied(tmp_path)


def _says_more(orchards: Orchards, words: str) -> None:
    path = orchards.folder / TEXT
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def _without_asking(orchards: Orchards) -> None:
    """The letter to the growers is another one, and nobody writes the old one any more."""

    def letters(document: Document) -> None:
        stages = document["letters"]["N-2"]["stages"]
        stages["beg"] = stages.pop("ask")

    def pairing(document: Document) -> None:
        rungs = document["states"]["planted"]["ladders"]["growing"]["rungs"]
        rungs[0]["letter"] = "N-2.beg"

    orchards.change("letters", letters)
    orchards.change("pairing", pairing)
    (orchards.folder / TEXT).rename(orchards.folder / TEXT.with_name("beg.txt"))


def _sent(grove: Grove) -> list[str]:
    return [message.frozen.decode() for message in grove.post.letters]


def test_a_running_pair_sends_a_letter_that_the_programme_no_longer_has(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        digest = before.dossier("VIE-BIR").digest
    _without_asking(orchards)

    with orchards.opened(before) as grove:
        grove.sends(4)

        assert digest not in {each.digest for each in grove.runtime.programme.workflows.values()}
        assert {each.letter for each in grove.letters("VIE-BIR")} == {"N-2.ask"}
        assert {each.state for each in grove.letters("VIE-BIR")} == {"accepted"}


def test_words_are_mended_under_a_running_pair_and_its_journal_says_so_once(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        before.days_pass(1)
    orchards.change("letters", lambda document: document["facts"].update(domain=FACT))
    _says_more(orchards, "\nBring a basket.\n")

    with orchards.opened(before, days=1):
        pass
    with orchards.opened(before, days=3) as grove:
        told = list(entries(grove.runtime, grove.pairs["VIE-BIR"], 0, 100))
        grove.sends()
        with reading(grove.runtime.database) as session:
            assert list(verify(session)) == []

    mended = [(each.what, each.note) for each in told if each.kind == "words_mended"]
    assert mended == [("en/letters/N-2/ask.txt", "the words of letters were changed")]
    assert any("Bring a basket." in each for each in _sent(grove))


def test_a_text_that_says_what_the_pair_does_not_know_is_for_pairs_to_come(
    orchards: Orchards,
) -> None:
    with orchards.planted() as before:
        pass
    orchards.change("letters", lambda document: document["facts"].update(domain=FACT))
    _says_more(orchards, "\nYou grow {{ domain }}.\n")

    with orchards.opened(before) as grove:
        grove.sends(4)

    assert {each.state for each in grove.letters("VIE-BIR")} == {"accepted"}
    assert all("You grow" not in each for each in _sent(grove))


def test_a_folder_that_the_check_refuses_is_not_run(orchards: Orchards) -> None:
    with orchards.planted():
        pass
    _says_more(orchards, "\n{{ weather }}\n")

    for _ in range(2):  # what was found is kept, and refuses again
        with pytest.raises(DefinitionProblemsError) as refused, open_runtime(orchards.settings):
            pass
        assert "fact weather is used and not declared" in refused.value.sentences[0]
        assert refused.value.sentences[-1].endswith("run: pairing check")
