"""A plain page for each link in a letter, and calendars, on loopback: what pages can rely on."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode

from runtime.links import PAGE
from runtime.queries.answer_page import AnswerPage, Choice, Wanted, look
from runtime.queries.calendar_feed import calendar_feed
from runtime.use_cases.answer_by_link import answer_by_link
from runtime.use_cases.answer_letter import GivenAnswer
from runtime.use_cases.subscription import ENDING
from runtime.use_cases.subscription import PAGE as CALENDAR
from runtime.wiring import Runtime

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_NOTHING = "<p>This link opens nothing. Please reply to the letter that it stood in.</p>"


class Seen(NamedTuple):
    """What a visitor gets to see."""

    status: int
    text: str
    headers: Mapping[str, str]


class Site:
    """The pages of one runtime, and ways to visit them."""

    def __init__(self, port: int) -> None:
        self._port = port

    def address(self, token: str) -> str:
        return f"http://127.0.0.1:{self._port}{PAGE}{token}"

    def ask(self, method: str, token: str, body: str = "", agent: str = "Mozilla/5.0") -> Seen:
        return self._ask(method, f"{PAGE}{token}", body, agent)

    def fetches(self, path: str, method: str = "GET") -> Seen:
        """What a calendar program gets."""
        return self._ask(method, path, "", "Calendar/1.0")

    def _ask(self, method: str, path: str, body: str, agent: str) -> Seen:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"User-Agent": agent, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return Seen(answer.status, text, dict(answer.getheaders()))
        finally:
            connection.close()

    def opens(self, token: str) -> Seen:
        return self.ask("GET", token)

    def chooses(self, token: str, choice: str, code: str = "", **values: str) -> Seen:
        return self.ask("POST", token, urlencode({**values, "choice": choice, "code": code}))


@contextmanager
def served(runtime: Runtime) -> Iterator[Site]:
    """The pages of a runtime, until the block ends."""
    pages = type("Pages", (_Pages,), {"runtime": runtime})
    server = ThreadingHTTPServer(("127.0.0.1", 0), pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Pages(BaseHTTPRequestHandler):
    runtime: Runtime

    def do_GET(self) -> None:
        if self.path.startswith(CALENDAR):
            token = unquote(self.path).removeprefix(CALENDAR).removesuffix(ENDING)
            found = calendar_feed(self.runtime, token)
            self._send(404 if found is None else 200, "text/calendar", found or b"")
        else:
            self._answer(_page(look(self.runtime, self._token())))

    do_HEAD = do_GET  # noqa: N815 - as above

    def do_OPTIONS(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 100_000))
        said: dict[str, str] = {}
        for name, value in parse_qsl(body.decode("utf-8", "replace")):
            said[name] = f"{said[name]}, {value}" if name in said else value
        choice, code = said.pop("choice", ""), said.pop("code", "")
        given = answer_by_link(self.runtime, self._token(), choice, said, code)
        self._answer(_told(given))

    def log_message(self, *_: object) -> None:
        """A token never stands in a log (security 15)."""

    def _token(self) -> str:
        return unquote(self.path.removeprefix(PAGE))

    def _answer(self, text: str) -> None:
        content = f"<!doctype html><title>Answer</title>{text}".encode()
        self._send(404 if text == _NOTHING else 200, "text/html", content)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _page(page: AnswerPage | None) -> str:
    if page is None:
        return _NOTHING
    head = f"<p>For {escape(page.reader)}: {escape(page.subject)} ({escape(page.pair)})</p>"
    if page.recorded:
        head += f"<p>Recorded: {escape(page.recorded)}</p>"
    if page.stays:
        return f"{head}<p>It stays: {escape(page.stays)}</p>"
    if not page.choices:
        return head if page.recorded else head + _over(page)
    by = f"<p>{escape(page.asker)} asks you, by {page.due_on}.</p>"
    asked = by if page.due_on else ""
    choices = "".join(map(_choice, page.choices))
    code = '<label>Code of your centre <input name="code"></label>'
    wanted = code if any(each.wants_code for each in page.choices) else ""
    return f'{head}{asked}<form method="post">{choices}{wanted}<button>Send</button></form>'


def _choice(choice: Choice) -> str:
    does = f" ({escape(', '.join(choice.does))})" if choice.does else ""
    tells = f" Told: {escape(', '.join(choice.tells))}." if choice.tells else ""
    radio = f'<input type="radio" name="choice" value="{choice.name}" required>'
    wants = "".join(map(_wanted, choice.wants))
    return f"<p><label>{radio}{escape(choice.says)}{does}</label>{wants}{tells}</p>"


def _wanted(each: Wanted) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{each.name}" value="{value}">{escape(said)}</label>'
        for value, said in each.options
    )
    if boxes:
        return f"<p>{escape(each.label)}</p>{boxes}"
    known = "".join(f'<option value="{escape(name)}">' for name in each.known)
    names = f'<datalist id="{each.name}">{known}</datalist>' if known else ""
    return (
        f'<label>{escape(each.label)} <input name="{each.name}" list="{each.name}"></label>{names}'
    )


def _over(page: AnswerPage) -> str:
    if page.since is None:
        return "<p>This is over.</p>"
    who = page.since.who or "The programme"
    return (
        f"<p>This is over: {escape(who)}, {escape(page.since.what)}, {page.since.at:%Y-%m-%d}</p>"
    )


def _told(given: GivenAnswer | None) -> str:
    if given is None:
        return _NOTHING
    wrong = "".join(f"<li>{escape(each)}</li>" for each in given.wrong)
    return f"<p>{given.became}: {escape(given.says)}</p><ul>{wrong}</ul>"
