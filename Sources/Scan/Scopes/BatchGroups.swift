/// The rows of a batch by the values of some columns.
struct BatchGroups {
  /// The groups in the order of their first row.
  private(set) var groups: [RowGroup] = []
  /// The rows of each group, in their order.
  private(set) var rows: [[Int32]] = []

  /// O(rows × columns); a coded column is not looked at row by row.
  ///
  /// - Parameter selected: the rows to look at.
  init(_ names: [String], _ batch: Batch, among selected: [Int32]) {
    let stored = KeyColumn.columns(names, batch, .joined)
    let columns = stored.map { ValueNumbers($0) }
    let size = columns.map(\.count).reduce(1) { $0.multipliedReportingOverflow(by: $1 + 1).partialValue }
    // Values of the columns are numbered, and so are their combinations.
    var places = size > 0 && size <= 1 << 16 ? [Int](repeating: -1, count: size) : []
    var others: [[Int32]: Int] = [:]
    for row in selected {
      let place: Int
      if places.isEmpty {
        let combination = columns.map { $0.numbers[Int(row)] }
        place = others[combination] ?? rows.count
        others[combination] = place
      } else {
        var number = 0
        for column in columns { number = number * (column.count + 1) + Int(column.numbers[Int(row)] + 1) }
        place = places[number] < 0 ? rows.count : places[number]
        places[number] = place
      }
      if place == rows.count {
        groups.append(RowGroup(stored.map { $0.value(Int(row)) }))
        rows.append([])
      }
      rows[place].append(row)
    }
  }
}

extension KeyColumn {
  /// A value in full, or cut with what tells it from others that begin alike; nil for a null. A group is the same in
  /// files of other types.
  fileprivate func value(_ row: Int) -> String? {
    var text: [UInt8] = []
    guard append(row, to: &text) else { return nil }
    let shown = Batch.display(text[...])
    return text.count > 120 ? "\(shown) #\(Murmur3.hash(text.span).h1)" : shown
  }
}

/// The values of a column, numbered: equal values have equal numbers, a null has -1.
private struct ValueNumbers {
  var numbers: [Int32] = []
  /// How many different values there are.
  var count = 0

  init(_ column: KeyColumn) {
    if case .texts(let text) = column.values, column.isPlainText, let codes = text.codes {
      numbers = codes
      count = text.ends.count
      return
    }
    if case .integers(let integers) = column.values {
      var known: [Int64: Int32] = [:]
      numbers = integers.values.indices.map { row in
        guard integers.states[row] == CellState.valid.rawValue else { return -1 }
        let value = integers.values[row]
        if let number = known[value] { return number }
        known[value] = Int32(truncatingIfNeeded: known.count)
        return Int32(truncatingIfNeeded: known.count - 1)
      }
      count = known.count
      return
    }
    var known = KeyTable()
    var text: [UInt8] = []
    numbers = (0..<column.values.rowCount).map { row in
      text.removeAll(keepingCapacity: true)
      guard column.append(row, to: &text) else { return -1 }
      return Int32(truncatingIfNeeded: known.insert(text.span).index)
    }
    count = known.count
  }
}
