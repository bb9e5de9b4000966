"""Tells an annual report by its text, where no title says what it is.

A report announces itself (现公布…年度报告, 本报告由…编制), or its numbered headings are those that
the regulations ask for. Notices, rules, guides, news and studies speak of reports too: each gives
itself away in its opening.
"""

import re
import unicodedata
from dataclasses import dataclass

from parsers.dates import find_period, years_in
from parsers.script import simplified

# Characters in which a text says what it is, and in which its headings are looked for.
OPENING = 1_200
REACH = 20_000
# Kinds of sections, of those that the regulations ask for, that tell a report.
LEAST_KINDS = 3
_BLANKS = re.compile(r"[^\S\n]+")
_BODY_OF_ANOTHER_KIND = "of a body of another kind"
OF_OTHER_BODIES = f"the text is {_BODY_OF_ANOTHER_KIND}"
_OTHER_KINDS = (
    (
        "a notice",
        r"^(?:各|局属|机关各|[省市县区]直)[^。\n]{1,80}:$|通知如下|请[^。]{0,6}贯彻|印发给你们",
    ),
    (
        "rules",
        r"^第[一二三四五六七八九十百]{1,4}条(?!第|\()|制定本[^。，\n]{0,4}(?:制度|办法|规定|规范|细则|方案)",
    ),
    ("a guide", r"本(?:指南|目录)|要点如下"),
    ("of another subject", r"法治政府建设[^。\n]{0,10}报告|部门[预决]算|年报公示"),
    ("a study", r"摘要[:】]|关键词|本文"),
    ("a model", r"\((?!共|合?计)[^()\n]{0,4}[\d一二三四五六七八九十]{1,3}篇\)|20[xX×*]{2}年|范文"),
    ("news", r"记者|本报讯|获悉|(?:评估|检查|考核|抽查)情况如下"),
    (
        _BODY_OF_ANOTHER_KIND,
        r"高等学[校院]信息公开|各高校|[我本](?:校|院|公司|集团)|\A[^。\n]{0,60}(?:公司|集团|医院|大学|[中小]学|学校)",
    ),
)
_OTHERS = tuple((name, re.compile(pattern, re.MULTILINE)) for name, pattern in _OTHER_KINDS)
_NAMED = r"(?:报告|年报|总结)"
_NO_REPORT = re.compile(r"格式|制度|通知|办法|考核|做好|要求|指南|目录|名目|上半年|半年度|季度")
_ANNOUNCED = re.compile(
    rf"(?:现|特|兹)(?:将|就|向|对|此|公布|公开|发布|编制|报告|予)[^。\n]{{0,60}}(?:信息公开[^。\n]{{0,20}}|政务公开[^。\n]{{0,4}}年度[^。\n]{{0,8}}){_NAMED}"
)
_COMPILED = re.compile(rf"(?<!报告)(?<!年报)编制(?:而成|的|了|出)?[^。\n]{{0,30}}{_NAMED}")
# A notice by which a body publishes the report that it carries.
_CARRIED = re.compile(
    rf"编制(?:完成)?了?《[^》\n]{{0,60}}信息公开[^》\n]{{0,30}}{_NAMED}》,?现(?:予|将)[^。\n]{{0,20}}(?:公布|发布|公开)"
)
_ITSELF = re.compile(
    rf"(?:本(?:年度|工作)*|20[0-4]\d年度?(?:[^。\n]{{0,20}}信息公开[^。\n]{{0,10}})?)"
    rf"{_NAMED}(?:\([^()\n]{{1,12}}\))?(?:是|所涉|系|由|根据|依据|按照|中|的|所列|全文|主要|共)"
)
# What stands before the words of one who asks others for their reports.
_ASKED_FOR = re.compile(r"(?:要(?!求)|应|须)[^。，,;:\n]{0,10}$")
_HEADING = re.compile(
    r"(?:^|(?<=[。;:\n]))(?:\(?[一二三四五六七八九十]{1,2}[、.)]|\d{1,2}[、.]|第[一二三四五六七八九十]部分)([^。:\n]{2,40})",
    re.MULTILINE,
)
_SECTIONS = tuple(
    re.compile(words)
    for words in (
        "概述|概况|总体|基本",
        "主动公开",
        "申请",
        "收费|费用|减免",
        "复议|诉讼",
        "问题|不足|改进",
    )
)
_PROACTIVE = 1
# Headings of those who study such work instead of reporting on their own.
_STUDIED = re.compile(r"思考|启示|困境|路径|意义|实证")
# The table that every report since 2019 has, filled in.
_FILLED_FORM = re.compile(
    r"第二十条第?\(?[一1]\)?项.{0,80}?本年(?:新制作数量|制发件数).{0,120}?规章.{0,90}?\d", re.DOTALL
)
# 2009年8月: a date, of a law or a meeting; 2021年度报告: the name of another document.
_OF_OTHERS = re.compile(
    r"20[0-4]\d年(?:\d{1,2}月|度?(?:(?:政府|政务)?信息公开(?:工作)?)?(?:报告|年报))"
)
# So far from its name for itself may a text say what it is about.
_NEARBY = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a text is that of a report, why, and the year it speaks of."""

    is_report: bool
    reason: str
    year: int | None


def judge_text(text: str) -> Opening:
    """Judges a text by its opening and its numbered headings."""
    plain = _plain(text[:REACH])
    head = plain[:OPENING]
    other = next((name for name, pattern in _OTHERS if pattern.search(head)), "")
    carried = _CARRIED.search(head)
    announced = carried[0] if carried else _announcement(head)
    year = _year(head, announced)
    if other and not carried:
        return Opening(False, f"the text is {other}", year)
    if announced:
        return Opening(True, "the opening names the report", year)
    if _has_outline(plain, dated=year is not None):
        return Opening(True, "the headings are those of a report", year)
    if _FILLED_FORM.search(plain):
        return Opening(True, "the text holds the form of a report", year)
    return Opening(False, "no title, and the text names no report", year)


def announced_year(text: str) -> int | None:
    """The year of the report that a text's opening announces (现公布某局2016年度…报告)."""
    return next(reversed(years_in(_announcement(_plain(text[:OPENING])))), None)


def _plain(text: str) -> str:
    return _BLANKS.sub("", simplified(unicodedata.normalize("NFKC", text)))


def _announcement(head: str) -> str:
    """The words in which a text calls itself such a report; empty where it does not."""
    for pattern in (_ANNOUNCED, _COMPILED, _ITSELF):
        for match in pattern.finditer(head):
            if "信息公开" in head[: match.end() + _NEARBY] and not _is_asked_for(match):
                return match[0]
    return ""


def _is_asked_for(match: re.Match[str]) -> bool:
    """Whether the words speak of reports that are to be made, or of rules for them."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    return bool(_NO_REPORT.search(match[0]) or _ASKED_FOR.search(before))


def _year(head: str, announced: str) -> int | None:
    """The year of the announcement, else of the period, else the first that is no date's."""
    if years := years_in(announced):
        return years[-1]
    period = find_period(head)
    if period is not None:
        return period.year
    return next(iter(years_in(_OF_OTHERS.sub("", head))), None)


def _has_outline(plain: str, *, dated: bool) -> bool:
    """Whether the headings are a report's; without a year only those that tell how things went."""
    headings = [text for text in _HEADING.findall(plain) if dated or "情况" in text]
    if any(_STUDIED.search(text) for text in headings):
        return False
    kinds = [any(kind.search(heading) for heading in headings) for kind in _SECTIONS]
    return kinds[_PROACTIVE] and sum(kinds) >= LEAST_KINDS
