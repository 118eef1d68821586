"""A request whose work the database undid is done again from its start, before anybody hears of it."""

from __future__ import annotations

import itertools
from typing import Any

from apiflask import APIFlask
from flask import request

from web.api import repeats
from web.current_desk import current_desk


class Application(APIFlask):
    """The web framework's application; only the call of the view differs."""

    def dispatch_request(self) -> Any:
        """Call the view; again after a deadlock or a lost connection, as long as nothing of it can be committed."""
        database = current_desk().database
        attempts = itertools.count()

        def attempt() -> Any:
            if next(attempts):
                for file in request.files.values():
                    file.stream.seek(0)
            return super(Application, self).dispatch_request()

        with database.accompanied(repeats.companion()):
            return database.retried(attempt)
