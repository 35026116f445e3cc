/// What stands in a column where there is no value: codes such as `-999` and `N/A`, and texts of a pattern.
///
/// Text is compared by its bytes, whatever wrote it. A number, boolean, date or timestamp of a typed file is compared
/// as such, with the codes that read as one.
package struct MissingCodes: Sendable, Hashable {
  package var codes: [String]
  /// What texts match as a whole.
  package var pattern: Pattern?

  package init(_ codes: [String], pattern: Pattern? = nil) {
    self.codes = codes
    self.pattern = pattern
  }

  /// The values with null in place of what means none. O(values).
  func removed(from values: StoredColumn, _ type: StoredType) -> StoredColumn {
    switch values {
    case .texts(let text):
      return .texts(text.removing(entries(of: text)))
    case .tokens(let text, let kinds):
      let removed = text.removing(entries(of: text))
      return .tokens(removed, kinds: kinds.indices.map { removed.isNull($0) ? TokenKind.null.rawValue : kinds[$0] })
    case .numbers(let column):
      let numbers = codes.compactMap { Literal.number($0) }
      let hasNaN = numbers.contains(where: \.isNaN)
      return .numbers(column.removing { numbers.contains($0) || hasNaN && $0.isNaN })
    case .integers(let column):
      guard let reading = type.reading, case .integer(let read) = values.read(type, as: reading) else { return values }
      // Compared in the reading, whose unit may be another one.
      let integers = codes.compactMap { Literal.integer($0, as: reading) }
      let null = CellState.null.rawValue
      let states = read.removing { integers.contains($0) }.states
      return .integers(
        Column(values: column.values, states: states.indices.map { states[$0] == null ? null : column.states[$0] }))
    }
  }

  /// For every range of the column whether its text means no value.
  private func entries(of text: TextColumn) -> [Bool] {
    var table = KeyTable()
    for code in codes { table.insert(Array(code.utf8).span) }
    let longest = codes.reduce(0) { max($0, $1.utf8.count) }
    let bytes = text.bytes.span
    let matched = pattern?.matches(text)
    return text.ends.indices.map { index in
      guard text.ends[index] >= 0 else { return false }
      if let matched, matched[index] == 1 { return true }
      let range = Int(text.starts[index])..<Int(text.ends[index])
      return range.count <= longest && !codes.isEmpty && table.contains(bytes.extracting(range))
    }
  }
}

extension StoredType {
  /// The type by which codes for values of fixed width are read; nil when they have none.
  fileprivate var reading: ValueType? {
    switch self {
    case .integer: .integer
    case .boolean: .boolean
    case .date: .date
    case .timestamp: .timestamp
    default: nil
    }
  }
}

extension TextColumn {
  /// The column with null in place of some of its texts.
  fileprivate func removing(_ entries: [Bool]) -> TextColumn {
    guard entries.contains(true) else { return self }
    var column = self
    if let codes {
      column.codes = codes.map { $0 >= 0 && entries[Int($0)] ? -1 : $0 }
    } else {
      for entry in entries.indices where entries[entry] { column.ends[entry] = -1 }
    }
    return column
  }
}

extension Column {
  /// The column with null in place of some of its values.
  fileprivate func removing(where isCode: (Value) -> Bool) -> Column {
    var column = self
    for row in states.indices where states[row] == CellState.valid.rawValue && isCode(values[row]) {
      column.states[row] = CellState.null.rawValue
    }
    return column
  }
}
