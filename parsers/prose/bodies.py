"""Whose figure it is: this body's, another one's, or more than this body's."""

import re

from parsers.declared.prose import Rule
from parsers.prose.lexicon import has
from parsers.prose.numbers import Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence

# 其中教育局5件: a part that one body has; but 其中市政府网站5条 is of all.
_OF_A_BODY = re.compile(
    r"其中,?(?:[^,;]{0,12}?(?:局|委(?!员|托)|厅|办公室|镇|乡|街道|部门|单位)"
    r"(?!.{0,6}(?:网|公报|微信|微博|平台)))"
)
# 3个科室公开信息不足10条: what some bodies did, unless all of the area are named.
_SOME_BODIES = re.compile(
    r"(?P<all>全[市区县省镇乡州旗系局委][^,;]{0,4})?"
    r"\d{1,4}余?[个家](?:[\u4e00-\u9fff]{0,4}?)"
    r"(?:部门|单位|[科处股]室|乡镇|镇|街道|村|社区|县|区|局|机关)"
)
# 省政府制定规章5件: what others did, who stand above.
_SUPERIOR = re.compile(
    r"(?:国务院|全国人大|省人大|[省市区县]政府|省厅|[省市]局|上级(?:部门|单位|机关)?)"
    r"(?:共|全年|新)?(?:制定|制发|出台|印发|下发|发布|公开|召开|举办|收到|受理|办理|组织)(?!的)"
)
# 全镇 in a town's own report is the town; what narrows it (全镇各村) stands behind it.
# 各级媒体 publish, they are not counted.
_NOT_WIDER = re.compile(
    r"全(?:镇|乡|街道)(?=共|主动|公开|累计|受理|收到|全年|未)|各级(?=各?类?(?:新闻)?(?:媒体|媒介))"
    r"|(?<=[在过])各级(?=各?类?(?:网站|平台))"
)
_HELD = re.compile(r"举办|组织|召开|开展|举行")
# 县公安局收到5件: a clause that begins with one body, whose medium it may be.
_ONE_BODY = re.compile(
    r"(?:^|[,;。:年])[^,;。:年]{0,9}[^\W\d_](?:局|委|厅|法院|检察院|[档图书文化博]案?馆|管委会)"
    r"(?=共|全年|累计|受理|收到|接收|接到|公开|主动|发布|通过|微信|微博|政务|举办|召开|办理|承办|官方|网站|未|没有|无)"
)

# 2023年县民政局共受理12件: a clause whose subject is one bureau of the area.
_PEER = re.compile(
    r"(?:^|[,;。:年度])(?P<body>[省市区县州旗盟][^\W\d_]{2,10}?(?:局|委|厅))"
    r"(?=(?:共|全年|累计|新|主动)?(?:受理|收到|接到|公开|发布|举办|召开|制定|印发|办理)|$)"
)
# What stands before the subject of a clause.
_BEGINS = frozenset(",;。:、年月日度底,来")
# The main site of a larger area is one of many there.
_MAIN_SITE = re.compile(r"(?:省|市|州|盟|自治区)(?:人民)?政府(?:门户)?网站")


def of_others(read: Reader, clause: str) -> bool:
    """Whether a clause says what subordinates, superiors or some of several bodies did."""
    match = _SOME_BODIES.search(clause)
    if match is not None and (match["all"] is None or read.scope in {"own", "unknown"}):
        return True
    if read.scope == "jurisdiction":
        return _ONE_BODY.search(clause) is not None and not has(clause, read.words["whole_area"])
    return has(clause, read.words["subordinate"]) or _SUPERIOR.search(clause) is not None


def is_peers(read: Reader, clause: str) -> bool:
    """Whether a clause in a body's own report says what another bureau did: 县财政局共受理12件."""
    if not read.agencies or read.scope not in {"own", "unknown"}:
        return False
    match = _PEER.search(clause)
    return match is not None and not any(
        _shortens(match["body"][1:], name) for name in read.agencies
    )


def is_own_name(read: Reader, name: str) -> bool:
    """Whether a name may be that of the body whose own report is read."""
    if read.scope not in {"own", "unknown"}:
        return False
    return not read.agencies or any(_shortens(name, agency) for agency in read.agencies)


def _shortens(short: str, name: str) -> bool:
    """Whether a name may be a short form of another: 住建局 of 住房和城乡建设局."""
    rest = iter(name)
    return all(char in rest for char in short)


def counts_more(read: Reader, clause: str, rule: Rule) -> bool:
    """Whether a clause of a body's own report counts the whole area."""
    own = read.scope in {"own", "unknown"}
    return own and has(_NOT_WIDER.sub("", _who_acts(clause, rule)), read.words["jurisdiction"])


def is_of_one(read: Reader, sentence: Sentence, number: Number, clause: str, rule: Rule) -> bool:
    """Whether a figure is of one body in the area, named in its clause or in one before it.

    Who was named goes on to act until the sentence comes back to all of the area.
    """
    words = read.words
    if read.scope != "jurisdiction" or has(clause, words["whole_area"]):
        return False
    if rule.indicator == "proactive.channel.website" and _MAIN_SITE.search(clause):
        return True
    if has(clause, words["another_part"]) or _OF_A_BODY.search(number.before):
        return True
    said = sentence.key[: number.begin]
    said = said[said.rfind(";") + 1 :]
    subjects = (*words["whole_area"], *words["jurisdiction"])
    ends = (_as_subject(said, word) for word in subjects if word in said)
    return has(said[max(ends, default=0) :], words["one_body"])


def _as_subject(text: str, word: str) -> int:
    """Where a word that begins a clause last ends; 组织全市培训 has it within."""
    place = text.rfind(word)
    while place > 0 and text[place - 1] not in _BEGINS:
        place = text.rfind(word, 0, place)
    return place + len(word) if place >= 0 else 0


def _who_acts(clause: str, rule: Rule) -> str:
    """A clause up to its verb where a body holds something for others: 举办全县教育系统培训班."""
    held = _HELD.search(clause) if rule.indicator.startswith("training.") else None
    return clause[: held.start()] if held else clause
