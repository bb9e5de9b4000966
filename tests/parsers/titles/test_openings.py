"""Texts without a title: whether they are reports, and of which year, written down first."""

from pathlib import Path

import pytest

from parsers.openings import judge_text
from parsers.titles import judge

# Each text begins with `= its year`, or `= other`. Before mending: precision 0.68, recall 0.75;
# of five sets of 232 real texts in sum 0.94, 0.86, 1.0, 1.0, 1.0 and 0.81, 0.92, 0.78, 0.72, 0.93;
# a sixth of 61: 0.96 and 0.91.
TEXTS = Path(__file__).with_name("texts.txt").read_text(encoding="utf-8").strip().split("\n\n")


@pytest.mark.parametrize("printed", TEXTS, ids=lambda printed: printed[:40])
def test_a_reader_says_the_same(printed: str) -> None:
    head, _, text = printed.partition("\n")
    judged = judge("", text=text)
    said = str(judged.year) if judged.is_report else "other"
    assert head == f"= {said}", judged.reason


def test_there_are_texts_of_both_kinds() -> None:
    others = [text for text in TEXTS if text.startswith("= other")]
    assert len(TEXTS) - len(others) >= 20
    assert len(others) >= 20


@pytest.mark.parametrize(
    "text", ["", "现" * 200_000, "一、" * 100_000, "本报告" * 100_000, "\x00\ud800"]
)
def test_no_text_raises_or_takes_long(text: str) -> None:
    assert not judge_text(text).is_report


def test_a_year_is_not_that_of_the_regulations() -> None:
    text = (
        "自2008年5月1日《条例》施行以来，我局认真落实，现将2012年度政府信息公开工作情况报告如下："
    )
    assert judge_text(text).year == 2012
