"""What the pages say, in Chinese and English."""

LANGUAGES = ("zh", "en")

_TEXTS = {
    "site": ("政府信息公开年度报告", "Annual reports on open government information"),
    "search": ("检索", "Search"),
    "search_hint": ('词语、"短语"、OR、NOT', 'words, "phrases", OR, NOT'),
    "agency": ("机关", "Agency"),
    "region": ("地区", "Region"),
    "year": ("年度", "Year"),
    "section": ("章节", "Section"),
    "relevance": ("按相关度", "By relevance"),
    "agencies": ("机关", "Agencies"),
    "indicators": ("指标", "Indicators"),
    "indicator": ("指标", "Indicator"),
    "coverage": ("覆盖情况", "Coverage"),
    "quality": ("数据质量", "Data quality"),
    "tables": ("数据表（SQL）", "Tables (SQL)"),
    "downloads": ("下载", "Downloads"),
    "reports": ("报告", "Reports"),
    "figures": ("数据", "Figures"),
    "failed_checks": ("勾稽不符", "Failed checks"),
    "problems": ("未能读取", "Not read"),
    "captures": ("采集记录", "Captures"),
    "found": ("条结果", "found"),
    "next": ("下一页", "Next"),
    "nothing": ("没有结果", "Nothing found"),
    "source": ("来源网页", "Source page"),
    "snapshot": ("存档快照", "Archived snapshot"),
    "captured": ("采集时间", "Captured"),
    "citation": ("引用", "Citation"),
    "versions": ("版本", "Versions"),
    "text": ("正文", "Text"),
    "checks": ("勾稽关系", "Checks"),
    "series": ("历年数据", "Over the years"),
    "value": ("数值", "Value"),
    "status": ("状态", "Status"),
    "unit": ("单位", "Unit"),
    "forms": ("表式", "Forms"),
    "meaning": ("说明", "Meaning"),
    "rule": ("读取规则", "Rule"),
    "place": ("位置", "Place"),
    "jumps": ("年际变化最大", "Largest changes between years"),
    "unread": ("表格未读取的报告", "Reports whose tables were not read"),
    "break": ("指标口径变化", "definition changes"),
    "licence": (
        "数据取自各机关公布的年度报告，均注明来源网页与存档记录；转载原文前请查看来源网站的条款。",
        "Figures are read from reports published by the bodies named; each names its source page"
        " and archived record. Check the source's terms before you republish its texts.",
    ),
    "blank_rule": ("空白不等于零。", "Blank is not zero."),
    "other_language": ("English", "中文"),
}


def text(key: str, language: str) -> str:
    """The text in a language; the key itself where there is none."""
    return _TEXTS.get(key, (key, key))[LANGUAGES.index(language)]
