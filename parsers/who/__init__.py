"""Who published a report: regions, agencies and their lineage."""

from parsers.who.lineage import agencies_of, ended, find_regions, lineage, lines
from parsers.who.resolution import resolve

__all__ = ["agencies_of", "ended", "find_regions", "lineage", "lines", "resolve"]
