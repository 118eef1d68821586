"""The matters of joint enforcement, by the codes that clues, lead rules and the decision table use, with their names."""

from __future__ import annotations

from workflows.contracts import Text

MATTERS = {
    "illegal_practice": Text("非法行医", "illegal practice of medicine"),
    "medical_ad": Text("违法医疗广告", "unlawful medical advertisements"),
    "drug_device": Text("药品、医疗器械", "drugs and devices"),
    "fund_fraud": Text("欺诈骗取医保基金", "fraud on the insurance fund"),
    "harmful_info": Text("涉医虚假有害信息", "false and harmful information"),
    "touts": Text("医托、号贩子、黑救护等扰乱秩序", "touts, scalpers, black ambulances, disorder"),
    "medical_waste": Text("医疗废物", "medical waste"),
    "radiation": Text("放射与辐射安全", "radiation safety"),
    "licence_scope": Text("超出许可或执业范围", "outside licence or scope"),
    "licensing": Text("许可与登记", "licensing and registration"),
    "price": Text("医疗价格违法", "unlawful prices"),
    "unfair_competition": Text("虚假宣传、商业贿赂等不正当竞争", "false publicity, bribery, unfair competition"),
    "broadcast_ad": Text("广播电视违法广告", "unlawful broadcast advertisements"),
    "site_filing": Text("网站备案与处置", "site filing"),
    "internet_care": Text("互联网诊疗、陪诊、跑腿", "internet care, companions, errands"),
    "staff_licence": Text("租借、买卖执业证书与挂证", "leased or traded certificates"),
    "institution_class": Text("医疗机构分类管理", "class-based supervision of institutions"),
    "institution_operation": Text("医疗机构运行", "operation of institutions"),
    "care_quality": Text("医疗质量与安全", "quality and safety of care"),
    "public_health": Text("公共卫生服务", "public-health services"),
    "health_industry": Text("医养健康产业与新业态", "health industry and new formats"),
    "corruption": Text("行业违纪违法", "breaches of discipline in the sector"),
    "random_inspection": Text("部门联合双随机抽查", "joint random inspection"),
    "audit_lead": Text("审计、纪检监察移交的医疗服务违法", "what audit and discipline hand over"),
}
