"""A family is read at each look: what did not change is the value it was, what did is another."""

from engine.model.family import Family, Letter
from storage.cases.load import load_family
from storage.database.transactions import reading
from tests.storage.lives import DAY, Lives, lives


def _letters(family: Family) -> tuple[Letter, ...]:
    return tuple(sorted(family.owed(), key=lambda letter: letter.number))


def _look(story: Lives) -> Family:
    case = story.opens()
    story.files(case)
    story.now += 6 * DAY
    story.fires()
    with reading(story.database) as session:
        return load_family(session, case, story.definitions, lock=False)


def test_what_was_filed_and_sent_is_put_together_once(migrated_url: str) -> None:
    with lives(migrated_url) as story:
        before = _look(story)
        case = next(iter(before.cases))
        story.signs(case, "aspiring")
        story.files(case, "Another paper")
        with reading(story.database) as session:
            after = load_family(session, case, story.definitions, lock=False)
            again = load_family(session, case, story.definitions, lock=False)

    [first], [signed, second] = (each.whole(case).records["paper"] for each in (before, after))
    assert (first.signatures, len(signed.signatures)) == ((), 1)
    assert [second, signed] == [*reversed(again.whole(case).records["paper"])]
    assert again.whole(case).records["paper"][0] is signed
    assert second.content == {"title": "Another paper"}
    assert _letters(before) == _letters(after)
    assert all(one is two for one, two in zip(_letters(after), _letters(again), strict=True))
