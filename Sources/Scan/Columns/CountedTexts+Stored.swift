extension CountedTexts {
  /// The present values of a column as the bytes that tell them apart: numbers as their bits, texts as they are, or as
  /// the one text of their value where a type is declared for a text file.
  init(_ values: StoredColumn, of stored: StoredType, as type: ValueType?) {
    let valid = CellState.valid.rawValue
    switch values {
    case .texts(let texts), .tokens(let texts, _):
      let texts = texts.coded()
      let declared = type.flatMap { stored.hasManyTexts(of: $0, joinsTypes: false) ? $0 : nil }
      self.init(declared.map { CanonicalText.rewritten(texts, as: $0) } ?? texts)
    case .integers(let column): self.init(CountedWords(column))
    case .numbers(let column):
      // There are many NaN, and two zeros, and each are one value.
      let present = zip(column.values, column.states).lazy.filter { $1 == valid }
      self.init(CountedWords(present.map { ($0.0.isNaN ? .nan : $0.0 + 0).bitPattern }))
    }
  }
}
