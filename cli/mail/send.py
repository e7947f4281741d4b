"""`pairing mail send`: composing and sending once, now."""

from cli.shared.opening import opened
from cli.shared.output import answer
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.mailers import mailer_of
from runtime.workers.sweep import sweep


def send() -> None:
    """Compose and send what is due and owed now, once; `pairing run` does so by itself."""
    with opened() as runtime:
        mailer = mailer_of(runtime)
        mailer.open()
        try:
            sweep(runtime)  # a letter asked for by a step falls due with it
            composed = compose_owed(runtime)
            sent = deliver(runtime, mailer)
        finally:
            mailer.close()
    counts = {name: getattr(sent, name) for name in sent.__slots__}
    body = {"composed": composed.composed, **counts}
    answer(body, ", ".join(f"{value} {name}" for name, value in body.items()))
