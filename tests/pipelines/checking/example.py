"""The draft of docs/check.md, with last year's report."""

from dataclasses import replace

from tests.parsers.tables.samples import request_table
from tests.pipelines.checking.drafts import Draft, articles_2021, requests

LAST_YEAR = Draft(
    year=2021,
    requests=request_table(requests(carried_in="0", carried_out="1")),
    articles=articles_2021(("2", "0", "6")),
)
DRAFT = replace(
    Draft(),
    overview="2022年，我局共收到政府信息公开申请6件。",
    articles=articles_2021(("3", "", "8")),
    requests=request_table(requests(carried_in="2")),
    left_out=("六、其他需要报告的事项",),
    signed="2023年2月3日",
)
