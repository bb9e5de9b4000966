"""Pages that show nothing without a browser: what it made of them is read in their place."""

from dataclasses import replace

from archive.records import Bundle, Part


def as_shown(bundle: Bundle) -> tuple[Bundle, tuple[Part, ...]]:
    """The bundle as a browser showed it, and the sources of what it showed.

    What was rendered is a part with the address of its source; the latest counts.
    """
    shown = {part.capture.url: part for part in bundle.parts if _is_rendered(part)}
    if not shown:
        return bundle, ()
    fetched = (bundle.page, *(part for part in bundle.parts if not _is_rendered(part)))
    sources = tuple(part for part in fetched if part.capture.url in shown)
    page, *parts = (_instead(part, shown.get(part.capture.url)) for part in fetched)
    return Bundle(page, tuple(parts)), sources


def _is_rendered(part: Part) -> bool:
    return part.capture.context.relation == "rendered"


def _instead(source: Part, shown: Part | None) -> Part:
    """What was shown, in the relation to its page that its source has."""
    if shown is None:
        return source
    context = replace(shown.capture.context, relation=source.capture.context.relation)
    return replace(shown, capture=replace(shown.capture, context=context))
