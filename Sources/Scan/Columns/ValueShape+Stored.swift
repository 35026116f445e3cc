extension ValueShape {
  /// What JSON would make of the values that a typed file stores: times are texts there, and widths of numbers are none.
  package init(_ type: StoredType) {
    switch type {
    case .null: self.init()
    case .integer: self.init(scalar: .integer)
    case .float, .decimal: self.init(scalar: .number)
    case .boolean: self.init(scalar: .boolean)
    case .nested(let words): self.init(nested: words)
    default: self.init(scalar: .string)
    }
  }

  /// By the words of a nested type: `list<int64>`, `map<text, date>`, `struct<a: text, b: list<text>>`.
  private init(nested words: String) {
    let parts = Self.parts(of: words)
    switch words.prefix(while: { $0 != "<" }) {
    case "list": self.init(listsOf: Self.shape(parts.joined(separator: ", ")))
    case "map": self.init(mapsTo: Self.shape(parts.dropFirst().joined(separator: ", ")))
    case "struct":
      self.init(
        members: parts.map { part in
          let colon = part.firstIndex(of: ":") ?? part.endIndex
          return (String(part[..<colon]), Self.shape(String(part[colon...].dropFirst(2))))
        })
    default: self.init(scalar: .nested)
    }
  }

  private static func shape(_ words: String) -> ValueShape { ValueShape(StoredType(words: words)) }

  /// What stands between the outermost angle brackets, by the commas that are in no other brackets.
  private static func parts(of words: String) -> [String] {
    guard let first = words.firstIndex(of: "<"), words.last == ">" else { return [] }
    var depth = 0
    return words[words.index(after: first)...].dropLast().split { character in
      if "<([".contains(character) { depth += 1 }
      if ">)]".contains(character) { depth -= 1 }
      return depth == 0 && character == ","
    }.map { String($0.drop { $0 == " " }) }
  }
}
