"""The door to all media types: bytes in, one Document out, never an exception."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from parsers.records import Document
from pipelines.assembly import problem
from pipelines.decode import declared_charset, decode
from pipelines.limits import RefusedError
from pipelines.sniff import IMAGES, is_cut_short, media_type

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
MAX_BYTES = 200_000_000
# Module and function that read the bytes of a media type: `function(payload) -> Document`.
READERS: Mapping[str, str] = {
    "docx": "docx:read_docx",
    "doc": "doc:read_doc",
    "rtf": "rtf:read_rtf",
    "xlsx": "spreadsheet:read_xlsx",
    "xlsb": "spreadsheet:read_xls",
    "xls": "spreadsheet:read_xls",
    "pdf": "pdf:read_pdf",
    "ofd": "ofd:read_ofd",
    "office_xml": "office_xml:read_office_xml",
    "mhtml": "mhtml:read_mhtml",
    "zip": "zip:read_zip",
    "rar": "unpacking:read_archive",
    "7z": "unpacking:read_archive",
    **dict.fromkeys(IMAGES, "images:read_image"),
}
EXPLAINED = {
    "empty": "the file holds nothing",
    "encrypted": "the file is encrypted with a password",
    "gzip": "a gzip file, which cannot be opened here: unpack it and import its files",
    "ole": "an Office file of a kind that is not read",
    "ppt": "presentations are not read",
    "pptx": "presentations are not read",
}


def read_document(
    payload: bytes,
    *,
    url: str = "",
    headers: Mapping[str, str] = NO_HEADERS,
    file_name: str = "",
) -> Document:
    """Reads a payload by what its bytes are; labels are only named in the charset's reason.

    Args:
        payload: the bytes, content coding undone.
        url: the address, to make links absolute.
        headers: response headers, names in lower case.
        file_name: the name it was saved under, told in problems.

    Returns:
        A Document; one with a problem and no blocks where the payload cannot be read.
    """
    kind = media_type(payload)
    if len(payload) > MAX_BYTES:
        return refused(kind, "too_large", f"the file has more than {MAX_BYTES} bytes")
    try:
        return _read(kind, payload, url, headers.get("content-type", ""))
    except RefusedError as error:
        return refused(kind, error.code, str(error))
    except MemoryError:
        return refused(kind, "out_of_memory", "reading it takes more memory than a document may")
    except RecursionError:
        return refused(kind, "deep_nesting", "its parts nest too deeply to be read")
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:300]
        return refused(kind, "unreadable", f"{file_name or 'the file'} could not be read ({told})")


def _read(kind: str, payload: bytes, url: str, content_type: str) -> Document:
    if kind in ("html", "text"):
        decoded = decode(payload, declared_charset(payload, content_type))
        if kind == "html":
            return import_module("pipelines.html").read_html(decoded, url)  # type: ignore[no-any-return]
        return import_module("pipelines.text").read_text(decoded)  # type: ignore[no-any-return]
    if kind == "ole" and is_cut_short(payload):
        return refused(kind, "truncated", "an Office file that is cut short")
    if kind not in READERS:
        code = kind if kind in ("empty", "encrypted") else "unsupported"
        return refused(kind, code, EXPLAINED.get(kind, "not a kind of file that is read"))
    module, function = READERS[kind].split(":")
    reader: Callable[..., Document] = getattr(import_module(f"pipelines.{module}"), function)
    return reader(payload)


def refused(kind: str, code: str, detail: str) -> Document:
    """A Document without blocks that says why."""
    return Document(blocks=(), media_type=kind, problems=(problem(code, detail),))
