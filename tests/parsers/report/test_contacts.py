"""How to reach people is nobody's to hand on; figures and sentences stay."""

import pytest

from archive.declarations import load
from parsers.contacts import without_contacts
from parsers.records import Context, Grid
from parsers.report import read_reports
from tests.parsers.report.test_reports import BODY, TITLE, document, grid

LEFT_OUT = {
    "（地址：柳城区河滨北街8号；邮编：351100；电话：0594-2233445；联系人：李四光）。": (
        "（地址：［略］；邮编：351100；电话：［略］；联系人：［略］）。"
    ),
    "填报人：钱七七　审核人：孙八八　联系电话：0594-5554443": (
        "填报人：［略］　审核人：［略］　联系电话：［略］"
    ),
    "联系人：李 四 电话 2233447": "联系人：［略］ 电话 ［略］",
    "电 话：（010）65194406": "电 话：［略］",
    "电话：0755-22107801、22107802": "电话：［略］",
    "手机13812345678，信箱 slj_8@example.gov.cn。": "手机［略］，信箱 ［略］。",
    "| 张三 | 电话 |\n| 13912345678 | 139-1234-5678 |": "| 张三 | 电话 |\n| ［略］ | ［略］ |",
    "地址：河滨街8号\t12\t13": "地址：［略］\t12\t13",
    "咨询电话0594-2299887接听电话12次，热线12345受理33件。": (
        "咨询电话［略］接听电话12次，热线12345受理33件。"
    ),
}
KEPT = (
    "接听电话1234567次，公开信息13812345678条。",
    "投资13912345678.50元，采购总额13912345678（元），绿化15012345678平方米。",
    "| 采购总金额 | 13912345678 |",
    "采购总金额\t万元\t13912345678",
    "填报人：\t审核人：\n地址：\n五、存在的主要问题",
    "网址：http://www.example.gov.cn/xxgk",
    "电子版下载地址：http://www.example.gov.cn",
    "统计期限为20220101-20221231，索引号 11330800002618015K/2021。",
    "联系人员培训3次，12345热线受理8件，投资1234567.89元。",
)


@pytest.mark.parametrize(("printed", "told"), [*LEFT_OUT.items(), *zip(KEPT, KEPT, strict=True)])
def test_only_ways_to_reach_people_are_left_out(printed: str, told: str) -> None:
    assert without_contacts(printed) == told


@pytest.mark.parametrize(
    "text", ["0" * 200_000, "电话" * 100_000, "a@" * 100_000, "地址：" * 90_000]
)
def test_no_text_takes_long(text: str) -> None:
    assert without_contacts(text)


def test_a_report_tells_nobodys_number() -> None:
    lines: list[str | Grid] = [
        *BODY[:2],
        "2022年收到政府信息公开申请5件，咨询电话0594-2299887。举报邮箱 a8@example.cn。",
        grid("指标名称|单位|统计数", "收到申请数|件|0594-2233445", "申请办结数|件|5"),
        *BODY[3:-2],
        "联系人：李四光，电话：0594-2255667，地址：河滨北街8号。",
        *BODY[-2:],
    ]
    (report,) = read_reports(document(TITLE, *lines), Context(), load())
    told = str((report.text, report.sections, report.observations, report.checks, report.problems))
    assert "申请5件" in told
    assert [word for word in ("0594", "a8@", "李四光", "河滨") if word in told] == []
