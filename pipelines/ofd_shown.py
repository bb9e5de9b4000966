"""What an OFD file shows: objects that are not visible are taken out before it is read.

Every graphic unit may say `Visible="false"`, or be wholly transparent by `Alpha="0"` (GB/T 33190,
8.5). Transparent text on a page with a picture stays: programs that recognise scans write it.
"""

import io
import zipfile

from lxml import etree

from pipelines.limits import Package, RefusedError, local_name, parse_xml

PICTURE = "ImageObject"
TEXT = "TextObject"


def shown(payload: bytes) -> tuple[bytes, int]:
    """The file without its hidden objects, and how many texts were among them."""
    package = Package(payload)
    parts: dict[str, bytes] = {}
    texts = 0
    for member in package.members:
        if member.filename.lower().endswith(".xml"):
            cleaned, hidden = _cleaned(package.read_member(member))
            texts += hidden
            if cleaned:
                parts[member.filename] = cleaned
    return (_packed(Package(payload), parts) if parts else payload), texts


def is_transparent(element: etree._Element) -> bool:
    """Whether an object is there and leaves no mark."""
    return element.get("Alpha", "").strip() == "0"


def _cleaned(data: bytes) -> tuple[bytes, int]:
    """A part without its hidden objects, and their texts; nothing where it hides none."""
    plain = data.replace(b"\0", b"")  # as in UTF-16
    if b"Visible" not in plain and b"Alpha" not in plain:
        return b"", 0
    try:
        root = parse_xml(data)
    except RefusedError:
        return b"", 0  # told when its turn comes to be read
    is_scan = any(local_name(element) == PICTURE for element in root.iter())
    hidden = [e for e in root.iter() if _is_off(e) or (is_transparent(e) and not is_scan)]
    texts = 0
    for element in hidden:
        parent = element.getparent()
        if parent is not None:
            texts += sum(local_name(inner) == TEXT for inner in element.iter())
            parent.remove(element)
    if not hidden:
        return b"", 0
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), texts


def _is_off(element: etree._Element) -> bool:
    return element.get("Visible", "").strip().lower() in ("false", "0")


def _packed(package: Package, parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for member in package.members:
            data = parts.get(member.filename)
            packed.writestr(member.filename, package.read_member(member) if data is None else data)
    return target.getvalue()
