"""An agency as it is named inside other shapes."""

from __future__ import annotations

from web.schemas.shape import Shape, words


class Agency(Shape):
    """An agency: its code, its function (HEALTH, PSB …) and its level."""

    code = words("code")
    function = words("function")
    level = words("level")
    name = words("name.zh")
    name_en = words("name.en")
    parent = words("parent", null=True, about="Code of the superior agency.")
