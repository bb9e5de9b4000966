"""The judgement as text for people and as JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from parsers.records import Report
from parsers.titles import judge
from pipelines.checking.drafts import Judged
from pipelines.checking.findings import Finding
from pipelines.checking.last_year import issuer_of

SEVERITY_NAMES = {"error": "错误", "warning": "警告", "note": "提示"}
_LINES = (
    ("位置", "place"),
    ("原文", "printed"),
    ("应为", "expected"),
    ("算式", "clause"),
    ("依据", "basis"),
)


def as_text(judged: Sequence[Judged]) -> str:
    """The judgement in Chinese, each report with its findings and a closing line."""
    return "\n\n".join("\n".join(_report(item)) for item in judged)


def _report(judged: Judged) -> Iterator[str]:
    if judged.report is not None:
        yield from _heading(judged.report, judged)
        yield ""
    for number, finding in enumerate(judged.findings, 1):
        yield f"{number}. {SEVERITY_NAMES[finding.severity]}：{finding.says}（{finding.code}）"
        for name, attribute in _LINES:
            if text := getattr(finding, attribute):
                yield f"   {name}：{text}"
    if judged.findings:
        yield ""
    yield f"结论：{_summary(judged)}"


def _heading(report: Report, judged: Judged) -> Iterator[str]:
    issuer, agency = issuer_of(report), _agency(report)
    doubt = "" if not agency or (issuer and issuer.agency_id) else "（未能对应到已知的机关）"
    yield f"标题：{report.title or '未找到'}"
    yield f"机关：{agency or '未写明'}{doubt}"
    yield f"年度：{report.year or '未写明'}"
    yield f"格式：{judged.form_name}"
    yield f"对照：{judged.last_year or '没有上年报告，没有核对结转'}"


def _agency(report: Report) -> str:
    """The full name of a body that is known, else as printed."""
    issuer = issuer_of(report)
    if issuer is not None and issuer.agency_id:
        return issuer.name
    return judge(report.title).agency or (issuer.printed if issuer else "")


def _summary(judged: Judged) -> str:
    counts = _counts(judged.findings)
    told = "，".join(f"{name}{counts[code]}项" for code, name in SEVERITY_NAMES.items())
    if judged.report is None:
        return "未能作为年度报告读取，没有核对。"
    return f"{told}。" if judged.findings else "未发现问题。"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    found = Counter(finding.severity for finding in findings)
    return {code: found[code] for code in ("error", "warning", "note")}


def as_json(judged: Sequence[Judged]) -> str:
    """The same facts with stable codes: `{"readable": ..., "reports": [...]}`."""
    readable = any(item.report is not None for item in judged)
    reports = [_facts(item) for item in judged]
    return json.dumps({"readable": readable, "reports": reports}, ensure_ascii=False, indent=2)


def _facts(judged: Judged) -> dict[str, object]:
    report = judged.report
    known: dict[str, object] = {}
    if report is not None:
        issuer = issuer_of(report)
        known = {
            "title": report.title,
            "agency": _agency(report),
            "agency_id": issuer.agency_id if issuer else "",
            "year": report.year,
            "form": report.form,
            "last_year": judged.last_year,
        }
    findings = [asdict(finding) for finding in judged.findings]
    return known | {"summary": _counts(judged.findings), "findings": findings}
