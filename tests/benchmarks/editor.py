"""How the designer's workbench answers the hand when the diagram grows: the real page in Chromium, frame by frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import mean, median, quantiles
from typing import Any

from playwright.sync_api import Page

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, NotMeasured, at_most, measures
from tests.benchmarks.serving import HOST, product
from tests.browser.chromium import chromium, launched
from tests.browser.person import Person
from tests.browser.studio import DIAGRAM, Studio
from tests.factories.desks import PASSWORD
from tests.factories.diagrams import bundle, diagram, form, pictured
from workflows import officers
from workflows.designing import exchange

DESIGNER = "designer"
SMALL, LARGE = 30, 300
"""Elements, besides a start and an end."""
LOADED = 1500
"""Milliseconds in which the first check answers and is drawn."""
AFTERWARDS = 500
"""Milliseconds in which the page draws what the check found."""
BLOCK = 5
"""Elements that are repeated: where a way back comes in, three tasks, a decision."""
ROUNDS = 2
"""In the second the other size begins."""
STEPS = 50
"""Moves of the hand in one gesture: about a second."""
PACE = 16
"""Milliseconds between two of them: one a frame."""

FRAMES = """
() => {
  window.frames_seen = [];
  let last = performance.now();
  const seen = (now) => { window.frames_seen.push(now - last); last = now; window.frames_on = requestAnimationFrame(seen); };
  window.frames_on = requestAnimationFrame((now) => { last = now; window.frames_on = requestAnimationFrame(seen); });
}
"""
SEEN = "() => { cancelAnimationFrame(window.frames_on); return window.frames_seen; }"
SETTLED = "() => !window.opened.unsaved"


@measures(editor_drag=at_most(2), editor_pan=at_most(2), editor_zoom=at_most(2), editor_type=at_most(2), editor_open=None)
def frames(bench: Bench) -> Iterator[Figure]:
    """The mean time of a frame while a step is dragged, the canvas moved and zoomed, a name typed: 300 elements against 30, in turns."""
    path = chromium()
    if path is None:
        raise NotMeasured("no Chromium is installed")
    desk = bench.sqlite()
    _, officer = officers.sign_in(desk, DESIGNER, PASSWORD, kind="api")
    drafts = {count: str(exchange.bring(desk, officer, _drawn(count)).id) for count in (SMALL, LARGE)}
    taken: dict[str, dict[int, list[float]]] = {name: {count: [] for count in drafts} for name in (*GESTURES, "open")}
    with product(desk.settings, workers=1) as (port, _), launched(path) as browser:
        person = Person(browser, f"http://{HOST}:{port}/", DESIGNER).sign_in()
        for number in bench.progress(ROUNDS):
            for count in sorted(drafts, reverse=bool(number % 2)):
                for name, took in _used(person, drafts[count], count).items():
                    taken[name][count] += took
    for name in GESTURES:
        large, small = taken[name][LARGE], taken[name][SMALL]
        note = (
            f"{LARGE} elements: p95 {_p95(large):.0f}, worst {max(large):.0f} ms; {SMALL}: p95 {_p95(small):.0f}, worst {max(small):.0f} ms"
        )
        yield Figure.cost(f"editor_{name}", mean(large), mean(small), note=note)
    yield Figure.cost("editor_open", median(taken["open"][LARGE]), median(taken["open"][SMALL]))


def _used(person: Person, draft: str, count: int) -> dict[str, list[float]]:
    """Open the draft in a tab of its own; the milliseconds between frames by gesture, and until it could be used."""
    page = person.context.new_page()
    began = time.monotonic()
    studio = Studio(person, page)
    page.goto(f"{person.address}designs/{draft}")
    studio.ready()
    found = {"open": [(time.monotonic() - began) * 1000]}
    page.wait_for_timeout(LOADED)
    for name, gesture in GESTURES.items():
        found[name] = gesture(studio, f"t{count // BLOCK // 2}_1")
        page.wait_for_function(SETTLED)
    page.close()
    return found


def _drag(studio: Studio, element: str) -> list[float]:
    """A step is taken up, carried about with its flows, and put down beside its place."""
    _look_at(studio, element)
    x, y = studio.middle(element)
    mouse = studio.page.mouse
    mouse.move(x, y)
    mouse.down()
    with _watched(studio.page) as seen:
        _go(studio.page, lambda step: mouse.move(x + step, y + step))
        mouse.up()
    studio.page.wait_for_function(f"() => !({SETTLED})()")
    return seen


def _pan(studio: Studio, element: str) -> list[float]:
    """The whole diagram on the screen, moved by the wheel."""
    studio.run("() => window.opened.current.modeler.get('canvas').zoom('fit-viewport')")
    _over_canvas(studio)
    with _watched(studio.page) as seen:
        _go(studio.page, lambda step: studio.page.mouse.wheel(12 if step % 2 else -8, 4))
    return seen


def _zoom(studio: Studio, element: str) -> list[float]:
    """Into the middle of the diagram and out again."""
    _look_at(studio, element)
    _over_canvas(studio)
    studio.page.keyboard.down("Control")
    with _watched(studio.page) as seen:
        _go(studio.page, lambda step: studio.page.mouse.wheel(0, -40 if step < STEPS // 2 else 40))
    studio.page.keyboard.up("Control")
    return seen


def _type(studio: Studio, element: str) -> list[float]:
    """A name is typed letter by letter; what it changes is drawn, written out, saved and checked meanwhile."""
    _look_at(studio, element)
    studio.select(element)
    field = studio.panel().get_by_label("中文名称")
    field.click()
    with _watched(studio.page) as seen:
        _go(studio.page, lambda step: studio.page.keyboard.type("查") if step % 4 == 0 else None)
        with studio.page.expect_response("**/check"):
            pass
        studio.page.wait_for_timeout(AFTERWARDS)
    field.fill("核查")
    return seen


GESTURES: dict[str, Callable[[Studio, str], list[float]]] = {"drag": _drag, "pan": _pan, "zoom": _zoom, "type": _type}


@contextmanager
def _watched(page: Page) -> Iterator[list[float]]:
    """Fills the list with the milliseconds between the frames that were drawn meanwhile."""
    seen: list[float] = []
    page.evaluate(FRAMES)
    yield seen
    seen += page.evaluate(SEEN)


def _go(page: Page, move: Callable[[int], Any]) -> None:
    for step in range(STEPS):
        move(step)
        page.wait_for_timeout(PACE)


def _look_at(studio: Studio, element: str) -> None:
    """The element in the middle, in its own size."""
    script = """
    (id) => {
      const { modeler } = window.opened.current;
      const canvas = modeler.get('canvas');
      canvas.zoom(1);
      canvas.scrollToElement(id, 200);
    }
    """
    studio.run(script, element)


def _over_canvas(studio: Studio) -> None:
    box = studio.page.locator(f"{DIAGRAM} .djs-container").bounding_box()
    assert box is not None
    studio.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _drawn(count: int) -> dict[str, bytes]:
    """A bundle whose diagram has so many elements: three tasks and a decision that leads on or back to them, again and again."""
    blocks, process = count // BLOCK, f"elements_{count}"
    lines, road = ["start s", "end e"], ["s"]
    for number in range(blocks):
        tasks = [f"t{number}_{one}" for one in range(BLOCK - 2)]
        lines += [f"xor b{number}", f"xor g{number}", *(f"user {task} form=f" for task in tasks), f'g{number} > b{number} : f == "again"']
        road += [f"b{number}", *tasks, f"g{number}"]
    text = "\n".join([*lines, " > ".join([*road, "e"])])
    return pictured(bundle(process, {process: diagram(process, text)}, forms={"f": form("f")}))


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]
