"""A sorted index in packed blocks, with a small index of the blocks: the ZipNum form of CDXJ."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from archive.copying import Target

BLOCK_LINES = 1024


def write_zipnum(lines: Iterable[str], target: Target, name: str) -> tuple[str, int]:
    """Writes the blocks; returns the index of them and the number of lines.

    Args:
        lines: sorted, without line ends.
        target: where the blocks go.
        name: the name of the file of blocks.
    """
    head = {"format": "cdxj-gzip-1.0", "filename": name}
    index = [f"!meta 0 {json.dumps(head)}"]
    offset = count = 0
    for block in _blocks(lines):
        packed = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
        target.write(packed)
        place = {
            "offset": offset,
            "length": len(packed),
            "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}",
            "filename": name,
        }
        index.append(f"{block[0].partition(' {')[0]} {json.dumps(place)}")
        offset += len(packed)
        count += len(block)
    return "\n".join(index) + "\n", count


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(lines)
    while block := list(islice(waiting, BLOCK_LINES)):
        yield block
