"""Reads what stands after the place in a body's name: government, office, bureau, town or zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from parsers.declared.places import PlaceDeclarations, Word

Kind: TypeAlias = Literal[
    "government", "office", "bureau", "branch", "township", "zone", "national", "other"
]

_SUFFIX = re.compile(
    r"委员会办公室|小组办公室|委员会|办公室|办公厅|总局|局|厅|委办|委|办|署|中心|处"
)
_LONG_SUFFIX = {"委": "委员会", "办": "办公室", "委办": "委员会办公室"}
_OWN_SUFFIX = re.compile(r".*(?:社|会|中心|海关|队|委|办|残联)$")
_JOINER = re.compile(r"[和与及、]|暨")
_GOVERNMENT = re.compile(
    r"(?:(?:人民)?政府|(?P<prefectural>行政公署|行署))(?P<office>办公厅|办公室|办)?"
)
_OFFICE = re.compile(
    r"(?:(?:人民)?政府|行政公署|行署)(?:办公厅|办公室)|(?:行政公署|行署)办|(?:人民政府|政府|市府|县府|区府)办|(?:(?:人民)?政府)?政务公开(?:办公室|办)"
)
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,12}?)(?P<kind>街道办事处|街道办|街道|街|民族乡|镇|乡|苏木|地区办事处)"
    r"(?:办事处|人民政府|政府)?(?:办公室|党政办|党政办公室|党政综合办公室)?"
)
# No names: 我镇, 该乡, 全镇, 乡镇, 城乡, 街镇.
_NO_OWN_NAME = re.compile(r"我们?|[本全各该此每两多几某乡村城集街]|所有|全体")
_TOWN_KINDS = {"街道办事处": "街道", "街道办": "街道", "街": "街道"}
ZONE_WORDS = (
    r"经济技术开发区|高新技术产业开发区|高新技术开发区|高新技术产业园区|经济开发区|高新开发区|高新技术区|高新区|经开区|开发区"
    r"|工业园区|产业园区|科技园区|工业园|产业园|工业集中区|产业集聚区|产业集中区|示范园区|示范区|试验区|实验区|先行区|合作区"
    r"|综合保税区|保税区|保税港区|自贸区|自由贸易试验区|风景名胜区|风景区|旅游度假区|度假区|旅游区|景区|管理区|投资区|台商投资区"
    r"|新区|新城|园区|口岸区|自然保护区|临港区|集聚区|物流园区|农场"
)
_ZONE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{0,14}}?(?:{ZONE_WORDS}))(?P<committee>党工委管委会|管理委员会|管委会|管理局|管理处)?"
)
_OTHER = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|委员会|办公室|中心|所|站|队|处|院|馆|部|署|会|社|室|组|分局|厅|委|大队|支队|总队|台|办事处)"
)
# A verb, or a second bureau, shows that the words name more than one body.
_TWO_BODIES = re.compile(
    r"转发|关于|发布|公布|报送|印发|召开|(?:局|厅|政府|委员会).*(?<!分)(?:局|厅|政府|委员会)$"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The part of a name after its place: `end` is where it ends in the text read.

    `words` name the functions; `own` is the own name of a town, zone, branch or other body;
    `suffix` as printed.
    """

    end: int
    kind: Kind
    words: tuple[Word, ...] = ()
    joined: str = ""
    suffix: str = ""
    own: str = ""

    @property
    def functions(self) -> tuple[str, ...]:
        """The keys of its functions, sorted, each once."""
        return tuple(sorted({key for word in self.words for key in word.functions}))

    def standard(self, year: int | None) -> str:
        """Its name in full: 科技局 as 科学技术局. Combined names stay as printed."""
        if self.kind != "bureau" or len(self.words) != 1:
            return self.joined + self.suffix
        return self.words[0].standard(year) + _LONG_SUFFIX.get(self.suffix, self.suffix)


def read_bureaus(text: str, start: int, declared: PlaceDeclarations) -> Iterator[Body]:
    """Every way to read a bureau's name from `start` on, longest first words first."""
    for words, end in _words(text, start, declared, 4):
        joined = text[start:end]
        suffix = _SUFFIX.match(text, end)
        if suffix:
            yield Body(suffix.end(), "bureau", words, joined, suffix[0])
        elif is_whole(joined):
            yield Body(end, "bureau", words, joined)


def is_whole(word: str) -> bool:
    """Whether a word is a body's whole name and takes no suffix (供销合作社, 海关, 科委)."""
    return bool(_OWN_SUFFIX.match(word))


def _words(
    text: str, start: int, declared: PlaceDeclarations, most: int
) -> Iterator[tuple[tuple[Word, ...], int]]:
    if most == 0:
        return
    for length in declared.word_lengths.get(text[start : start + 2], ()):
        end = start + length
        word = declared.words.get(text[start:end])
        if word is None or end > len(text):
            continue
        joiner = _JOINER.match(text, end)
        for rest, rest_end in _words(text, joiner.end() if joiner else end, declared, most - 1):
            yield (word, *rest), rest_end
        yield (word,), end


def read_government(text: str, start: int) -> Iterator[Body]:
    """The government or its office, from `start` on."""
    office = _OFFICE.match(text, start)
    if office:
        suffix = "办公厅" if office[0].endswith("厅") else "办公室"
        yield Body(office.end(), "office", suffix=suffix)
    government = _GOVERNMENT.match(text, start)
    if government and not government["office"]:
        suffix = "行政公署" if government["prefectural"] else "人民政府"
        yield Body(government.end(), "government", suffix=suffix)


def read_town(text: str, start: int, whole: bool) -> Iterator[Body]:
    """A town, township or street office, from `start` on; with `whole`, one that fills the text."""
    match = (_TOWN.fullmatch if whole else _TOWN.match)(text, start)
    if match:
        kind = _TOWN_KINDS.get(match["kind"], match["kind"])
        name = match["name"].removeprefix("人民政府").removeprefix("政府")
        if name and not _NO_OWN_NAME.fullmatch(name):
            yield Body(match.end(), "township", own=name + kind)


def read_zone(text: str, start: int) -> Iterator[Body]:
    """A development zone that is not declared, with or without its committee."""
    match = _ZONE.match(text, start)
    if match:
        yield Body(match.end(), "zone", own=match["name"], suffix=match["committee"] or "")


def read_other(text: str, start: int) -> Iterator[Body]:
    """Any other body, known by its own name alone; it must fill the text."""
    match = _OTHER.fullmatch(text, start)
    if match and not _TWO_BODIES.search(match[0]):
        yield Body(match.end(), "other", own=match[0])
