"""Diagrams of other tools brought into our dialect: what was changed and what cannot be accepted is said in the designer's words.

Nothing of a file is executed or fetched. `import_diagram` is what the command line and the screens call.
"""

from workflows.importing.bringing import import_diagram, is_foreign
from workflows.importing.outcome import Change, Imported, Options, Refusal

__all__ = ["Change", "Imported", "Options", "Refusal", "import_diagram", "is_foreign"]
