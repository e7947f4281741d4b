"""The story of a rehearsal as its file writes it: what invented people do, state by state."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from engine.errors import DefinitionError
from engine.places import Place
from simulation.story import Story
from simulation.story_names import strange_names
from workflows.programme import Programme
from workflows.yaml.located import Located, Plain
from workflows.yaml.problems import explain
from workflows.yaml.reading import read, read_once
from workflows.yaml.spot import Spot

NAME = "rehearsal"  # of the file, without its ending
FILE = f"{NAME}.yaml"


def parse_story(text: str, name: str) -> Story:
    """Build the story a file tells; DefinitionError names the line and the remedy."""
    return build_story(read(text, name))


def wrong_in_story(programme: Programme, folder: Path) -> tuple[str, ...]:
    """Everything wrong in the story that comes with a programme, if one does."""
    if FILE not in programme.texts:
        return ()
    try:
        document = read_once(programme.texts[FILE].encode(), str(folder / FILE))
        story = build_story(document)
    except DefinitionError as error:
        return tuple(str(error).splitlines())
    return tuple(strange_names(story, Spot(document), programme.workflows))


def story_in(content: object, text: str, name: str) -> Story:
    """The same of a file whose content is known already; its text is read only for its errors."""
    first = Place(name, 1, 1)
    try:
        return build_story(Located(name, _plain(content), {(): first}, {(): first}))
    except DefinitionError:
        return parse_story(text, name)


def _plain(content: object) -> Plain:
    """Content as it is read, out of values that nobody can change."""
    if isinstance(content, Mapping):
        return {str(name): _plain(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return content if isinstance(content, str | int | float) else None


def build_story(document: Located) -> Story:
    """Build the story of a file that has been read; errors as ``parse_story``."""
    try:
        story = Story.model_validate(document.content)
    except ValidationError as error:
        raise DefinitionError("\n".join(explain(document, error, Story))) from None
    wrong = list(_wrong_names(story, document))
    if wrong:
        raise DefinitionError("\n".join(wrong))
    return story


def _wrong_names(story: Story, document: Located) -> Iterator[str]:
    """Acts twice of one name, acts after none, turns nobody declared."""
    for workflow, states in story.scenes.items():
        for state, acts in states.items():
            spot = Spot(document).at("scenes", workflow, state)
            seen: set[str] = set()
            for number, act in enumerate(acts):
                place = spot.at(number).place
                if act.name in seen:
                    yield f"{place}: there is an act {act.name} already: write as: another name"
                for name in (each for each in act.after or () if each not in seen):
                    yield f"{place}: no act {name} comes before this one: correct after"
                for name in (*act.only, *act.unless):
                    if name not in story.turns:
                        known = ", ".join(sorted(story.turns))
                        yield f"{place}: no turn {name} is declared: use one of {known}"
                seen.add(act.name)
