"""Dataclasses to plain JSON values and back, exactly: enumerations, dates, tuples and nested dataclasses are restored.

The shape is read once from the type hints and cached. A field with a default may be missing in the stored value
(it was written by an older version); any other mismatch raises ValueError, since only we write these values.
"""

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Restore = Callable[[Any], Any]
SCALARS = (str, int, float, bool)  # JSON has them as they are


def to_record(value: Any) -> Any:  # noqa: ANN401  any dataclass, tuple, enumeration, date or JSON scalar
    """The JSON form of `value`: dataclasses become objects by field name, tuples become arrays."""
    if type(value) in SCALARS:  # most values are, and a library has millions
        return value
    if isinstance(value, tuple | list):
        return [to_record(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {name: to_record(getattr(value, name)) for name in _field_names(value.__class__)}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def from_record(kind: type[T], record: Any) -> T:  # noqa: ANN401  whatever json.loads returned
    """The value of type `kind` whose `to_record` is `record`. Raises ValueError when it does not fit."""
    restore: Restore = restorer(kind)  # type: ignore[arg-type]  # mypy: a type is no Hashable
    try:
        restored: T = restore(record)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a {kind}: {record!r}") from error
    return restored


@cache
def _field_names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  a dataclass
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def restorer(kind: Any) -> Restore:  # noqa: ANN401  a type or a generic alias
    """The function that restores values of type `kind`, for those who restore many."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_restorer(kind)
    if get_origin(kind) is tuple:
        return _tuple_restorer(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        (inner,) = (argument for argument in get_args(kind) if argument is not types.NoneType)
        restore = restorer(inner)
        return lambda record: None if record is None else restore(record)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind is date:
        return date.fromisoformat
    if kind in SCALARS:
        return lambda record: record
    raise ValueError(f"no JSON form is defined for {kind}")


def _dataclass_restorer(kind: Any) -> Restore:  # noqa: ANN401  a dataclass
    hints = get_type_hints(kind)
    names = _field_names(kind)
    restorers = [(name, None if hints[name] in SCALARS else restorer(hints[name])) for name in names]
    optional = {field.name for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}

    def restore(record: Any) -> Any:  # noqa: ANN401  a JSON object
        try:
            return kind(*[record[name] if one is None else one(record[name]) for name, one in restorers])
        except KeyError:  # an older record
            given = [(name, one) for name, one in restorers if name in record or name not in optional]
            return kind(**{name: record[name] if one is None else one(record[name]) for name, one in given})

    return restore


def _tuple_restorer(arguments: tuple[Any, ...]) -> Restore:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        one = restorer(arguments[0])
        return lambda record: tuple([one(item) for item in record])
    each = [restorer(argument) for argument in arguments]
    return lambda record: tuple([restore(item) for restore, item in zip(each, record, strict=True)])
