"""What the pages say, in Chinese and English."""

from collections.abc import Mapping
from typing import Any

from query.words import Word, Words

LANGUAGES = ("zh", "en")

_TEXTS = {
    "lang": LANGUAGES,
    "skip": ("跳到正文", "Skip to the content"),
    "about": (
        "检索历年政府信息公开工作年度报告，并从任一数据回到存档网页中的原单元格。",
        "Search the yearly reports of public bodies, and follow any figure back to the very cell of"
        " the archived page.",
    ),
    "newest": ("最新年度的报告", "Reports of the newest years"),
    "empty": ("尚无报告。", "There are no reports yet."),
    "words": ("词语", "Words"),
    "form": ("表式", "Form"),
    "choose": ("筛选", "Choose"),
    "figure": ("数值", "Figure"),
    "sentence": ("原句", "Sentence"),
    "label": ("指标", "Indicator"),
    "stated": ("公布日期", "Date stated"),
    "raw": ("原文", "As printed"),
    "evidence": ("行列标题或原句", "Labels or sentence"),
    "corrections": ("人工更正", "Corrections by hand"),
    "permanent": ("永久地址", "Permanent address"),
    "click_hint": (
        "点击任一数据，在存档网页中查看原单元格。",
        "Choose a figure to see its cell in the archived page.",
    ),
    "no_figures": ("未读到数据", "No figure was read"),
    "no_text_file": (
        "此处只有数据，未附全文文件。",
        "The file of texts is not beside the figures here.",
    ),
    "as_table": ("以表格查看", "As a table"),
    "chart": ("图表", "Chart"),
    "line": ("沿革", "line"),
    "lineage": ("机构沿革", "Lineage"),
    "several": ("多项职能", "several functions"),
    "handover": ("报告机关变更", "another body reports"),
    "across": ("各表式中的对应指标", "In the forms"),
    "relation": ("对应关系", "Relation"),
    "clause": ("算式", "Clause"),
    "severity": ("程度", "Severity"),
    "reported": ("已填报", "reported"),
    "zero": ("零", "zero"),
    "blank": ("空白", "blank cell"),
    "gap": ("未发现报告", "no report found"),
    "unreadable": ("有报告而无此数", "a report, but no figure"),
    "cut": (
        "仅显示部分机关，请筛选或下载。",
        "Not all bodies are shown: choose some, or download.",
    ),
    "coverage_note": (
        "只说证据所及：网页迁移会改变日期，未发现不等于未公布。",
        "No more than the evidence bears: pages move and change their dates, and what was not found"
        " may yet have been published.",
    ),
    "compliance": ("公布时限", "Deadlines"),
    "compliance_note": (
        "将所示日期、落款日期和首次采集日期与法定期限对照。网页迁移会改变日期，晚于期限不等于逾期公布。",
        "Dates stated, signed and first seen, beside the legal deadline. Pages that move are often"
        " re-dated: a date after the deadline does not prove that a report came late.",
    ),
    "verdict": ("对照结果", "What is known"),
    "deadline": ("法定期限", "Deadline"),
    "signed": ("落款日期", "Signed"),
    "first_seen": ("首次采集", "First seen"),
    "detail": ("说明", "Detail"),
    "by_year": ("各年度报告数", "Reports by year"),
    "style.gbt7714": ("GB/T 7714 参考文献", "GB/T 7714"),
    "style.bibtex": ("BibTeX", "BibTeX"),
    "style.csl": ("CSL-JSON", "CSL-JSON"),
    "export.compliance": ("公布时限", "Deadlines"),
    "about.compliance": (
        "机关 × 年度：日期与法定期限对照",
        "Agency by year: dates beside the deadline",
    ),
    "quality_note": (
        "机关公布的差错照原样列出，不作修改。",
        "What publishers got wrong is shown as it stands, never repaired.",
    ),
    "export.observations": ("数据", "Figures"),
    "export.reports": ("报告", "Reports"),
    "export.sections": ("章节", "Sections"),
    "export.texts": ("全文", "Texts"),
    "export.captures": ("采集记录", "Captures"),
    "export.checks": ("勾稽关系", "Checks"),
    "export.problems": ("未能读取", "Problems"),
    "export.events": ("变更", "Events"),
    "export.agencies": ("机关", "Agencies"),
    "export.panel": ("面板数据", "Panel"),
    "export.coverage": ("覆盖情况", "Coverage"),
    "export.indicators": ("指标词典", "Dictionary of indicators"),
    "about.observations": ("逐项数据及无数据的单元格", ""),
    "about.reports": ("每份报告的机关、年度和日期", ""),
    "about.sections": ("各章节正文", ""),
    "about.captures": ("WARC 文件中的每次采集", ""),
    "about.checks": ("表内勾稽关系及其结果", ""),
    "about.problems": ("未能读取的内容及位置", ""),
    "about.events": ("两次采集之间的变化", ""),
    "about.agencies": ("发布报告的机关", ""),
    "about.panel": (
        "机关 × 年度，各表式按对照表归并",
        "Agency by year, across forms by the concordance",
    ),
    "about.coverage": ("机关 × 年度：已发现、缺失等", "Agency by year: found, missing ..."),
    "about.indicators": ("指标代码、名称、单位和表式", "Code, label, unit and forms"),
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
    "licence_kept": (
        "CSV 与 JSON 文件中不含本说明，转交文件时请一并附上。",
        "Files in CSV and JSON do not carry this line: pass it on with them.",
    ),
    "blank_rule": ("空白不等于零。", "Blank is not zero."),
    "other_language": ("English", "中文"),
}


def spoken(language: str) -> dict[str, Any]:
    """What templates need to speak a language: `t` for our texts, `said` and `told` for words.

    `said` takes words, `told` a table of words and a code, joined by + where there are several;
    a code that has no words stands for itself.
    """

    def said(words: Words | Word) -> str:
        return words.chinese if language == "zh" else words.english

    def told(table: Mapping[str, Words], code: str) -> str:
        return " + ".join(said(table[one]) if one in table else one for one in code.split("+"))

    return {"lang": language, "t": lambda key: text(key, language), "said": said, "told": told}


def text(key: str, language: str) -> str:
    """The text in a language; the key itself where there is none."""
    return _TEXTS.get(key, (key, key))[LANGUAGES.index(language)]
