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


def with_letters(workflow: Workflow, letters: Catalogue) -> Workflow:
    """A workflow together with the letters that it sends: both are pinned by one hash."""
    digest = digest_of([workflow.digest, digest_of_letters(letters)])
    return replace(workflow, digest=digest)


def digest_of_letters(letters: Catalogue) -> str:
    """Who gets which stage and how soon, and the facts there are; words do not count."""
    return digest_of(rules_of(letters))
