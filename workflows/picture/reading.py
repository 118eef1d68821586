"""What a BPMN file draws (BPMN DI): the boxes of its shapes and the bends of its edges, plane by plane.

Lengths are those of the file (pixels in every tool), x to the right and y downwards. A number that is none counts as not drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lxml import etree

BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
FARTHEST = 1_000_000.0
"""No picture of ours is larger; what lies farther out was not drawn by anybody."""

Point = tuple[float, float]
Segment = tuple[Point, Point]
_Extent = tuple[float, float, float, int]


@dataclass(frozen=True)
class Box:
    """A rectangle along the axes."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    def holds(self, point: Point, slack: float = 0) -> bool:
        """Whether `point` is inside, or outside by no more than `slack`."""
        return self.x - slack <= point[0] <= self.right + slack and self.y - slack <= point[1] <= self.bottom + slack

    def encloses(self, other: Box, slack: float = 0) -> bool:
        """Whether the whole of `other` is inside, or outside by no more than `slack`."""
        return self.holds((other.x, other.y), slack) and self.holds((other.right, other.bottom), slack)

    def shrunk(self, by: float) -> Box:
        """The box without a margin of `by` on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def common(self, other: Box) -> tuple[float, float]:
        """Width and height of what both cover; not positive where they are apart."""
        return (min(self.right, other.right) - max(self.x, other.x), min(self.bottom, other.bottom) - max(self.y, other.y))

    def cut_by(self, segment: Segment) -> bool:
        """Whether a part of `segment` lies inside (Liang and Barsky's clipping)."""
        (x, y), (to_x, to_y) = segment
        enters, leaves = 0.0, 1.0
        for start, step, low, high in ((x, to_x - x, self.x, self.right), (y, to_y - y, self.y, self.bottom)):
            if step == 0:
                if not low < start < high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            enters, leaves = max(enters, near), min(leaves, far)
        return enters < leaves


def around(segment: Segment) -> Box:
    """The box of a straight part."""
    (x, y), (to_x, to_y) = segment
    return Box(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))


@dataclass(frozen=True)
class Shape:
    """A drawn element."""

    element: str
    box: Box
    plane: int


@dataclass(frozen=True)
class Edge:
    """A drawn flow or association."""

    element: str
    points: tuple[Point, ...]
    plane: int

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Its straight parts, without those of no length."""
        return tuple((start, end) for start, end in pairwise(self.points) if start != end)


@dataclass(frozen=True)
class Drawing:
    """The pictures of a file. What is drawn twice is in `shapes` or `edges` as often."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    planes: int

    @cached_property
    def shape_of(self) -> dict[str, Shape]:
        """The first shape of each element."""
        return {shape.element: shape for shape in reversed(self.shapes)}

    @cached_property
    def edge_of(self) -> dict[str, Edge]:
        """The first edge of each flow."""
        return {edge.element: edge for edge in reversed(self.edges)}


def touching(ones: Sequence[Box], others: Sequence[Box] | None = None, slack: float = 0) -> Iterator[tuple[int, int]]:
    """Which of `ones` touch which of `others` (or, without others, each other), by their places: a sweep from left to right."""
    every = [(box.x - slack, box.x + box.width + slack, box.y - slack, box.y + box.height + slack, at, 0) for at, box in enumerate(ones)]
    every += [(box.x, box.x + box.width, box.y, box.y + box.height, at, 1) for at, box in enumerate(others or ())]
    every.sort()
    waiting: tuple[list[_Extent], list[_Extent]] = ([], [])
    for left, right, top, bottom, at, kind in every:
        across = kind if others is None else 1 - kind
        waiting[across][:] = [one for one in waiting[across] if one[0] >= left]
        for _, high, low, there in waiting[across]:
            if high <= bottom and top <= low:
                yield (there, at) if kind or others is None else (at, there)
        waiting[kind].append((right, top, bottom, at))


def read_drawing(root: etree._Element) -> Drawing:
    """The pictures in a file's tree; an empty one where it has none."""
    planes = list(root.iter(f"{BPMNDI}BPMNPlane"))
    shapes = tuple(shape for number, plane in enumerate(planes) for shape in _shapes(plane, number))
    edges = tuple(edge for number, plane in enumerate(planes) for edge in _edges(plane, number))
    return Drawing(shapes, edges, len(planes))


def bounds(node: etree._Element) -> Box | None:
    """The box that the `Bounds` child of a DI node says; None without a usable one."""
    told = node.find(f"{DC}Bounds")
    sides = [_number(told.get(name)) for name in ("x", "y", "width", "height")] if told is not None else []
    if len(sides) < 4 or None in sides:  # noqa: PLR2004 - a box has four numbers
        return None
    x, y, width, height = (side or 0.0 for side in sides)
    return Box(x, y, width, height) if width > 0 and height > 0 else None


def waypoints(node: etree._Element) -> tuple[Point, ...]:
    """The bends of a drawn edge; none where one of them is no point."""
    read = [(_number(point.get("x")), _number(point.get("y"))) for point in node.findall(f"{DI}waypoint")]
    return tuple((x, y) for x, y in read if x is not None and y is not None) if all(None not in point for point in read) else ()


def _shapes(plane: etree._Element, number: int) -> Iterator[Shape]:
    for node in plane.findall(f"{BPMNDI}BPMNShape"):
        box = bounds(node)
        if box is not None:
            yield Shape(node.get("bpmnElement", ""), box, number)


def _edges(plane: etree._Element, number: int) -> Iterator[Edge]:
    for node in plane.findall(f"{BPMNDI}BPMNEdge"):
        points = waypoints(node)
        if len(points) > 1:
            yield Edge(node.get("bpmnElement", ""), points, number)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= FARTHEST else None
