"""Fields of Word documents: their result is text, the code that computes it is not.

ECMA-376 part 1, 17.16.18: `begin`, the code, `separate`, the result, `end`; codes may hold fields.
"""

from lxml import etree

from pipelines.word import W, attribute, number_attribute

UNREADABLE = "\ufffd"


class Fields:
    """The fields that are open within one paragraph."""

    def __init__(self) -> None:
        self._open: list[str | None] = []  # the code of each, nothing once its result began
        self._chosen: list[str] = []  # what each shows if it is a list to choose from

    def are_code(self) -> bool:
        """Whether what comes now is no text."""
        return any(code is not None for code in self._open)

    def add_code(self, text: str) -> None:
        """Takes a piece of a code."""
        if self._open and self._open[-1] is not None:
            self._open[-1] += text

    def mark(self, element: etree._Element) -> str:
        """Takes a mark, and gives what a field shows that has no result of its own.

        That is the chosen entry of a list; of a formula that was saved without result it is what
        stands for something unreadable.
        """
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append("")
            self._chosen.append(_chosen(element))
        elif kind == "separate" and self._open:
            self._open[-1] = None
        elif kind == "end" and self._open:
            code, chosen = self._open.pop() or "", self._chosen.pop()
            if not self.are_code():
                return UNREADABLE if code.lstrip().startswith("=") else chosen
        return ""


def _chosen(mark: etree._Element) -> str:
    """The entry that a list of a form shows: the first one, or the one that was chosen."""
    choice = mark.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    entries = [attribute(entry, "val") for entry in choice.iterfind(f"{W}listEntry")]
    usual = number_attribute(choice.find(f"{W}default"))
    number = number_attribute(choice.find(f"{W}result"), usual)
    return entries[number] if 0 <= number < len(entries) else ""
