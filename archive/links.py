"""The linking pass: all that follows from several documents, redone whole over stored rows."""

from archive.database import DatabaseWriter


def link(database: DatabaseWriter) -> None:
    """Redoes all links within the transaction under way."""
