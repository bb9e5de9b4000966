"""Where in a page's markup a text lives, and what beside it is foreign to it.

The sentences, headings and tables of a text stand in one element, its home, and there in elements
of few shapes. A line outside the home, or of a shape that no line of the text has, is foreign: at
the ends of the text it is left out unless its words prove that it is the report's, the more so once
the text is complete (signed, or through its last section); in its midst if it links elsewhere.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, takewhile

from pipelines.assembly import Draft, Line, Table
from pipelines.html import lines
from pipelines.html.companions import summaries
from pipelines.html.drafts import holder, is_furniture, is_paragraph, is_text, text_of
from pipelines.html.furniture import (
    is_asked,
    is_heading_of_others,
    is_of_form,
    is_of_signature,
    is_said_by_portal,
)

# An element with so much of a text's sentences is its home; a shape with so little is not its own.
HOME = 0.8
OWN_SHAPE = 0.1
LONGEST_SIGNATURE = 40
# So many bare figures are those of a table whose cells are lines.
FEWEST_FIGURES = 3
# So many lines from the end a text may be signed.
CLOSING_LINES = 6
FEWEST_LINKS = 2
# So many sections and tables tell where a text is better than its sentences do.
FEWEST_MARKS = 3

_ITEM = re.compile(r"/(li|dd)(\[\d+\])?\Z")
_NUMBER = re.compile(r"\[\d+\]")
_OF_REPORT = re.compile(r"公开|申请|复议|诉讼|报告|答复|公布")
_OF_WORK = re.compile(
    rf"{_OF_REPORT.pattern}|政府|政务|工作|群众|制度|机制|改进|加强|完善|推进|没有|未|无|不足|问题|[我本][局委办县市区镇乡街校院厅]"
)
_OWN_WORDS = re.compile(r"本(年度)?报告|电子版|此件|特此|附表|附件")
# A remark to the title, whom it is for, its number, what it says of itself, a part of a text.
_HEAD = re.compile(
    r"[（(〔].*[)）〕]\Z|.*[:：号]\Z|编制|统计|报告|第.{1,3}[部章]|[目前序]|概|引言|\d[\d.]*\s*[^\W\d年月日时分秒次]"
)
_YEAR = re.compile(r"\d{4}|[二〇○零一三四五六七八九]{4}\s*年")
_MONTH = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")
_APPENDIX = re.compile(r"\s*[(（]?(附件|附录|附表|附[:：])(?!.*\.\w{2,4}\s*\Z)")
_LAST_SECTION = re.compile(r"其他(需要|应当)?(报告|说明)?的?(重要)?(事项|情况|问题)")
_AGENCY = re.compile(r"[^:：，。]{2,40}[局委办厅院会站部队处室所府社团校司署台馆库行心司团]")


@dataclass(frozen=True, slots=True)
class _Home:
    """An element's path, and the shapes below it in which the text stands."""

    path: str
    shapes: frozenset[str]

    def is_foreign(self, draft: Draft) -> bool:
        """Whether a block stands outside of the home or in another shape than its text."""
        return _shape(draft.source, self.path) not in self.shapes

    def is_around(self, draft: Draft) -> bool:
        """Whether a block stands in the home, in whatever shape."""
        return f"{draft.source}/".startswith(self.path)


def foreign(drafts: Sequence[Draft], linked: Collection[int], begin: int) -> set[int]:
    """The numbers of the blocks that are foreign to the text and nothing proves to be the report's.

    `linked` numbers the blocks that are nothing but links to other pages; from `begin` on the text
    follows its title.
    """
    found = {*summaries(drafts)}
    home = _home(drafts, found)
    if home is None:
        return found
    is_native = [not home.is_foreign(d) and n not in found for n, d in enumerate(drafts)]
    native = [*compress(range(len(drafts)), is_native)]
    if not native:
        return found
    found.update(n for n in range(begin, native[0]) if begin and not _may_head(text_of(drafts[n])))
    between = [n for n in range(native[0], native[-1]) if not is_native[n]]
    found.update(_links_between(drafts, between, linked))
    return found.union(_after(drafts, native, home, linked))


