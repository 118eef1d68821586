"""The matters of joint enforcement, by the codes that clues, lead rules and the decision table use, with their names."""

from __future__ import annotations

from workflows.contracts import Text

MATTERS = {
    "illegal_practice": Text("非法行医", "Illegal practice of medicine"),
    "medical_ad": Text("违法医疗广告", "Unlawful medical advertisements"),
    "drug_device": Text("药品、医疗器械", "Drugs and medical devices"),
    "fund_fraud": Text("欺诈骗取医保基金", "Fraud on the insurance fund"),
    "harmful_info": Text("涉医虚假有害信息", "False and harmful medical information"),
    "touts": Text("医托、号贩子、黑救护等扰乱秩序", "Touts, ticket scalpers, unlicensed ambulances and other disorder"),
    "medical_waste": Text("医疗废物", "Medical waste"),
    "radiation": Text("放射与辐射安全", "Radiation safety"),
    "licence_scope": Text("超出许可或执业范围", "Practice beyond the licence or its scope"),
    "licensing": Text("许可与登记", "Licensing and registration"),
    "price": Text("医疗价格违法", "Unlawful prices"),
    "unfair_competition": Text("虚假宣传、商业贿赂等不正当竞争", "False publicity, bribery and other unfair competition"),
    "broadcast_ad": Text("广播电视违法广告", "Unlawful broadcast advertisements"),
    "site_filing": Text("网站备案与处置", "Filing and blocking of websites"),
    "internet_care": Text("互联网诊疗、陪诊、跑腿", "Internet care, patient companions and errands"),
    "staff_licence": Text("租借、买卖执业证书与挂证", "Leased or traded practitioners' certificates"),
    "institution_class": Text("医疗机构分类管理", "Class-based supervision of institutions"),
    "institution_operation": Text("医疗机构运行", "Operation of institutions"),
    "care_quality": Text("医疗质量与安全", "Quality and safety of care"),
    "public_health": Text("公共卫生服务", "Public-health services"),
    "health_industry": Text("医养健康产业与新业态", "Health industry and new formats"),
    "corruption": Text("行业违纪违法", "Breaches of discipline in the sector"),
    "random_inspection": Text("部门联合双随机抽查", "Joint random inspection"),
    "audit_lead": Text("审计、纪检监察移交的医疗服务违法", "Violations in care handed over by audit and discipline authorities"),
}
