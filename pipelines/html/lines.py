"""What a line of a page is by its words alone: text of a report, its title, a fact, a date."""

import re
from collections.abc import Collection

from pipelines.html.furniture import is_around, is_plain_fact
from pipelines.html.metadata import is_report_title

SHORTEST_SENTENCE = 8
LONGEST_FACT = 80
LONGEST_HEADING = 30
SHORTEST_LABEL = 3
# Lines longer than this, or with the marks of clauses, may be sentences that lack their full stop.
LONGEST_TAG = 24

_SECTION = re.compile(r"\s*[(（]?[一二三四五六七八九十]{1,3}\s*[)）、.．]")
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(\s*[星期周][期一二三四五六日天]{1,2})?")
_DATE = re.compile(r"[\[(（【]?\s*(\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}日?\s*[\])）】]?")
_WRITTEN = re.compile(r"[(（]?[\d〇○零一二三四五六七八九十]{4}\s*年.{1,3}月.{1,3}日[)）]?")
_SIGNED = re.compile(r"[年月].{1,3}日[)）]?\s*\Z")
# The date of a form's label is one of the report; that of any other label tells of the page.
_DATED_LABEL = re.compile(
    r"(?P<label>[^\s:：]{0,10})\s*[:：]\s*\d{4}\s*年.{1,3}月.{1,3}日[)）]?\s*\Z"
)
_OWN_DATE = re.compile(r"填报|填表|制表|上报|报告|编制|报送|签发|成文|统计|期限|落款|^$")
_LABELLED = re.compile(r"[(（]?[^\s:：。，、()（）]{2,8}\s*[:：][^。；]{0,60}")
_ADDRESSED = re.compile(
    r".{0,20}(政府|办公[厅室]|公开办|(?<!编)[局委厅]|同志们?)\s*[:：]|各.{1,20}[:：]"
)
_ATTACHED = re.compile(r"\s*[(（]?(附件|附表|附[:：]|注[:：]|备注|说明[:：]|此件)")
_FILE = re.compile(r".{1,80}\.(docx?|xlsx?|pdf|wps|et|ofd|rar|zip)\s*[)）]?\s*\Z", re.IGNORECASE)
_DENIED = re.compile(
    r"(没有|没|未|无|不).{0,16}(申请|复议|诉讼|收费|收取|费用|投诉|举报|事项|情况)"
)
_CLAUSES = re.compile(r"[，；。、]|[:：]\s*\Z")
_STAMP = re.compile(r"\d{1,4}[-./]\d{1,2}(?!\d*[%％])|\d{1,2}:\d{2}")
# Tags side by side, with signs between them, one of them a date.
_PARTED = re.compile(r"\s[·|｜丨/]\s")
_DAYS = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A count of what reports count; clicks and visitors are counted by 次 and 人.
_COUNT = re.compile(r"\d\s*(件|条|份|篇|期|场|个|项|元|宗|起|人次)")
_FIGURE = re.compile(r"\s*[-\d.,，%％]*\d[\d.,，%％]*\s*")
# A label with its figure, too short for the number of a telephone.
_LABELLED_FIGURE = re.compile(r".*[\u4e00-\u9fff)）]\s*[:：]?\s*\d{1,4}(\.\d+)?\s*[%％]?")
_OF_FORM = re.compile(r"[合总共小]计|受理|收到|收费|申请|公开|答复|办结|维持|纠正|复议|诉讼")
# What the report says of itself between its title and its first words.
_OF_REPORT = re.compile(r"[(（]?(编制(单位|机关|日期|时间)|统计(期限|时间|口径)|报告(期|单位))")
_AGENCY = re.compile(r"[局委办厅院会站部队处室所科府社团校司署台馆库行](文件)?$|中心$|公司$|集团$")
_RED_HEAD = re.compile(r"([局委办厅院会站部队处室所科府社团校司署]|中心)文件$")
_DOC_NUMBER = re.compile(r"[\[〔【(（]\s*\d{4}\s*[\]〕】)）]\s*第?\s*\d+\s*号")
_BROKEN_OFF = re.compile(r"(关于|[年的]|年度|政府)$")
_WITHOUT_AGENCY = re.compile(r"\s*([\d〇○零一二三四五六七八九]{4}|关于|(政府)?信息公开|年?度)")


