"""The real programme in the middle of its months, brought to a version of other days and rungs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

from engine.lint.accepted import refused
from engine.model.outcomes import By
from engine.model.putting_right import Undone
from runtime.definitions import findings
from runtime.queries.other_versions import wanted
from runtime.settings.settings import Settings
from runtime.use_cases.advance import act
from runtime.use_cases.migrate import bring_over
from runtime.wiring import Runtime, open_runtime
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.mid_course import mid_course
from tests.support.migrations import standing, told
from tests.support.orchard import in_english
from tests.support.versions import Document
from workflows.registry import built_in, load_programme

_LEAD = By("lead_of_the_cbg", "")
_PLAIN = re.compile(r"P(\d+)(W?D)")
_CHANGES = 16
_GONE = 0.3  # of them takes a rung out


def walk_on(url: str, folder: Path, seed: int) -> int:
    """How many families were brought over: as foretold, and back again."""
    settings, _ = mid_course(url, folder, seed)
    with open_runtime(_changed(settings, folder / "changed", Random(seed))) as runtime:  # noqa: S311 - repeats
        stood = standing(runtime)
        trying, versions = runtime.only_tried(), wanted(runtime, "")
        foretold = told(list(bring_over(trying, versions, _LEAD)))
        done = list(bring_over(runtime, versions, _LEAD))
        assert told(done) == foretold, seed
        _holds(runtime)
        for each in done:
            if each.migration.decision is not None:
                first = each.migration.decision.plans[0].case_id
                answer = act(runtime, first, Undone("It came too early.", _LEAD))
                assert answer.accepted, (seed, answer.unmet)
        assert standing(runtime) == stood, seed
        _holds(runtime)
    return sum(each.migration.decision is not None for each in done)


def _holds(runtime: Runtime) -> None:
    with reading(runtime.database) as session:
        assert list(verify(session)) == []


def _changed(settings: Settings, folder: Path, luck: Random) -> Settings:
    """Some rungs on other days, or gone: as many as the check lets pass."""
    in_english(built_in("wp6"), folder)
    path = folder / "pairing.yaml"
    text = path.read_text(encoding="utf-8")
    for _ in range(_CHANGES):
        document: Document = yaml.safe_load(text)
        _change(luck.choice(list(_rungs(document["phases"]))), luck)
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        programme = load_programme(folder)
        if not refused(findings(programme, folder), programme.accepted):
            text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    own = settings.programme.model_copy(update={"folder": str(folder)})
    return settings.model_copy(update={"programme": own})


def _rungs(part: object) -> Iterator[Document]:
    """The rungs of each ladder that stands somewhere in a part of a definition."""
    if isinstance(part, dict):
        if isinstance(found := part.get("rungs"), dict):
            yield found
        for each in part.values():
            yield from _rungs(each)


def _change(rungs: Document, luck: Random) -> None:
    """Take a rung out, or move its day."""
    name = luck.choice(list(rungs))
    rung = rungs[name]
    if luck.random() < _GONE and len(rungs) > 1:
        del rungs[name]
    elif isinstance(rung, str):
        rungs[name] = _moved(rung, luck)
    elif isinstance(rung["at"], str):
        rung["at"] = _moved(rung["at"], luck)


def _moved(rule: str, luck: Random) -> str:
    """Another day where it counts in days or weeks from the entry."""
    found = _PLAIN.match(rule)
    if found is None:
        return rule
    count = max(1, int(found[1]) + luck.randrange(-3, 4))
    return f"P{count}{found[2]}{rule[found.end() :]}"
