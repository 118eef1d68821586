"""What the demonstration's cases are about, matter by matter: what was reported, found, proposed. Everything is invented.

An answer is a value, or a callable that makes it from the task's page (`web.demo_answers`).
"""

from __future__ import annotations

from typing import Any

ILLEGAL_PRACTICE: dict[str, Any] = {
    "other_matters": ["drug_device", "medical_ad"],
    "subject_kind": "unlicensed",
    "clue_summary": "反映该处由不具备医师资格的人员开展注射、针刺等诊疗活动，所用产品来源不明，并在网络平台招揽顾客，已有就诊人员出现不适。（演示）",
    "plan_goal": "查清无证行医的人员、场所和产品来源，制止违法行为，消除健康风险，依法追究责任。",
    "plan_scope": "当事人及其经营场所；产品的供货渠道；网络平台上的宣传与收费记录。",
    "visit_tasks": "核对医疗机构执业许可和医师资格；清点药品、器械并查验来源；调取收费、预约和宣传记录；询问在场人员和就诊人员。",
    "practitioner_qualification": "unqualified",
    "subject_specialty": "cosmetology",
    "risk_level": "high",
    "report_facts": "经联合调查，当事人未取得《医疗机构执业许可证》，由未取得医师资格的人员为他人注射、穿刺并收费；现场查获的产品无合法来源证明。上述事实有检查笔录、询问笔录、实物和收费记录相互印证。（演示）",
    "report_opinion": "建议认定为非医师行医，责令停止执业活动，没收药品、器械并给予行政处罚；达到移送标准的移送公安机关。",
    "penalty_act": "illegal_practice",
    "penalty_facts": "当事人未取得医师资格和医疗机构执业许可，擅自为多名顾客开展注射类诊疗活动。（演示）",
    "penalty_basis": "《医师法》第五十九条：责令停止非医师行医活动，没收违法所得和药品、医疗器械，并处违法所得二倍以上十倍以下的罚款，违法所得不足一万元的按一万元计算。",
    "penalties": ["confiscate_goods", "fine"],
    "counted_amount": 6800,
    "fine_amount": 30000,
    "goods_value": 8600,
    "crime_name": "非法行医罪",
    "crime_ground": "slight_disability",
    "crime_facts": "无医师资格人员多次开展注射类医疗美容，造成一名就诊人轻度残疾（鉴定意见见卷）。（演示）",
    "publication_draft": "当事人未取得医疗机构执业许可、由非医师开展诊疗活动，违反《医师法》，已依法作出行政处罚。（演示）",
}
"""非法行医."""

LICENCE_SCOPE: dict[str, Any] = {
    "other_matters": [],
    "subject_kind": "institution",
    "clue_summary": "反映该机构开展了执业许可证诊疗科目以外的项目，收费与公示不符，病历由外聘人员书写。（演示）",
    "plan_goal": "查清超出登记范围执业的项目、人员和收费，责令改正，规范执业行为。",
    "plan_scope": "该机构全部诊疗科目、执业人员、收费与医保结算记录。",
    "visit_tasks": "核对诊疗科目与实际开展项目；核对医护人员注册信息；抽查病历、处方和收费清单。",
    "subject_specialty": "general",
    "practitioner_qualification": "qualified",
    "report_facts": "经联合调查，该机构开展登记诊疗科目以外的诊疗活动，有病历、处方、收费清单和负责人询问笔录为证。（演示）",
    "report_opinion": "建议认定为超出登记范围执业，责令改正，给予罚款，并在校验中予以记录。",
    "penalty_act": "institution_scope",
    "penalty_facts": "当事人在未登记相应诊疗科目的情况下开展诊疗活动。（演示）",
    "penalty_basis": "《医疗机构管理条例》关于诊疗活动超出登记范围的规定（条文序号待核对），并参照本机关裁量基准。",
    "penalties": ["warning", "fine"],
    "fine_amount": 20000,
    "publication_draft": "当事人诊疗活动超出登记范围，已责令改正并依法给予行政处罚。（演示）",
}
"""超出许可或者执业范围."""

