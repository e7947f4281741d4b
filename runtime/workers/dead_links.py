"""Links whose days are over are forgotten: they open nothing, and tell nobody anything."""

from runtime.wiring import Runtime
from storage.database.transactions import reading, transaction
from storage.mail import links


def forget_links(runtime: Runtime) -> int:
    """Take away the links whose days are over; how many.

    Until then a link that was used, or whose step is over, says so to its reader. What somebody
    answered by it, and who moved what, stands in the journal.
    """
    now = runtime.clock()
    with reading(runtime.database) as session:
        if not links.are_any_over(session, now):
            return 0  # nobody is kept waiting for nothing
    with transaction(runtime.database) as session:
        return links.forget_over(session, now)
