"""Changes of the orchard as somebody might make them, one at random: what a migration must bear."""

from collections.abc import Callable, Mapping
from random import Random

from tests.support.versions import Document, Orchards, renamed

TEXT = "words/en/letters/N-2"


def change(orchards: Orchards, luck: Random) -> str:
    """Make one more change; its name."""
    name = luck.choice(sorted(CHANGES))
    CHANGES[name](orchards, luck)
    return name


def _another_day(orchards: Orchards, luck: Random) -> None:
    rule = f"P{1 + luck.randrange(20)}D"
    _in_ladders(orchards, luck, lambda found: luck.choice(found).update(at=rule))


def _one_more(orchards: Orchards, luck: Random) -> None:
    days = 1 + luck.randrange(20)
    new = {"name": f"extra_{days}", "at": f"P{days}D", "letter": "N-1.ask", "to": ["facilitator"]}

    def insert(found: list[Document]) -> None:
        if all(each["name"] != new["name"] for each in found):
            found.append(dict(new))

    _in_ladders(orchards, luck, insert)


def _one_less(orchards: Orchards, luck: Random) -> None:
    def take(found: list[Document]) -> None:
        once = [each for each in found if "every" not in each]
        if len(found) > 1 and once:
            found.remove(luck.choice(once))

    _in_ladders(orchards, luck, take)


def _in_ladders(
    orchards: Orchards, luck: Random, change: Callable[[list[Document]], object]
) -> None:
    file = luck.choice(["pairing", "pairing", "check_in", "red_flag"])

    def of_one(document: Document) -> None:
        states = [state for state in document["states"].values() if state.get("ladders")]
        ladders = luck.choice(states)["ladders"]
        found = ladders[luck.choice(sorted(ladders))]["rungs"]
        change(found)
        found[:] = _in_order(found)

    orchards.change(file, of_one)


def _in_order(rungs: list[Document]) -> list[Document]:
    """One a day; what repeats, so that nobody waits for ever, stands last."""
    once = {_day(each): each for each in rungs if "every" not in each}
    last = max(once, default=0)
    repeating = [each for each in rungs if "every" in each]
    for each in repeating:
        each["at"] = f"P{max(_day(each), last + 1)}D"
    return [*(once[day] for day in sorted(once)), *repeating]


def _day(rung: Document) -> int:
    return int(str(rung["at"]).strip("PD"))


def _another_name(orchards: Orchards, _: Random) -> None:
    def name(document: Document) -> None:
        if "planted" in document["states"]:
            renamed(document)

    orchards.change("pairing", name)


def _a_field(orchards: Orchards, luck: Random) -> None:
    field = {"kind": "text", "optional": luck.random() < 0.7}

    def add(document: Document) -> None:
        document["records"]["note"]["fields"]["weather"] = field

    orchards.change("pairing", add)


def _another_requirement(orchards: Orchards, luck: Random) -> None:
    asked = {"check": "present", "of": "record.agreement", "owner": "facilitator"}
    words = {"says": "The agreement is on file.", "remedy": "Write it.", "no_waiver": "It counts."}
    new = {"name": "agreed", **asked, **words}

    def ask(document: Document) -> None:
        document["transitions"][0]["requires"] = [new] if luck.random() < 0.5 else []

    orchards.change("pairing", ask)


def _another_window(orchards: Orchards, luck: Random) -> None:
    def move(document: Document) -> None:
        state = next(iter(each for each in document["states"].values() if "window" in each))
        state["window"]["target"] = f"T0 + P{20 + luck.randrange(20)}D"

    orchards.change("pairing", move)


def _another_letter(orchards: Orchards, _: Random) -> None:
    """The growers are asked by another letter, and the old one is no more."""
    if not (orchards.folder / TEXT / "ask.txt").exists():
        return

    def letters(document: Document) -> None:
        stages = document["letters"]["N-2"]["stages"]
        stages["beg"] = stages.pop("ask")

    def pairing(document: Document) -> None:
        states = (each for each in document["states"].values() if "growing" in each["ladders"])
        for rung in next(states)["ladders"]["growing"]["rungs"]:
            rung["letter"] = rung["letter"].replace("N-2.ask", "N-2.beg")

    orchards.change("letters", letters)
    orchards.change("pairing", pairing)
    text = orchards.folder / TEXT / "ask.txt"
    text.rename(text.with_name("beg.txt"))


CHANGES: Mapping[str, Callable[[Orchards, Random], None]] = {
    "another day": _another_day,
    "one rung more": _one_more,
    "one rung less": _one_less,
    "another name": _another_name,
    "a field": _a_field,
    "another requirement": _another_requirement,
    "another window": _another_window,
    "another letter": _another_letter,
}
