extension Batch {
  /// Some of the rows, in their order, as a batch of their own that says where each of them stands.
  ///
  /// Defects and late columns are those of the chunk, not of rows, and stay behind. O(rows × columns).
  ///
  /// - Parameter columns: the columns that are needed; all when nil.
  func selecting(_ rows: [Int32], of columns: Set<String>? = nil) -> Batch {
    guard rows.count < rowCount else { return self }
    var part = Batch()
    part.rowCount = rows.count
    part.fields = fields
    part.slots = slots
    // Row numbers take the place of lines in formats that have none.
    part.lines = rows.map { lines.isEmpty ? Int32(clamping: firstRow + Int($0)) : lines[Int($0)] }
    part.firstRow = firstRow
    part.stored = zip(fields, stored).map { field, column in
      // Of a chunk that is read for some aggregates alone, the columns of the others are empty.
      let isNeeded = columns?.contains(field.name) != false && column.rowCount == rowCount
      return isNeeded ? column.selecting(rows) : .integers(Column())
    }
    for (reading, column) in derived where columns?.contains(reading.column) != false {
      part.derived[reading] = column.selecting(rows)
    }
    return part
  }
}

extension StoredColumn {
  func selecting(_ rows: [Int32]) -> StoredColumn {
    switch self {
    case .texts(let text): .texts(text.selecting(rows))
    case .tokens(let text, let kinds): .tokens(text.selecting(rows), kinds: kinds.selecting(rows))
    case .numbers(let column): .numbers(column.selecting(rows))
    case .integers(let column): .integers(column.selecting(rows))
    }
  }
}

extension ColumnVector {
  fileprivate func selecting(_ rows: [Int32]) -> ColumnVector {
    switch self {
    case .text(let text): .text(text.selecting(rows))
    case .number(let column): .number(column.selecting(rows))
    case .integer(let column): .integer(column.selecting(rows))
    }
  }
}

extension TextColumn {
  fileprivate func selecting(_ rows: [Int32]) -> TextColumn {
    var part = self
    guard let codes else {
      (part.starts, part.ends) = (starts.selecting(rows), ends.selecting(rows))
      return part
    }
    part.codes = codes.selecting(rows)
    // What looks at every entry must not do so for a few rows of each of many groups.
    return rows.count < ends.count ? part.uncoded : part
  }

  /// The same with a range of its own for every row.
  private var uncoded: TextColumn {
    guard let codes else { return self }
    var plain = self
    plain.codes = nil
    plain.starts = codes.map { $0 < 0 ? 0 : starts[Int($0)] }
    plain.ends = codes.map { $0 < 0 ? -1 : ends[Int($0)] }
    return plain
  }
}

extension Column {
  fileprivate func selecting(_ rows: [Int32]) -> Column {
    Column(values: values.selecting(rows), states: states.selecting(rows))
  }
}

extension Array {
  fileprivate func selecting(_ rows: [Int32]) -> [Element] { rows.map { self[Int($0)] } }
}
