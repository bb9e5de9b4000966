"""How scripts send an object literal: to which address, in what, and in which form."""

import re
from collections.abc import Mapping
from functools import lru_cache

from parsers.portals.scripting import Json, typed_pairs

REACH = 400
_ENDING = r"do|action|jsp|jspx|php|aspx?|ashx|json|htm"
PATH = (
    r"(?:(?P<prefix>[A-Za-z_$][\w$.]{0,60})\s{0,5}\+\s{0,5})?['\"`](?:\$\{(?P<inner>[\w.]{1,60})\})?"
    rf"(?P<path>(?:https?:)?/[^'\"`\s<>]{{2,300}}|[\w.][\w./-]{{0,200}}\.(?:{_ENDING})(?:\?[^'\"`\s<>]{{0,300}})?)"
    r"['\"`]"
)
QUOTED_PATH = re.compile(PATH)
# A literal that has a name of its own is sent where that name is.
_OWN_NAME = re.compile(
    r"([A-Za-z_$][\w$]{0,40})['\"]?\s{0,5}[:=]\s{0,5}(?:new\s{1,3}\w{1,30}\(\s{0,5})?$"
)
SENT_AS = re.compile(
    r"(?:\b(?:data|params|where|body|json|form|queryParams|baseParams|postData)['\"]?\s{0,5}:|['\"]\s{0,5},)"
    r"\s{0,9}(?:JSON\.stringify\(\s{0,9})?$"
)
POSTED = re.compile(r"\bpost\b|['\"]post['\"]", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?P<call>(?:JSON\.stringify\(|\b(?:data|body)['\"]?\s{0,5}:)\s{0,9})"
    r"\{(?P<rest>[^{}]{0,300}?)['\"]?\b(?P<name>\w{1,40})['\"]?\s{0,5}:\s{0,9}$"
)
# How the literal goes: as the text of a form field, or as the body itself.
_TEXT_OF_FIELD = re.compile(r"(?:\b(\w{1,40})['\"]?\s{0,5}:\s{0,5})?JSON\.stringify\(\s{0,9}$")
_BODY_NAMES = ("", "data", "body")
_JSON_CLIENT = re.compile(
    r"\b(?:axios|http|request|service|fetch|\w{0,20}[cC]lient)\b[\w.]{0,60}\s{0,3}\(|application/json"
)


def use_of_name(code: str, before: str) -> str:
    """The call that sends a literal by its name, up to the name; empty if it has none."""
    own = _OWN_NAME.search(before)
    if own is None or (SENT_AS.search(before) and QUOTED_PATH.search(before)):
        return ""
    return _use(code, own[1])


@lru_cache(maxsize=8)
def _use(code: str, name: str) -> str:
    """The call that sends the literal of a name; a script may have hundreds of the same name."""
    if not re.search(rf"[,:(+]\s{{0,5}}(?:\w{{1,20}}\.)?{name}\b|\$\{{{name}\b", code):
        return ""
    use = re.search(
        rf"{PATH}[^;]{{0,200}}?[,:(+]\s{{0,5}}(?:\w{{1,20}}\.)?{name}\b"
        rf"|`/[^`\s<>?]{{2,200}}(?=\?\$\{{{name}\b)",
        code,
    )
    if use is None:
        return _use_by_names(code, name)
    whole = use[0] if use["path"] else f"{use[0]}`"
    return f"{code[max(0, use.start() - 60) : use.start()]}{whole}"


def _use_by_names(code: str, name: str) -> str:
    """The call that sends a literal by its name to an address by its name, up to the literal."""
    use = re.search(
        rf"([\w$.]{{1,60}}\(\s{{0,5}})([A-Za-z_$]\w{{0,40}})\s{{0,5}},\s{{0,5}}{name}\b", code
    )
    if use is None:
        return ""
    given = re.findall(
        rf"\b{use[2]}\s{{0,5}}=\s{{0,5}}(['\"][^'\"\s<>]{{2,300}}['\"])", code[: use.start()]
    )
    return f"{use[1]}{given[-1]}, " if given else ""


def wrapped(
    code: str, match: re.Match[str], known: Mapping[str, str]
) -> tuple[int, Mapping[str, Json]]:
    """Where the object begins that is sent, and what there is about a literal inside of it."""
    within = _WITHIN.search(code[max(0, match.start() - REACH) : match.start()])
    if within is None:
        return match.start(), {}
    start = match.start() - len(within[0]) + len(within["call"])
    if not QUOTED_PATH.search(code[max(0, start - REACH) : start]):
        return match.start(), {}  # the data of a component, not what a call sends
    outside = f"{within['rest']}{code[match.end() : code.find('}', match.end())]}"
    return start, {**typed_pairs(outside, known), within["name"]: None}


def way_of(before: str, around: str) -> str:
    """How a script sends the literal that follows `before`."""
    text = _TEXT_OF_FIELD.search(before)
    if text is not None and (text[1] or "") not in _BODY_NAMES:
        return f"text:{text[1]}"
    posted = bool(POSTED.search(before))
    if text is not None or (posted and _JSON_CLIENT.search(around)):
        return "json"
    return "form" if posted else "get"


def spelled(path: re.Match[str], known: Mapping[str, str]) -> str:
    """A path with what the variable before it, or at its beginning, is known to hold."""
    prefix = (path["prefix"] or path["inner"] or "").rpartition(".")[2]
    return f"{known.get(prefix, '')}{path['path']}"
