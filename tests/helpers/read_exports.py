"""
What is in an exported set of digits, as Python sees it; only the standard library is used.

    python3 read_exports.py FILE…

Each file is a ZIP of PNG folders, a ZIP of IDX files, a ZIP of CSV tables, or a CSV table. Prints one JSON
object: by file name its format, how many of each digit there are by split, and the SHA-256 over all samples,
each as split, label and pixels, sorted. Two exports of the same set have the same SHA-256.
"""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import struct
import sys
import zipfile
import zlib

SIDE = 28
PIXELS = SIDE * SIDE


def read_png(data):
    """The pixels of a PNG of 28 × 28 pixels and 8 bits of grey; every checksum is checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    at, packed, header = 8, b"", None
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        assert zlib.crc32(kind + body) == checksum, "wrong CRC"
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    assert header == (SIDE, SIDE, 8, 0, 0, 0, 0), header
    lines = zlib.decompress(packed)
    rows = [lines[y * (SIDE + 1) : (y + 1) * (SIDE + 1)] for y in range(SIDE)]
    assert len(lines) == SIDE * (SIDE + 1) and all(row[0] == 0 for row in rows), "filtered"
    return b"".join(row[1:] for row in rows)


def read_idx(data, magic):
    """The values of an IDX file of unsigned bytes."""
    data = gzip.decompress(data)
    dimensions = magic & 0xFF
    found, *sizes = struct.unpack_from(f">{1 + dimensions}I", data)
    values = data[4 + 4 * dimensions :]
    expected = 1
    for size in sizes:
        expected *= size
    assert found == magic and sizes[1:] == [SIDE, SIDE][: dimensions - 1], (found, sizes)
    assert len(values) == expected, "wrong length"
    return values


def read_table(stream, split):
    rows = csv.reader(stream)
    assert next(rows) == ["label"] + [f"pixel{pixel}" for pixel in range(PIXELS)], "wrong header"
    for label, *pixels in rows:
        assert len(pixels) == PIXELS, "wrong number of columns"
        yield split, int(label), bytes(map(int, pixels))


def read_folders(archive):
    for name in archive.namelist():
        split, label, _ = re.fullmatch(r"(?:(train|test)/)?([0-9])/([0-9]+)\.png", name).groups()
        yield split or "train", int(label), read_png(archive.read(name))


def read_idx_files(archive):
    names = set(archive.namelist())
    for prefix, split in (("train", "train"), ("t10k", "test")):
        images, labels = f"{prefix}-images-idx3-ubyte.gz", f"{prefix}-labels-idx1-ubyte.gz"
        if images not in names:
            continue
        pixels = read_idx(archive.read(images), 0x803)
        for at, label in enumerate(read_idx(archive.read(labels), 0x801)):
            yield split, label, pixels[at * PIXELS : (at + 1) * PIXELS]


def read_tables(archive):
    for name in archive.namelist():
        with archive.open(name) as file:
            yield from read_table(io.TextIOWrapper(file, "ascii", newline=""), name.removesuffix(".csv"))


def read_export(path):
    """The format of a file, and its samples: split, label, pixels."""
    if not zipfile.is_zipfile(path):
        split = "test" if path.endswith("test.csv") else "train"
        with open(path, encoding="ascii", newline="") as file:
            return "csv", list(read_table(file, split))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, "damaged"
        first = archive.namelist()[0]
        if first.endswith(".csv"):
            return "csv", list(read_tables(archive))
        if first.endswith(".gz"):
            return "idx", list(read_idx_files(archive))
        return "folders", list(read_folders(archive))


def summarize(path):
    kind, samples = read_export(path)
    counts = {split: [0] * 10 for split in ("train", "test")}
    for split, label, _ in samples:
        counts[split][label] += 1
    digest = hashlib.sha256()
    for split, label, pixels in sorted(samples):
        digest.update(split.encode() + bytes([label]) + pixels)
    return {"format": kind, "counts": counts, "sha256": digest.hexdigest()}


if __name__ == "__main__":
    print(json.dumps({os.path.basename(path): summarize(path) for path in sys.argv[1:]}))