def _home(drafts: Sequence[Draft], without: Collection[int]) -> _Home | None:
    """The innermost element with nearly all sections and tables; of a text without, sentences."""
    spoken = {n: len(text_of(d)) for n, d in enumerate(drafts) if _speaks(d) and n not in without}
    marks = dict.fromkeys((n for n, draft in enumerate(drafts) if _is_mark(draft)), 1)
    path = _innermost(drafts, marks if len(marks) >= FEWEST_MARKS else spoken)
    if not path:
        return None
    shapes: Counter[str] = Counter()
    for number, weight in spoken.items():
        shapes[_shape(drafts[number].source, path)] += weight
    own = {shape for shape, weight in shapes.items() if weight >= OWN_SHAPE * shapes.total()}
    own.update(_shape(drafts[number].source, path) for number in marks)
    return _Home(path, frozenset(own - {""}))


def _innermost(drafts: Sequence[Draft], weights: Mapping[int, int]) -> str:
    """The path of the innermost element with nearly all of some blocks, not that of a paragraph."""
    within: Counter[str] = Counter()
    for number, weight in weights.items():
        within.update(dict.fromkeys(_above(drafts[number].source), weight))
    enough = HOME * sum(weights.values())
    return max((path for path, weight in within.items() if weight >= enough), key=len, default="")


def _speaks(draft: Draft) -> bool:
    text = text_of(draft)
    return bool(text) and is_text(draft) and _OF_REPORT.search(text) is not None


def _is_mark(draft: Draft) -> bool:
    """Whether a block is a table of a text or the heading of a section."""
    return lines.is_heading(draft.text) if isinstance(draft, Line) else not _is_listing(draft)


def _above(source: str) -> Iterator[str]:
    """The paths of the elements around one, and its own if it is no paragraph, with a stroke."""
    end = source.find("/", 1)
    while end > 0:
        yield source[: end + 1]
        end = source.find("/", end + 1)
    if not is_paragraph(source):
        yield f"{source}/"


def _shape(source: str, home: str) -> str:
    """The names of the elements between the home and a block; empty outside of it."""
    if not f"{source}/".startswith(home):
        return ""
    return _NUMBER.sub("", f"./{source[len(home) :]}")


def _may_head(text: str) -> bool:
    """Whether a foreign line between title and text may be the report's."""
    is_bare = lines.is_tag(text) and not lines.is_count(text) and not _YEAR.search(text)
    if not text or lines.is_text(text) or lines.is_date(text):
        return True
    if lines.may_be_text(text) and not is_bare:
        return True
    return _HEAD.match(text) is not None or _AGENCY.fullmatch(text) is not None


