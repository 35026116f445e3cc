extension RowExpression.Comparison {
  /// The same of a pair.
  func holds(_ pair: [RowValues]) -> Column<Bool> { holds(pair[0], pair[1]) }

  /// Whether it holds between two values of each row.
  func holds(_ a: RowValues, _ b: RowValues) -> Column<Bool> {
    switch (a, b) {
    case (.texts(let a), .texts(let b)): holds(a, b)
    case (.texts, _), (_, .texts): Column(nil)
    case (.numbers, _), (_, .numbers): holds(a.numbers, b.numbers)
    default: holds(a.integers, b.integers)
    }
  }

  private func holds(_ a: Column<Int64>, _ b: Column<Int64>) -> Column<Bool> {
    switch self {
    case .equal: .zip(a, b) { $0 == $1 }
    case .notEqual: .zip(a, b) { $0 != $1 }
    case .less: .zip(a, b) { $0 < $1 }
    case .lessOrEqual: .zip(a, b) { $0 <= $1 }
    case .greater: .zip(a, b) { $0 > $1 }
    case .greaterOrEqual: .zip(a, b) { $0 >= $1 }
    }
  }

  private func holds(_ a: Column<Double>, _ b: Column<Double>) -> Column<Bool> {
    // A comparison with NaN is false, and so would its negation be: neither is a verdict.
    func isOrdered(_ a: Double, _ b: Double) -> Bool { !a.isNaN && !b.isNaN }
    return switch self {
    case .equal: .zip(a, b) { isOrdered($0, $1) ? $0 == $1 : nil }
    case .notEqual: .zip(a, b) { isOrdered($0, $1) ? $0 != $1 : nil }
    case .less: .zip(a, b) { isOrdered($0, $1) ? $0 < $1 : nil }
    case .lessOrEqual: .zip(a, b) { isOrdered($0, $1) ? $0 <= $1 : nil }
    case .greater: .zip(a, b) { isOrdered($0, $1) ? $0 > $1 : nil }
    case .greaterOrEqual: .zip(a, b) { isOrdered($0, $1) ? $0 >= $1 : nil }
    }
  }

  private func holds(_ a: TextColumn, _ b: TextColumn) -> Column<Bool> {
    switch self {
    case .equal: a.zip(b) { $0.count == $1.count && order($0, $1) == 0 }
    case .notEqual: a.zip(b) { $0.count != $1.count || order($0, $1) != 0 }
    case .less: a.zip(b) { order($0, $1) < 0 }
    case .lessOrEqual: a.zip(b) { order($0, $1) <= 0 }
    case .greater: a.zip(b) { order($0, $1) > 0 }
    case .greaterOrEqual: a.zip(b) { order($0, $1) >= 0 }
    }
  }
}

extension RowExpression {
  /// So few members are compared one by one faster than they are looked up.
  private static let fewMembers = 8

  /// - Parameter operands: the values, and the members behind them.
  static func membership(_ operands: [RowValues]) -> Column<Bool> {
    let (values, members) = (operands[0], Array(operands.dropFirst()))
    if members.count > fewMembers, let found = lookUp(values, members) { return found }
    // Equal to one, or not known of one, or different from all.
    return members.reduce(Column(false)) { found, member in
      let equal = Comparison.equal.holds(values, member)
      let count = RowValues.rowCount(found.states.count, equal.states.count)
      return Column(count: count) { (Truth(found[$0]) || Truth(equal[$0])).value }
    }
  }

  /// The same by a table of the members; nil when they are not all known constants of the values' kind.
  private static func lookUp(_ values: RowValues, _ members: [RowValues]) -> Column<Bool>? {
    switch values {
    case .integers(let column):
      let known = members.compactMap { member -> Int64? in
        guard case .integers(let member) = member else { return nil }
        return member.constant
      }
      let set = Set(known)
      return known.count == members.count ? column.map { set.contains($0) } : nil
    case .numbers(let column):
      let known = members.compactMap { member -> Double? in
        if case .texts = member { return nil }
        return member.numbers.constant.flatMap { $0.isNaN ? nil : $0 }
      }
      let set = Set(known)
      return known.count == members.count ? column.map { $0.isNaN ? nil : set.contains($0) } : nil
    case .texts(let text):
      var table = KeyTable()
      for member in members {
        guard member.rowCount == 1, let range = member.texts.range(0) else { return nil }
        table.insert(member.texts.bytes.span.extracting(range))
      }
      return text.map { table.contains($0) }
    case .booleans: return nil
    }
  }
}

extension Column where Value: RowValue {
  /// The value that all rows have, as far as a single row tells.
  fileprivate var constant: Value? { states.count == 1 ? self[0] : nil }
}
