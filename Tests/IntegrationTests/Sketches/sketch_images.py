"""Reads the images of sketches in FOLDER/ours and writes some into FOLDER/theirs, with Apache DataSketches.

Prints one line of JSON for each: the name of the file and what the sketch says. The streams are those of
`SketchImageTests.swift`.
"""

import json
import pathlib
import sys

import datasketches as ds

RANKS = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]


def describe_hll(sketch):
    bounds = [[sketch.get_lower_bound(s), sketch.get_upper_bound(s)] for s in (1, 2, 3)]
    return {"estimate": sketch.get_estimate(), "bounds": bounds}


def describe_kll(sketch):
    if sketch.is_empty():
        return {"count": 0}
    return {
        "count": sketch.n,
        "minimum": sketch.get_min_value(),
        "maximum": sketch.get_max_value(),
        "error": sketch.normalized_rank_error(False),
        "quantiles": [sketch.get_quantile(rank, True) for rank in RANKS],
    }


def describe_fi(sketch):
    items = sketch.get_frequent_items(ds.frequent_items_error_type.NO_FALSE_NEGATIVES, 0)
    return {"count": sketch.total_weight, "items": {row[0]: [row[2], row[3]] for row in items}}


KINDS = {
    "hll": (ds.hll_sketch.deserialize, describe_hll),
    "kll": (ds.kll_doubles_sketch.deserialize, describe_kll),
    "fi": (ds.frequent_strings_sketch.deserialize, describe_fi),
}


def hll(kind, lg_k, first, count):
    sketch = ds.hll_sketch(lg_k, kind)
    for value in range(first, first + count):
        sketch.update(value)
    return sketch


def make():
    """Sketches by file name, with their images."""
    for name, kind in [("4", ds.HLL_4), ("6", ds.HLL_6), ("8", ds.HLL_8)]:
        for lg_k in (4, 7, 8, 12, 14):
            for count in (0, 1, 7, 8, 30, 400, 5000, 100_000):
                sketch = hll(kind, lg_k, 0, count)
                yield f"{name}-{lg_k}-{count}-compact.hll", sketch, sketch.serialize_compact()
                yield f"{name}-{lg_k}-{count}-updatable.hll", sketch, sketch.serialize_updatable()
        union = ds.hll_union(12)
        union.update(hll(kind, 12, 0, 50_000))
        union.update(hll(kind, 12, 40_000, 60_000))
        sketch = union.get_result(kind)
        yield f"{name}-12-100000-union.hll", sketch, sketch.serialize_compact()
    for value in ("text", 0.0, float("nan"), 1.5, -7):
        sketch = ds.hll_sketch(12, ds.HLL_8)
        sketch.update(value)
        yield f"value-{value}.hll", sketch, sketch.serialize_compact()
    for k in (8, 200, 1000):
        for count in (0, 1, 2, 100, 1000, 100_000):
            sketch = ds.kll_doubles_sketch(k)
            for index in range(count):
                sketch.update(float(index * 7919 % count))
            yield f"{k}-{count}.kll", sketch, sketch.serialize()
    for lg_size in (3, 10):
        for items in (0, 1, 5, 2000):
            sketch = ds.frequent_strings_sketch(lg_size)
            for item in range(items):
                sketch.update(f"item {item}", 5000 // (item + 1) + 1)
            yield f"{lg_size}-{items}.fi", sketch, sketch.serialize()


def main():
    folder = pathlib.Path(sys.argv[1])
    for path in sorted((folder / "ours").iterdir()):
        read, describe = KINDS[path.suffix[1:]]
        print(json.dumps({"name": "ours/" + path.name, **describe(read(path.read_bytes()))}))
    (folder / "theirs").mkdir()
    for name, sketch, image in make():
        (folder / "theirs" / name).write_bytes(image)
        _, describe = KINDS[name.rsplit(".", 1)[1]]
        print(json.dumps({"name": "theirs/" + name, **describe(sketch)}))


main()
