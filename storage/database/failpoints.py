"""Named points of the write paths where a test may let the machine die; silent everywhere else."""

from collections.abc import Callable

_hooks: list[Callable[[str], None]] = []


def reach(name: str) -> None:
    """Pass a named point; whatever hook is installed may raise here, as a crash would."""
    for hook in _hooks:
        hook(name)


def install(hook: Callable[[str], None]) -> Callable[[], None]:
    """Let a hook see every point from now on; the answer takes it out again."""
    _hooks.append(hook)

    def remove() -> None:
        _hooks.remove(hook)

    return remove
