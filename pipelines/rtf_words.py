"""Control words of RTF files that say what text is, and what a group inherits."""

from dataclasses import dataclass

CODE_PAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 1252: "cp1252", 10008: "gb18030"}
CHARSETS = {134: "gb18030", 136: "big5hkscs", 0: "cp1252"}
_SKIPPED_NAMES = """
    fonttbl colortbl stylesheet listtable listoverridetable info pict object header headerl headerr
    headerf footer footerl footerr footerf themedata datastore latentstyles xmlnstbl
    rsidtbl generator revtbl filetbl nonshppict nonesttables shprslt sp
"""
SKIPPED = frozenset(_SKIPPED_NAMES.split())
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
# The number of a paragraph in a list, written out for readers that do not count.
LABELS = frozenset({"listtext", "pntext"})
# Text that stands beside the paragraph that its group is written in.
ASIDES = {"footnote": "note", "shpinst": "box"}

UNREADABLE = "\ufffd"
# Text that is hidden, deleted in a tracked change, or struck out.
UNSEEN = {"v": "hidden", "deleted": "deleted", "strike": "struck", "striked": "struck"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits: whether it is skipped, its encoding and fallback length.

    `label` is set within the number that a list prints before a paragraph.
    `unseen` are the reasons why its text is not shown or no longer counts (`hidden`, `deleted`,
    `struck`, or `white` on the white of the page); `aside` is set within
    footnotes and text boxes, `depth` above 1 within tables in cells, whose rows come in `inner`.
    `fields` counts the fields around it; `code` is set within the code of the innermost one.
    """

    skipped: bool = False
    unseen: frozenset[str] = frozenset()
    raised: bool = False
    encoding: str = "cp1252"
    fallback: int = 1
    in_table: bool = False
    depth: int = 1
    inner: bool = False
    aside: str = ""
    label: bool = False
    fields: int = 0
    code: bool = False
