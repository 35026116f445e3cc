/// The rows of a batch by the values of some columns.
struct BatchGroups {
  /// The groups in the order of their first row.
  let groups: [RowGroup]
  /// The rows of each group, in their order.
  let rows: [[Int32]]

  /// O(rows × columns); a coded column is not looked at row by row.
  ///
  /// - Parameters:
  ///   - scope: what makes the groups.
  ///   - selected: the rows to look at.
  init(_ scope: RowScope, _ batch: Batch, among selected: [Int32]) {
    let columns = KeyColumn.columns(
      scope.groups, batch, BatchKeys.Form(joinsTypes: true, types: scope.types))
    var places = [Int32](repeating: 0, count: selected.count)
    var count = selected.isEmpty ? 0 : 1
    for column in columns { (places, count) = Self.divide(places, count, by: ValueNumbers(column), selected) }
    // Counted first, so that none of what may be many small lists grows.
    var sizes = [Int](repeating: 0, count: count)
    for place in places { sizes[Int(place)] += 1 }
    var rows = sizes.map { size in
      var list: [Int32] = []
      list.reserveCapacity(size)
      return list
    }
    for (row, place) in zip(selected, places) { rows[Int(place)].append(row) }
    groups = rows.map { RowGroup(of: Int($0[0]), columns) }
    self.rows = rows
  }

  /// Divides groups by the values of one more column. They are numbered in the order of their first row, before and after.
  private static func divide(
    _ places: [Int32], _ count: Int, by values: ValueNumbers, _ selected: [Int32]
  ) -> (places: [Int32], count: Int) {
    let width = values.count + 1
    func combination(_ index: Int) -> Int {
      Int(places[index]) * width + Int(values.numbers[Int(selected[index])]) + 1
    }
    var found: Int32 = 0
    func number(_ known: inout Int32) -> Int32 {
      if known < 0 { (known, found) = (found, found + 1) }
      return known
    }
    let divided: [Int32]
    if count * width <= 1 << 16 {
      var numbers = [Int32](repeating: -1, count: count * width)
      divided = places.indices.map { number(&numbers[combination($0)]) }
    } else {
      var numbers: [Int: Int32] = [:]
      divided = places.indices.map { number(&numbers[combination($0), default: -1]) }
    }
    return (divided, Int(found))
  }
}

extension RowGroup {
  /// The group of a row of some columns. A long value is cut, with what tells it from others that begin alike. A group is
  /// the same in files of other types.
  fileprivate init(of row: Int, _ columns: [KeyColumn]) {
    var bytes: [UInt8] = []
    for column in columns {
      let start = bytes.count
      bytes.append(contentsOf: [0, 0, 0, 0])
      let isPresent = column.append(row, to: &bytes)
      let text = bytes[(start + 4)...]
      if text.count > 120 || !text.allSatisfy({ $0 < 0x80 }) {
        let shown = Batch.display(text)
        let whole = text.count > 120 ? "\(shown) #\(Murmur3.hash(Array(text).span).h1)" : shown
        bytes.replaceSubrange((start + 4)..., with: whole.utf8)
      }
      bytes.setLength(isPresent ? UInt32(clamping: bytes.count - start - 4) : KeyColumn.null, at: start)
    }
    self.init(bytes: bytes)
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
