"""The real programme in the middle of its months, brought to a version of other days and rungs."""

import json
import re
import shutil
from pathlib import Path
from random import Random

from engine.model.outcomes import By
from engine.model.putting_right import Undone
from runtime.definitions import refuse_bad
from runtime.queries.other_versions import wanted
from runtime.settings.settings import Settings
from runtime.use_cases.advance import act
from runtime.use_cases.migrate import bring_over
from runtime.wiring import Runtime, open_runtime
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.mid_course import mid_course
from tests.support.migrations import standing, told
from tests.support.versions import Document
from workflows.registry import DefinitionProblemsError, built_in, load_programme

_LEAD = By("lead_of_the_cbg", "")
_PLAIN = re.compile(r"P(\d+)(W?D)")


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
    shutil.copytree(built_in("wp6"), folder)
    path = folder / "pairing.yaml"
    text = load_programme(folder).text_of("pairing")
    (folder / "words" / "en" / "pairing.yaml").unlink()
    for _ in range(4):
        document: Document = json.loads(text)
        _change(document, luck)
        path.write_text(json.dumps(document), encoding="utf-8")
        try:
            refuse_bad(load_programme(folder))
            text = json.dumps(document)
        except DefinitionProblemsError:
            continue
    path.write_text(text, encoding="utf-8")
    own = settings.programme.model_copy(update={"folder": str(folder)})
    return settings.model_copy(update={"programme": own})


def _change(document: Document, luck: Random) -> None:
    ladders = [
        ladder
        for state in document["states"].values()
        for ladder in state.get("ladders", {}).values()
    ]
    for ladder in luck.sample(ladders, 6):
        rungs = ladder["rungs"]
        rung = luck.choice(rungs)
        if luck.random() < 0.3 and len(rungs) > 1:
            rungs.remove(rung)
        elif found := _PLAIN.fullmatch(str(rung["at"])):
            rung["at"] = f"P{max(0, int(found[1]) + luck.randrange(-3, 4))}{found[2]}"
