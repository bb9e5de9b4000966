"""The last day that the law gives a body for its report, by the year reported on and its kind.

Regulations on Open Government Information of 2008, art. 31: 31 March for all bodies, in force for
the reports of 2008 to 2018. Regulations of 2019, art. 49 and 50, from the report of 2019 on:
31 January for departments, 31 March for governments at county level and above; none is stated for
townships and sub-districts. A body whose kind its name does not tell counts as a department.
"""

from functools import cache

from parsers.who.names import read_name
from query.lineage import declared_places

FIRST_YEAR = 2008
FIRST_YEAR_OF_NEW_LAW = 2019

# First word of an agency id's last part, or kind of a name read -> what the law calls it. A
# committee that governs a zone is held to be a government: the later day, for want of a rule.
_KINDS = {
    "government": "government",
    "office": "government",
    "zone": "government",
    "zone_committee": "government",
    "township": "township",
}
_LAST_DAYS = {"department": "01-31", "government": "03-31"}


@cache
def kind_of(agency: str, agency_id: str = "") -> str:
    """`department`, `government` (with its office) or `township`."""
    key = agency_id.partition("/")[2]
    if not key:
        name = read_name(agency, declared_places())
        key = name.body.kind if name else ""
    return _KINDS.get(key.partition(":")[0], "department")


def deadline(agency: str, year: int, agency_id: str = "") -> str:
    """The last day for the report on `year`, ISO; empty where the law states none."""
    if year < FIRST_YEAR:
        return ""
    if year < FIRST_YEAR_OF_NEW_LAW:
        return f"{year + 1}-03-31"
    day = _LAST_DAYS.get(kind_of(agency, agency_id), "")
    return f"{year + 1}-{day}" if day else ""


def law(year: int) -> str:
    """The rule that held for the report on `year`; empty before there was one."""
    if year < FIRST_YEAR:
        return ""
    return "2008, art. 31" if year < FIRST_YEAR_OF_NEW_LAW else "2019, art. 49-50"
