"""Hashes of definitions: what a case is pinned to, and what may be mended under it (P12)."""

import json
from dataclasses import replace
from hashlib import sha256

from engine.letters.catalogue import Catalogue
from engine.letters.rules import rules_of
from engine.model.definition import Workflow


def digest_of(content: object) -> str:
    """The SHA-256 of plain values in canonical form: comments, layout and order do not count."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(canonical.encode()).hexdigest()


def with_letters(workflow: Workflow, letters: Catalogue, answers: str = "") -> Workflow:
    """A workflow together with the letters that it sends: both are pinned by one hash."""
    digest = digest_of([workflow.digest, digest_of_letters(letters, answers)])
    return replace(workflow, digest=digest)


def digest_of_letters(letters: Catalogue, answers: str = "") -> str:
    """Who gets which stage and how soon, the facts there are, and what is offered as answers.

    Words do not count. ``answers`` is the text that says what is offered, where anything is.
    """
    rules = rules_of(letters)
    return digest_of([rules, json.loads(answers)] if answers else rules)
