"""The whole library: importing this has entered every chapter of it."""

from tests.hostile import names, papers, python_everywhere, shapes, xml
from tests.hostile.library import LIBRARY

CHAPTERS = (python_everywhere, xml, shapes, papers, names)
SAMPLE = frozenset({(one.kind, one.kept, bool(one.rules)): name for name, one in reversed(LIBRARY.items())}.values())
"""One of each kind: these go through every door in every run, the others in the long one."""
__all__ = ["CHAPTERS", "LIBRARY", "SAMPLE"]
