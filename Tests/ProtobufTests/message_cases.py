"""Compiles a .proto file and prints random messages of one type, each as bytes in hex and as JSON, by protobuf itself."""

import json
import math
import random
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from grpc_tools import protoc

NUMBERS = {
    "int32": [0, 1, -1, 127, 128, -(2**31), 2**31 - 1],
    "int64": [0, 1, -1, 300, -(2**63), 2**63 - 1],
    "uint32": [0, 1, 128, 2**32 - 1],
    "uint64": [0, 1, 16384, 2**63, 2**64 - 1],
    "double": [0.0, -0.0, 1.5, 0.1, 1e308, 5e-324, math.nan, math.inf, -math.inf],
    "float": [0.0, -0.0, 1.5, 0.10000000149011612, 3.4028234663852886e38, math.nan, math.inf, -math.inf],
    "bool": [False, True],
    "string": ["", "a", "Zürich", "\0", "\U0001f600", "x" * 300],
    "bytes": [b"", b"\0", b"\xff\xfe", bytes(range(200))],
}
KINDS = {v: k[5:].lower() for k, v in descriptor_pb2.FieldDescriptorProto.Type.items()}


def value(field, dice, depth):
    kind = KINDS[field.type]
    if kind == "enum":
        return dice.choice(field.enum_type.values).number
    return dice.choice(NUMBERS[kind])


def fill(message, dice, depth=0):
    for field in message.DESCRIPTOR.fields:
        if dice.random() < 0.4:
            continue
        is_message = field.message_type is not None
        target = getattr(message, field.name)
        if is_message and field.message_type.GetOptions().map_entry:
            inner = field.message_type.fields_by_name["value"]
            for key in dice.sample(["", "a", "key"], dice.randrange(1, 3))[:1]:
                if inner.message_type is not None:
                    fill(target[key], dice, depth + 1)
                else:
                    target[key] = value(inner, dice, depth)
        elif field.is_repeated if hasattr(field, "is_repeated") else field.label == 3:
            for _ in range(dice.randrange(0, 5)):
                if is_message:
                    fill(target.add(), dice, depth + 1)
                else:
                    target.append(value(field, dice, depth))
        elif is_message:
            target.SetInParent()
            fill(target, dice, depth + 1)
        else:
            setattr(message, field.name, value(field, dice, depth))


def main(folder, file, name, count):
    if protoc.main(["protoc", f"-I{folder}", f"--descriptor_set_out={folder}/set", f"{folder}/{file}"]):
        sys.exit("protoc refuses the file")
    pool = descriptor_pool.DescriptorPool()
    with open(f"{folder}/set", "rb") as stream:
        for part in descriptor_pb2.FileDescriptorSet.FromString(stream.read()).file:
            pool.Add(part)
    kind = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
    dice = random.Random(7)
    for _ in range(int(count)):
        message = kind()
        fill(message, dice)
        document = json_format.MessageToDict(message, preserving_proto_field_name=True)
        print(message.SerializeToString(deterministic=True).hex(), json.dumps(document), sep="\t")


main(*sys.argv[1:])
