"""What link texts and paths say of where they lead: to annual reports, or a step nearer."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from parsers.portals import jumps

OTHER_REPORTS = re.compile(
    r"决算|预算|财务|统计年|法治|依法行政|网站|环境|质量|上市|企业年报|审计|就业|采购|解读|指南|通知"
)
ARTICLE = re.compile(
    r"/(?:19|20)\d{4}/|/t\d{8}_\d+\.|/art_|/info/\d+/\d+\.|post_\d+\.|[0-9a-f]{32}\.s?html|\.(?:pdf|docx?)$",
    re.I,
)


class Cue(NamedTuple):
    """A pattern that tells of reports: `score` is that of `parsers.portals.find_columns`."""

    score: int
    reason: str
    pattern: re.Pattern[str]


def _cue(score: int, reason: str, pattern: str) -> Cue:
    return Cue(score, reason, re.compile(pattern, re.IGNORECASE))


_REPORTS_BY_TEXT = (
    _cue(
        100, "link text names the annual reports", r"信息公开(?:工作)?(?:年度?报告?|年度工作报告)"
    ),
    _cue(
        95, "link text names the annual reports", r"公开(?:工作)?(?:年报|年度报告)|公开年度情况报告"
    ),
    _cue(85, "link text names yearly reports", r"年报|年度报告"),
)
REPORTS_BY_PATH = (
    _cue(
        90,
        "path names the annual reports",
        r"/gkmlpt/annualreport|zfxxgk(?:gz)?n(?:d)?b|xxgknb|xxgkndbg",
    ),
    _cue(
        75,
        "path names the annual reports",
        r"gknb|gkndbg|gkgzndbg|/ndbg|/nb(?:_\w+)?(?:/|\.|$)|ndxxgkbg",
    ),
    _cue(74, "path names annual reports", r"/annual[-_]?reports?(?:/|\.|$)"),
    _cue(72, "path names a year's reports", r"/(?:19|20)\d\dn(?:b|d|dbg|xxgknb|djgknb)?(?:/|$)"),
)
_WAY_BY_TEXT = (
    _cue(
        60,
        "the dedicated page of open government information",
        r"^政府信息公开(?:专栏|专题|平台)?$",
    ),
    _cue(50, "a page of open government information", r"^(?:政府)?信息公开(?:专栏|目录|平台)?$"),
    _cue(40, "a page of open government affairs", r"^政务公开$|^公开$|^政府信息主动公开"),
    _cue(35, "a page of government affairs", r"^(?:政务|政府信息|政务信息|公开专栏)$"),
    _cue(
        30,
        "a directory of bodies",
        r"^[省市区县]?(?:政府|直)?(?:各?部门|各?区县|各市[县州]?|街道乡镇|乡镇街道|县市区|各县市?区?)"
        r"(?:政府|单位)?$",
    ),
    _cue(12, "the site map", r"^(?:网站|站点)地图$"),
)
_WAY_BY_PATH = (
    _cue(48, "path names open government information", r"/zfxxgk(?:zl)?/?(?:index\.\w+)?$"),
    _cue(
        38,
        "path names open government information",
        r"/(?:xxgk|zwgk|gkmlpt/index|(?:information[-_]?)?disclosure)/?(?:index\.\w+)?$",
    ),
)


def cue_of(text: str, url: str) -> Cue | None:
    """The best cue that a link's text or address gives; None where it gives none."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if ARTICLE.search(path) or jumps.viewed_document(url):
        return None
    reports = ((_REPORTS_BY_TEXT, text), (REPORTS_BY_PATH, path))
    ways = ((_WAY_BY_TEXT, text), (_WAY_BY_PATH, parts.path))
    for cues, subject in ways if OTHER_REPORTS.search(text) else (*reports, *ways):
        for cue in cues:
            if cue.pattern.search(subject):
                return cue
    return None
