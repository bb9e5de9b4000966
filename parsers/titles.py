"""Tells annual reports on open government information from everything else by their titles.

The rule: the phrase that names the report must close the title (but for a bracket or a file's
ending), what stands before it must be a body and a year, and nothing may say that the document is
*about* such reports (a notice, news, a guide) or of a body that the regulation does not cover.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

import opencc

from parsers.dates import bare_years_in, first_date, numeral_year, years_in

# Longer texts are no titles; the bound keeps matching cheap.
MAX_TITLE = 300
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_TRADITIONAL = re.compile(r"[開報務編製國辦廳關於發佈總結讀觀錄縣區鄉鎮蘇計劃環質門決規學衛業]")
_SUBJECT = (
    r"(?:政府|政务|政府政务|党务政务|党务政府)?信息(?:主动)?公开(?:工作)?(?:[和与及暨、]政务公开)?"
)
_OPEN_AFFAIRS = r"(?:党务)?政务公开"
_YEAR_WORD = (
    r"(?:(?:20[0-4]\d|[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九])年?度?|年度)"
)
_MIDDLE = rf"(?:制度)?(?:执行|实施)?(?:工作)?(?:情况)?的?{_YEAR_WORD}?(?:工作)?(?:情况)?的?"
_PHRASE = re.compile(rf"{_SUBJECT}{_MIDDLE}(?:年度)?(?:总结)?(?:报告|年报)(?:书)?")
_YEARLY = re.compile(rf"{_OPEN_AFFAIRS}(?:工作)?(?:情况)?的?(?:年度(?:工作)?(?:情况)?报告|年报)")
# The first reports tell how the regulations of 2008 were carried out.
_REGULATIONS = re.compile(
    rf"(?:贯彻|落实|执行|实施|施行|的|[、《])*(?:中华人民共和国)?政府信息公开条例》?{_MIDDLE}(?:年度)?(?:报告|年报)"
)
# A yearly summary is a report; one without 年度 is mostly a text for inside, or a model.
_SUMMARY = re.compile(rf"政府信息公开(?:工作)?{_YEAR_WORD}(?:工作)?总结")
_NAMES = (_PHRASE, _YEARLY, _SUMMARY, _REGULATIONS)
_TAIL = re.compile(
    r"^(?:的(?:报告|公告|公示)|20[0-4]\d(?:年度?|[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d\d:\d\d(?::\d\d)?)?)?|正文|全文|全本|文本|公布|公示|定稿|终稿|[（(【\[][^）)】\]]{0,20}[）)】\]]"
    r"|\.(?:docx?|pdf|wps|ofd|html?|txt|xlsx?)|[。.．!、,，:：;；》”\"'·-]|\d{1,2}(?!\d))*$",
    re.IGNORECASE,
)
# Words that make a document one about reports, or of another kind, wherever they stand.
_ABOUT = re.compile(
    r"通知|通报|部署|自查|培训会|推进会|动员会|座谈会|工作会|观察|读懂|速览|看点|综述|评估|测评|评议|考核"
    r"|排名|点评|指南|目录|规程|规范|格式|模板|范本|样本|样式|范文|统计制度|要点|方案|决算|预算|绩效|法治政府|依法行政"
    r"|网站工作年度报表|网站监管|环境质量|状况公报|催报|督办|督查|编制|撰写|填报|报送|征集|汇编|合集|论文|研究|实证|述评"
    r"|季度|半年|专题报告|申请表|流程图|反馈意见|意见建议|审计报告|财政信息公开|环境信息公开|厂务公开|村务公开|校务公开|院务公开|党务公开年"
    r"|企业信息|企业环境|上市公司|法人年度报告|学年|成绩单|年检|ニュース"
    r"|20[0-4]\d年?度?[-~—–至到]+20[0-4]\d"
    r"|(?<!\d)(?:1[0-2]|[1-9])月?份?[-~—–至到]+(?:[2-9]|1[01])月(?!\d)"
)
# The figures of a report told in another medium; such a word may also stand in a part of its own.
_RETOLD = re.compile(
    r"解读|一图|图解|图说|图读|长图|数说|数读|数看|[Hh]5|漫画|动画|视频|音频|海报(?![告业送社])"
)
# A notice by which a body publishes the report that it carries.
_CARRIED = re.compile(r"(?<=报告|年报|告》|报》)的(?:通知|公告|函)$")
_NEWS = re.compile(
    r"(?:发布|公布|公开|晒出|亮出|出台|召开|完成|做好|开展|启动|推进|加强|组织|听取|审议|启用|上线|了解|查看|关注|如何|怎么|什么|更正|勘误)"
)
# Bodies whose names hold such words.
_IN_NAMES = re.compile(
    r"机构编制|编制委|编制办|编办|督查(?:室|局|办|委)|研究(?:室|院|中心|所)|评估中心|考核(?:办|委|局)"
    r"|绩效(?:办|管理办|管理局)|组织部|组织人事|推进(?:办|中心|委|局|组)|征集办|评议办"
)
_DOC_NUMBER = re.compile(r"[一-鿿]{1,10}[〔\[【(（［]20\d\d[〕\]】)）］]第?\d{1,4}号")
_OTHER_BODIES = re.compile(
    r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|卫生服务中心|公司|集团|厂|银行|支行|供电局|自来水|燃气|电网"
    r"|法院|检察院|公共企事业单位|企事业单位|事业单位|高校|高等学校|职院|商会|基金会)$"
)
_STILL_COVERED = re.compile(r"(?:行政学院|党校.*学院|社会主义学院|人民银行.*支行|人民银行)$")
_BODY = re.compile(
    r"^(.*(?:局|厅|委|办|府|街道|街|镇|乡|苏木|部|院|中心|所|处|署|队|会|站|台|馆|区|县|市|省|州|盟|旗|司|院|关|社|团|科|园|场|组|室|庭|农场|行|联|协|监狱|段|城"
    r"|第[一二三四五六七八九十\d]{1,3}师))"
)
# Bodies of a kind, and no body: what the name of a column says.
_MANY_BODIES = re.compile(
    r"各|^(?:[省市区县州]|本级|政府|人民政府|直属?)*(?:部门|单位|机构|乡镇|镇街|街道|区县|县区|县市区|市县|[、和及])+$"
)
_YEAR_IN_TITLE = re.compile(
    r"(?:20[0-4]\d|[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九])年?度?"
)
_PARTS = re.compile(r"[_|｜丨]|\s[-–—]{1,2}\s")
_BRACKET = re.compile(r"[（(]([^（）()]{2,30})[)）]")
# What a bracket behind the phrase says to hold beside the report.
_CONTAINED = re.compile(r"[（(](?:内?含|附)[^（）()]{1,18}[)）]")
# A body behind the phrase, after a dash or the year in brackets.
_BEHIND = re.compile(r"(?:[（(][^（）()]{2,30}[)）]|[-—:：]+)+(?P<body>[^（）()_-]{3,30})$")
_TOLD_ABOUT = re.compile(r"关于(?:公布|发布|公开|印发)")
_URL_YEAR = re.compile(
    r"(?:fbtime|year|nd|title|nf)=(20[0-4]\d)(?!\d)|/(20[0-4]\d)n?(?:nd|nb|ndbg|xxgk|zfxxgk)"
    r"|gk[a-z]{0,3}nd?b[a-z]*/(20[0-4]\d)n?/",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"/(20[0-4]\d)[-/]?(0[1-9]|1[0-2]|[1-9](?=/))")
_URL_REPORT = re.compile(
    r"(?:/|xx)gk[a-z]{0,3}n(?:d|ian)?b|annualreport|/ndbg(?=[/_])", re.IGNORECASE
)
_PREFIX = re.compile(
    r"^(?:关于|(?:通知|公示|公告){2}|[^-—:]{0,20}(?:网站?|年报|年度报告|专栏)[-—:]+|附件\d*[:：]?|\d{1,2}[.、]|[【\[（(][^】\]）)]{0,12}[】\]）)]|[\W\da-zA-Z.]+)+"
)
_OPENING = re.compile(
    rf"(?:现将|特向社会公布|特公布|公布|编制|发布|形成|制定|如下)[^。]{{0,60}}{_SUBJECT}[^。]{{0,14}}(?:报告|年报)"
    rf"|{_SUBJECT}[^。]{{0,10}}(?:年度报告|年报|工作报告)[^。]{{0,40}}(?:如下|公布|编制|组成|包括)"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a document is an annual report, why, of which year and of whom as printed."""

    is_report: bool
    reason: str
    year: int | None
    agency: str