def _links_between(
    drafts: Sequence[Draft], numbers: Sequence[int], linked: Collection[int]
) -> Iterator[int]:
    """Foreign runs within a text that are links to other pages, with their headings."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        links = sum(1 for n in run if n in linked)
        is_headed = any(is_heading_of_others(text_of(drafts[n])) for n in run)
        is_plain = any(is_text(drafts[n]) for n in run)
        if not is_plain and (links >= FEWEST_LINKS or (links and is_headed)):
            yield from run


def _after(
    drafts: Sequence[Draft], native: Sequence[int], home: _Home, linked: Collection[int]
) -> Iterator[int]:
    """Foreign lines below the text."""
    last = native[-1]
    below = range(last + 1, len(drafts))
    if sum(1 for n in below if lines.is_figure(text_of(drafts[n]))) >= FEWEST_FIGURES:
        return
    closing = [text_of(drafts[n]) for n in native[-CLOSING_LINES:]]
    is_signed = any(len(t) <= LONGEST_SIGNATURE and lines.is_signed(t) for t in closing)
    is_complete = is_signed or _has_last_section(drafts[: last + 1])
    is_open, is_over = lines.is_heading(closing[-1]), False
    beside = holder(drafts[last + 1]) if below else ""
    sure = max((n for n in below if _is_sure(drafts[n])), default=last)
    sure = min(sure + lines.is_heading(text_of(drafts[sure])), len(drafts) - 1)
    sure = _end_of_sentences(drafts, sure, linked, is_signed)
    for number in range(sure + 1, len(drafts)):
        text = text_of(drafts[number])
        is_open = is_open and holder(drafts[number]) == beside
        if is_open or _is_signature(drafts, number, is_signed):
            is_signed = is_signed or lines.is_signed(text)
        elif number in linked or is_said_by_portal(text) or is_heading_of_others(text):
            yield number
        elif home.is_around(drafts[number]):
            is_over = is_over or (is_complete and not _may_follow_end(drafts[number], is_signed))
            if is_over:
                yield number
        elif is_complete or not _may_go_on(text):
            is_complete = True
            yield number


def _end_of_sentences(
    drafts: Sequence[Draft], last: int, linked: Collection[int], is_signed: bool
) -> int:
    """The number of the last of the sentences that follow a block at once and are the report's.

    Below a signature they follow an appendix or what the report says of itself.
    """
    above = text_of(drafts[last])
    below = ((n, text_of(drafts[n])) for n in range(last + 1, len(drafts)))
    run = [*takewhile(lambda one: one[0] not in linked and _is_sentence(one[1]), below)]
    goes_on = _APPENDIX.match(above) or (_is_sentence(above) and _OWN_WORDS.search(above))
    if goes_on or (not is_signed and any(_OF_REPORT.search(text) for _, text in run)):
        return last + len(run)
    return last


def _is_sentence(text: str) -> bool:
    is_whole = text.rstrip("”）)").endswith("。")
    return is_whole and not is_said_by_portal(text) and not is_asked(text)


def _may_follow_end(draft: Draft, is_signed: bool) -> bool:
    """Whether a block in a text's home may stand below its end: no sentence, no bare label.

    The last section of a text that is not signed may end in a list of sentences.
    """
    text = text_of(draft)
    if not is_signed and _ITEM.search(draft.source):
        return lines.is_text(text) or lines.denies(text)
    return is_of_signature(text) and not text.endswith((":", "：", "。"))


def _may_go_on(text: str) -> bool:
    """Whether a line outside of a text's home may be its next one."""
    return lines.denies(text) or ("。" in text and _OF_WORK.search(text) is not None)


def _has_last_section(drafts: Sequence[Draft]) -> bool:
    """Whether the section that ends a report is there with its text."""
    texts = [text_of(draft) for draft in drafts[-CLOSING_LINES:]]
    found = (n for n, text in enumerate(texts) if lines.is_section(text))
    last = max(found, default=len(texts))
    if last == len(texts) or not _LAST_SECTION.search(texts[last]):
        return False
    return last + 1 < len(texts) or not lines.is_heading(texts[last])


def _is_sure(draft: Draft) -> bool:
    """Whether a block is the report's wherever it stands: a table, a section, a count, a file."""
    if not isinstance(draft, Line):
        return not _is_listing(draft)
    text = draft.text
    if is_said_by_portal(text) or is_furniture(draft):
        return False
    if lines.is_section(text) or lines.is_attached(text) or is_of_form(text):
        return True
    if lines.is_count(text) and ("。" not in text or _OF_REPORT.search(text)):
        return True
    return _OWN_WORDS.search(text) is not None and "。" in text


def _is_listing(table: Table) -> bool:
    """Whether a table lists pages with their dates, and has no figure."""
    texts = [box.text for box in table.boxes]
    if any(lines.is_figure(text) and not lines.is_listed_date(text) for text in texts):
        return False
    return sum(map(lines.is_listed_date, texts)) >= FEWEST_LINKS


def _is_signature(drafts: Sequence[Draft], number: int, is_signed: bool) -> bool:
    """Whether a line signs a text that was not: a date, or who signs above it."""
    text = text_of(drafts[number])
    if is_signed or len(text) > LONGEST_SIGNATURE:
        return False
    below = text_of(drafts[number + 1]) if number + 1 < len(drafts) else ""
    signs = _AGENCY.fullmatch(text) is not None and _is_date(below)
    return signs or _is_date(text)


def _is_date(text: str) -> bool:
    return lines.is_signed(text) or _MONTH.fullmatch(text) is not None
