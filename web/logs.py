"""What the processes write to their log: one line of JSON for each event, without the values of variables.

The library's own default prints the local variables of a failing function, and with them passwords and personal data.
"""

from __future__ import annotations

import sys

import structlog


def configure() -> None:
    """Log to standard error from now on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stream of this moment, not of the first line
        cache_logger_on_first_use=False,
    )
