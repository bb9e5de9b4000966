"""The options that choose reports, the same in every command."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from query.completion import one_of
from query.filters import Filters
from query.words import FORMS, SCOPES

F = TypeVar("F", bound=Callable[..., object])


def filter_options(command: F) -> F:
    """Adds --agency, --region, --year, --form, --scope and --all-versions."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(given: dict[str, Any]) -> Filters:
    """Takes the options of `filter_options` out of a command's arguments."""
    names = ("agency", "region", "years", "form", "scope")
    texts: dict[str, Any] = {name: given.pop(name) or "" for name in names}
    return Filters(**texts, all_versions=given.pop("all_versions"))


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--agency", metavar="NAME", help="Agency id, or a part of a name (科学技术局)."),
    click.option("--region", metavar="CODE", help="Division code (3700 means all below), or name."),
    click.option("--year", "years", metavar="YEARS", help="2021, 2019-2022 or 2018,2021."),
    click.option("--form", metavar="FORM", help="Form of the tables: 2021, 2019, 2014, prose ...",
                 shell_complete=one_of(FORMS)),
    click.option("--scope", metavar="SCOPE", help="own, with_subordinates, jurisdiction, unknown.",
                 shell_complete=one_of(SCOPES)),
    click.option("--all-versions", is_flag=True, help="Not only the preferred version of each."),
)  # fmt: skip
