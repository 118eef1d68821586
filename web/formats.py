"""Dates, remaining time and numbers as a person reads them, always in Beijing time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from web.current_desk import current_time
from web.language import ENGLISH, language
from web.language import sentence as _

BEIJING = ZoneInfo("Asia/Shanghai")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def register(app: Flask) -> None:
    """Offer the formats to the templates as filters."""
    app.jinja_env.filters.update(
        moment=moment,
        day=day,
        when=when,
        on_day=on_day,
        due_words=due_words,
        due=due,
        iso=iso,
        light_word=light_word,
        chinese_day=chinese_day,
    )


def moment(at: datetime) -> str:
    """`2026年4月3日 14:05` or `3 Apr 2026 14:05`."""
    here = at.astimezone(BEIJING)
    return f"{day(here)} {here:%H:%M}"


def day(at: date) -> str:
    """`2026年4月3日` or `3 Apr 2026`."""
    here = at.astimezone(BEIJING) if isinstance(at, datetime) else at
    if language() == ENGLISH:
        return f"{here.day} {MONTHS[here.month - 1]} {here.year}"
    return chinese_day(here)


def chinese_day(at: date) -> str:
    """`2026年4月3日` in either language: the date of a document is written as the document is."""
    here = at.astimezone(BEIJING) if isinstance(at, datetime) else at
    return f"{here.year}年{here.month}月{here.day}日"


def iso(at: datetime | date) -> str:
    """The machine's spelling, for `<time datetime>`."""
    return at.astimezone(BEIJING).isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def when(at: datetime | None) -> Markup:
    """A moment as a `<time>` element."""
    return _time(at, moment(at)) if at else Markup("—")


def on_day(at: datetime | date | None) -> Markup:
    """A day as a `<time>` element."""
    return _time(at, day(at)) if at else Markup("—")


def due(at: datetime | None) -> Markup:
    """The remaining time in words, with the exact moment for those who point at it or read by machine."""
    if at is None:
        return Markup("—")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso(at), moment(at), due_words(at))


def due_words(at: datetime) -> str:
    """`剩2天`, `剩5小时`, `超期3天`."""
    left = at - current_time()
    return _over(-left) if left < timedelta(0) else _left(left)


def light_word(light: str | None) -> str:
    """The word beside a light, so that no light is colour alone."""
    return {"red": _("超期"), "yellow": _("临期"), "green": _("正常")}.get(light or "", _("无期限"))


def _over(time: timedelta) -> str:
    if time >= DAY:
        return _("超期%(n)s天", n=time // DAY)
    return _("超期%(n)s小时", n=time // HOUR) if time >= HOUR else _("刚刚超期")


def _left(time: timedelta) -> str:
    if time >= DAY:
        return _("剩%(n)s天", n=time // DAY)
    return _("剩%(n)s小时", n=time // HOUR) if time >= HOUR else _("剩不足1小时")


def _time(at: datetime | date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(iso(at), words)
