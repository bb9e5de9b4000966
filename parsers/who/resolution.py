"""Tells which bodies a report is of, from its title and the evidence around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from parsers.declared import Declarations, PlaceDeclarations
from parsers.records import AgencyMention, Context, Document
from parsers.titles import matching_title
from parsers.who.choose import Choice, choose, fits
from parsers.who.clues import (
    Clue,
    Texts,
    address_clues,
    column_clues,
    declared_clues,
    further_names,
    heading_names,
    kind_clues,
    mention_clues,
    number_clues,
    phone_clues,
    scan_opening,
    signature_names,
    site_clues,
    superior_clues,
    texts_of,
)
from parsers.who.identity import agency_id, full_name, level, region_name
from parsers.who.names import Name, agreed, same_body
from parsers.who.regions import in_force
from parsers.who.scan import Mention, scan
from parsers.who.titles import read_title

_YEAR = re.compile(r"(20[0-4]\d)\s*年")


def resolve(
    title: str, document: Document, context: Context, declared: Declarations
) -> tuple[AgencyMention, ...]:
    """The bodies that a report is of: the issuer first, then those that report jointly with it.

    Trust goes, in this order, to the name in the title, completed or confirmed by what a person
    declared, the first lines and the signature, the site's name, column and path, numbers of cited
    documents, addresses and telephone codes. Where they leave more than one body, `agency_id` and
    `region_code` stay empty and `alternatives` lists them.
    """
    return _Case(title, document, context, declared.places).mentions()


@dataclass(frozen=True)
class _Case:
    """One report with all that is known of it; what costs time is read when first needed."""

    title: str
    document: Document
    context: Context
    places: PlaceDeclarations

    @cached_property
    def texts(self) -> Texts:
        return texts_of(self.document)

    @cached_property
    def scanned(self) -> tuple[Mention, ...]:
        return scan_opening(self.texts, self.places)

    @cached_property
    def declared(self) -> tuple[Clue, ...]:
        return tuple(declared_clues(self.context, self.places))

    @cached_property
    def site(self) -> tuple[Clue, ...]:
        return tuple(site_clues(self.document, self.context, self.places))

    @cached_property
    def signed(self) -> tuple[Name, ...]:
        return tuple(signature_names(self.texts, self.places))

    @cached_property
    def year(self) -> int | None:
        if self.context.year is not None:
            return self.context.year
        match = _YEAR.search(self.title) or _YEAR.search(self.texts.opening)
        return int(match[1]) if match else None

    def mentions(self) -> tuple[AgencyMention, ...]:
        names, source = self.names()
        if not names:
            return self.unread()
        roles = ("issuer", *("joint" for _ in names[1:]))
        issuers = [
            self.mention(name, role, source) for name, role in zip(names, roles, strict=True)
        ]
        return (*issuers, *self.further(issuers))

    def further(self, issuers: list[AgencyMention]) -> Iterator[AgencyMention]:
        """The bodies that compiled the report or are covered by it, other than its issuers."""
        seen = {mention.agency_id for mention in issuers}
        place = self.places.region(issuers[0].region_code, self.year)
        for role, name in further_names(self.texts, self.places):
            if place is not None and not name.complete:
                above = self.places.region(place.parent, self.year)
                near = (r for r in (place, above) if r and fits(name, r, self.places))
                name = replace(name, regions=tuple(near)[:1])
            mention = self.mention(name, role, "first lines")
            if mention.agency_id and mention.agency_id not in seen:
                seen.add(mention.agency_id)
                yield mention

    def unread(self) -> tuple[AgencyMention, ...]:
        """No name could be read whole: what the title's words and the site's name may mean.

        The place stands where the title names one and no other, the body stays open.
        """
        titled = [mention.name for mention in scan(matching_title(self.title), self.places)]
        near = titled + [mention.name for mention in self.scanned if mention.own]
        near += self.signed
        near += [clue.name for clue in self.site if clue.name is not None]
        found = {agency_id(name, r): level(name, r) for name in near for r in name.regions}
        if not found:
            return ()
        titled_in = {r.identity: r for n in titled for r in in_force(n.regions, self.year)}
        place = titled_in.popitem()[1] if len(titled_in) == 1 else None
        unsure = AgencyMention("issuer", "", alternatives=tuple(found)[:6])
        if place is None:
            return (unsure,)
        return (replace(unsure, region_code=place.code, region=place.name, level=place.level),)

    def names(self) -> tuple[tuple[Name, ...], str]:
        """The names to resolve and where they stood."""
        others = (self.context.page_title, self.context.link_text)
        printed = (*others, *(title.text for title in self.document.titles))
        # What else calls itself a title counts only where it names a year: 某市政府-信息公开年报
        # is the name of a page of the site.
        for title in (self.title, *(text for text in printed if _YEAR.search(text))):
            if named := read_title(title, self.places):
                return named, "title"
        if named := heading_names(self.texts, self.places):
            return named, "first lines"
        return self.names_without_title()

    def names_without_title(self) -> tuple[tuple[Name, ...], str]:
        for clue in self.declared:
            if clue.name is not None:
                return (clue.name,), "declared agency"
        # An office signs for its government too, so its signature decides nothing.
        found: tuple[tuple[Name | None, str], ...] = (
            (agreed(self.speaking(self.signed)), "signature"),
            (agreed(self.speaking(m.name for m in self.scanned if m.own)), "first lines"),
            (self.agreed_by_page(), "site name and column agree"),
        )
        return next((((name,), source) for name, source in found if name), ((), ""))

    def speaking(self, names: Iterable[Name]) -> list[Name]:
        return [name for name in names if name.body.kind not in {"government", "office"}]

    def agreed_by_page(self) -> Name | None:
        """The body that the site's name and another mark of the page both name; one is too few."""
        site = [clue for clue in self.site if clue.name and clue.name.body.kind == "bureau"]
        marks = column_clues(self.document, self.context, self.places)
        names = [clue.name for clue in marks if clue.name is not None]
        for clue in site:
            if clue.name and any(same_body(clue.name, name) for name in names):
                return clue.name
        return None

    def clues(self, name: Name) -> Iterator[Clue]:
        """The evidence for the place of `name`, in order of trust."""
        yield from self.declared
        if name.unknown:
            return
        yield from mention_clues(self.scanned, name)
        for signed in self.signed:
            if signed.regions and same_body(signed, name):
                yield Clue("signature", signed.printed, signed.regions, name=signed)
        yield from self.site
        yield from column_clues(self.document, self.context, self.places)
        yield from kind_clues(self.texts)
        yield from superior_clues(self.scanned)
        yield from number_clues(self.texts, self.places)
        yield from address_clues(self.texts, self.places)
        yield from phone_clues(self.texts, self.places)

    def mention(self, name: Name, role: str, source: str) -> AgencyMention:
        if name.national is not None:
            return self.resolved(name, role, Choice(None, (source,)))
        choice = choose(name, self.clues(name), self.year, self.places)
        evidence = tuple(source if step == "name" else step for step in choice.evidence)
        if choice.region is None:
            return self.undecided(name, role, choice)
        return self.resolved(name, role, Choice(choice.region, evidence or (source,)))

    def resolved(self, name: Name, role: str, choice: Choice) -> AgencyMention:
        region = choice.region
        identity = agency_id(name, region)
        others = {
            agency_id(clue.name, place)
            for clue in self.declared
            if clue.name is not None and clue.name.body.kind not in {"government", "office"}
            for place in clue.regions
        }
        return AgencyMention(
            role=role,
            printed=name.printed,
            name=full_name(name, region, self.places, self.year),
            agency_id=identity,
            region_code=identity.partition("/")[0] if region is None else region.code,
            region=region_name(name, region),
            level=level(name, region),
            evidence="; ".join(choice.evidence),
            alternatives=tuple(sorted(others - {identity})),
        )

    def undecided(self, name: Name, role: str, choice: Choice) -> AgencyMention:
        levels = {level(name, region) for region in choice.alternatives}
        return AgencyMention(
            role=role,
            printed=name.printed,
            level=levels.pop() if len(levels) == 1 else level(name, None),
            evidence="",
            alternatives=tuple(agency_id(name, region) for region in choice.alternatives),
        )
