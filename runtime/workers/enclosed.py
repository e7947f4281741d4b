"""The letters of one message: what happens to it is told once, of all of them."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from engine.errors import ProjectError
from engine.model.dossier import CaseId, Person
from runtime.families import Families
from storage.errors import UnavailableError
from storage.mail.enclosed import Enclosed


def named(words: str, letters: Sequence[Enclosed]) -> str:
    """What is said of a message, with the pairs that it was about where there are several."""
    pairs = dict.fromkeys(each.reference for each in letters)
    return f"{words} ({', '.join(pairs)})" if len(pairs) > 1 else words


def one_for_each(acting: Families, roots: Iterable[CaseId]) -> Iterator[CaseId]:
    """Of the cases that one message spoke of, one for each person who runs any of them."""
    told: set[Hashable] = set()
    for root in dict.fromkeys(roots):
        runs = _runs(acting, root)
        if runs not in told:
            yield root
        told.add(runs)


def _runs(acting: Families, root: CaseId) -> Hashable:
    try:
        return tuple(each.id for each in who_runs(acting, root)[:1])
    except UnavailableError:
        raise
    except ProjectError:  # a case that cannot be read harms itself alone, where it is told (P18)
        return root


def who_runs(acting: Families, root: CaseId) -> tuple[Person, ...]:
    dossier = acting.look(root).whole(root)
    return dossier.people_as(acting.runtime.workflow_of(dossier).runs)
