"""JSON to the dataclasses of ``results``, checked at every step."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any, Dict, Mapping, Type, TypeVar, Union

from .errors import AssayError

T = TypeVar("T")
_HINTS: Dict[type, Dict[str, Any]] = {}


def decode(kind: Type[T], value: Any) -> T:
    """Make a value of ``kind``, or say which field of the answer is not what it should be."""
    return typing.cast(T, _record(kind, value, ""))


def _record(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, Mapping):
        raise _refusal(path, "an object", value)
    hints = _HINTS.get(kind)
    if hints is None:
        hints = _HINTS[kind] = typing.get_type_hints(kind)
    made: Dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        place = f"{path}.{field.name}" if path else field.name
        made[field.name] = value if field.name == "raw" else _value(hints[field.name], value.get(field.name), place)
    return kind(**made)


def _value(hint: Any, value: Any, path: str) -> Any:
    if hint is Any:
        return value
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is Union:  # Optional is the only one there is
        return None if value is None else _value(arguments[0], value, path)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _refusal(path, "an array", value)
        return tuple(_value(arguments[0], entry, f"{path}[{i}]") for i, entry in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return _record(hint, value, path)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # A boolean is an int to Python, but not to us.
    if not isinstance(value, hint) or isinstance(value, bool) is not (hint is bool):
        raise _refusal(path, {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}[hint], value)
    return value


def _refusal(path: str, wanted: str, value: Any) -> AssayError:
    was = "missing or null" if value is None else repr(value)[:80]
    return AssayError(200, f"the answer's {path or 'body'} must be {wanted}, was {was}")