def is_text(text: str) -> bool:
    """Whether a line is surely of the text: a sentence, a section, a signature's date."""
    if _SECTION.match(text) or is_signed(text) or is_attached(text):
        return True
    return len(text) >= SHORTEST_SENTENCE and text.rstrip("”）)").endswith(("。", "；", ";"))


def may_be_text(text: str) -> bool:
    """Whether a line without a full stop may be the text's: it counts, or goes on in clauses."""
    if _COUNT.search(text) or _CLAUSES.search(text) or denies(text):
        return True
    return len(text) > LONGEST_TAG or (bool(re.search(r"\d", text)) and not is_labelled(text))


def is_tag(text: str) -> bool:
    """Whether a line is short and without the marks of clauses."""
    return len(text) <= LONGEST_TAG and not _CLAUSES.search(text) and not denies(text)


def denies(text: str) -> bool:
    """Whether a line says that there was none of what reports count."""
    return _DENIED.match(text) is not None


def has_figure(text: str) -> bool:
    """Whether a line is a bare figure, or counts what reports count."""
    return is_figure(text) or is_count(text)


def is_figure(text: str) -> bool:
    """Whether a line or a cell is a bare figure."""
    return _FIGURE.fullmatch(text) is not None


def has_count(text: str) -> bool:
    """Whether a line counts what reports count, or is a label with its figure."""
    return _COUNT.search(text) is not None or _LABELLED_FIGURE.fullmatch(text) is not None


def is_count(text: str) -> bool:
    """Whether a line counts what reports count, or is a label of a form with its figure.

    The labels of buttons, which count too, are shorter and have other words.
    """
    if not _LABELLED_FIGURE.fullmatch(text):
        return _COUNT.search(text) is not None
    is_long = len(_HAN.findall(text)) >= SHORTEST_LABEL
    return is_long or bool(_COUNT.search(text)) or is_of_form(text)


def is_of_form(text: str) -> bool:
    """Whether a text has a word that forms count by."""
    return _OF_FORM.search(text) is not None


def is_section(text: str) -> bool:
    """Whether a line opens a section by its Chinese numeral."""
    return _SECTION.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether a line is no more than a section's heading, so that what follows is its text."""
    return is_section(text) and len(text) <= LONGEST_HEADING and "。" not in text


def is_attached(text: str) -> bool:
    """Whether a line names attached files or begins a note."""
    return _ATTACHED.match(text) is not None or names_file(text)


def names_file(text: str) -> bool:
    """Whether a line ends with the name of a file."""
    return _FILE.match(text) is not None


def is_signed(text: str) -> bool:
    """Whether a line ends with the date of a signature."""
    if not _SIGNED.search(text):
        return False
    dated = _DATED_LABEL.search(text)
    return dated is None or _OWN_DATE.search(dated["label"]) is not None


def is_date(text: str) -> bool:
    """Whether a line is nothing but a written date."""
    return _WRITTEN.fullmatch(text) is not None


def is_listed_date(text: str) -> bool:
    """Whether a line is a date as lists of pages print it."""
    return _DATE.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a line is a day as portals write it above a text, be it with its weekday."""
    return _DAY.fullmatch(text) is not None


def is_labelled(text: str) -> bool:
    """Whether a line is a label with its value, not the form of address that opens a letter."""
    return _LABELLED.fullmatch(text) is not None and _ADDRESSED.fullmatch(text) is None


def is_fact(text: str) -> bool:
    """Whether a line below a title tells of the page: a label with its value, a stamp, no word."""
    if not text or len(text) > LONGEST_FACT or _CLAUSES.search(text) or is_date(text):
        return False
    if _OF_REPORT.match(text):
        return False
    if is_labelled(text) or is_plain_fact(text) or _is_byline(text):
        return True
    return bool(_STAMP.search(text)) or not _HAN.search(text)


def _is_byline(text: str) -> bool:
    return _PARTED.search(text) is not None and _DAYS.search(text) is not None


def is_title(text: str, titles: Collection[str]) -> bool:
    """Whether a line is what the page calls its report, or reads like the title of one."""
    if not text or is_around(text) or _is_byline(text):
        return False
    return text in titles or is_report_title(text)


def may_precede_title(text: str, title: str, is_next: bool) -> bool:
    """Whether a line above a title is the report's: its number, who gives it, the title's begin."""
    if _DOC_NUMBER.search(text) or _RED_HEAD.search(text):
        return True
    begins = _AGENCY.search(text) or _BROKEN_OFF.search(text)
    return is_next and begins is not None and _WITHOUT_AGENCY.match(title) is not None
