"""The definitions in force and those that cases are pinned to, read once and then kept."""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from engine.errors import DefinitionError, ProjectError
from engine.letters.answers import Answers
from engine.letters.catalogue import Catalogue
from engine.letters.promise import Said, Told
from engine.letters.spoken import Spoken
from engine.lint.accepted import refused
from engine.lint.findings import of_kind
from engine.model.definition import Workflow
from workflows.compiled import kept
from workflows.programme import Programme, built_in
from workflows.yaml.problems import DefinitionProblemsError

if TYPE_CHECKING:  # late: a folder that is named is checked without any settings
    from runtime.settings.settings import Settings

_LARGEST = 10_000_000  # bytes: more than a definition may hold
_TOLD = 5  # findings of a folder that is not run; `pairing check` tells all of them
_LETTERS = b"letters"

T = TypeVar("T")

_Facts = dict[str, list[str]]  # by stage
_Written = tuple[tuple[str, ...], _Facts, dict[str, Said], dict[str, Told]]


class NotAvailableError(ProjectError):
    """Something outside is not there or not as it must be."""


def programme_folder(settings: "Settings") -> Path:
    folder = settings.programme.folder
    return Path(folder) if folder else built_in(settings.programme.name)


def programme_of(folder: Path) -> Programme:
    """The programme of a folder; DefinitionProblemsError tells everything that is wrong in it."""
    return kept(_cache(), partial(_parts, folder), partial(_load, folder))


def sound_programme(folder: Path) -> Programme:
    """The same where `pairing check` finds nothing wrong: else it is not run (P12).

    What was found is kept with what was read, so it costs nothing at the next start.
    """
    parts = partial(_parts, folder, b"checked")
    programme, wrong = kept(_cache(), parts, partial(_checked, folder))
    if wrong:
        more = len(wrong) - _TOLD
        rest = f"and {more} more; " if more > 0 else ""
        remedy = f"{rest}the programme is not run until they are mended; run: pairing check"
        raise DefinitionProblemsError([*wrong[:_TOLD], remedy])
    return programme


def pinned(text: str, name: str, digest: str, letters: str = "", answers: str = "") -> Workflow:
    """The definition of a running case, out of the texts that were kept for it (P12)."""
    parts = (name.encode(), text.encode(), letters.encode(), answers.encode())
    changed = (
        f"the definition {digest[:12]} of {name} was changed in the database; "
        "restore it from a backup: cases go on as they began"
    )
    try:
        workflow = kept(_cache(), lambda: parts, partial(_parse, text, name, letters, answers))
    except DefinitionError as error:
        raise NotAvailableError(f"{changed} ({error})") from error
    if workflow.digest != digest:
        raise NotAvailableError(changed)
    return workflow


def letters_of(text: str) -> Catalogue:
    """The letters that a kept definition sends, out of the text that was kept with it."""
    return kept(_cache(), lambda: (_LETTERS, text.encode()), partial(_parse_letters, text))


def answers_of(text: str, words: Mapping[str, str]) -> tuple[Answers, Mapping[str, Spoken]]:
    """What the letters of a kept definition offer, out of the text that was kept with it, and its
    words in each further language.
    """
    from workflows.language.translations import kept_answers  # noqa: PLC0415 - late: seldom asked

    return kept_answers(text, words)


def refuse_bad(programme: Programme) -> None:
    """A definition that is wrong never replaces a good one (P12)."""
    # Late: asked only when a definition is new.
    from engine.lint.lint import problems  # noqa: PLC0415

    found = map(str, problems(programme.workflows, programme.letters))
    if wrong := refused(found, programme.accepted):
        raise DefinitionProblemsError(wrong)


