/// What a nested type of a file is made of, by its words: `list<int64>`, `map<string, date>`,
/// `struct<a: string, b: list<bool>>`. A name with a bracket, a comma or a colon in it is not told from the words around it.
package enum NestedType: Sendable, Hashable {
  case list(StoredType)
  case map(StoredType, StoredType)
  case structure([Member])

  package struct Member: Sendable, Hashable {
    package var name: String
    package var type: StoredType
  }

  /// Nil for words of another form.
  package init?(words: String) {
    let parts = Self.parts(of: words)
    switch (words.prefix { $0 != "<" }, parts.count) {
    case ("list", 1): self = .list(Self.type(parts[0]))
    case ("map", 2): self = .map(Self.type(parts[0]), Self.type(parts[1]))
    case ("struct", _):
      self = .structure(
        parts.map { part in
          let colon = part.firstIndex(of: ":") ?? part.endIndex
          return Member(name: String(part[..<colon]), type: Self.type(String(part[colon...].dropFirst(2))))
        })
    default: return nil
    }
  }

  /// Of a part of a nested type, whose words are those of Arrow where they differ.
  private static func type(_ words: String) -> StoredType {
    switch words {
    case "string": .text
    case "bool": .boolean
    default: StoredType(words: words)
    }
  }

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
