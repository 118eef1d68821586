"""The screens of the registers (登记簿): one file a register, together one entry of the navigation."""

from __future__ import annotations

from web.registers import advertisements, front, matters, penalties, subjects, training, words

SCREENS = (front.screen, subjects.screen, penalties.screen, advertisements.screen, matters.screen, training.screen)
NAMES = tuple(screen.name for screen in SCREENS)

__all__ = ["NAMES", "SCREENS", "words"]