def findings(programme: Programme, folder: Path) -> tuple[str, ...]:
    """All that is found in the definitions of a folder and in the texts of its letters.

    Also what its files accept: `engine/lint/accepted.py` tells the two apart.
    """
    # Late, as above.
    from engine.lint.answers import answers  # noqa: PLC0415
    from engine.lint.letter_facts import letter_facts  # noqa: PLC0415
    from engine.lint.lint import problems  # noqa: PLC0415
    from engine.lint.promised import promised  # noqa: PLC0415
    from engine.lint.untold import untold  # noqa: PLC0415
    from workflows.beside import wrong_beside  # noqa: PLC0415

    letters = programme.letters
    wrong = problems(programme.workflows, letters)
    parts = partial(_parts_of_letters, folder)
    unwritten, said, follows, told = kept(_cache(), parts, partial(_written, folder, programme))
    if all(problem.kind for problem in wrong) and not unwritten:
        wrong = (*wrong, *letter_facts(programme.workflows, letters, said))
        unkept = promised(programme.workflows, letters, follows)
        wrong = (*wrong, *of_kind("promise", unkept))
        wrong = (*wrong, *of_kind("promise", untold(programme.workflows, letters, told)))
        wrong = (*wrong, *answers(programme.workflows, letters, programme.answers))
        unwritten = tuple(_wrong_words(folder, programme))
    return (*map(str, wrong), *unwritten, *wrong_beside(programme, folder))


def _wrong_words(folder: Path, programme: Programme) -> Iterator[str]:
    """What is wrong between the words of answers and the letters, where answers are offered."""
    from notifications.answer_checks import wrong_words  # noqa: PLC0415 - late, as above
    from runtime.texts import texts_of  # noqa: PLC0415 - as above

    if programme.answers.offers:
        texts = texts_of(folder, programme.letters, spoken=programme.spoken)
        yield from wrong_words(programme.answers, texts)


def looked_at(folder: Path, look: Callable[[], T]) -> T:
    """What a look at a folder told when it stood as it stands now, or tells now."""
    return kept(_cache(), partial(_parts, folder, b"looked at"), look)


def _written(
    folder: Path, programme: Programme
) -> tuple[tuple[str, ...], _Facts, dict[str, Said], dict[str, Told]]:
    """What is wrong with the texts of the letters; the facts each says, what it promises, and
    whom it says to be told.
    """
    from notifications.checking import problems  # noqa: PLC0415 - late: texts seldom change
    from notifications.promising import promising, telling  # noqa: PLC0415 - as above
    from runtime.texts import texts_of  # noqa: PLC0415 - as above

    letters = programme.letters
    texts = texts_of(folder, letters, spoken=programme.spoken)
    if wrong := problems(letters, texts):
        return tuple(wrong), {}, {}, {}
    said = {stage.id: sorted(texts.used_facts(stage.id)) for stage in letters.stages()}
    return (), said, promising(texts), telling(texts)


def _checked(folder: Path) -> tuple[Programme, tuple[str, ...]]:
    programme = _load(folder)
    return programme, refused(findings(programme, folder), programme.accepted)


def _parts(folder: Path, *more: bytes) -> Iterator[bytes]:
    """Every file of a folder by name and content; what is wrong with one its reader tells."""
    yield from more
    yield from _contents([*folder.glob("*.y*ml"), *folder.glob("words/**/*.*")])


def _parts_of_letters(folder: Path) -> Iterator[bytes]:
    """The same of the letters alone: their catalogue, its words, and every text."""
    yield _LETTERS
    yield from _contents([*folder.glob("letters.y*ml"), *folder.glob("words/*/letters.y*ml")])
    yield from _contents([*folder.glob("words/**/*.txt")])


def _contents(files: list[Path]) -> Iterator[bytes]:
    for file in sorted(files):
        yield os.fsencode(file)
        try:
            with file.open("rb") as stream:
                yield stream.read(_LARGEST)
        except OSError as error:
            yield str(error).encode()


def _load(folder: Path) -> Programme:
    from workflows.programmes import load_programme  # noqa: PLC0415 - late: most are kept

    return load_programme(folder)


def _parse(text: str, name: str, letters: str, answers: str) -> Workflow:
    from workflows.registry import parse_workflow  # noqa: PLC0415 - as above
    from workflows.schema.digests import with_letters  # noqa: PLC0415 - as above

    workflow = parse_workflow(text, name)
    return with_letters(workflow, _parse_letters(letters), answers) if letters else workflow


def _parse_letters(text: str) -> Catalogue:
    from workflows.schema.letters import parse_letters  # noqa: PLC0415 - as above

    return parse_letters(text, "letters.yaml")


def _cache() -> Path | None:
    """Where this user's programs keep what can be made again."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    return folder / "pairing" if folder.is_absolute() else None
