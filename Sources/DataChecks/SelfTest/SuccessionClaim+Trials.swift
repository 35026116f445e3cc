internal import Language
internal import Scan
internal import Verdict

extension SuccessionClaim {
  /// Neighbours that change places, all rows turned round, and a value that is the one before it or further back.
  static func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (table, column, rows) = (specimen.table, specimen.column, specimen.present([specimen.column]))
    guard rows.count > 1 else { throw Unviolated(rowsNeeded: 2) }
    let wanted = specimen.excess(of: rows.count, allow: specimen.allow)
    var pairs: [(Int, Int)] = []
    var index = 1
    while index < rows.count, pairs.count < wanted {
      let isDifferent = table.text(rows[index - 1], column) != table.text(rows[index], column)
      if isDifferent { pairs.append((rows[index - 1], rows[index])) }
      index += isDifferent ? 2 : 1
    }
    let (last, before) = (rows[rows.count - 1], table.text(rows[rows.count - 2], column) ?? "")
    let type = specimen.type(of: column)
    let neighbours = [before] + [-1, 1].compactMap { Self.text(before, movedBy: $0, as: type) }
    var changes: [Trials.Change] = [
      { [pairs] mutation in for (a, b) in pairs { mutation.swapRows(a, b) } },
      { mutation in
        for index in 0..<rows.count / 2 { mutation.swapRows(rows[index], rows[rows.count - 1 - index]) }
      },
    ]
    changes += neighbours.map { value in { $0.set(column, [last], to: value) } }
    return Trials(changes)
  }

  private static func text(_ text: String, movedBy step: Int64, as type: ValueType) -> String? {
    switch type {
    case .string: step < 0 ? "" : text + "~"
    case .number: Literal.number(text).map { Quantity.text($0 + Double(step)) }
    case .integer, .date, .time, .timestamp: Literal.text(text, movedBy: step, as: type)
    case .boolean: nil
    }
  }
}

extension IncreasingCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try SuccessionClaim.trials(on: specimen) }
}

extension DecreasingCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try SuccessionClaim.trials(on: specimen) }
}

extension SequentialCheck: Violable {
  /// Rows from the middle are gone; else what breaks any order.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.present([specimen.column])
    let wanted = specimen.excess(of: rows.count, allow: specimen.allow)
    let inner = stride(from: 1, to: rows.count - 1, by: 2).prefix(wanted).map { rows[$0] }
    var trials = try SuccessionClaim.trials(on: specimen)
    if !inner.isEmpty { trials.changes.insert({ $0.dropRows(inner) }, at: 0) }
    return trials
  }
}
