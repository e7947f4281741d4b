"""What an act was about, as the programme calls it: acts are kept by their names alone."""

from engine.model.definition import Workflow


def title_of(workflow: Workflow, kind: str, what: str) -> str:
    """The title of a step, a record, a date, a flag or what was waived; '' where none is known."""
    match kind:
        case "triggered":
            steps = (each.title for each in workflow.transitions if each.trigger == what)
            return next(steps, "")
        case "filed" | "signed" | "voided" | "corrected":
            record = workflow.records.get(what.partition(" ")[0])
            return record.title if record is not None else ""
        case "moved":
            return workflow.states[what].title if what in workflow.states else ""
        case "waived":
            return next((each.says for each in workflow.requirements() if each.name == what), "")
        case "flag_raised":
            return workflow.flags[what].title if what in workflow.flags else ""
        case _:
            return ""
