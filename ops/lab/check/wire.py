"""Records of the topics: how they are framed, and what their schemas say. Shares no code with the service."""

import io
import json
import pathlib
import struct

import fastavro
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
FRAME = b"\xc3\x01"  # Avro's single-object encoding: these, the fingerprint in 8 bytes, the body
PRIMITIVES = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}


class Unreadable(Exception):
    """These bytes are no record of ours."""


def _full_name(name, namespace):
    return name if "." in name or not namespace else namespace + "." + name


def _collect(schema, namespace, found):
    """All named types of a schema, by full name, with the namespace that their own references are read in."""
    if isinstance(schema, list):
        for branch in schema:
            _collect(branch, namespace, found)
    elif isinstance(schema, dict):
        if schema["type"] in ("record", "enum", "fixed"):
            namespace = schema.get("namespace", namespace)
            found[_full_name(schema["name"], namespace)] = (schema, namespace)
            for field in schema.get("fields", []):
                _collect(field["type"], namespace, found)
        elif schema["type"] in ("array", "map"):
            _collect(schema["items" if schema["type"] == "array" else "values"], namespace, found)
        elif not isinstance(schema["type"], str):
            _collect(schema["type"], namespace, found)


def _standalone(schema, namespace, known, used):
    """The same schema with each named type spelled out where it is first met."""
    if isinstance(schema, list):
        return [_standalone(branch, namespace, known, used) for branch in schema]
    if isinstance(schema, str):
        name = schema if schema in PRIMITIVES else _full_name(schema, namespace)
        if name in PRIMITIVES or name in used:
            return name
        return _standalone(known[name][0], known[name][1], known, used)
    kind = schema["type"]
    if kind in ("record", "enum", "fixed"):
        namespace = schema.get("namespace", namespace)
        name = _full_name(schema["name"], namespace)
        if name in used:
            return name
        used.add(name)
        whole = dict(schema, name=name)
        whole.pop("namespace", None)
        if kind == "record":
            whole["fields"] = [
                dict(field, type=_standalone(field["type"], namespace, known, used)) for field in schema["fields"]
            ]
        return whole
    if kind in ("array", "map"):
        inside = "items" if kind == "array" else "values"
        return dict(schema, **{inside: _standalone(schema[inside], namespace, known, used)})
    if isinstance(kind, str) and kind in PRIMITIVES:
        return schema  # perhaps with a logical type
    return _standalone(kind, namespace, known, used)


def _without_logical_types(schema):
    """Numbers stay numbers."""
    if isinstance(schema, list):
        return [_without_logical_types(each) for each in schema]
    if isinstance(schema, dict):
        return {key: _without_logical_types(value) for key, value in schema.items() if key != "logicalType"}
    return schema


class Schemas:
    """Every schema in the sources, by the fingerprint that frames name."""

    def __init__(self, sources=ROOT / "schemas/src/main"):
        files = [json.loads(path.read_text()) for path in sorted((sources / "avro").rglob("*.avsc"))]
        known = {}
        for schema in files:
            _collect(schema, "", known)
        older = [json.loads(path.read_text()) for path in sorted((sources / "resources").rglob("*.avsc"))]
        self._by_name = {}
        self._by_fingerprint = {}
        for schema in files + older:
            names = dict(known)
            _collect(schema, "", names)
            self._add(_without_logical_types(_standalone(schema, "", names, set())), schema in files)

    def _add(self, schema, current):
        parsed = fastavro.parse_schema(schema)
        canonical = fastavro.schema.to_parsing_canonical_form(schema)
        mark = bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))
        name = schema["name"].rsplit(".", 1)[-1]
        self._by_fingerprint[mark] = (name, parsed)
        if current:
            self._by_name[name] = (mark, parsed)

    def decode(self, value):
        """The name of a framed record's type, and the record."""
        if value is None or len(value) < 10 or value[:2] != FRAME:
            raise Unreadable("no single object")
        if value[2:10] not in self._by_fingerprint:
            raise Unreadable("unknown fingerprint " + value[2:10].hex())
        name, schema = self._by_fingerprint[value[2:10]]
        body = io.BytesIO(value[10:])
        try:
            record = fastavro.schemaless_reader(body, schema)
        except Exception as problem:  # whatever a reader of damaged bytes may say
            raise Unreadable(f"{name}: {problem}") from problem
        if body.read(1):
            raise Unreadable(name + " is followed by more")
        return name, record

    def encode(self, name, record):
        """The framed record; for tests."""
        mark, schema = self._by_name[name]
        body = io.BytesIO()
        fastavro.schemaless_writer(body, schema, record)
        return FRAME + mark + body.getvalue()


def floats(vector):
    """The entries of a FloatVector."""
    return np.frombuffer(vector["values"], "<f4")


def doubles(vector):
    """The entries of a DoubleVector."""
    return np.frombuffer(vector["values"], "<f8")


def pack_floats(values):
    """A FloatVector; for tests."""
    return {"dimension": len(values), "values": struct.pack(f"<{len(values)}f", *values)}


def pack_doubles(values):
    """A DoubleVector; for tests."""
    return {"dimension": len(values), "values": struct.pack(f"<{len(values)}d", *values)}


def symmetric(packed):
    """The matrix of a packed lower triangle, row by row."""
    size = int((np.sqrt(8 * len(packed) + 1) - 1) / 2)
    matrix = np.zeros((size, size))
    matrix[np.tril_indices(size)] = packed
    return matrix + np.tril(matrix, -1).T
