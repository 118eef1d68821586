"""The browser that people's tests run in."""

from __future__ import annotations

import os
import shutil

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def chromium() -> str | None:
    """The installed Chromium."""
    return os.environ.get("ONECASE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
