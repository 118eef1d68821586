"""The words of lanes and accounts: agencies by function or by part in a case, roles, their names in both languages."""

from __future__ import annotations

from workflows.contracts import Text

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
    "related": Text("关联程序", "related procedure"),
}
"""What a case is to the one that it stands under."""
LANE_CAPACITIES = frozenset({
    "receiving", "candidate", "lead", "member", "superior", "issuer", "addressee", "police", "procuratorate", "upper_procuratorate", "assisting",
})  # fmt: skip
FUNCTION_NAMES = {
    "HEALTH": Text("卫健", "Health"),
    "CDC": Text("疾控", "Disease control"),
    "TCM": Text("中医药", "Chinese medicine"),
    "CAC": Text("网信", "Cyberspace"),
    "COURT": Text("法院", "Court"),
    "PROC": Text("检察院", "Procuratorate"),
    "PSB": Text("公安", "Police"),
    "AMR": Text("市监", "Market regulation"),
    "HSA": Text("医保", "Insurance fund"),
    "MPA": Text("药监", "Medical products"),
    "APPR": Text("行政审批", "Approvals"),
    "ECO": Text("生态环境", "Environment"),
    "BORDER": Text("边检", "Border"),
    "HUD": Text("住建", "Housing and construction"),
    "HOUSE": Text("房管", "Housing administration"),
    "URBAN": Text("城管执法", "City enforcement"),
    "GRID": Text("城运", "City operations grid"),
    "COMM": Text("通信管理", "Telecommunications"),
    "RTV": Text("广电", "Broadcasting"),
    "SUPV": Text("纪检监察", "Discipline inspection"),
    "CREDIT": Text("信用平台", "Credit platform"),
    "GOV": Text("人民政府", "Government"),
    "ORG": Text("组织部门", "organisation department"),
    "PUBL": Text("宣传部门", "publicity department"),
    "POLI": Text("政法委", "political and legal affairs"),
    "STAFF": Text("机构编制", "staffing"),
    "NDRC": Text("发展改革", "development and reform"),
    "EDU": Text("教育", "education"),
    "SCI": Text("科技", "science and technology"),
    "MIIT": Text("工业和信息化", "industry and information"),
    "CIVIL": Text("民政", "civil affairs"),
    "JUST": Text("司法行政", "justice"),
    "FIN": Text("财政", "finance"),
    "HRSS": Text("人力资源社会保障", "human resources and social security"),
    "WATER": Text("水利", "water resources"),
    "COMMERCE": Text("商务", "commerce"),
    "CULT": Text("文化和旅游", "culture and tourism"),
    "AUDIT": Text("审计", "audit"),
    "SASAC": Text("国资", "state assets"),
    "SPORT": Text("体育", "sport"),
    "DATA": Text("大数据", "big data"),
    "TAX": Text("税务", "tax"),
    "PBC": Text("人民银行", "central bank"),
    "CUSTOMS": Text("海关", "customs"),
    "CBIRC": Text("银行保险监管", "banking and insurance regulation"),
}
"""Short names of the lines of agencies by function code."""
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
