"""The roots of our errors, each with a message of one clear sentence.

ProjectError                 everything we raise on purpose; a command prints it and no traceback
└── DefinitionError          a workflow definition says something that cannot be meant

Other errors stand in the file whose work they interrupt, as children of one of these.
"""

_LONGEST_QUOTED = 40


class ProjectError(Exception):
    """Something a person can put right: the message names the thing and the remedy."""


class DefinitionError(ProjectError):
    """A definition is wrong; whoever edits the file can put it right."""


def quoted(text: str) -> str:
    """Text from outside as a message may repeat it: short, in quotes, on one line."""
    return ascii(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}...")
