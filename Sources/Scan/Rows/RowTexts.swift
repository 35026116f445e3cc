/// The texts of some rows of a column, each at its place among those of the column.
struct RowTexts {
  let texts: TextColumn
  /// For each of the rows the index of its range; negative for a null.
  let places: [Int32]

  init(_ texts: TextColumn, places: [Int32]) {
    self.texts = texts
    self.places = places
  }
}

extension RowColumn {
  /// The values of some rows as the file has them. O(rows).
  func texts(of rows: [Int32]) -> RowTexts {
    if !isHidden, type != .binary {
      switch values {
      case .texts(let column), .tokens(let column, _):
        return RowTexts(column, places: column.codes.map { codes in rows.map { codes[Int($0)] } } ?? rows)
      case .numbers, .integers: break
      }
    }
    let texts = isHidden ? hiddenTexts(of: rows) : values.texts(of: rows, type)
    return RowTexts(texts, places: texts.codes ?? Array(0..<Int32(clamping: rows.count)))
  }

  private func hiddenTexts(of rows: [Int32]) -> TextColumn {
    let end = Int32(Self.hidden.count)
    return TextColumn(
      bytes: Self.hidden, starts: [Int32](repeating: 0, count: rows.count),
      ends: rows.map { values.isNull(Int($0)) ? -1 : end })
  }
}
