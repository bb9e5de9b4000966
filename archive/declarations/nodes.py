"""Strict reading of a YAML file into dataclasses: what is not understood is an error with its line.

A field's type tells what it takes: a number, a text, another dataclass, or `Mapping[str, ...]` of
one. Its metadata may narrow that: `least` and `most` for numbers, `read` for a function that makes
the value from the text and raises `ValueError` with the reason if it cannot.
"""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from archive.declarations.files import fail

T = TypeVar("T")
_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_ENDLESS = float("inf")


def read_into(path: Path, kind: type[T]) -> T:
    """The file as a `kind`, a dataclass whose fields without a default must be there.

    Raises:
        DeclarationError: it cannot be read or is not understood; the message names file and line.
    """
    tree = compose(path)
    if tree is None:
        fail(path, 1, "is empty")
    return _record(path, tree, kind)


def compose(path: Path) -> yaml.Node | None:
    """The file as nodes, each of which knows its line; None if it is empty.

    Raises:
        DeclarationError: it cannot be read or is no YAML; the message names file and line.
    """
    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        fail(path, 0, f"cannot be read ({error.strerror})")
    except UnicodeDecodeError as error:
        fail(path, 0, f"is not UTF-8 (byte {error.start})")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fail(path, mark.line + 1 if mark else 1, str(getattr(error, "problem", error)))


def _record(path: Path, node: yaml.Node, kind: type[T]) -> T:
    entries = _entries(path, node)
    known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for name, value in entries.items():
        if name not in known:
            fail(path, _line(value), f"unknown field {name!r}")
    hints = get_type_hints(kind)
    values = {
        name: _value(path, value, hints[name], known[name]) for name, value in entries.items()
    }
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:  # a missing field, or values that do not go together
        fail(path, _line(node), str(error).removeprefix(f"{kind.__name__}."))


def _entries(path: Path, node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        fail(path, _line(node), "is no mapping from names to values")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in found:
            fail(path, _line(key), f"field {key.value} stands there twice")
        found[str(key.value)] = value
    return found


def _value(path: Path, node: yaml.Node, hint: Any, field: Field[Any]) -> Any:
    if get_origin(hint) is not None:
        of: Any = get_args(hint)[1]
        return {name: _record(path, each, of) for name, each in _entries(path, node).items()}
    if is_dataclass(hint) and "read" not in field.metadata:
        kind: Any = hint
        return _record(path, node, kind)
    if not isinstance(node, yaml.ScalarNode):
        fail(path, _line(node), f"{field.name} is no single value")
    if hint in (int, float):
        return _number(path, node, hint, field)
    try:
        return field.metadata.get("read", str)(node.value)
    except ValueError as error:
        fail(path, _line(node), f"{field.name}: {error}")


def _number(path: Path, node: yaml.ScalarNode, kind: type[int | float], field: Field[Any]) -> Any:
    limits: Mapping[str, float] = field.metadata
    least, most = limits.get("least", 0), limits.get("most", _ENDLESS)
    if node.tag not in _NUMBER_TAGS or (kind is int and not node.value.isdigit()):
        fail(path, _line(node), f"{field.name} is {node.value!r}, no {_NAMES[kind]}")
    number = kind(yaml.SafeLoader("").construct_object(node))
    if not least <= number <= most:
        fail(path, _line(node), f"{field.name} is {node.value}, not between {least:g} and {most:g}")
    return number


_NAMES: dict[type, str] = {int: "whole number", float: "number"}


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
