"""Rules with many checks, all of which the reference table passes."""

# Of every column its type, and limits that all of its values keep.
COLUMNS = {
    "id": ("integer", 0, 5_000_000),
    "ts": ("string", None, None),
    "age": ("integer", 18, 100),
    "income": ("number", 0, 1_000_000_000),
    "city": ("string", None, None),
    "score": ("number", 0, 1),
    "balance": ("number", -1_000_000_000, 1_000_000_000),
    "tenure_months": ("integer", 0, 200),
    "email": ("string", None, None),
    "is_active": ("boolean", None, None),
    "segment": ("string", None, None),
    "label": ("integer", 0, 1),
}


def fitting(kind: str, low: object, high: object, turn: int) -> list[str]:
    """What can be claimed of a column of this type; the turn makes claims of one kind differ."""
    if kind in ("integer", "number"):
        limits = f"{{between: [{low}, {high}]}}"
        return [f"between: [{low}, {high}]", f"at_least: {low}", f"at_most: {high}",
                f"not_in: [{-999_000_000_000 - turn}]", f"mean: {limits}", f"median: {limits}", f"above: {low - 1}"]
    if kind == "string":
        return [f"length: {{at_most: {60 + turn}}}", f"not_in: [absent {turn}]", "ascii: true", "trimmed: true",
                "matches: '.*'", f"missing: {{at_most: {10 + turn}%}}"]
    return [f"missing: {{at_most: {1 + turn}%}}"]


def of(count: int) -> str:
    """So many checks: on every column in turn one more of what fits its type."""
    checks: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for number in range(count):
        column = list(COLUMNS)[number % len(COLUMNS)]
        turn = number // len(COLUMNS)
        claims = fitting(*COLUMNS[column], turn)
        checks[column].append(f"{{{claims[turn % len(claims)]}, id: c{number}}}")
    lines = [f"  {column}: {{type: {COLUMNS[column][0]}, checks: [{', '.join(found)}]}}"
             for column, found in checks.items()]
    return "columns:\n" + "\n".join(lines) + "\n"
