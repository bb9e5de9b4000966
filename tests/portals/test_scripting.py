"""Scripts are searched for the rarer end of an expression first, with the same result."""

import re
from urllib.parse import urljoin

import pytest

from parsers.portals.markup import resolve
from parsers.portals.scripting import joined

NAME, VALUE = r"\b(\w{1,9})\s{0,2}", r"=\s{0,2}(?:'([^'\n]{0,9})'|(\d{1,5}))\s{0,2}[;,]"


@pytest.mark.parametrize(
    "code",
    [
        "a = 1; bc='d',e = 2;",
        "a == 'b = 3;';",
        "x[0] = 'c = 4;', d = 5;",
        "abcdefghij = 6; abcdefghi = 7;",
        "a = b = 8, =9; 'c' = 'd';",
        "a = 'b = 1, c = 2;', d",
        "",
    ],
)
def test_joined_finds_what_one_pattern_of_both_finds(code: str) -> None:
    whole = re.compile(NAME + VALUE)
    parts = joined(re.compile(NAME + r"\Z"), re.compile(VALUE), code, 11)
    found = [(*name.groups(), *value.groups()) for name, value in parts]
    assert found == [match.groups() for match in whole.finditer(code)]


@pytest.mark.parametrize(
    "base",
    [
        "http://a.gov.cn",
        "http://a.gov.cn/x/y.htm?z=/1/2",
        "http://a.gov.cn:81/x/../y/;k=1/w.htm",
    ],
)
@pytest.mark.parametrize(
    "href", ["/b/c.htm", "../b.htm?d=1", "./b/", "b.htm", "b/c", "?d=2", "//c.gov.cn/b", "//", "b"]
)
def test_a_link_leads_where_it_does_from_its_own_page(base: str, href: str) -> None:
    assert resolve(href, base) == urljoin(base, href)
