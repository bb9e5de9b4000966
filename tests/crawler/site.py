"""A small portal of the TRS kind: a home page, a listing of several pages, reports, attachments."""

from tests.crawler.server import Answer, Reply, page

AGENCY = "某市科学技术局"
YEARS = range(2015, 2024)
COLUMN = "/zfxxgk/zfxxgknb/"
DECOYS = (
    "一图读懂2020年政府信息公开工作年度报告",
    "2021年政府网站工作年度报表",
    "关于召开年度工作会议的通知",
)
PER_PAGE = 4


def report_path(year: int) -> str:
    return f"{COLUMN}{year + 1}01/t{year + 1}0120_{2000000 + year}.html"


def attachment_path(year: int) -> str:
    return f"{COLUMN}{year + 1}01/P0{year + 1}0120{year}.pdf"


def title(year: int) -> str:
    return f"{AGENCY}{year}年政府信息公开工作年度报告"


def report(year: int) -> str:
    name = attachment_path(year).rsplit("/", 1)[1]
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title(year)}">'
        f'<meta name="PubDate" content="{year + 1}-01-20"></head><body><h1>{title(year)}</h1>'
        f'<div class="TRS_Editor"><p>一、总体情况</p><p>{year}年共收到申请{year}件。</p>'
        f"<p>{'本年度依法公开政府信息。' * 80}</p>"
        f'<p><a href="./{name}">附件：{year}年度报告.pdf</a></p></div></body></html>'
    )


def rows() -> list[str]:
    reports = [
        f'<li><a href=".{report_path(year).removeprefix(COLUMN[:-1])}">{title(year)}</a>'
        f"<span>{year + 1}-01-20</span></li>"
        for year in reversed(YEARS)
    ]
    decoys = [
        f'<li><a href="./202102/t20210201_{n}.html">{text}</a><span>2021-02-01</span></li>'
        for n, text in enumerate(DECOYS)
    ]
    return [*reports[:3], *decoys, *reports[3:]]


def listing(number: int, charset: str = "utf-8") -> str:
    all_rows = rows()
    count = -(-len(all_rows) // PER_PAGE)
    shown = "".join(all_rows[number * PER_PAGE : (number + 1) * PER_PAGE])
    return (
        f'<html><head><meta charset="{charset}"><title>政府信息公开年报</title></head><body>'
        f'<ul class="list">{shown}</ul>'
        f'<script>createPageHTML({count}, {number}, "index", "html");</script></body></html>'
    )


def site() -> dict[str, Answer]:
    """The routes of the whole portal; the listing is GB 18030 labelled as UTF-8."""
    link = f'<a href="{COLUMN}">政府信息公开<br>年报</a>'
    home = f'<meta charset="utf-8">{link}<a href="/news/">要闻</a>'
    routes: dict[str, Answer] = {"/": page(home)}
    for number in range(-(-len(rows()) // PER_PAGE)):
        name = "" if number == 0 else f"index_{number}.html"
        routes[COLUMN + name] = page(listing(number), charset="gb18030")
    for year in YEARS:
        routes[report_path(year)] = _validated(report(year), str(year))
        routes[attachment_path(year)] = Reply(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 1009\r\n\r\n"
            + b"%PDF-1.4\n"
            + str(year).encode() * 250
        )
    return routes


def _validated(text: str, tag: str) -> Answer:
    """A page that is answered with 304 to whoever has it."""

    def answer(request: bytes, _before: int) -> Reply:
        if f'If-None-Match: "{tag}"'.encode() in request:
            return Reply(f'HTTP/1.1 304 Not Modified\r\nETag: "{tag}"\r\n\r\n'.encode())
        return page(text, headers=f'ETag: "{tag}"\r\n')

    return answer
