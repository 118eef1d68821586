"""The columns of a file of penalties, and the words that their cells may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from workflows.contracts import Text
from workflows.rulebook import shipped

SOURCES = {"own": ("本机关", "本单位"), "province": ("本省", "省内"), "other_region": ("外省", "异地", "其他地区")}
STATES = {"effective": ("有效", "生效"), "annulled": ("已撤销", "撤销"), "in_dispute": ("争议中", "复议诉讼中", "复议中", "诉讼中")}
SHORT_FUNCTIONS = {
    "HEALTH": ("卫健", "卫生健康"),
    "CDC": ("疾控",),
    "AMR": ("市监", "市场监管"),
    "HSA": ("医保", "医疗保障"),
    "MPA": ("药监", "药品监管"),
    "COMM": ("通信管理",),
    "RTV": ("广电",),
}
"""What offices call the lines of agencies in short, beside their names."""
KINDS_OF_SUBJECT = {
    "institution": ("机构", "单位"),
    "person": ("个人", "自然人"),
    "platform": ("平台",),
    "supplier": ("供应商",),
    "other": ("其他",),
}


@dataclass(frozen=True)
class Column:
    """A column of the file. `headers` are the names that it may have, the usual one first."""

    key: str
    headers: tuple[str, ...]
    about: Text
    required: bool = False


COLUMNS = (
    Column("subject_name", ("当事人名称", "当事人", "名称"), Text("与决定书一致", "as the decision writes it"), required=True),
    Column("subject_code", ("统一社会信用代码", "信用代码"), Text("18 位，校验末位", "18 places, check digit verified")),
    Column("subject_kind", ("当事人类型",), Text("机构、个人、平台、供应商、其他；缺省机构", "institution, person, platform, supplier, other")),
    Column(
        "id_number",
        ("证件号码", "身份证号"),
        Text("自然人必要时填写；只保存加盐摘要和后四位", "of a person; only a salted digest and the last four places are kept"),
    ),
    Column("principal", ("法定代表人", "负责人"), Text("姓名", "name of the legal representative")),
    Column("act", ("违法行为", "违法行为代码"), Text("事项清单的代码或名称", "code or name of the matter list"), required=True),
    Column("act_on", ("违法行为日期", "行为日期"), Text("如 2023-05-06", "such as 2023-05-06")),
    Column("decided_on", ("处罚决定日期", "决定日期"), Text("如 2023-05-06", "such as 2023-05-06"), required=True),
    Column("authority", ("处罚机关",), Text("全称", "full name"), required=True),
    Column("function", ("机关类别",), Text("如 卫健 或 HEALTH", "such as HEALTH"), required=True),
    Column("region", ("地区",), Text("作出处罚的地区", "where it was decided")),
    Column("source", ("来源",), Text("本机关、本省、外省；缺省外省", "own, province, other_region; other_region when empty")),
    Column("number", ("决定书文号", "文号"), Text("同一机关内不重复", "unique within the authority"), required=True),
    Column("kinds", ("处罚种类",), Text("用顿号分隔", "separated by commas"), required=True),
    Column("fine", ("罚款金额（元）", "罚款金额(元)", "罚款金额"), Text("元，未罚款留空", "yuan, empty without a fine")),
    Column("status", ("状态",), Text("有效、已撤销、争议中；缺省有效", "effective, annulled, in_dispute")),
    Column("summary", ("简易程序",), Text("是/否", "yes/no")),
    Column("certified_copy", ("已核验副本", "核验副本"), Text("是/否", "yes/no")),
)  # fmt: skip


@cache
def penalty_kinds() -> Mapping[str, Text]:
    """Kinds of penalty by code, as the forms offer them (行政处罚法 art. 9)."""
    for folder in sorted(shipped().iterdir(), key=lambda place: place.name):
        bundle = folder / "bundle.yaml"
        if folder.is_dir() and bundle.is_file():
            rows = (yaml.safe_load(bundle.read_text(encoding="utf-8")).get("options") or {}).get("penalty_options")
            if rows:
                return {row["value"]: Text(row["label"], row["label_en"]) for row in rows}
    return {}
