"""One of several families touched in a transaction: what goes wrong harms it alone (P18)."""

import logging
from collections.abc import Callable
from dataclasses import replace

from engine.errors import ProjectError
from runtime.families import Families
from storage.cases import cases
from storage.database.transactions import savepoint
from storage.errors import UnavailableError
from storage.programme import incidents
from storage.programme.incidents import Trouble

log = logging.getLogger(__name__)


def alone(acting: Families, trouble: Trouble, act: Callable[[], object]) -> bool:
    """Do something to a family; False when it failed, then there is an incident for a person.

    UnavailableError: the database cannot be used, no fault of the family.
    """
    try:
        with savepoint(acting.session):
            act()
    except UnavailableError:
        raise
    except Exception as error:  # the edge for one family: record it and go on with the others
        if acting.session.is_over:
            raise  # the whole transaction is gone
        what = str(error) if isinstance(error, ProjectError) else repr(error)
        log.warning(
            "a case failed alone, see the incidents",
            extra={"case": trouble.case_id, "kind": trouble.kind},
            exc_info=not isinstance(error, ProjectError),
        )
        _report(acting, trouble, what)
        return False
    return True


def _report(acting: Families, trouble: Trouble, what: str) -> None:
    cause = trouble.cause
    if trouble.case_id is not None:
        cause = f"{cause}, in {cases.head(acting.session, trouble.case_id).reference}"
    incidents.report(acting.session, replace(trouble, cause=cause, what=what), acting.now)
