"""Fields of Word documents: their result is text, the code that computes it is not.

ECMA-376 part 1, 17.16.18: `begin`, the code, `separate`, the result, `end`; codes may hold fields.
"""

from lxml import etree

from pipelines.word import attribute

UNREADABLE = "\ufffd"


class Fields:
    """The fields that are open within one paragraph."""

    def __init__(self) -> None:
        self._open: list[str | None] = []  # the code of each, nothing once its result began

    def are_code(self) -> bool:
        """Whether what comes now is no text."""
        return any(code is not None for code in self._open)

    def add_code(self, text: str) -> None:
        """Takes a piece of a code."""
        if self._open and self._open[-1] is not None:
            self._open[-1] += text

    def mark(self, element: etree._Element) -> str:
        """Takes a mark, and gives what stands for a formula that was saved without a result."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append("")
        elif kind == "separate" and self._open:
            self._open[-1] = None
        elif kind == "end" and self._open:
            code = self._open.pop()
            if code and code.lstrip().startswith("=") and not self.are_code():
                return UNREADABLE
        return ""
