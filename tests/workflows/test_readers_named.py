"""A letter says `you` to its reader: whoever has the role is not spoken of by name."""

from dataclasses import replace

import pytest

from notifications.previews import SAMPLE_READER, samples
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.registry import built_in

LETTERS = wp6().letters
TEXTS = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)
GREETINGS = ("Dear {},", "Bonjour {},")
UNKNOWN = ("onboarding", "session", "mid_term", "report", "closing")  # meetings without a link yet


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_letter_speaks_of_its_reader_in_the_third_person(language: str) -> None:
    spoken_of = []
    for stage in LETTERS.stages():
        for role in dict.fromkeys(to.partition(".")[0] for to in stage.to):
            facts = samples(TEXTS, stage, role, language)
            facts |= {n: None for n in facts if n in {f"{each}_meeting_url" for each in UNKNOWN}}
            reader, name = replace(SAMPLE_READER, language=language), str(facts["recipient_name"])
            words = TEXTS.words(stage.id, facts, reader)
            body = words["body"]
            for greeting in GREETINGS:
                body = body.replace(greeting.format(name), "")
            said = (words["subject"], words["preheader"], body, words["told"], words["reason"])
            spoken_of += [(stage.id, role)] * any(name in each for each in said)

    assert spoken_of == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "You answered"), ("fr", "Vous avez répondu")]
)
def test_whoever_answered_hears_it_as_their_own_act(language: str, said: str) -> None:
    receipt = LETTERS.stage("N-26.receipt")
    reader = replace(SAMPLE_READER, language=language)

    own = TEXTS.render(receipt.id, samples(TEXTS, receipt, "coordinator", language), reader)
    theirs = TEXTS.render(receipt.id, samples(TEXTS, receipt, "facilitator", language), reader)

    assert said in own.text
    assert "Coordinator Vienna" in theirs.text
