extension StoredType {
  /// The type that is called so; what is not known otherwise is a nested type.
  package init(words: String) {
    let named: [String: StoredType] = [
      "untyped text": .untyped, "a JSON value": .tokens, "text": .text, "binary": .binary, "boolean": .boolean,
      "date": .date, "null": .null,
    ]
    if let type = named[words] {
      self = type
      return
    }
    let parts = words.split { "[](), ".contains($0) }.map(String.init)
    let unit = parts.count > 1 ? TimeUnit(rawValue: parts[1]) : nil
    switch (parts.first, unit) {
    case ("timestamp"?, let unit?): self = .timestamp(unit, zone: parts.count > 2 ? parts[2] : nil)
    case ("time"?, let unit?): self = .time(unit)
    case ("duration"?, let unit?): self = .duration(unit)
    case ("decimal"?, _) where parts.count == 3:
      self = .decimal(precision: Int(parts[1]) ?? 0, scale: Int(parts[2]) ?? 0)
    default: self = Self.number(words) ?? .nested(words)
    }
  }

  private static func number(_ words: String) -> StoredType? {
    for (prefix, type) in [
      ("int", { StoredType.integer(bits: $0, isSigned: true) }),
      ("uint", { StoredType.integer(bits: $0, isSigned: false) }), ("float", { StoredType.float(bits: $0) }),
    ] as [(String, (Int) -> StoredType)] where words.hasPrefix(prefix) {
      if let bits = Int(words.dropFirst(prefix.count)) { return type(bits) }
    }
    return nil
  }
}
