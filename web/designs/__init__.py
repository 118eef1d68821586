"""The designer's workbench: the pages of drafts, and the addresses that the editor's script speaks to."""

from web.designs import data, pages, paths, tables, trying

SCREENS = (pages.screen, data.screen, trying.screen, tables.screen)

__all__ = ["SCREENS", "data", "pages", "paths", "tables", "trying"]
