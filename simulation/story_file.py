"""The story of a rehearsal as its file writes it: what invented people do, state by state."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from pydantic import ValidationError

from engine.errors import DefinitionError
from engine.places import Place
from simulation.story import Act, Cast, InventedCentre, Pace, Silence, Story, Turn
from simulation.story_acts import ActShape, build_act
from simulation.story_shapes import StoryShape, TurnShape
from workflows.schema.spelling import freeze
from workflows.yaml.located import Located, Plain
from workflows.yaml.problems import explain
from workflows.yaml.reading import read
from workflows.yaml.spot import Spot


def parse_story(text: str, name: str) -> Story:
    """Build the story a file tells; DefinitionError names the line and the remedy."""
    return build_story(read(text, name))


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
        shape = StoryShape.model_validate(document.content)
    except ValidationError as error:
        raise DefinitionError("\n".join(explain(document, error, StoryShape))) from None
    wrong = list(_wrong_names(shape, document))
    if wrong:
        raise DefinitionError("\n".join(wrong))
    return _story(shape, Spot(document))


def _story(shape: StoryShape, spot: Spot) -> Story:
    return Story(
        programme=shape.programme,
        workflow=shape.workflow,
        begins=date.fromisoformat(shape.begins),
        spread=shape.spread,
        before=shape.before,
        rest=shape.rest,
        pace=Pace(shape.pace.late, shape.pace.by),
        cast=_cast(shape),
        scenes=MappingProxyType(
            {
                name: _scenes(states, spot.at("scenes", name))
                for name, states in shape.scenes.items()
            }
        ),
        turns=MappingProxyType(
            {name: _turn(name, turn, spot.at("turns", name)) for name, turn in shape.turns.items()}
        ),
    )


def _scenes(
    states: Mapping[str, tuple[ActShape, ...]], spot: Spot
) -> Mapping[str, tuple[Act, ...]]:
    return MappingProxyType({state: _scene(acts, spot.at(state)) for state, acts in states.items()})


def _scene(shapes: tuple[ActShape, ...], spot: Spot) -> tuple[Act, ...]:
    """The acts of a state; without ``after`` each comes after the one before it."""
    acts: list[Act] = []
    for number, shape in enumerate(shapes):
        before = (acts[-1].name,) if acts else ()
        acts.append(build_act(shape, before, spot.at(number)))
    return tuple(acts)


def _turn(name: str, shape: TurnShape, spot: Spot) -> Turn:
    silence = None
    if shape.silent is not None:
        silence = Silence(shape.silent.role, shape.silent.state, shape.silent.lasts)
    return Turn(
        name=name,
        share=shape.share,
        slow=MappingProxyType(dict(shape.slow)),
        silence=silence,
        bounces=shape.bounces or "",
        place=spot.named,
    )


def _cast(shape: StoryShape) -> Cast:
    cast = shape.cast
    facts = freeze(dict(cast.facts))
    return Cast(
        office=MappingProxyType(dict(cast.office)),
        teams=MappingProxyType(dict(cast.teams)),
        centres=tuple(
            InventedCentre(each.name, each.short_name, each.city, each.zone)
            for each in cast.centres
        ),
        invented_side=cast.invented,
        matched_side=cast.matched,
        facts=facts if isinstance(facts, Mapping) else {},
        domain=cast.domain,
        country=cast.country,
        pairs_each=cast.pairs_each,
    )


def _wrong_names(shape: StoryShape, document: Located) -> Iterator[str]:
    """Acts twice of one name, acts after none, turns nobody declared."""
    for workflow, states in shape.scenes.items():
        for state, acts in states.items():
            spot = Spot(document).at("scenes", workflow, state)
            seen: set[str] = set()
            for number, act in enumerate(acts):
                place = spot.at(number).place
                if act.called in seen:
                    yield f"{place}: there is an act {act.called} already: write as: another name"
                for name in (each for each in act.after or () if each not in seen):
                    yield f"{place}: no act {name} comes before this one: correct after"
                for name in (*act.only, *act.unless):
                    if name not in shape.turns:
                        known = ", ".join(sorted(shape.turns))
                        yield f"{place}: no turn {name} is declared: use one of {known}"
                seen.add(act.called)
