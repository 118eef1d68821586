"""What the demonstration's people answer in procedures beside the main road: a seizure, a challenged officer, a quarter's report."""

from __future__ import annotations

from typing import Any

from web.demo_answers import by_function, days, moment, once

SEIZURE: dict[str, Any] = {
    "measure_kind": "seizure",
    "measure_reason": "现场发现来源不明的注射用产品，当事人正在清点打包，不及时查封扣押可能被转移。依据《行政强制法》第十八条、第二十二条。（演示）",
    "measure_items": "标签外文的填充剂 18 支、注射针 60 支、收费账本一册。（演示）",
    "seizure_approval_reason": "事实清楚，与违法行为有关，同意扣押三十日。",
    "seized_kind": "goods",
    "seized_at": moment,
    "seized_custody": "青岚区卫生健康局涉案财物室，保管人卫丙（演示）",
    "seized_items": [
        {"seized_name": "填充剂（演示）", "seized_count": 18, "seized_condition": "外文标签，无注册证号"},
        {"seized_name": "注射针（演示）", "seized_count": 60, "seized_condition": "独立包装完好"},
        {"seized_name": "收费账本（演示）", "seized_count": 1, "seized_condition": "记至前一日"},
    ],
    "seizure_rights_told": True,
}
"""Goods were about to disappear: they are seized, and the thirty days run."""
CHALLENGED: dict[str, Any] = {
    "conflict_reported": once("party", agency="qinglan-health", at="prepare_visit"),
    "conflict_reason": "当事人称：该执法人员与举报人系亲属，可能影响公正执法，申请其回避。（演示）",
}
"""The party challenges an officer; the head decides, and the investigation is not stopped."""
REPORT: dict[str, Any] = {
    "campaign_name": "虚构·青岚区医疗乱象专项治理行动", "report_kind": "stage", "self_inspection": "no",
    "report_from": days(-90), "report_to": days(-1), "report_due_before": days(14), "parts_due_before": days(7),
    "campaign_departments": ["qinglan-health", "qinglan-amr", "qinglan-hsa", "qinglan-psb"],
    "part_function": lambda page: page.row.agency.function,
    "health_self_checked": 214, "health_commitments": 209, "health_inspected": 96, "health_rectified": 31, "health_filed": 12,
    "health_fines": 20.5, "health_confiscated": 4.2, "health_revoked": 1, "health_leads_passed": 6, "health_to_justice": 1, "health_exposed": 2,
    "hospital_total": 12, "hospital_covered": 12, "nursing_total": 3, "nursing_covered": 3, "others_total": 199, "others_covered": 81,
    "amr_monitored": 1280, "amr_lead_rate": 96.5, "amr_ad_cases": 7, "amr_ad_fines": 6, "amr_false_cases": 1, "amr_false_fines": 1.5,
    "amr_price_cases": 2, "amr_price_fines": 0.8,
    "part_rows": by_function(
        {"HEALTH": [{"row": "A01", "private": 4}, {"row": "C03", "private": 4}, {"row": "C07", "private": 4}, {"row": "C08", "private": 20.5}],
         "AMR": [{"row": "A16", "private": 7}, {"row": "C03", "private": 2}, {"row": "C07", "private": 2}, {"row": "C08", "private": 6}]}, [],
    ),
    "part_statement": "本部门按专项行动方案开展检查，典型问题已立案，整改情况逐家复核。（演示）",
}  # fmt: skip
"""A department after the other sends its part; health and market regulation have, insurance and police have not yet."""
