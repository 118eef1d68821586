"""One subject, many ways to write its name: the keys by which a name is found again."""

from __future__ import annotations

import re
import unicodedata

TRADITIONAL = "雲醫療門診診醫學藥華國廣東陳劉張楊趙黃吳鄭馮蔣韓馬羅謝許鄧葉蘇盧齊賴龍譚鄒陸賀顧錢嚴萬義寧興聯豐樂愛師員務業產衛監處縣區鄉鎮灣島連鎖齒頜膚髮養護復檢驗體質檔網絡絡館廳麗顏紅藍綠銀鐘鈴雙龜鳳鶴億貝寶貿優傳億會個為無開關長發電車東風飛魚"
SIMPLIFIED = "云医疗门诊诊医学药华国广东陈刘张杨赵黄吴郑冯蒋韩马罗谢许邓叶苏卢齐赖龙谭邹陆贺顾钱严万义宁兴联丰乐爱师员务业产卫监处县区乡镇湾岛连锁齿颌肤发养护复检验体质档网络络馆厅丽颜红蓝绿银钟铃双龟凤鹤亿贝宝贸优传亿会个为无开关长发电车东风飞鱼"
TO_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
"""The characters that names of institutions and people use most; not a converter."""
BRACKETED = re.compile(r"[(\[{【〔〈《「『][^)\]}】〕〉》」』]*[)\]}】〕〉》」』]")
BLANK = re.compile(r"[\W_]+")
"""Whatever is neither a letter, a character nor a digit: blanks, brackets, points, quotation marks."""
LEGAL_FORMS = (
    "股份有限公司", "有限责任公司", "有限合伙企业", "有限公司", "分公司", "总公司", "集团公司", "公司", "集团", "分院", "分店", "总店", "总院", "连锁店",
    "个体工商户", "经营部", "工作室", "服务部", "管理中心", "服务中心", "中心", "会所", "门诊部", "门诊", "诊所", "诊疗所", "医务室", "卫生室", "医院",
    "咨询", "管理", "服务", "机构", "店",
)  # fmt: skip
"""What a name ends with beside what names it: legal forms and kinds of institution, longest first within a family."""
ORDINAL = re.compile(r"(第?[一二三四五六七八九十0-9]+)$")
SHORTEST_CORE = 2
"""Characters that must be left, or every clinic of a town would be a variant of every other."""


def key(name: str) -> str:
    """The name without what writing differs in: width, capitals, blanks, brackets, traditional characters. '' for nothing."""
    return BLANK.sub("", unicodedata.normalize("NFKC", name).casefold().translate(TO_SIMPLIFIED))


def core(name: str) -> str:
    """What names the subject: the key without what stands in brackets and without legal forms and kinds at the end.

    云朵医疗美容（青岚）有限公司, 云朵医疗美容门诊部 and 雲朵醫療美容第二分公司 have one core. Never shorter than two characters.
    """
    plain = key(BRACKETED.sub("", unicodedata.normalize("NFKC", name))) or key(name)
    while True:
        shorter = _without_ending(plain)
        if shorter == plain or len(shorter) < SHORTEST_CORE:
            return plain
        plain = shorter


def _without_ending(plain: str) -> str:
    for form in LEGAL_FORMS:
        if plain.endswith(form):
            return ORDINAL.sub("", plain.removesuffix(form))
    return plain
