"""Judges a draft of a report for those who compile it: in Chinese, keeping nothing."""

from pipelines.checking.drafts import Judged, judge_file
from pipelines.checking.findings import Finding

__all__ = ["Finding", "Judged", "judge_file"]
