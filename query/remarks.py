"""What is told beside a verdict or state, in English and Chinese: sentences with their facts."""

from collections.abc import Iterable

from query.words import Words

NONE = Words("", "")

REMARKS = {
    # Compliance
    "signed": Words("signed {}", "落款日期{}"),
    "signed_on_time": Words("signed {}, by the deadline", "落款日期{}，在期限内"),
    "stated_otherwise": Words("another capture states {}", "另一次采集所示日期为{}"),
    "seen_earlier": Words(
        "first seen {}, before the date it states", "首次采集{}，早于所示日期"),
    "may_be_redated": Words("the page may have been re-dated", "网页日期可能已被更改"),
    "later_gone": Words("later gone from its address", "其后原址已不可见"),
    "year_untold": Words(
        "a report is kept whose year could not be told", "已存报告中有一份年度不明"),
    "column_names_more": Words(
        "its column names a report that was not captured or not read",
        "栏目列有未采集或未读取的报告"),
    "column_not_read": Words(
        "its column was not read after the deadline", "期限后未读取其栏目"),
    "not_in_column": Words("not in its column, last read {}", "栏目中未见，栏目末次读取{}"),
    # Coverage
    "event": Words("{}: {} ({})", "{}：{}（{}年）"),
    "reports_since": Words("reports since then: {}", "此后由以下机关报告：{}"),
    "ended_by_reform": Words("may have ended by reform: {}", "可能已因机构改革撤销：{}"),
    "barred": Words("last barred {}", "末次被拒{}"),
    "looked": Words("last looked {}", "末次查找{}"),
    "reported_on": Words("reported on {}", "曾公布{}年度报告"),
    "declared": Words("declared to the collection", "已列入采集对象"),
}  # fmt: skip
EVENTS = {
    "renamed": Words("renamed", "更名"),
    "merged": Words("merged", "合并"),
    "succeeded": Words("succeeded", "承继"),
    "split": Words("split", "分设"),
    "moved": Words("moved", "划转"),
}


def remark(name: str, *facts: Words | str | int) -> Words:
    """The sentence with its facts; those that are words speak the sentence's language."""
    words = REMARKS[name]
    english = [fact.english if isinstance(fact, Words) else fact for fact in facts]
    chinese = [fact.chinese if isinstance(fact, Words) else fact for fact in facts]
    return Words(words.english.format(*english), words.chinese.format(*chinese))


def event(code: str) -> Words:
    """How one body followed another; a code without words stands for itself."""
    return EVENTS.get(code, Words(code, code))


def in_turn(*remarks: Words) -> Words:
    """One remark after the other; those that say nothing are left out."""
    return _joined(remarks, "; ", "；")


def under(heading: Words, told: Words) -> Words:
    """A heading and what is told under it, if anything."""
    return _joined((heading, told), ": ", "：")


def _joined(parts: Iterable[Words], english: str, chinese: str) -> Words:
    said = [part for part in parts if part != NONE]
    return Words(
        english.join(one.english for one in said), chinese.join(one.chinese for one in said)
    )
