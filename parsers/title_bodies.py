"""The body that a title names: before the phrase that names the report, or behind it."""

import re

from parsers import title_patterns as patterns


def cut_agency(before: str) -> str:
    """The body named before the phrase: year, joints and foreign matter cut away.

    Empty for bodies of a kind (各部门), as columns have them in their names. Where one body
    publishes the report of another (A关于公布B...), it is the other's.
    """
    parts = [patterns.YEAR_IN_TITLE.sub("", part) for part in patterns.TOLD_ABOUT.split(before)]
    text = next((part for part in reversed(parts) if patterns.BODY.match(part)), "".join(parts))
    text = patterns.PREFIX.sub("", text)
    text = re.sub(
        r"(?:关于(?:公布|发布|公开|印发)?|年度|年|的|工作|[《“\"「:：，,、\-—·|])+$", "", text
    )
    text = re.sub(r"^(?:年度|年|度|的)+", "", text)
    before, about, after = text.rpartition("关于")
    if about:  # an office on the work of its place
        text = after if patterns.BODY.fullmatch(after) else before
    if patterns.MANY_BODIES.search(text):
        return ""
    body = patterns.BODY.match(text)
    name = body[1] if body else text
    # A name cut inside a bracket is the one before it.
    return name if name.count("(") == name.count(")") else name.partition("(")[0]


def named_behind(key: str, phrase: re.Match[str]) -> str:
    """The body that stands behind the phrase, in brackets or after them or after a dash."""
    tail = key[phrase.end() :]
    if (behind := patterns.BEHIND.match(tail)) and patterns.BODY.fullmatch(behind["body"]):
        return behind["body"]
    match = patterns.BRACKET.match(tail)
    body = patterns.BODY.match(match[1]) if match else None
    return body[1] if body else ""