@cache
def _to_simplified() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


def matching_title(title: str) -> str:
    """The title as a key: no white space, one width, simplified characters."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", title))
    return str(_to_simplified().convert(text)) if _TRADITIONAL.search(text) else text


def _phrase(key: str) -> re.Match[str] | None:
    """The first phrase naming such a report after which only a permitted tail follows."""
    found = [match for named in _NAMES for match in named.finditer(key)]
    closing = [match for match in found if _closes(key[match.end() :])]
    return min(closing, key=lambda match: match.end(), default=None)


def _closes(tail: str) -> bool:
    """Whether what follows leaves the phrase the title: a permitted tail, the body, the column."""
    behind = _BEHIND.match(tail)
    if behind and (_BODY.fullmatch(behind["body"]) or _PHRASE.fullmatch(behind["body"])):
        return True
    return bool(_TAIL.match(tail))


def cut_agency(before: str) -> str:
    """The body named before the phrase: year, joints and foreign matter cut away.

    Empty for bodies of a kind (各部门), as columns have them in their names. Where one body
    publishes the report of another (A关于公布B...), it is the other's.
    """
    parts = [_YEAR_IN_TITLE.sub("", part) for part in _TOLD_ABOUT.split(before)]
    text = next((part for part in reversed(parts) if _BODY.match(part)), "".join(parts))
    text = _PREFIX.sub("", text)
    text = re.sub(
        r"(?:关于(?:公布|发布|公开|印发)?|年度|年|的|工作|[《“\"「:：，,、\-—·|])+$", "", text
    )
    text = re.sub(r"^(?:年度|年|度|的)+", "", text)
    if _MANY_BODIES.search(text):
        return ""
    body = _BODY.match(text)
    name = body[1] if body else text
    # A name cut inside a bracket is the one before it.
    return name if name.count("(") == name.count(")") else name.partition("(")[0]


def _title_year(key: str) -> int | None:
    """The year nearest before the phrase, else the first one printed."""
    phrase = _phrase(key)
    if phrase is not None and (near := years_in(key[: phrase.end()])):
        return near[-1]
    printed = [*years_in(key), *bare_years_in(key)]
    if printed:
        return printed[0]
    match = re.search(r"[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九]", key)
    return numeral_year(match[0]) if match else None


def _year_beside(url: str, column: str, date: str, text: str) -> int | None:
    """The year from what surrounds a title without one; a date means the year before it."""
    for source in (text[:400], column):
        years = years_in(source)
        if years:
            return years[0]
    match = _URL_YEAR.search(url)
    if match:
        return int(match[1] or match[2] or match[3])
    stated = first_date(date) or date
    if re.match(r"20[0-4]\d", stated):
        return int(stated[:4]) - 1
    match = _URL_DATE.search(url)
    return int(match[1]) - 1 if match else None


def _refusal(key: str, phrase: re.Match[str] | None, front: str) -> str:
    """Why a title names no report, `front` being what stands before it; empty where it does."""
    bare = _IN_NAMES.sub("", _CONTAINED.sub("", key))
    about = _ABOUT.search(bare) or _RETOLD.search(front + bare)
    if about:
        return f"about reports or of another kind: {about[0]}"
    if phrase is None:
        return "no phrase naming an annual report closes the title"
    before = key[: phrase.start()]
    stem = _TOLD_ABOUT.sub("", before)
    news = _NEWS.search(re.sub(r"(?:信息|政务|主动)公开", "", _IN_NAMES.sub("", stem)))
    if news:
        return f"news or a task: {news[0]}"
    body = re.sub(r"(?:关于|的|年度|\([^()]*\))+$", "", _YEAR_IN_TITLE.sub("", before))
    other = _OTHER_BODIES.search(body)
    if other and not _STILL_COVERED.search(body):
        return f"a body of another kind: {other[0]}"
    if phrase[0].startswith("信息") and body and not _BODY.fullmatch(body):
        return "of one subject, not of a body's whole work"
    if "年" not in phrase[0] and _title_year(key) is None:
        return "neither a year nor 年度 is named"
    return ""


def _main_part(title: str) -> str:
    """The part of a page's title that names the document: `title_column_site`."""
    keys = (
        _named_itself(_DOC_NUMBER.sub("", matching_title(part))) for part in _PARTS.split(title)
    )
    parts = [key for key in keys if key]
    named = [key for key in parts if _phrase(key)]
    return max(named, key=_telling, default="".join(parts))


