"""Orchards whose letter to the growers is answered by a word or a link, and versions of them."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from notifications.mailer import Outgoing
from runtime.queries.answer_page import look
from runtime.queries.replies import came_in
from runtime.settings.inbox import InboxKind, InboxSettings
from runtime.settings.web import WebSettings
from runtime.use_cases.answer_by_link import answer_by_link
from runtime.workers.arrived import take
from tests.support.came_back import reply
from tests.support.grove import Grove
from tests.support.growers import key_of
from tests.support.linked import ADDRESS
from tests.support.versions import Document, Orchards
from tests.support.versions import orchards as copied
from tests.support.word_replies import words_in

PAIR = "VIE-BIR"
WELL = {"summary": "All is well."}
_FACT = {"type": "list_of_items", "from": "letter.words", "optional": True, "means": "words"}
_EXAMPLE = [{"word": "HELP", "says": "I would like help"}]
_FRAME = """{% if answer_words %}
{% for each in answer_words %}
- {{ each.word }}: {{ each.says }}
{% endfor %}
{% endif %}
"""
ANSWERS: Document = {
    "values": {"words": "optional text"},
    "answers": {
        "done": {"file": "note", "given": WELL, "then": "harvest"},
        "help": {"pass_on": True, "asks": {"words": "words"}},
    },
    "offers": {"N-2.ask": ["done", "help"]},
}
WORDS: Document = {
    "answers": {
        "done": {"says": "All is picked", "word": "DONE"},
        "help": {"says": "I would like help", "word": "HELP"},
    },
    "values": {"words": "What would help"},
}


def answering(folder: Path, url: str | None = None) -> Orchards:
    """An orchard of which the growers may harvest, with links and an inbox, and no answers yet."""
    found = copied(folder, url)
    inbox = InboxSettings(
        kind=InboxKind.MAILDIR, path="inbox", address="pairing+{token}@example.org"
    )
    own = {"web": WebSettings(public_address=ADDRESS), "inbox": inbox}
    found = Orchards(found.folder, found.settings.model_copy(update=own))
    found.change("letters", _with_words)
    found.change("pairing", _growers_harvest)
    frame = found.folder / "words" / "en" / "letters" / "frame.txt"
    text = frame.read_text(encoding="utf-8")
    frame.write_text(text.replace("{{ body }}\n", f"{{{{ body }}}}\n\n{_FRAME}"), encoding="utf-8")
    return found


def offers(place: Orchards, answers: Document = ANSWERS, words: Document = WORDS) -> None:
    """From now on the letters of the orchard offer these answers."""
    for file, said in (("answers.yaml", answers), ("words/en/answers.yaml", words)):
        (place.folder / file).write_text(json.dumps(said), encoding="utf-8")


def _with_words(document: Document) -> None:
    document["facts"]["answer_words"] = {**_FACT, "example": _EXAMPLE}


def _growers_harvest(document: Document) -> None:
    document["records"]["note"]["by"].append("coordinator")
    (harvest,) = (each for each in document["transitions"] if each["trigger"] == "harvest")
    harvest["by"] = ["facilitator", "coordinator", "aspiring"]


def step_renamed(place: Orchards) -> None:
    """The step that follows from an answer is another one."""

    def pairing(document: Document) -> None:
        for each in document["transitions"]:
            each["trigger"] = each["trigger"].replace("harvest", "gather")

    place.change("pairing", pairing)
    offers(place, _answer(then="gather"))


def meaning_changed(place: Orchards) -> None:
    """An answer of the same name and word says another thing, and takes another step."""
    step_renamed(place)
    done = {**WORDS["answers"]["done"], "says": "All is picked and sold"}
    words = {**WORDS, "answers": {**WORDS["answers"], "done": done}}
    offers(place, _answer(then="gather"), words)


def field_renamed(place: Orchards) -> None:
    """The field that an answer fills is called otherwise."""

    def pairing(document: Document) -> None:
        fields = document["records"]["note"]["fields"]
        fields["text"] = fields.pop("summary")

    place.change("pairing", pairing)
    offers(place, _answer(given={"text": WELL["summary"]}))


def record_renamed(place: Orchards) -> None:
    """The record that an answer files is another one."""

    def pairing(document: Document) -> None:
        document["records"]["report"] = document["records"].pop("note")
        said = json.dumps(document).replace("record.note", "record.report")
        document.update(json.loads(said))

    place.change("pairing", pairing)
    offers(place, _answer(file="report"))


def answer_added(place: Orchards) -> None:
    """The letter offers one answer more."""
    pruned = {"file": "note", "given": {"summary": "The trees are pruned."}}
    answers = {**ANSWERS["answers"], "pruned": pruned}
    said = {**WORDS["answers"], "pruned": {"says": "The trees are pruned", "word": "PRUNED"}}
    offered = {"N-2.ask": ["done", "pruned", "help"]}
    offers(place, {**ANSWERS, "answers": answers, "offers": offered}, {**WORDS, "answers": said})


def answer_dropped(place: Orchards) -> None:
    """The letter offers help alone."""
    answers, said = ({"help": each["answers"]["help"]} for each in (ANSWERS, WORDS))
    offered = {"N-2.ask": ["help"]}
    offers(place, {**ANSWERS, "answers": answers, "offers": offered}, {**WORDS, "answers": said})


CHANGES: Mapping[str, Callable[[Orchards], None]] = {
    "step renamed": step_renamed,
    "record renamed": record_renamed,
    "field renamed": field_renamed,
    "answer added": answer_added,
    "answer dropped": answer_dropped,
}


def _answer(**changed: object) -> Document:
    done = {**ANSWERS["answers"]["done"], **changed}
    return {**ANSWERS, "answers": {**ANSWERS["answers"], "done": done}}


def asked(grove: Grove) -> Outgoing:
    """The letter that asks a grower of the pair."""
    address = f"{key_of(PAIR, 'aspiring')}@example.org"
    return next(each for each in grove.post.letters if each.recipient == address)


def by_word(grove: Grove, letter: Outgoing, word: str) -> str:
    """Reply with one word; what became of it."""
    take(grove.runtime, reply(letter.frozen, word))
    return came_in(grove.runtime, "", None, 1)[0].outcome


def by_link(grove: Grove, letter: Outgoing, choice: str) -> str:
    """Choose on the page of its link; what became of it."""
    given = answer_by_link(grove.runtime, token_in(letter), choice, {})
    return given.became.value if given is not None else ""


def token_in(letter: Outgoing) -> str:
    (token,) = set(re.findall(rb"/a/([0-9A-Za-z]{43})", letter.frozen.replace(b"=\r\n", b"")))
    return bytes(token).decode()


def on_page(grove: Grove, letter: Outgoing) -> list[str]:
    """The choices that the page of its link shows."""
    page = look(grove.runtime, token_in(letter))
    assert page is not None
    return [each.name for each in page.choices]


def in_letter(letter: Outgoing) -> list[str]:
    """The words that a letter shows."""
    return words_in(letter)
