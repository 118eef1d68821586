"""The case file: one zip, and one PDF whose table of contents names the right pages; nobody gets more than the page shows."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from ctypes.util import find_library
from itertools import pairwise

import pytest
from pypdf import PdfReader

from workflows import casefile, history
from workflows.documents import case_file, papers, printing, typesetter
from workflows.documents.printing import CannotPrint
from workflows.errors import NotFound

with_pango = pytest.mark.skipif(find_library("pangoft2-1.0") is None, reason="Pango is not installed: no PDF can be made here")
REPORTER = "举报人张某某"


@pytest.fixture
def case(play):
    return play(clue_source="complaint", reporter_name=REPORTER, publication_text="已脱敏的公示内容").finish()


def opened(case, username="health.officer"):
    name, content = case_file.export(case.desk, case.people[username], case.case, "zip")
    return name, zipfile.ZipFile(io.BytesIO(content))


def rows_of(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


class TestZip:
    def test_it_holds_every_document_in_the_order_of_the_procedure_with_an_index(self, case):
        name, archive = opened(case)
        assert name == f"案卷 {case_number(case)}.zip"
        head, *index = rows_of(archive, "卷内目录.csv")
        assert head == ["序号", "文号", "责任者", "题名", "日期", "备注", "文件"]
        assert [row[3] for row in index] == [row.name for row in casefile.documents(case.desk, case.people["health.officer"], case.case)]
        for row in index:
            assert archive.read(row[6]).startswith(b"PK"), row

    def test_it_holds_facts_evidence_clocks_and_the_record_with_its_digests(self, case):
        archive = opened(case)[1]
        for name in ("案情.csv", "证据清单.csv", "办案期限.csv", "案卷记录.csv", "卷宗封面.txt"):
            assert name in archive.namelist()
        lines = [json.loads(line) for line in archive.read("案卷记录.jsonl").decode().splitlines()]
        assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
        assert all(later["previous"] == earlier["digest"] for earlier, later in pairwise(lines))

    def test_a_cell_that_a_spreadsheet_would_compute_is_text(self, play):
        case = play(subject_name='=HYPERLINK("http://x")').reach("triage")
        rows = rows_of(opened(case)[1], "案情.csv")
        assert [row[1] for row in rows if row[0] == "名称或姓名"] == ['\'=HYPERLINK("http://x")']

    def test_who_reported_is_in_the_file_of_the_intake_and_in_no_other(self, case):
        def everything(username):
            archive = opened(case, username)[1]
            words = [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist() if not name.endswith(".docx")]
            papers_ = [zipfile.ZipFile(io.BytesIO(archive.read(name))) for name in archive.namelist() if name.endswith(".docx")]
            return "".join([*words, *(paper.read("word/document.xml").decode() for paper in papers_)])

        assert REPORTER in everything("health.intake")
        for username in ("health.officer", "health.head", "amr.officer", "supervisor"):
            assert REPORTER not in everything(username), username

    def test_that_it_was_taken_stands_in_the_record(self, case):
        opened(case, "amr.officer")
        line = history.record(case.desk, case.people["health.officer"], case.case).items[0]
        assert (line.kind, line.who) == ("case_file_taken", case.people["amr.officer"].name)
        assert history.verify(case.desk) == ()

    def test_for_another_agency_the_case_does_not_exist(self, case):
        for kind in case_file.FORMATS:
            with pytest.raises(NotFound):
                case_file.export(case.desk, case.people["cac.officer"], case.case, kind)


@with_pango
class TestPdf:
    @pytest.fixture
    def pages(self, case):
        content = case_file.export(case.desk, case.people["health.officer"], case.case, "pdf")[1]
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def test_cover_contents_documents_and_closing_sheet(self, case, pages):
        assert "行政执法案卷" in pages[0].replace(" ", "")
        assert "保管期限" in pages[0], "the cover is one page"
        assert case_number(case) in pages[0]
        assert "虚构·云朵工作室" in pages[0]
        assert "卷内目录" in pages[1]
        assert "卷内备考表" in pages[-1]
        assert REPORTER not in "".join(pages)

    def test_every_title_of_the_contents_stands_on_the_page_that_it_names(self, case, pages):
        first = next(number for number, text in enumerate(pages) if "— 1 —" in text)
        contents = re.sub(r"\s+", " ", " ".join(pages[1:first]))
        documents = casefile.documents(case.desk, case.people["health.officer"], case.case)
        seen = 0
        for number, row in enumerate(documents, start=1):
            day = row.issued_at.astimezone().strftime("%Y.%m")
            found = re.search(rf"{re.escape(day)}\.\d\d (\d+)", contents[seen:])
            assert found, (row.name, contents[seen : seen + 80])
            assert row.name in contents[seen : seen + found.start()].replace(" ", ""), number
            seen += found.end()
            page = pages[first + int(found.group(1)) - 1]
            assert f"— {found.group(1)} —" in page
            assert row.name[-4:] in page.replace("\n", ""), (row.name, page[:80])

    def test_a_single_document_is_a_pdf_with_its_number(self, case):
        row = next(row for row in casefile.documents(case.desk, case.people["health.officer"], case.case) if row.name == "行政处罚决定书")
        name, content = papers.file(case.desk, case.people["health.officer"], row.id, "pdf")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert name == f"行政处罚决定书（{row.number}）.pdf"
        assert row.number in text
        assert "行政复议" in text


class TestTypesetter:
    def test_without_pango_a_sentence_says_what_to_install(self, monkeypatch):
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], typesetter.NOT_INSTALLED, b"", b""))
        with pytest.raises(CannotPrint, match="libpango") as refused:
            printing.pdf("<p>甲")
        assert refused.value.status == 503
        assert "Word" in refused.value.zh

    def test_one_that_hangs_is_stopped(self, monkeypatch):
        monkeypatch.setattr(printing, "SECONDS", 0.01)
        with pytest.raises(CannotPrint, match="too long"):
            printing.pdf("<p>甲")

    @with_pango
    def test_nothing_is_fetched_from_the_network_or_the_disk(self):
        made = printing.pdf(printing.whole("t", "", '<img src="file:///etc/passwd"><img src="http://localhost:9/x"><p>乙</p>'))
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
        assert "乙" in text
        assert "root:" not in text

    @with_pango
    def test_words_are_words_and_no_markup(self):
        made = printing.pdf(printing.whole("<b>", "", "<p>a &lt;script&gt;</p>"))
        assert "<script>" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def case_number(case):
    from workflows import cases  # noqa: PLC0415

    return cases.get(case.desk, case.people["health.officer"], case.case).case.number
