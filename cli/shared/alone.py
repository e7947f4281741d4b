"""Commands that open no database: what is said of one, or of who acts, is refused there."""

import typer

from cli.shared.calling import Command, this_call


class Alone(Command):
    """A command that reads definitions and settings alone."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        unread = {f"everywhere_{each}" for each in ("database", "role", "person")}
        self.params = [each for each in self.params if each.name not in unread]

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # its public name
        """Refuse what was said before its name, and nothing would read."""
        call = this_call()
        given = {"--database": call.database, "--as": call.role, "--by": call.person}
        for option in (name for name, value in given.items() if value):
            raise typer.BadParameter("it opens no database: leave it out", param_hint=option)
        return super().invoke(ctx)
