"""The overviews that arrive, once what is owed at a moment is written and sent."""

from notifications.mailer import Outgoing
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from tests.support.world import Mailbox


def beat(runtime: Runtime, post: Mailbox) -> None:
    sweep(runtime)
    compose_owed(runtime)
    deliver(runtime, post)


def overviews(post: Mailbox) -> list[Outgoing]:
    return [each for each in post.letters if ".overview." in each.message_id]
