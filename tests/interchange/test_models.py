"""The models after the interchange reference models: each is imported, none falls over, and what the document says of them is so."""

from __future__ import annotations

import time

import pytest

from tests.interchange.models import MODELS
from tests.interchange.table import PLACE, written
from tests.interchange.walking import errors, furnished, walked
from workflows.checks.check import NOTHING, check_files
from workflows.importing import Options, import_diagram

REFUSED = {"B.1.0", "C.8.1", "C.10.0"}
"""What cannot run as it is meant; the document says why."""


@pytest.mark.parametrize("name", MODELS)
def test_a_model_becomes_files_that_are_valid_and_says_everything_in_both_languages(name):
    content = MODELS[name][1]
    began = time.process_time()
    imported = import_diagram(content)
    assert time.process_time() - began < 5
    assert {"bundle.yaml"} < set(imported.files)
    for one in (*imported.changes, *imported.refusals):
        assert one.message.zh, one
        assert one.message.en, one
    found = [
        one
        for one in check_files(imported.files, NOTHING)
        if one.rule in {"schema", "not_drawn", "no_picture", "overlapping", "drawn_in_another_lane"}
    ]
    assert found == []


@pytest.mark.parametrize("name", MODELS)
def test_what_is_not_refused_runs_to_its_end_on_the_engine(name):
    imported = import_diagram(MODELS[name][1], Options(people=True))
    files = furnished(imported)
    assert bool(errors(files)) == (name in REFUSED), errors(files)
    assert not imported.refusals or name in REFUSED | {"C.6.0"}
    if name not in REFUSED:
        told = walked(files)
        assert (told.ended, told.stuck) == (told.walks, "")
        assert told.reached == told.all_steps


@pytest.mark.parametrize("name", MODELS)
def test_an_import_says_the_same_twice(name):
    assert import_diagram(MODELS[name][1]) == import_diagram(MODELS[name][1])


def test_the_document_says_what_the_importer_does():
    text = PLACE.read_text(encoding="utf-8")
    assert written(text, MODELS) == text, "python -m tests.interchange.table"
