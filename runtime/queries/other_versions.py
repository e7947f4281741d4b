"""The versions of a programme that its cases may go on by, and what differs between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import DefinitionError, quoted
from engine.letters.rules import rules_of
from engine.model.dossier import CaseId
from engine.model.migrating import Version
from engine.model.versions import version_differences
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.cases import views
from storage.cases.views import Shown
from storage.database.transactions import reading
from storage.programme import catalogues, definitions
from storage.programme.definitions import Kept
from workflows.schema.parse import plain

_SHORTEST = 6  # characters of a hash that name a version


@dataclass(frozen=True, slots=True)
class Another:
    """What is another in one workflow, for the cases that run on an earlier version of it."""

    workflow: str
    version: str
    since: str  # the version that they run on
    digest: str  # of that version: several may have one name
    digest_now: str  # of the version to go on by
    cases: tuple[str, ...]
    sentences: tuple[str, ...]


def wanted(runtime: Runtime, to: str) -> dict[str, Version]:
    """By workflow the version to go on by: the current one, or one that was kept.

    DefinitionError: there is none of that name, or several.
    """
    if not to:
        digests = [each.digest for each in runtime.programme.workflows.values()]
    else:
        digests = list(_kept(runtime, to).values())
    versions = {}
    for digest in digests:
        letters = runtime.texts(digest).catalogue.stages()
        workflow = runtime.workflow(digest)
        versions[workflow.name] = Version(workflow, frozenset(stage.id for stage in letters))
    return versions


def _kept(runtime: Runtime, to: str) -> dict[str, str]:
    """The digests of a version that is named as people call it, or by the begin of its hash.

    With the workflow that people start go the others as they stood until its next version.
    """
    with reading(runtime.database) as session:
        every = definitions.every(session)
    root = runtime.programme.root
    meant = [each for each in every if _is_meant(each, to)]
    found = [each for each in meant if each.workflow == root] or meant
    if not found:
        near = suggestion(to, sorted({each.version for each in every}))
        raise DefinitionError(f"no version {quoted(to)} was ever run here: {near}")
    if len(found) > 1:
        hashes = " or ".join(each.digest[:12] for each in found)
        several = f"{found[0].workflow} has several versions {quoted(to)}"
        raise DefinitionError(f"{several}: name one by its hash, {hashes}")
    if found[0].workflow != root:
        return {found[0].workflow: found[0].digest}
    return {each.workflow: each.digest for each in _beside(found[0], every)}


def _beside(chosen: Kept, every: tuple[Kept, ...]) -> Iterator[Kept]:
    """The definitions that were in force with one, the last of each workflow at the end."""
    later = [e.added_at for e in every if e.workflow == chosen.workflow]
    until = min((at for at in later if at > chosen.added_at), default=None)
    for each in every:
        if each.workflow != chosen.workflow and (until is None or each.added_at < until):
            yield each
    yield chosen


def _is_meant(kept: Kept, to: str) -> bool:
    return kept.version == to or (len(to) >= _SHORTEST and kept.digest.startswith(to))


def others(
    runtime: Runtime, versions: dict[str, Version], root: CaseId | None = None
) -> Iterator[Another]:
    """What is another for each version that open cases run on, of one family or of all."""
    with reading(runtime.database) as session:
        lines = views.overview(session, Shown(root=root))
    used: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        used.setdefault((line.workflow, line.digest), []).append(line.reference)
    for (name, digest), cases in used.items():
        version = versions.get(name)
        if version is None or version.workflow.digest == digest:
            continue
        now, since = version.workflow, runtime.workflow(digest).version
        sentences = tuple(_differences(runtime, digest, now.digest))
        yield Another(name, now.version, since, digest, now.digest, tuple(cases), sentences)


def _differences(runtime: Runtime, before: str, after: str) -> Iterator[str]:
    yield from version_differences(_document(runtime, before), _document(runtime, after))
    letters = (rules_of(runtime.texts(digest).catalogue) for digest in (before, after))
    yield from version_differences(*letters)
    was, now = (_offered(runtime, digest) for digest in (before, after))
    if was is not None and now is not None:
        yield from version_differences(was, now)
    elif was != now:
        yield "what its letters offer as answers is kept with one of them only"


def _offered(runtime: Runtime, digest: str) -> dict[str, object] | None:
    """What the letters of a definition offer as answers, as plain values; None: it was not kept."""
    programme = runtime.programme
    if any(workflow.digest == digest for workflow in programme.workflows.values()):
        return plain(programme.answers_text) if programme.answers_text else {}
    with reading(runtime.database) as session:
        kept = definitions.kept(session, digest)
        sent = catalogues.kept(session, kept.letters) if kept is not None else None
    if sent is None or sent.answers is None:
        return None
    return plain(sent.answers) if sent.answers else {}


def _document(runtime: Runtime, digest: str) -> dict[str, object]:
    """A definition in full as plain values."""
    for name, workflow in runtime.programme.workflows.items():
        if workflow.digest == digest:
            return plain(runtime.programme.text_of(name))
    with reading(runtime.database) as session:
        kept = definitions.kept(session, digest)
    return plain(kept.text) if kept is not None else {}
