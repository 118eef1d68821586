"""What goes wrong on a page without anybody seeing it: violated policy, errors in the console, scripts that fail, answers not foreseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

LISTEN = """
addEventListener('securitypolicyviolation', (event) => {
  const place = `${event.sourceFile || document.URL}:${event.lineNumber}`;
  window.tellViolation(`${event.effectiveDirective} refused ${event.blockedURI} at ${place} ${event.sample}`);
}, true);
"""
FAILED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
NOT_FOUND_OUT = "net::ERR_ABORTED"
"""A page that is left gives up what it still asks for; that is nobody's fault."""
REFUSED = 400


@dataclass
class Watch:
    """`troubles` is what a test must not find; statuses in `expected` are the test's own wish."""

    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Watch every page and frame of the context from now on."""
        context.expose_binding("tellViolation", lambda _source, text: self.troubles.append(f"policy: {text}"))
        context.add_init_script(LISTEN)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)

    def found(self) -> list[str]:
        """The troubles so far; forgotten by asking."""
        found, self.troubles[:] = list(self.troubles), []
        return found

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        failed = FAILED.search(message.text)
        if not (failed and int(failed[1]) in self.expected):
            self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def _answered(self, response: Response) -> None:
        if response.status >= REFUSED and response.status not in self.expected:
            self.troubles.append(f"answer: {response.status} {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != NOT_FOUND_OUT:
            self.troubles.append(f"request: {request.failure} {request.url}")
