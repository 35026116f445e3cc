"""What pyarrow reads in a table, as the text that TableRendering.swift describes."""

import datetime
import json
import math
import struct

import pyarrow as pa

PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def is_text(kind):
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def is_binary(kind):
    return any(
        test(kind)
        for test in (
            pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary))


def is_list(kind):
    tests = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list, pa.types.is_list_view,
             pa.types.is_large_list_view)
    return any(test(kind) for test in tests)


def unsupported(kind):
    """The word for a type that is not read, here or further in; nothing for any other."""
    if isinstance(kind, pa.BaseExtensionType):
        return unsupported(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return unsupported(kind.value_type)
    if pa.types.is_interval(kind):
        return "interval"
    if pa.types.is_union(kind):
        return "union"
    if pa.types.is_run_end_encoded(kind):
        return unsupported(kind.value_type)
    return next(filter(None, (unsupported(kind.field(i).type) for i in range(kind.num_fields))), None)


def word(kind):
    """The name of a type, as Cupel spells it."""
    if unsupported(kind):
        return unsupported(kind)
    if isinstance(kind, pa.BaseExtensionType):
        return "string" if kind.extension_name == "arrow.uuid" else word(kind.storage_type)
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return word(kind.value_type)
    if pa.types.is_floating(kind):
        return f"float{kind.bit_width}"
    if is_text(kind):
        return "string"
    if is_binary(kind):
        return "binary"
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_time(kind):
        return f"time[{kind.unit}]"
    if pa.types.is_timestamp(kind):
        return f"timestamp[{kind.unit}{', ' + kind.tz if kind.tz else ''}]"
    if pa.types.is_map(kind):
        return f"map<{word(kind.key_type)}, {word(kind.item_type)}>"
    if is_list(kind):
        return f"list<{word(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {word(field.type)}' for field in kind)}>"
    return str(kind)


def quoted(text, short=False):
    """A string of JSON in which only what must be escaped is."""
    if short:
        return json.dumps(text, ensure_ascii=False)
    return '"' + "".join(
        "\\" + c if c in '"\\' else f"\\u{ord(c):04x}" if ord(c) < 0x20 else c for c in text) + '"'


def clock(value, unit):
    seconds, fraction = divmod(value, PER_SECOND[unit])
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return text + (f".{fraction:0{len(str(PER_SECOND[unit])) - 1}}" if fraction else "")


def integer(scalar):
    small = pa.types.is_date32(scalar.type) or pa.types.is_time32(scalar.type)
    return scalar.cast(pa.int32() if small else pa.int64()).as_py()


def flat(scalar):
    """A value of a column that is not nested."""
    kind = scalar.type
    if not scalar.is_valid:
        return "null"
    if isinstance(kind, pa.BaseExtensionType):
        return quoted(str(scalar.as_py()))
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return flat(scalar.value)
    if pa.types.is_boolean(kind):
        return "true" if scalar.as_py() else "false"
    if pa.types.is_integer(kind):
        return str(scalar.as_py())
    if pa.types.is_floating(kind):
        value = float(scalar.as_py())
        return "nan" if math.isnan(value) else struct.pack(">d", value).hex()
    if pa.types.is_date64(kind):
        return str(integer(scalar) // 86_400_000)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_duration(kind):
        return str(integer(scalar))
    if pa.types.is_time(kind):
        return quoted(clock(integer(scalar), kind.unit))
    if pa.types.is_decimal(kind):
        return quoted(format(scalar.as_py(), "f"))
    if is_binary(kind):
        return "x" + scalar.as_py().hex()
    return quoted(scalar.as_py())


def nested(scalar):
    """A value as JSON."""
    kind = scalar.type
    if not scalar.is_valid:
        return "null"
    if isinstance(kind, pa.BaseExtensionType):
        return quoted(str(scalar.as_py()))
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return nested(scalar.value)
    if pa.types.is_map(kind):
        entries = [(entry["key"], entry["value"]) for entry in scalar.values] if len(scalar.values or []) else []
        if word(kind.key_type) == "string":
            return "{" + ",".join(f"{nested(key)}:{nested(value)}" for key, value in entries) + "}"
        return "[" + ",".join(f"[{nested(key)},{nested(value)}]" for key, value in entries) + "]"
    if is_list(kind):
        return "[" + ",".join(nested(scalar.values[i]) for i in range(len(scalar.values))) + "]"
    if pa.types.is_struct(kind):
        return "{" + ",".join(f"{quoted(name, True)}:{nested(scalar[name])}" for name in scalar) + "}"
    if pa.types.is_floating(kind):
        value = float(scalar.as_py())
        if math.isnan(value) or math.isinf(value):
            return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
        return repr(value)
    if pa.types.is_date(kind):
        return quoted(scalar.as_py().isoformat())
    if pa.types.is_timestamp(kind):
        days, rest = divmod(integer(scalar), PER_SECOND[kind.unit] * 86_400)
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days)
        return quoted(f"{day.isoformat()}T{clock(rest, kind.unit)}{'Z' if kind.tz else ''}")
    if is_binary(kind):
        return quoted(scalar.as_py().hex())
    if pa.types.is_decimal(kind):
        return format(scalar.as_py(), "f")
    if is_text(kind):
        return quoted(scalar.as_py(), True)
    return flat(scalar)


def columns(name, array):
    """The columns that a field becomes: those of its parts when it is a struct."""
    if pa.types.is_struct(array.type) and array.type.num_fields:
        for field, part in zip(array.type, array.flatten()):
            yield from columns(f"{name}.{field.name}", part)
    else:
        yield name, array


def render(table):
    """The lines of a table."""
    for name, chunked in zip(table.column_names, table.columns):
        parts = [list(columns(name, chunk)) for chunk in chunked.chunks or [pa.array([], chunked.type)]]
        for index, (path, part) in enumerate(parts[0]):
            yield f"column {path} {word(part.type)}"
            if unsupported(part.type):
                continue
            kind = part.type
            while pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
                kind = kind.value_type
            is_nested = is_list(kind) or pa.types.is_map(kind) or pa.types.is_struct(kind)
            for chunk in parts:
                for value in chunk[index][1]:
                    yield (nested if is_nested else flat)(value)
