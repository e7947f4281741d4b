"""The first person of the office: entered by nobody, so that every later act has somebody."""

from runtime.families import Families
from runtime.permission import office_circle
from runtime.use_cases.directory import Entered, enter_role
from runtime.use_cases.directory_checks import DirectoryError, NewContact, fit_person
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import directory
from storage.directory.rows import Contact


def first_person(runtime: Runtime, contact: Contact, role: str = "") -> Entered:
    """Enter somebody with a role of the office; DirectoryError when the office has people already.

    Without a role: the one that stands above the others, or the one that runs the programme.
    """
    with transaction(runtime.database) as session:
        circle = office_circle(session, runtime)
        office = circle.workflow.office
        there = [person for person in circle.people if person.role in office]
        if there:
            raise DirectoryError(
                f"the office has people already, such as {there[0].key}: "
                f"they enter others: pairing person add KEY --set NAME=... --by {there[0].key}"
            )
        top = next((each.name for each in office.values() if each.above), circle.workflow.runs)
        given = role or top
        if given not in office:
            raise DirectoryError(f"{given} is no role of the office: it has {', '.join(office)}")
        if over := next((each.name for each in office.values() if each.above == given), ""):
            # Nobody could ever give the role above: it comes from who holds it.
            raise DirectoryError(f"{over} stands above {given}: enter the first {over}")
        contact = fit_person(runtime, NewContact(contact, roles=(given,))).contact
        acting = Families(session, runtime, runtime.clock())
        enter_role(acting, directory.add_person(session, contact), given)
    return Entered(contact.key, "added")
