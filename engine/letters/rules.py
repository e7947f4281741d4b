"""What of a catalogue is no word: who gets which stage and how soon, and the facts there are."""

from engine.letters.catalogue import Catalogue


def rules_of(letters: Catalogue) -> dict[str, object]:
    """Plain values; a running case is pinned to them, while words may be mended under it."""
    stages = {
        name: {
            stage.name: {
                "to": stage.to,
                "urgency": stage.urgency,
                "minutes": stage.minutes,
                "goes_with": stage.goes_with,
                **({"said_by": stage.said_by} if stage.said_by else {}),
            }
            for stage in letter.stages.values()
        }
        for name, letter in letters.letters.items()
    }
    return {
        "letters": {name: {"stages": each} for name, each in stages.items()},
        "facts": {
            name: {"type": fact.type, "from": fact.source, "optional": fact.optional}
            for name, fact in letters.facts.items()
        },
    }
