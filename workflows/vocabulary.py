"""The words of lanes and accounts: agencies by function or by part in a case, roles, their names in both languages."""

from __future__ import annotations

from workflows.contracts import Text
from workflows.functions import FUNCTION_NAMES

CAPACITIES = {
    "receiving": Text("受理机关", "receiving agency"),
    "candidate": Text("拟牵头机关", "proposed lead"),
    "lead": Text("牵头机关", "lead agency"),
    "member": Text("成员单位", "member agency"),
    "superior": Text("共同上级", "common superior"),
    "source": Text("线索来源单位", "source of the clue"),
    "receiver": Text("承接机关", "agency that takes over a part"),
    "police": Text("受移送公安机关", "police that receive the transfer"),
    "procuratorate": Text("检察机关", "procuratorate"),
    "upper_procuratorate": Text("上一级检察机关", "procuratorate above"),
    "assisting": Text("协助机关", "assisting agency"),
    "recipient": Text("反馈对象", "addressee of the feedback"),
    "issuer": Text("督办机关", "supervising agency"),
    "addressee": Text("被督办单位", "supervised agency"),
}
RELATIONS = {
    "split": Text("另案处理", "a separate case"),
    "linked": Text("关联当事人", "a linked party"),
    "penalty": Text("行政处罚", "penalty"),
    "transfer": Text("涉嫌犯罪移送", "criminal transfer"),
    "criminal": Text("刑事办理跟踪", "follow-up of the criminal case"),
    "objection": Text("不予立案异议", "objection to non-filing"),
    "resistance": Text("暴力抗法处置", "violent resistance"),
    "reverse": Text("行刑反向衔接", "reverse transfer"),
    "publication": Text("信息公示", "publication"),
    "credit": Text("信用管理", "credit"),
    "execution": Text("处罚执行", "execution"),
    "supervision": Text("督办", "supervision"),
    "exit_entry": Text("停留居留处理", "a foreigner's stay"),
    "related": Text("关联程序", "related procedure"),
}
INDEPENDENT = frozenset({"exit_entry"})
"""Relations of cases that the one above does not wait for when it closes: what becomes of a foreigner's stay is not the penalty's (行政处罚法 第八十四条)."""
"""What a case is to the one that it stands under."""
LANE_CAPACITIES = frozenset({
    "receiving", "candidate", "lead", "member", "superior", "issuer", "addressee", "police", "procuratorate", "upper_procuratorate", "assisting",
})  # fmt: skip
FUNCTIONS = frozenset(FUNCTION_NAMES)
ROLES = {
    "intake": Text("线索受理", "intake"),
    "officer": Text("承办人", "case officer"),
    "head": Text("负责人", "head"),
    "presiding": Text("主持工作的负责人", "presiding head"),
    "deputy": Text("副职负责人", "deputy head"),
    "legal": Text("法制审核", "legal reviewer"),
    "supervisor": Text("督查督办", "supervisor"),
    "designer": Text("流程设计", "process designer"),
    "admin": Text("系统管理员", "administrator"),
    "security": Text("安全管理员", "security administrator"),
    "auditor": Text("审计管理员", "auditor"),
}
CASE_ROLES = frozenset({"intake", "officer", "head", "presiding", "deputy", "legal", "supervisor"})
"""Roles that work on cases; the three administrators and the designer see none (三员分立)."""
EXCLUSIVE_ROLES = frozenset({"admin", "security", "auditor"})
AGENCY_WORDS = LANE_CAPACITIES | FUNCTIONS
"""What a lane's `agency` may be."""
