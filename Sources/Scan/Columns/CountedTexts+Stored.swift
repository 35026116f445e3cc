extension CountedTexts {
  /// The present values of a column as the bytes that tell them apart: texts as they are, numbers as their bits.
  init(_ values: StoredColumn) {
    let valid = CellState.valid.rawValue
    switch values {
    case .texts(let texts), .tokens(let texts, _): self.init(texts.coded())
    case .integers(let column): self.init(CountedWords(column))
    case .numbers(let column):
      // There are many NaN, and two zeros, and each are one value.
      let present = zip(column.values, column.states).lazy.filter { $1 == valid }
      self.init(CountedWords(present.map { ($0.0.isNaN ? .nan : $0.0 + 0).bitPattern }))
    }
  }
}
