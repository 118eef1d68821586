"""Fills a form as a person does: types into fields, opens lists and picks from them, ticks boxes, adds rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

Component = Mapping[str, Any]
GROUPS = {"group"}
WITHOUT_ANSWER = {"text", "html", "image", "separator", "spacer", "button"}


class FormFiller:
    """The form on a task's page. `fill` takes answers by key, leaves alone what stands there already, and skips what is hidden."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.mount = page.locator("[data-form-mount]")
        expect(self.mount.locator(".fjs-form")).to_be_visible()
        self.schema: Component = self._json("data-form-schema")
        self.data: dict[str, Any] = self._json("data-form-data")

    def fill(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Give the answers that the form asks for; returns what was given."""
        return self._fill(self.schema["components"], answers, "")

    def field(self, key: str) -> Locator:
        """The field of this key, its label and its errors included."""
        component = next(one for one in leaves(self.schema["components"]) if key_of(one) == key)
        return self._place(component, "")

    def _fill(self, components: Sequence[Component], answers: Mapping[str, Any], row: str) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for component in leaves(components):
            key = key_of(component)
            if key not in answers or not self._place(component, row).count():  # a hidden field is not in the page
                continue
            given[key] = answers[key]
            if given[key] != self.data.get(key):
                getattr(self, f"_{component['type']}")(component, self._place(component, row), given[key], row)
        return given

    def _place(self, component: Component, row: str) -> Locator:
        name = f"-{component['id']}{row}"
        return self.mount.locator(f'.fjs-form-field-{component["type"]}:has([id$="{name}"], [id*="{name}-"])')

    def _textfield(self, _component: Component, place: Locator, value: str, _row: str) -> None:
        place.locator("input").fill(value)

    def _textarea(self, _component: Component, place: Locator, value: str, _row: str) -> None:
        place.locator("textarea").fill(value)

    def _number(self, _component: Component, place: Locator, value: float, _row: str) -> None:
        place.locator("input").fill(str(value))

    def _checkbox(self, _component: Component, place: Locator, value: bool, _row: str) -> None:
        place.locator("input").set_checked(value)

    def _radio(self, component: Component, place: Locator, value: str, _row: str) -> None:
        place.get_by_label(self._label(component, value), exact=True).check()

    def _checklist(self, component: Component, place: Locator, value: Sequence[str], _row: str) -> None:
        for one in value:
            self._label(component, one)  # it is offered
        for option in self._options(component):
            place.get_by_label(option["label"], exact=True).set_checked(option["value"] in value)

    def _select(self, component: Component, place: Locator, value: str, _row: str) -> None:
        self._bring_up(place)
        label = self._label(component, value)
        if component.get("searchable"):
            place.locator("input").fill(label)
        else:
            place.locator(".fjs-input-group").click()
        self._pick(place, label)

    def _taglist(self, component: Component, place: Locator, value: Sequence[str], _row: str) -> None:
        self._bring_up(place)
        wanted = [self._label(component, one) for one in value]
        tags = place.locator(".fjs-taglist-tag")
        for label in tags.locator(".fjs-taglist-tag-label").all_inner_texts():
            if label not in wanted:
                tags.filter(has_text=label).get_by_role("button").click()
        standing = tags.locator(".fjs-taglist-tag-label").all_inner_texts()
        for label in wanted:
            if label not in standing:
                place.locator("input").fill(label)
                self._pick(place, label)

    def _datetime(self, component: Component, place: Locator, value: str, _row: str) -> None:
        day, _, moment = value.partition("T")
        parts = {"date": day, "time": moment} if component.get("subtype") == "datetime" else {"date": day}
        for name, text in parts.items():
            place.locator(f'[id$="-{name}"]').fill(text)
            place.locator(f'[id$="-{name}"]').press(
                "Enter" if name == "date" else "Tab"
            )  # Enter takes the day over and closes the calendar

    def _dynamiclist(self, component: Component, place: Locator, value: Sequence[Mapping[str, Any]], _row: str) -> None:
        rows = place.locator(".fjs-repeat-row-container")
        while rows.count() < len(value):
            before = rows.count()
            place.locator(".fjs-repeat-render-add").click()
            expect(rows).to_have_count(before + 1)
        while rows.count() > len(value):
            before = rows.count()
            place.locator(".fjs-repeat-row-remove").last.click()
            expect(rows).to_have_count(before - 1)
        for number, answers in enumerate(value):
            self._fill(component["components"], answers, f"_{number}")

    @staticmethod
    def _bring_up(place: Locator) -> None:
        """To the middle of the window, so that the list below the field has room above the bar of buttons."""
        place.evaluate("(field) => field.scrollIntoView({ block: 'center' })")

    def _pick(self, place: Locator, label: str) -> None:
        place.locator(".fjs-dropdownlist-item").get_by_text(label, exact=True).click()

    def _options(self, component: Component) -> Sequence[Mapping[str, Any]]:
        return component.get("values") or self.data.get(str(component.get("valuesKey"))) or []

    def _label(self, component: Component, value: Any) -> str:
        labels = {option["value"]: option["label"] for option in self._options(component)}
        assert value in labels, f"{key_of(component)} does not offer {value!r} but {list(labels)}"
        return labels[value]

    def _json(self, attribute: str) -> Any:
        return json.loads(self.page.locator(f"form[data-onecase-form] > * > script[{attribute}]").text_content() or "{}")


def key_of(component: Component) -> str:
    return str(component.get("key") or component.get("path"))


def leaves(components: Sequence[Component]) -> Iterator[Component]:
    """The components that ask for an answer, in the order of the page."""
    for component in components:
        if component["type"] in GROUPS:
            yield from leaves(component["components"])
        elif component["type"] not in WITHOUT_ANSWER:
            yield component
