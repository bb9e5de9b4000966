"""The official forms as rows of cells, with figures to fill in."""

from parsers.records import APPLICANTS

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]

# (group, label, code); the group stands in the column before.
REQUEST_ROWS: list[tuple[str, str, str]] = [
    ("", "一、本年新收政府信息公开申请数量", "requests.new"),
    ("", "二、上年结转政府信息公开申请数量", "requests.carried_in"),
    ("", "（一）予以公开", "requests.outcome.granted"),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "requests.outcome.partial"),
    ("（三）不予公开", "1.属于国家秘密", "requests.outcome.refused.state_secret"),
    ("（三）不予公开", "2.其他法律行政法规禁止公开", "requests.outcome.refused.prohibited_by_law"),
    ("（三）不予公开", "3.危及“三安全一稳定”", "requests.outcome.refused.security_stability"),
    ("（三）不予公开", "4.保护第三方合法权益", "requests.outcome.refused.third_party"),
    ("（三）不予公开", "5.属于三类内部事务信息", "requests.outcome.refused.internal_affairs"),
    ("（三）不予公开", "6.属于四类过程性信息", "requests.outcome.refused.process_information"),
    ("（三）不予公开", "7.属于行政执法案卷", "requests.outcome.refused.enforcement_file"),
    ("（三）不予公开", "8.属于行政查询事项", "requests.outcome.refused.administrative_query"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息", "requests.outcome.unavailable.not_held"),
    ("（四）无法提供", "2.没有现成信息需要另行制作", "requests.outcome.unavailable.to_be_created"),
    ("（四）无法提供", "3.补正后申请内容仍不明确", "requests.outcome.unavailable.unclear"),
    ("（五）不予处理", "1.信访举报投诉类申请", "requests.outcome.not_processed.petition"),
    ("（五）不予处理", "2.重复申请", "requests.outcome.not_processed.repeated"),
    ("（五）不予处理", "3.要求提供公开出版物", "requests.outcome.not_processed.publication"),
    ("（五）不予处理", "4.无正当理由大量反复申请", "requests.outcome.not_processed.excessive"),
    (
        "（五）不予处理",
        "5.要求行政机关确认或重新出具已获取信息",
        "requests.outcome.not_processed.confirmation",
    ),
    (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "requests.outcome.other.correction_overdue",
    ),
    (
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "requests.outcome.other.fee_overdue",
    ),
    ("（六）其他处理", "3.其他", "requests.outcome.other.other"),
    ("", "（七）总计", "requests.outcome.total"),
    ("", "四、结转下年度继续办理", "requests.carried_out"),
]

STATISTICS_ROWS: list[tuple[str, str, str]] = [
    ("一、主动公开情况", "——", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "proactive.items"),
    ("其中：主动公开规范性文件数", "条", "proactive.items.normative"),
    ("制发规范性文件总数", "件", "proactive.normative.made"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", ""),
    ("1.政府公报公开政府信息数", "条", "proactive.channel.gazette"),
    ("2.政府网站公开政府信息数", "条", "proactive.channel.website"),
    ("三、依申请公开情况", "——", ""),
    ("（一）收到申请数", "件", "requests.received"),
    ("1.当面申请数", "件", "requests.received.in_person"),
    ("2.传真申请数", "件", "requests.received.fax"),
    ("（三）申请答复数", "件", "requests.answered"),
    ("2.同意公开答复数", "件", "requests.answered.granted"),
    ("3.同意部分公开答复数", "件", "requests.answered.partial"),
    ("4.不同意公开答复数", "件", "requests.answered.refused"),
    ("四、行政复议数量", "件", "review.total"),
    ("（一）维持具体行政行为数", "件", "review.upheld"),
    ("（二）被依法纠错数", "件", "review.corrected"),
    ("（三）其他情形数", "件", "review.other"),
    ("五、行政诉讼数量", "件", "litigation.total"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "litigation.upheld"),
    ("（二）被依法纠错数", "件", "litigation.corrected"),
    ("（三）其他情形数", "件", "litigation.other"),
    ("六、被举报投诉数量", "件", "complaints.total"),
    ("（一）维持具体行政行为数", "件", "complaints.upheld"),
    ("（二）被纠错数", "件", "complaints.corrected"),
    ("（三）其他情形数", "件", "complaints.other"),
    ("八、机构建设和保障经费情况", "——", ""),
    ("（三）从事政府信息公开工作人员数", "人", "institution.staff"),
    ("1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", "institution.staff.full_time"),
    ("2.兼职人员数", "人", "institution.staff.part_time"),
    ("（四）政府信息公开专项经费", "万元", "institution.budget"),
]

Cell = str | tuple[str, int, int]


def request_header() -> list[list[Cell]]:
    """The three header lines of the request table."""
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return [
        [(corner, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        list(HEADS[1:6]),
    ]


def request_table(figures: dict[tuple[str, str], str]) -> list[list[Cell]]:
    """The request table with its merged cells; figures by code and applicant."""
    rows = request_header()
    seen: set[str] = set()
    for group, label, code in REQUEST_ROWS:
        cells: list[Cell] = []
        if label.startswith("（一）"):
            inside = sum(
                not item.startswith(("一、", "二、", "四、")) for _, item, _ in REQUEST_ROWS
            )
            cells.append(("三、本年度办理结果", inside, 1))
        if group and group not in seen:
            seen.add(group)
            cells.append((group, sum(item[0] == group for item in REQUEST_ROWS), 1))
        cells.append((label, 1, 1 if group else 2 if label.startswith("（") else 3))
        rows.append([*cells, *(figures.get((code, name), "") for name in APPLICANTS)])
    return rows


def review_table(figures: list[str]) -> list[list[Cell]]:
    """The review table with fifteen figures."""
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((name, 2, 1) for name in OUTCOMES), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*OUTCOMES, *OUTCOMES],
        list(figures),
    ]


def statistics_table(figures: dict[str, str]) -> list[list[Cell]]:
    """The statistics sheet: label, unit, figure."""
    rows: list[list[Cell]] = [["统　计　指　标", "单位", "统计数"]]
    return rows + [[label, unit, figures.get(code, "")] for label, unit, code in STATISTICS_ROWS]