def _named_itself(key: str) -> str:
    """The key of the report where the title is that of the notice by which a body publishes it."""
    return _CARRIED.sub("", key) if _TOLD_ABOUT.search(key) else key


def _telling(key: str) -> bool:
    """Whether a part says whose report it is, or of which year, as a column's name does not."""
    phrase = _phrase(key)
    return phrase is not None and bool(_title_year(key) or cut_agency(key[: phrase.start()]))


def _named_behind(key: str, phrase: re.Match[str]) -> str:
    """The body that stands behind the phrase, in brackets or after them or after a dash."""
    tail = key[phrase.end() :]
    if (behind := _BEHIND.match(tail)) and _BODY.fullmatch(behind["body"]):
        return behind["body"]
    match = _BRACKET.match(tail)
    body = _BODY.match(match[1]) if match else None
    return body[1] if body else ""


def _only_the_kind(key: str, phrase: re.Match[str] | None, date: str, text: str) -> bool:
    """Whether a title names neither body nor year, as that of a column does, and nothing helps."""
    if phrase is None or _title_year(key) is not None or cut_agency(key[: phrase.start()]):
        return False
    return not date and not _OPENING.search(matching_title(text[:1200]))


def _without_title(url: str, column: str, text: str) -> tuple[bool, str]:
    if text:
        opening = _OPENING.search(matching_title(text[:1200]))
        return (
            (True, "the opening names the report")
            if opening
            else (False, "no title, and the text names no report")
        )
    if _URL_REPORT.search(unquote(url)):
        return True, "no title; the address is one of annual reports"
    key = matching_title(column)
    if _phrase(key) and not _ABOUT.search(key):
        return True, "no title; the column is one of annual reports"
    return False, "no title"


def judge(
    title: str, *, url: str = "", column: str = "", date: str = "", text: str = ""
) -> Judgement:
    """Judges a listing row or page: is it an annual report, of whom, of which year?

    Args:
        title: the title as printed; may be empty.
        url: its address; speaks only where title and text are silent.
        column: the column it is listed in.
        date: the date beside it, ISO or as printed.
        text: the beginning of the text, where known.

    Returns:
        The judgement; `agency` is as printed, simplified, without year or joints.
    """
    key = _main_part(title[:MAX_TITLE])
    year = _title_year(key) or _year_beside(url, column, date, text)
    if not key:
        is_report, reason = _without_title(url, column, text)
        return Judgement(is_report, reason, year, "")
    phrase = _phrase(key)
    refusal = _refusal(key, phrase, matching_title(title[:MAX_TITLE]).partition(key)[0])
    if not refusal and _only_the_kind(key, phrase, date, text):
        refusal = "the title names a column"
    agency = cut_agency(key[: phrase.start()] if phrase else key)
    if not agency and phrase:
        agency = _named_behind(key, phrase)
    return Judgement(not refusal, refusal or "the title names a report", year, agency)
