"""What is wrong with the story of a programme, for who asks seldom: its reader is loaded late."""

from pathlib import Path

from workflows.programme import Programme


def wrong_story(programme: Programme, folder: Path) -> tuple[str, ...]:
    from simulation.story_file import wrong_in_story  # noqa: PLC0415 - late: unchanged, it is known

    return wrong_in_story(programme, folder)
