"""What reading one report's sentences needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.declared.forms import FormDeclarations
from parsers.declared.prose import ProseDeclarations, Rule
from parsers.prose.lexicon import Heads, Lexicon, lexicon, rules_by_unit
from parsers.prose.times import TimeWords
from parsers.records import Scope

# From this year on a report without tables follows the outline of the 2019 forms.
FIRST_YEAR_OF_2019_CODES = 2019
FIRST_YEAR_OF_2021_CODES = 2021


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one report's sentences needs: rules that may apply, words, year and scope.

    `deniable` are the rules of what there may have been none of, `agencies` the names of the bodies
    that the report is of, empty if unknown.
    """

    lexicon: Lexicon
    forms: FormDeclarations
    rules: tuple[Rule, ...]
    deniable: tuple[Rule, ...]
    by_unit: Mapping[str, Heads]
    year: int | None
    scope: Scope
    form: str
    agencies: tuple[str, ...] = ()

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The declared lists of words."""
        return self.lexicon.words

    @property
    def times(self) -> TimeWords:
        """The declared words of time."""
        return self.lexicon.times

    def named_years(self, text: str) -> str:
        """The text with the year and those around it said in words: 2022年结转 is 上年结转."""
        if self.year is None or "年" not in text:
            return text
        text = text.replace(f"{self.year}年", "本年").replace(f"{self.year - 1}年", "上年")
        return text.replace(f"{self.year + 1}年", "下年")


def codes_of(form: str, year: int | None) -> frozenset[str]:
    """The forms whose codes a report may use; one without tables goes by its year."""
    names = set(form.split("+"))
    if names <= {"prose", ""}:
        if year is None or year < FIRST_YEAR_OF_2019_CODES:
            return frozenset({"prose", "2014"})
        return frozenset({"prose", "2019" if year < FIRST_YEAR_OF_2021_CODES else "2021"})
    national = {"2019", "2021", "2014"}
    return frozenset(names if names & national else names | {"2014"})


def reader(
    prose: ProseDeclarations,
    forms: FormDeclarations,
    form: str,
    year: int | None,
    scope: Scope,
    agencies: tuple[str, ...] = (),
) -> Reader:
    """A reader for one report."""
    rules, deniable, by_unit = rules_by_unit(prose, codes_of(form, year))
    words = lexicon(prose)
    return Reader(words, forms, rules, deniable, by_unit, year, scope, form, agencies)
