"""How a crawl looks at each of its portals: everything, all listings, or known listings first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.declarations.schedule import PageChecks

# Everything; all listings, but no page before its time; known listings first, and no such page.
WHOLE, FULL, KNOWN = "", "full", "known"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a crawl.

    Attributes:
        plans: by portal, `WHOLE`, `FULL` or `KNOWN`; a portal that is not named is looked at whole.
        checks: when report pages that the archive has are asked for again; None asks for all.
        removal_days: the time after which a page that is gone is asked for again, to confirm it.
    """

    plans: Mapping[str, str] = field(default_factory=dict)
    checks: PageChecks | None = None
    removal_days: float = 0.0

    def plan(self, portal: str) -> str:
        """How that portal is looked at."""
        return self.plans.get(portal, WHOLE)
