"""Pages: the report within them, its tables, titles, facts and links."""

from collections.abc import Sequence

from lxml import etree

from parsers.records import Block, Document, Link, Problem
from pipelines.assembly import Draft, assemble, first_line_titles, problem
from pipelines.decode import Decoded
from pipelines.html import tree
from pipelines.html.blocks import BlockWalker
from pipelines.html.content import Chooser, Content
from pipelines.html.furniture import is_name_of_others
from pipelines.html.links import LinkReader
from pipelines.html.metadata import page_titles, read_meta, read_titles
from pipelines.html.paths import element_path
from pipelines.html.preformatted import kept_by_sheet
from pipelines.html.scripted import scripted_body
from pipelines.html.stylesheets import printed_length
from pipelines.html.surroundings import left_out
from pipelines.html.trimming import trimmed
from pipelines.html.witness import disagreement
from pipelines.limits import RefusedError
from pipelines.text import damage

STUB_CHARS = 60
# More than any page with a report has.
MOST_ELEMENTS = 200_000
MOST_CHARS = 5_000_000

_MANY_ELEMENTS = etree.XPath(f"count(//*) > {MOST_ELEMENTS}")


def read_html(decoded: Decoded, url: str = "") -> Document:
    """Reads a page. `url` makes its links absolute.

    Raises:
        RefusedError: it has more elements or prints more than any page with a report.
    """
    with tree.reading(decoded.text) as page:
        return _read(page, decoded, url)


def _read(page: tree.Page, decoded: Decoded, url: str) -> Document:
    _check_bounds(page.root, len(decoded.text))
    chooser = Chooser(page.root)
    content = chooser.choose()
    if content.kind != "container":
        written = scripted_body(page.root)
        if written is not None and chooser.is_little_beside(written):
            body = Decoded(written, decoded.charset, decoded.reason)
            return _with_body(_read(tree.parse(written), body, url), page)
    drafts, problems = _drafts(chooser, content)
    if chooser.is_doubtful(content):
        problems += disagreement(decoded.text, drafts)
    blocks = assemble("html", drafts)
    links = LinkReader(page.root, url).read(content.roots)
    meta = read_meta(page.root)
    return Document(
        blocks=blocks,
        media_type="html",
        charset=decoded.charset,
        charset_reason=decoded.reason,
        titles=(*read_titles(page.root, meta), *first_line_titles(blocks)),
        meta=meta,
        links=links,
        problems=(
            *page.problems,
            *damage(decoded),
            *content.problems,
            *problems,
            *_hidden(content),
            *_generated(content),
            *_laid_out(content),
            *_stub(blocks, links),
        ),
    )


def _check_bounds(root: etree._Element, chars: int) -> None:
    """Refuses a page whose source of so many characters is beyond any report."""
    if chars > MOST_ELEMENTS * len("<p>") and _MANY_ELEMENTS(root):
        raise RefusedError("too_large", f"the page has more than {MOST_ELEMENTS} elements")
    if chars > MOST_CHARS and printed_length(root) > MOST_CHARS:
        raise RefusedError("too_large", f"the page prints more than {MOST_CHARS} characters")


def _drafts(chooser: Chooser, content: Content) -> tuple[list[Draft], list[Problem]]:
    roots = set(content.roots)
    dropped: list[etree._Element] = []

    def skip(element: etree._Element) -> bool:
        if element in roots or element.tag not in tree.BLOCKS:
            return False
        if element in content.beside:
            return True
        if chooser.is_furniture(element):
            if chooser.holds_sentences(element) and not tree.is_named(element, is_name_of_others):
                dropped.append(element)
            return True
        return content.kind != "container" and chooser.is_link_list(element)

    walker = BlockWalker(skip, kept_by_sheet(chooser.root))
    walker.walk(content.roots)
    drafts, left = trimmed(walker.drafts, walker.linked, page_titles(chooser.root))
    return drafts, [*walker.problems, *left_out(dropped), *left]


def _hidden(content: Content) -> list[Problem]:
    """What the report's page hides by its styles or strikes out: the reader is told."""
    roots = {*content.roots}
    told = []
    for kind, elements, manner in (
        ("hidden_text", tree.hidden_by_sheet(), "hidden by the page's style sheet"),
        ("hidden_text", tree.printed_white(), "white on white"),
        ("struck_text", tree.struck_out(), "struck out"),
    ):
        within = [e for e in elements if not roots.isdisjoint(e.iterancestors())]
        if within:
            detail = f"{len(within)} elements in the text are {manner} and were left out"
            told.append(problem(kind, detail, min(f"html:#{element_path(e)}" for e in within)))
    return told


def _generated(content: Content) -> list[Problem]:
    """Figures that the style sheet prints beside the words of the text: they are not read."""
    for element, words in tree.generated().items():
        if any(map(str.isdecimal, words)) and _is_within(element, content):
            detail = f"the page's style sheet prints figures that were not read: {words[:60]}"
            return [problem("generated_text", detail, f"html:#{element_path(element)}")]
    return []


def _laid_out(content: Content) -> list[Problem]:
    """Boxes that may be a table and are read as lines."""
    for element in tree.laid_out():
        if _is_within(element, content) or any(
            element in one.iterancestors() for one in content.roots
        ):
            words = tree.shown_text(element)[:60]
            detail = f"boxes that may be a table were read as lines: {words}"
            return [problem("doubtful_layout", detail, f"html:#{element_path(element)}")]
    return []


def _is_within(element: etree._Element, content: Content) -> bool:
    roots = {*content.roots}
    return element in roots or not roots.isdisjoint(element.iterancestors())


def _stub(blocks: Sequence[Block], links: Sequence[Link]) -> list[Problem]:
    """Pages whose report is elsewhere: in an attachment, a frame or a picture."""
    chars = sum(len(b.text) if not hasattr(b, "rows") else STUB_CHARS for b in blocks)
    if chars >= 4 * STUB_CHARS:
        return []
    kinds = {link.kind for link in links}
    for kind, name in (
        ("attachment", "only_attachment"),
        ("frame", "only_frame"),
        ("image", "only_picture"),
    ):
        if kind in kinds:
            detail = f"the page holds {chars} characters of text and its report is a linked {kind}"
            return [problem(name, detail)]
    return [] if blocks else [problem("no_text", "no text was found in the page")]


def _with_body(body: Document, page: tree.Page) -> Document:
    """A body that a script writes, with what the page around it says. It has no element paths."""
    meta = (*read_meta(page.root), *body.meta)
    return Document(
        blocks=body.blocks,
        media_type="html",
        charset=body.charset,
        charset_reason=body.charset_reason,
        titles=(*read_titles(page.root, meta), *body.titles),
        meta=meta,
        links=body.links,
        problems=body.problems,
    )