MEDICAL_AD: dict[str, Any] = {
    "other_matters": ["licence_scope"],
    "subject_kind": "company",
    "clue_summary": "监测发现该主体在网络平台发布含有治愈率、患者形象的医疗广告，未标注医疗广告审查证明文号。（演示）",
    "plan_goal": "查清广告主、发布者和广告费用，停止发布，消除影响，依法处罚。",
    "plan_scope": "广告主及其代理、发布平台，广告涉及的诊疗项目和机构。",
    "visit_tasks": "固定网页、短视频等电子证据；调取广告合同与付款凭证；核对广告涉及的机构和诊疗项目。",
    "report_facts": "经联合调查，当事人发布的医疗广告含有对功效的保证性内容，未经审查；广告费用有合同和付款凭证为证。（演示）",
    "report_opinion": "建议认定为发布虚假医疗广告，责令停止发布、消除影响，并处罚款。",
    "penalty_act": "false_ad",
    "penalty_facts": "当事人在网络平台发布含有虚假内容的医疗广告，广告费用 8,000 元。（演示）",
    "penalty_basis": "《广告法》第五十五条第一款：处广告费用三倍以上五倍以下的罚款。",
    "penalties": ["fine"],
    "counted_amount": 8000,
    "fine_amount": 32000,
    "publication_draft": "当事人发布虚假医疗广告，违反《广告法》，已责令停止发布、消除影响并处罚款。（演示）",
}
"""违法医疗广告."""

FUND_FRAUD: dict[str, Any] = {
    "other_matters": [],
    "subject_kind": "institution",
    "clue_summary": "智能监控发现该机构同一时段的检查、理疗收费与设备台账不符，疑似虚构医药服务项目。（演示）",
    "plan_goal": "查清虚构、串换医药服务项目的手段和金额，追回医保基金，依法追究责任。",
    "plan_scope": "近两年住院和门诊结算数据、病历、设备台账、药品进销存。",
    "visit_tasks": "封存并比对结算数据与病历；盘点药品耗材；核对设备使用台账；询问经治医护人员和参保人。",
    "subject_specialty": "general",
    "practitioner_qualification": "qualified",
    "report_facts": "经联合调查，当事人虚构理疗项目申报结算，有病历、设备台账、结算数据和医护人员询问笔录为证，涉及医保基金 48,600 元。（演示）",
    "report_opinion": "建议责令退回基金；涉嫌诈骗的，移送公安机关。",
    "penalty_act": "fund_fraud",
    "penalty_facts": "当事人虚构医药服务项目，骗取医疗保障基金支出。（演示）",
    "penalty_basis": "《医疗保障基金使用监督管理条例》关于骗取医疗保障基金支出的规定（条款待核对）。",
    "crime_name": "诈骗罪",
    "crime_ground": "other_crime",
    "crime_facts": "以虚构医药服务项目的方法骗取医疗保障基金 48,600 元。（演示）",
    "publication_draft": "当事人骗取医疗保障基金支出，已责令退回并依法处理。（演示）",
}
"""欺诈骗取医保基金."""

DRUG_DEVICE: dict[str, Any] = {
    "other_matters": ["illegal_practice"],
    "subject_kind": "company",
    "clue_summary": "检查发现该处使用、销售的药品和医疗器械无购进记录，部分包装无批准文号。（演示）",
    "plan_goal": "查清涉案药品、器械的来源和去向，控制风险产品，依法处罚。",
    "plan_scope": "当事人的购进、验收、储存、使用、销售各环节及其上游供货人。",
    "visit_tasks": "清点涉案药品、器械，登记批号；调取购进票据；抽样送检；询问采购人员。",
    "report_facts": "经联合调查，当事人从未取得许可的渠道购进药品、器械并使用，有实物、票据和采购人员询问笔录为证。（演示）",
    "report_opinion": "建议没收涉案药品、器械并处罚款。",
    "penalty_act": "unlicensed_drug_source",
    "penalty_facts": "当事人从未取得药品经营许可的个人购进药品并使用，货值 5,200 元。（演示）",
    "penalty_basis": "《药品管理法》第一百二十九条：没收违法购进的药品，并处货值金额二倍以上十倍以下的罚款。",
    "penalties": ["confiscate_goods", "fine"],
    "counted_amount": 5200,
    "fine_amount": 26000,
    "goods_value": 5200,
    "publication_draft": "当事人从未取得许可的渠道购进药品，违反《药品管理法》，已没收涉案药品并处罚款。（演示）",
}
"""药品、医疗器械."""

HARMFUL_INFO: dict[str, Any] = {
    "other_matters": ["medical_ad"],
    "subject_kind": "company",
    "clue_summary": "直播间以“老中医”名义宣称可治愈慢性病，诱导停药并销售普通食品，播放量较大。（演示）",
    "plan_goal": "处置有害信息，查清账号运营主体和商品来源，防止误导群众停药。",
    "plan_scope": "涉事账号、直播回放、运营公司及所售商品。",
}
"""涉医虚假有害信息."""

