"""Zips that are bombs, that name files outside, or that say of themselves what is not true."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from tests.hostile.carrier import sound
from tests.hostile.doors import House, command, in_parts, problem, soon

MODE = 0o777


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes], packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out.getvalue()


def with_files(*more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    return zip_of(*sound().items(), *more)


def link(to: str) -> bytes:
    entry = zipfile.ZipInfo("forms/link.form")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | MODE) << 16
    return with_files((entry, to.encode()))


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return with_files(("p.bpmn", b"<a/>"))


def lies_about_its_size() -> bytes:
    """Its directory says ten bytes where 50 MB come out."""
    content = with_files(("forms/big.form", b"0" * 50_000_000))
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :]


ARCHIVES: dict[str, tuple[Callable[[], bytes], bool]] = {
    "50 MB of nothing in 50 kB": (lambda: with_files(("forms/big.form", b"0" * 50_000_000)), True),
    "300 files of 1 MB of nothing": (lambda: zip_of(*((f"forms/f{number}.form", b"0" * 1_000_000) for number in range(300))), True),
    "a zip in a zip in a zip": (lambda: with_files(("forms/inner.zip", zip_of(("x", zip_of(("y", b"0" * 10_000_000)))))), False),
    "40,000 files": (lambda: zip_of(*((f"forms/f{number}.form", b"") for number in range(40_000)), packed=False), True),
    "a size that is not true": (lies_about_its_size, True),
    "a file above the folder": (lambda: with_files(("../../canary.form", b"{}")), False),
    "a file at the root": (lambda: with_files(("/tmp/canary.form", b"{}")), False),
    "a file on a drive": (lambda: with_files(("C:\\canary.form", b"{}")), False),
    "a file whose name is a device": (lambda: with_files(("forms/..", b"{}")), False),
    "a link to a file outside": (lambda: link("/etc/passwd"), False),
    "two files of one name": (twice, True),
    "a name with a NUL": (lambda: with_files(("forms/a.form", b"{}")).replace(b"forms/a.form", b"forms/\x00.form"), False),
    "a name that is HTML": (lambda: with_files(("<img src=x onerror=alert(1)>.form", b"{}")), False),
    "a name of 60,000 characters": (lambda: with_files((f"{'x' * 60_000}.form", b"{}")), False),
    "a name of another script of code": (lambda: with_files(("forms/x.py", b"import os")), False),
    "a zip that is cut off": (lambda: with_files()[:-30], False),
    "a zip with wrong bytes": (lambda: with_files()[:200] + b"\xff" * 50 + with_files()[250:], True),
    "a zip with nothing in it": (zip_of, False),
    "100 MB": (lambda: b"PK" + b"0" * 100_000_000, True),
}
"""Each, and whether the check of the command line refuses the file itself (else it finds errors in what is in it, or ignores it)."""


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_refused_whole(house: House, name: str) -> None:
    make, as_file = ARCHIVES[name]
    house.watch.open = False
    content, place = make(), house.watch.folder / "bundle.zip"
    place.write_bytes(content)
    house.watch.open = True
    before, designer = house.rows(), house.designer
    sent = in_parts({"bundle.zip": content}, csrf_token=designer.headers["X-CSRFToken"])
    with soon("upload"):
        answer = designer.client.post("/designs", **sent)
    problem(answer, name)
    with soon("interface"):
        answer = house.caller.client.post("/api/v1/processes/p/drafts", headers=house.caller.headers, **sent)
    problem(answer, name)
    with soon("command"):
        code, said = command(house, "check", str(place))
    assert said.strip()
    assert code == 1 or not as_file, said
    assert house.changed(before) == set()
    house.watch.assert_quiet(said)


def test_a_plain_zip_is_taken(house: House) -> None:
    sent = in_parts({"bundle.zip": with_files()}, csrf_token=house.designer.headers["X-CSRFToken"])
    answer = house.designer.client.post("/designs", **sent)
    assert answer.status_code == 303, re.findall(r"alert.{0,300}", answer.text, re.DOTALL)
