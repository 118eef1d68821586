"""The words of document templates, for those who edit them: every value and every way of writing it, with what an example gives.

A test holds the list to what templates may really say (`values`, `sandbox`), and every example to what it really gives.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflows.contracts import Text
from workflows.documents.sandbox import BLANK
from workflows.documents.values import PEERS, SERVICE_DOCUMENTS
from workflows.functions import FUNCTION_NAMES
from workflows.vocabulary import CAPACITIES


@dataclass(frozen=True)
class Word:
    """Something that a template may say: how it is written, what it gives, and what `example` values make of it (empty where that is none)."""

    tag: str
    meaning: Text
    shown: str = ""


@dataclass(frozen=True)
class Chapter:
    """Words that belong together."""

    title: Text
    words: tuple[Word, ...]


FACTS = Chapter(
    Text("案件事实", "Facts of the case"),
    (
        Word("{{ subject_name }}", Text("以事实的名称取值，写成文字", "A fact by its name, in words"), "虚构·云朵工作室"),
        Word("{{ 案情.涉嫌罪名 }}", Text("以表单上的栏目名称取值", "The same by the label of its field on the form"), "非法行医罪"),
        Word("{{ 案情['名称或姓名'] }}", Text("栏目名称含标点时的写法", "The same for a label with punctuation"), "虚构·云朵工作室"),
        Word(
            "{{ raw.fine_decided }}",
            Text("按存储的原样取值：用于金额、日期和条件", "A fact as it is stored: for amounts, dates and conditions"),
            "60000",
        ),
        Word(
            "{% for item in rest %}{{ item.label }}：{{ item.value }}{% endfor %}",
            Text("本环节填写而模板没有写到的其余各项", "The other answers of the step, which the template does not name itself"),
            "办理情况：已依法办理（示例）。",
        ),
        Word(
            "{{ hearing_place }}",
            Text("案件中没有的值印成空白横线，供手工填写", "What the case does not know is a line to write on"),
            BLANK,
        ),
    ),
)
CASE = Chapter(
    Text("案件、文书和制发单位", "The case, the document and who issues it"),
    (
        Word("{{ case.number }}", Text("案件编号", "The number of the case"), "青卫联〔2026〕1号"),
        Word("{{ case.title }}", Text("案件名称", "Its title"), "虚构·云朵工作室涉嫌非法行医案"),
        Word("{{ case.day }}", Text("开立案件的日期", "The day on which it was opened"), "2026年4月3日"),
        Word(
            "{{ case.cause }}",
            Text(
                "案由：处罚的违法行为，尚无时为主要事项", "What it is about: the act that is punished, before that the matter of the clue"
            ),
            "涉嫌非法行医",
        ),
        Word("{{ doc.name }}", Text("文书名称", "The document's name"), "行政处罚决定书"),
        Word("{{ doc.number }}", Text("文号，不编号的文书为空", "Its number; empty for papers that bear none"), "青卫罚〔2026〕1号"),
        Word("{{ doc.day }}", Text("制发日期", "The day of issue"), "2026年4月3日"),
        Word("{{ doc.day_in_characters }}", Text("制发日期，汉字书写", "The day of issue in characters"), "二〇二六年四月三日"),
        Word("{{ doc.version }}", Text("第几次制发", "Which version it is"), "1"),
        Word("{{ doc.replaces }}", Text("所替代的文书，没有则为空", "The document that it replaces, if any")),
        Word("{{ doc.step }}", Text("制发文书的环节", "The step that issued it"), "示例环节"),
        Word("{{ doc.officer }}", Text("办理人员", "Who did the step"), "卫甲·承办"),
        Word(
            "{{ doc.officers }}",
            Text("两名执法人员及证件号", "Both officers with their certificates"),
            "卫甲·承办（T0001）、卫乙·承办（T0002）",
        ),
        Word("{{ doc.certificates }}", Text("执法证件号", "Their certificates"), "T0001、T0002"),
        Word("{{ own.name }}", Text("制发单位名称", "The agency that issues it"), "青岚区卫生健康局"),
        Word("{{ own.sign }}", Text("制发单位代字", "The agency's sign in numbers"), "青卫"),
    ),
)
AGENCIES = Chapter(
    Text("各单位", "Agencies"),
    (
        *(Word(f"{{{{ parts.{part} }}}}", Text(f"本案的{name.zh}", f"In this case: {name.en}")) for part, name in CAPACITIES.items()),
        *(
            Word(
                f"{{{{ parts.{alias} }}}}",
                Text(f"同 parts.{part}，多个时用顿号隔开", f"The same as parts.{part}; several stand one after the other"),
            )
            for alias, part in SERVICE_DOCUMENTS.items()
        ),
        *(
            Word(
                f"{{{{ peers.{peer} }}}}",
                Text(
                    f"{FUNCTION_NAMES[code].zh}（制发单位所在地的，不论是否参加本案）",
                    f"In the issuing agency's place, whether or not it takes part: {FUNCTION_NAMES[code].en}",
                ),
            )
            for peer, code in PEERS.items()
        ),
    ),
)
WRITING = Chapter(
    Text("写法：竖线后的词", "Ways of writing: the word after the bar"),
    (
        Word("{{ raw.found_on|日期 }}", Text("日期（也可写 day）", "A day (also: day)"), "2026年4月3日"),
        Word(
            "{{ raw.handed_over_at|时间 }}",
            Text("日期和时间（也可写 moment）", "A day with its time (also: moment)"),
            "2026年4月3日10时05分",
        ),
        Word(
            "{{ raw.found_on|汉字日期 }}",
            Text("汉字日期（也可写 day_in_characters）", "A day in characters (also: day_in_characters)"),
            "二〇二六年四月三日",
        ),
        Word(
            "{{ raw.fine_decided|金额 }}",
            Text("金额，数字和大写（也可写 yuan）", "Money in figures and capitals (also: yuan)"),
            "60,000.00元（人民币陆万元整）",
        ),
        Word(
            "{{ raw.fine_decided|大写 }}",
            Text("只写大写金额（也可写 capitals）", "Money in capitals only (also: capitals)"),
            "人民币陆万元整",
        ),
        Word(
            "{{ penalty_facts|句 }}",
            Text("末尾恰有一个句号（也可写 sentence）", "Ends with one full stop, whatever was typed (also: sentence)"),
            "未取得执业许可开展诊疗活动。",
        ),
        Word(
            "{{ penalties_decided|处罚(raw.fine_decided, raw.confiscated_amount, raw.goods_value) }}",
            Text(
                "各种处罚；括号内依次为罚款、没收违法所得、没收非法财物的金额（也可写 penalties）",
                "The penalties; in brackets the amounts of fine, confiscated gains and confiscated goods (also: penalties)",
            ),
            "警告；罚款60,000.00元（人民币陆万元整）",
        ),
        Word(
            "{{ hearing_place|default('本机关') }}",
            Text("没有值时写什么（也可写 d）", "What stands where there is no value (also: d)"),
            "本机关",
        ),
        Word("{{ raw.members|join('、') }}", Text("把几项连成一句", "Several values in one line"), "甲、乙"),
        Word("{{ raw.members|length }}", Text("有几项（也可写 count）", "How many there are (also: count)"), "2"),
        Word("{{ raw.members|first }}", Text("第一项", "The first of several"), "甲"),
        Word("{{ raw.members|last }}", Text("最后一项", "The last of several"), "乙"),
    ),
)
SHAPE = Chapter(
    Text("条件和重复", "Conditions and repetition"),
    (
        Word(
            "{% if crime_name %}涉嫌{{ crime_name }}{% else %}无{% endif %}",
            Text("有值时才写", "Only where there is a value"),
            "涉嫌非法行医罪",
        ),
        Word(
            "{% if raw.fine_decided >= 50000 and not hearing_place %}应当告知听证权{% endif %}",
            Text("比较：== != < <= > >= in，用 and、or、not 连接", "Comparisons, joined by and, or, not"),
            "应当告知听证权",
        ),
        Word(
            "{% for item in evidence %}{{ loop.index }}. {{ item.evidence_name }}{% if not loop.last %}；{% endif %}{% endfor %}",
            Text(
                "逐项重复；loop.index 为序号，另有 loop.first、loop.last、loop.length",
                "Once for each row; loop.index counts, and there are loop.first, loop.last, loop.length",
            ),
            "1. 产品；2. 票据",
        ),
        Word(
            "{%p if crime_name %}…{%p endif %}",
            Text("独占一段：该段随条件一起出现或消失", "Alone in a paragraph: the paragraph goes with it"),
        ),
        Word("{%tr for item in evidence %}…{%tr endfor %}", Text("独占表格一行：每项一行", "Alone in a row of a table: one row for each")),
    ),
)
CHAPTERS = (FACTS, CASE, AGENCIES, WRITING, SHAPE)
