"""What is declared of tables, asked of printed lines."""

from collections.abc import Iterable, Mapping, Sequence

from parsers.declared.forms import FormDeclarations
from parsers.tables.heads import head_book, is_figure, tables_of
from parsers.tables.labels import LabelBook
from parsers.tables.sheets import Line


class Known:
    """The heads, labels, words and tables of all forms."""

    def __init__(self, declared: FormDeclarations, books: Mapping[str, LabelBook]) -> None:
        """Takes the declarations and the labels indexed by table."""
        self.heads = head_book(declared)
        self.books = books
        self.tables = declared.tables
        self.words = declared.words

    def rows_of(self, table: str, lines: Iterable[Line]) -> int:
        """How many lines hold a label of a table."""
        knows = self.books[table].knows
        return sum(any(knows(box.text) for box in line.printed()) for line in lines)

    def table_of(self, lines: Sequence[Line]) -> str:
        """The table with most labels among those of some lines."""
        return max(self.tables, key=lambda table: self.rows_of(table, lines))

    def is_row(self, line: Line) -> bool:
        """Whether a line holds the label of a row and a figure."""
        printed = line.printed()
        if len(printed) < 2 or not any(is_figure(box, self.words) for box in printed):
            return False
        return any(book.knows(box.text) for book in self.books.values() for box in printed)

    def are_of_form(self, lines: Iterable[Line]) -> bool:
        """Whether some of what lines print stands in no menu: numbered rows, sections, heads."""
        return any(
            self.names_heads(line)
            or any(book.tells(box.text) for book in self.books.values() for box in line.printed())
            for line in lines
        )

    def is_group(self, line: Line) -> bool:
        """Whether a line prints nothing but the name of a group of heads: its heads may follow."""
        if len(line.printed()) != 1 or line.layout != "grid":
            return False
        heads = self.heads.find(line.printed()[0].text)
        return any(
            head.role == "group" and self.tables[name].layout == "columns"
            for name, head in heads.items()
        )

    def opens_section(self, line: Line) -> bool:
        """Whether a line is the head of a section that brings column heads of its own."""
        printed = line.printed()
        return len(printed) == 1 and any(
            table.heads_each_section and self.books[name].section(printed[0].text) is not None
            for name, table in self.tables.items()
        )

    def names_heads(self, line: Line) -> bool:
        """Whether a line prints two heads of one table, though none of figures."""
        counts = tables_of(self.heads.found(line.printed()))
        return max(counts.values(), default=0) > 1
