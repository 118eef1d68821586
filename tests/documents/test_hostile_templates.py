"""A template of an authority is untrusted input: what it may not do is refused with the template's name and the tag."""

from __future__ import annotations

import time

import pytest

from tests.documents.files import with_body, with_part, word
from workflows.documents.layout import layout_of
from workflows.documents.sandbox import TemplateRefused
from workflows.documents.template import Template

PLAIN = word("当事人{{ subject_name }}")


def fill(*lines, **values):
    return layout_of(Template("试", word(*lines)).fill(values)).text


@pytest.mark.parametrize("tag", [
    "{{ ''.__class__ }}", "{{ subject_name.__class__.__mro__ }}", "{{ subject_name['__class__'] }}", "{{ subject_name|attr('__class__') }}", "{{ self.__init__ }}",
    "{{ case.number.format(1) }}", "{{ cycler() }}", "{{ range(10) }}", "{{ lipsum() }}", "{{ 9 ** 9 ** 9 }}", "{{ 'a' * 1000000000 }}", "{{ subject_name ~ subject_name }}",
    "{% set x = 1 %}", "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 'x' %}", "{% macro m() %}{% endmacro %}", "{% for a in rest recursive %}{% endfor %}",
    "{% for a in rest %}{% for b in rest %}{% for c in rest %}x{% endfor %}{% endfor %}{% endfor %}", "{{ subject_name|map('upper')|list }}", "{{ rest|tojson }}",
    "{% filter upper %}x{% endfilter %}", "{% call x() %}{% endcall %}", "{% raw %}{{ x }}{% endraw %}{{ _x }}", "{{ rest[0:1] }}", "{{ x if y else z.__dict__ }}",
    "{% autoescape false %}{{ subject_name }}{% endautoescape %}", "{{ subject_name|safe }}", "{{ subject_name is callable }}",
])  # fmt: skip
def test_what_reaches_beyond_the_values_is_refused(tag):
    with pytest.raises(TemplateRefused) as refused:
        fill(tag, subject_name="甲", rest=[{"a": 1}])
    assert "《试》" in refused.value.zh


@pytest.mark.parametrize(("tag", "said"), [
    ("{{ subject_name }}", "甲"), ("{% if subject_name %}有{% else %}无{% endif %}", "有"), ("{{ raw.fine|金额 }}", "5.00元（人民币伍元整）"), ("{{ rest[0].a }}", "一"),
    ("{% for a in rest %}{{ loop.index }}{{ a.a }}{% endfor %}", "1一"), ("{{ nothing|default('未填') }}", "未填"), ("{{ 案情['名称'] }}{{ 案情.名称 }}", "乙乙"),
    ("{% if raw.kind == 'x' and not nothing %}是{% endif %}", "是"), ("{{ rest|length }}", "1"),
])  # fmt: skip
def test_what_only_reads_the_values_is_allowed(tag, said):
    assert fill(tag, subject_name="甲", raw={"fine": 5, "kind": "x"}, rest=[{"a": "一"}], 案情={"名称": "乙"}) == said


def test_the_sentence_names_the_template_and_the_tag():
    with pytest.raises(TemplateRefused) as refused:
        Template("行政处罚决定书", word("罚款{{ raw.fine|eval }}元")).trees  # noqa: B018
    assert "《行政处罚决定书》" in refused.value.zh
    assert "{{ raw.fine|eval }}" in refused.value.zh
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "line",
    [
        "{{ subject_name",
        "{% if x %}没有结束",
        "{% endif %}",
        "{{ }}",
        "{{ a b }}",
        "{%tc for a in b %}",
        "{{r x }}",
        "{% vm %}",
        "{%colspan 3%}",
    ],
)
def test_a_tag_that_is_written_wrongly_or_not_offered_is_named(line):
    with pytest.raises(TemplateRefused):
        fill(line)


def test_a_value_is_text_whatever_it_looks_like():
    hostile = "{{ 7 }}{% for x in y %}<w:p>&</w:p>"
    assert hostile in fill("{{ subject_name }}", subject_name=hostile)


def test_lines_of_a_value_become_paragraphs_and_unprintable_characters_go():
    assert fill("一、{{ x }}", x="甲\r\n乙\x0b\x1b\x00") == "一、甲\n乙"


@pytest.mark.parametrize("content", [
    b"", b"no zip", b"PK\x03\x04broken", with_part(PLAIN, "word/vbaProject.bin", "x"), with_part(PLAIN, "word/embeddings/o.bin", "x"),
    with_part(PLAIN, "word/_rels/settings.xml.rels", '<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" Target="http://x/t.dotm" TargetMode="External"/></Relationships>'),
    with_part(PLAIN, "word/document.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), with_part(PLAIN, "docProps/core.xml", "<a>{{ subject_name }}</a>"),
    with_part(PLAIN, "word/media/zeros.xml", "0" * 20_000_000), with_part(PLAIN, "word/document.xml", "no xml at all"), with_part(PLAIN, "word/footer9.xml", "{{" * 700),
])  # fmt: skip
def test_a_file_that_is_no_plain_word_document_is_refused(content):
    with pytest.raises(TemplateRefused):
        Template("试", content).trees  # noqa: B018


def test_a_plain_word_document_is_accepted():
    assert Template("试", PLAIN).reads == {"subject_name"}


@pytest.mark.parametrize("body", [
    "<w:p><w:r><w:t>" + "{{" * 599 + "</w:t></w:r></w:p>", "<w:p><w:r><w:t>" + "{%" * 599 + "</w:t></w:r></w:p>", "<w:p><w:r><w:t>" + "&#123;%" * 30_000 + "</w:t></w:r></w:p>",
    "<w:tc>" * 20_000 + "{%" + "</w:tc>" * 20_000, "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>" * 2_000,
])  # fmt: skip
def test_what_would_keep_the_patterns_busy_is_refused_quickly(body):
    begun = time.monotonic()
    with pytest.raises(TemplateRefused):
        Template("试", with_body(PLAIN, body)).fill({})
    assert time.monotonic() - begun < 10


def test_a_rendering_that_grows_without_measure_is_stopped():
    content = word("{% for a in rest %}{% for b in rest %}" + "长" * 500 + "{% endfor %}{% endfor %}")
    with pytest.raises(TemplateRefused, match=r"too long|too large"):
        Template("试", content).fill({"rest": [{"a": "一"}] * 3_000})


def test_a_loop_over_what_the_case_has_is_rendered():
    assert fill("{% for a in rest %}{{ a.a }}{% endfor %}", rest=[{"a": "一"}] * 300) == "一" * 300
