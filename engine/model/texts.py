"""What the texts of a definition are; how each is spelt is checked where files are read."""

from typing import Annotated

Key = Annotated[str, "key"]  # the name that a part is declared by: it stands before it, not in it
Name = Annotated[str, "name"]
Id = Annotated[str, "id"]  # F-08: of the protocol
LetterId = Annotated[str, "letter"]  # N-11.ask: a letter and its stage
Severity = Annotated[str, "severity"]  # info, amber, red
Names = tuple[Name, ...]
SomeNames = Annotated[tuple[str, ...], "some names"]  # at least one
Ids = tuple[Id, ...]
Audiences = Annotated[tuple[str, ...], "audiences"]  # a role, its team, or whose turn it is
