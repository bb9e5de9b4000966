"""The words for what is known of a figure, in English and Chinese, and how tables show them.

Blank is not zero: each way of having no figure has its own word, letter and sign.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a code means, in both languages."""

    english: str
    chinese: str

    def __str__(self) -> str:
        """Both, for where no language is chosen."""
        return f"{self.english} {self.chinese}"


@dataclass(frozen=True, slots=True)
class Word:
    """A status. `sign` stands in tables, `letter` is Stata's extended missing value for it."""

    english: str
    chinese: str
    sign: str
    letter: str = ""


STATUSES = {
    "reported": Word("reported", "已填报", ""),
    "blank": Word("blank cell", "空白", "[blank]", "b"),
    "implied_zero": Word("blank cell; the form's sums hold if it is zero", "空白（合计吻合）",
                         "[blank≈0]", "z"),
    "not_applicable": Word("printed as not applicable", "不适用", "[n/a]", "n"),
    "unreadable": Word("cannot be read", "无法识别", "[unreadable]", "u"),
    "row_absent": Word("the table has no such row", "表中无此行", "[no row]", "r"),
    "picture": Word("the table is a picture", "表格为图片", "[picture]", "p"),
    "attachment": Word("the table is in an attachment that was not captured", "附件未采集",
                       "[attachment]", "a"),
    "not_stated": Word("the report has no table and does not state it", "文中未述",
                       "[not stated]", "s"),
    "not_in_form": Word("not in this form", "本表式无此指标", "[not in form]", "f"),
    "conflicting": Word("printed twice with different figures", "数值矛盾", "[conflicting]", "c"),
    "part_missing": Word("a part of the sum is not reported", "合计缺项", "[part missing]", "m"),
    "unit_unknown": Word("the unit is not known", "单位不明", "[unit?]", "k"),
    "not_found": Word("no report found (not published, or not collected)", "未发现报告",
                      "[no report]", "x"),
}  # fmt: skip

SCOPES = {
    "own": Words("own figures", "本机关"),
    "with_subordinates": Words("with subordinate bodies", "含下属单位"),
    "jurisdiction": Words("whole jurisdiction", "全辖区"),
    "unknown": Words("scope not known", "统计范围不明"),
}
READ = {
    "read": Words("tables read", "表格已读取"),
    "partial": Words("tables read in part", "表格部分读取"),
    "picture": Words("table is a picture", "表格为图片"),
    "uncaptured_attachment": Words("table in an attachment not captured", "表格在未采集的附件中"),
    "none": Words("no table", "无表格"),
}
METHODS = {
    "table": Words("table", "表格"),
    "prose": Words("sentence", "文字表述"),
    "derived": Words("sum", "合计"),
}
FORMS = {
    "2021": Words("form of 2021", "2021年格式"),
    "2019": Words("form of 2019", "2019年格式"),
    "2014": Words("statistics sheet of 2014", "2014年统计表"),
    "fujian": Words("appendix of Fujian", "福建省附表"),
    "shanghai": Words("annex of Shanghai", "上海市附表"),
    "prose": Words("sentences only", "仅有文字"),
}
SEVERITIES = {
    "error": Words("error", "错误"),
    "warning": Words("warning", "存疑"),
    "note": Words("note", "提示"),
}

# From the nearest to the furthest; a sum of exact parts is as good as exact.
RELATION_WORDS = {
    "exact": Words("same definition", "口径一致"),
    "sum_of": Words("sum of parts", "分项合计"),
    "close": Words("close", "口径相近"),
    "narrower": Words("narrower", "口径较窄"),
    "broader": Words("broader", "口径较宽"),
}
RELATIONS = tuple(RELATION_WORDS)

APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
    "total": "总计",
}

PERIODS = {"year": "本年度", "cumulative": "历年累计"}

# Declared tables of the forms -> heading.
TABLES = {
    "articles": "主动公开 Proactive disclosure",
    "requests": "依申请公开 Requests",
    "review": "行政复议、行政诉讼 Review and litigation",
    "statistics": "统计表 Statistics",
    "appendix": "附表 Appendix",
}

# The first part of an indicator code -> heading.
GROUPS = {
    "proactive": "主动公开 Proactive disclosure",
    "requests": "依申请公开 Requests",
    "review": "行政复议 Administrative review",
    "litigation": "行政诉讼 Litigation",
    "appeals": "申诉 Appeals",
    "appeals_complaints": "申诉举报 Appeals and complaints",
    "complaints": "举报投诉 Complaints",
    "response": "回应解读 Responses",
    "website": "网站 Website",
    "newmedia": "新媒体 New media",
    "fees": "收费 Fees",
    "institution": "机构人员 Institution",
    "training": "培训 Training",
    "deposit": "查阅场所 Deposits",
    "reading_points": "查阅点 Reading points",
    "proposals": "建议提案 Proposals",
    "inquiries": "咨询 Inquiries",
}


def status_of(status: str, implied_zero: object) -> str:
    """The status of an observation, a blank that counts as zero set apart."""
    return "implied_zero" if status == "blank" and implied_zero else status


def sign(status: str) -> str:
    """What stands in a table in place of a figure."""
    return STATUSES[status].sign if status in STATUSES else f"[{status}]"