TOUTS: dict[str, Any] = {
    "other_matters": [],
    "subject_kind": "person",
    "clue_summary": "门诊大厅多次出现代抢专家号、引导患者到外院就诊的人员，当日保安巡查留有影像。（演示）",
    "plan_goal": "查清倒号、拉客人员及其与诊所的利益关系，恢复正常就诊秩序。",
    "plan_scope": "涉事人员、接收患者的诊所、号源系统的异常挂号记录。",
}
"""医托、号贩子."""

MEDICAL_WASTE: dict[str, Any] = {
    "other_matters": [],
    "subject_kind": "institution",
    "clue_summary": "网格员反映该机构后院暂存点混放生活垃圾与医疗废物，转运联单缺失。（演示）",
    "plan_goal": "查清医疗废物的产生、暂存、转运数量，消除环境和感染风险。",
    "plan_scope": "暂存点、转运联单、处置单位及近六个月的产生量台账。",
}
"""医疗废物."""

MATTERS: dict[str, dict[str, Any]] = {
    "illegal_practice": ILLEGAL_PRACTICE,
    "licence_scope": LICENCE_SCOPE,
    "medical_ad": MEDICAL_AD,
    "fund_fraud": FUND_FRAUD,
    "drug_device": DRUG_DEVICE,
    "harmful_info": HARMFUL_INFO,
    "touts": TOUTS,
    "medical_waste": MEDICAL_WASTE,
}
"""Answers by the matter of the clue."""

FINDINGS: dict[str, str] = {
    "HEALTH": "现场为一间操作间，有治疗床两张；在场人员不能出示医师资格证书和机构执业许可，登记册载有近期操作记录。已制作现场检查笔录并拍照。（演示）",
    "AMR": "核查营业执照、价目表和收款记录，收款名目与实际项目不符；网页宣传材料已截屏固定。（演示）",
    "MPA": "清点药品、器械若干，部分无批准文号和购进票据；已登记批号并抽取样品待检。（演示）",
    "HSA": "比对结算数据与病历，发现部分项目无对应的医嘱和执行记录；已复制数据并由负责人签字确认。（演示）",
    "PSB": "核实在场人员身份，走访周边商户；未发现暴力抗法情形，协助固定转账记录。（演示）",
    "CAC": "核查涉事账号注册主体和发布记录，固定短视频、直播回放链接，已协调平台保全数据。（演示）",
}
"""What each function finds on the spot."""
DUTIES: dict[str, str] = {
    "HEALTH": "核查执业许可、人员资质和诊疗活动。",
    "AMR": "核查营业执照、价格、收费与广告宣传。",
    "MPA": "核查药品、医疗器械的来源和质量，抽样送检。",
    "HSA": "核查医保结算数据，追回基金。",
    "PSB": "核实人员身份，维护现场秩序，审查涉嫌犯罪线索。",
    "CAC": "处置网上有害信息，协调平台保全数据。",
    "APPR": "核对许可、备案信息。",
    "ECO": "核查医疗废物暂存和转运。",
}
"""Who does what in a plan, by function."""
OPINIONS: dict[str, str] = {
    "HEALTH": "同意。我局派两名执法人员参加，并提供机构和人员注册信息。",
    "AMR": "同意。建议同步调取收款记录，避免当事人转移账目。",
    "MPA": "同意。抽样由我局实施，检验周期约十个工作日，请在时间安排上预留。",
    "HSA": "同意。结算数据于检查前一日提供。",
    "PSB": "同意。派出所配合到场，现场秩序由我方负责。",
    "CAC": "同意。检查前先行保全平台数据，信息发布口径由牵头单位统一。",
}
"""What each function says to a plan."""
RESULT_USES: dict[str, str] = {
    "AMR": "已记入企业信用档案，并列入下季度“双随机”抽查对象。",
    "MPA": "已通报供货渠道所在地药监部门，列入重点监测品种。",
    "HSA": "已按医保协议核减结算并暂停相关项目结算。",
    "PSB": "已录入案件管理系统，作为同类警情研判线索。",
    "PROC": "已录入行刑衔接台账。",
    "CAC": "相关账号已由平台依约处置，列入巡查名单。",
    "HEALTH": "已在校验和不良执业行为记分中予以运用。",
}
"""What each function does with the result."""
