"""Recognised pages are kept under the number of the code that made them."""

import ast
import hashlib
from pathlib import Path

from pipelines.extractors import RECOGNISERS, RECOGNITION, recogniser
from pipelines.ocr import NEEDED
from tests.conftest import ROOT

# All code that decides what is read on a page, and how it is kept.
SOURCES = (
    *sorted(
        path.relative_to(ROOT)
        for path in (ROOT / "pipelines" / "ocr").glob("*.py")
        if path.name not in ("counting.py", "showing.py")
    ),
    Path("pipelines/pdf/scans.py"),
    Path("pipelines/paged/glyphs.py"),
    Path("pipelines/paged/ruled.py"),
    Path("pipelines/paged/tables.py"),
)
# By number, what the code was: raise RECOGNITION and add a line when the test below fails.
CODE = {
    2: "229c421d33bfed1d15df69e80df88e7720469e9976fc27e0405c2f62e09b1882",
    3: "e3fee0e8aae87cb675e8e021dacee259a60317a0f7d03e9b2325db2a73335e29",
    4: "976e99422bf13aacf832fd114902916794e1ce647bbe8ba3487ba97c3be6d2ca",
    5: "b90fb1a6e58637b033acadbcc2fe80fe3433cecc9e0d0fdb6cf6fbc658b482a6",
    6: "87f81b0b35837f6590f02da20b7c3e1c880d4e59160bcf0d2170234d1ad2d8a8",
    7: "04d372184597dd9092a5b6e067c90415770b067a37e556b50c40d6caaae6cdd2",
    8: "1121578380f61a3392ff6a7938f39baace8b4f68664ca41aef85caf1e59493c3",
}


def code_digest() -> str:
    """SHA-256 of the code without comments, docstrings, layout and the types of variables."""
    total = hashlib.sha256()
    for path in SOURCES:
        tree = _Untyped().visit(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                node.body = [part for part in body if not _is_text(part)] or [ast.Pass()]  # type: ignore[attr-defined]
        total.update(f"{path}\n{_shown(tree)}\n".encode())
    return total.hexdigest()


def _shown(node: object) -> str:
    """A tree in words that are the same under every Python: its own dump and source are not."""
    if isinstance(node, list):
        return f"[{' '.join(map(_shown, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = (f"{name}={_shown(v)}" for name, v in ast.iter_fields(node) if v not in (None, []))
    return f"{type(node).__name__}({' '.join(fields)})"


class _Untyped(ast.NodeTransformer):
    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None or not isinstance(node.target, ast.Name):
            return node
        return ast.fix_missing_locations(ast.Assign([node.target], node.value, lineno=node.lineno))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_other_code_has_another_number() -> None:
    assert CODE.get(RECOGNITION) == code_digest(), "raise RECOGNITION in pipelines/extractors.py"
    assert len(set(CODE.values())) == len(CODE)
    assert max(CODE) == RECOGNITION


def test_the_number_and_all_packages_are_in_the_version() -> None:
    version = recogniser("pypdfium2").version
    assert version.startswith(f"{RECOGNITION} (")
    assert all(f"{name} " in version for name in (*RECOGNISERS, "pypdfium2"))
    imported = {"cv2": "opencv-python-headless"}
    assert {imported.get(name, name) for name in NEEDED} <= set(RECOGNISERS)
