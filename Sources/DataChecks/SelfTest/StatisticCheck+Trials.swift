internal import Language
internal import Scan
internal import Verdict

extension StatisticCheck {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    var trials = try specimen.movingNumbers(of: specimen.column, limits)
    if self is SkewCheck || self is KurtosisCheck { trials.changes += try specimen.outlying(limits) }
    return trials
  }
}

extension MedianCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.movingQuantile(at: 0.5, limits.limits)
  }
}

extension QuantileCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.movingQuantile(at: share.value, limits.limits)
  }
}

extension IQRCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.movingNumbers(of: specimen.column, limits.limits)
  }
}

extension Specimen {
  /// Numbers moved ever further: one of them up or down, then all of them apart or together. What bounds a statistic
  /// of a column leaves room for none of these, or for all.
  func movingNumbers(of column: String, _ limits: Limits) throws(Unviolated) -> Trials {
    let numbers = numbers(column)
    guard let least = numbers.min(by: { $0.value < $1.value }), let greatest = numbers.max(by: { $0.value < $1.value })
    else { throw Unviolated(rowsNeeded: 2) }
    let ends = [limits.atLeast, limits.atMost, limits.equals].compactMap { $0?.value.value.magnitude }
    let reach = max(1, greatest.value - least.value, ends.max() ?? 0)
    let (factors, rows) = ([1, 10, 100, 1000, 1e6, 1e9], numbers.map(\.row))
    func moved(_ row: Int, _ value: Double) -> Trials.Change {
      { $0.set(column, [row], to: self.words(value, column)) }
    }
    func mapped(_ value: @escaping @Sendable (Double) -> Double) -> Trials.Change {
      let values = Dictionary(numbers.map { ($0.row, value($0.value)) }) { first, _ in first }
      return { $0.change(column, rows) { row, old in values[row].map { self.words($0, column) } ?? old } }
    }
    var changes = factors.flatMap {
      [moved(greatest.row, greatest.value + reach * $0), moved(least.row, least.value - reach * $0)]
    }
    changes += factors.flatMap { factor in [mapped { $0 + reach * factor }, mapped { $0 - reach * factor }] }
    changes += [10, 1000, 1e6].map { factor in mapped { $0 * factor } }
    changes.append { $0.set(column, rows, to: self.words(least.value, column)) }
    changes += [0, 1, 1000].map { factor in
      // Two values, each in half of the rows, and ever further apart.
      { mutation in
        mutation.change(column, rows) { row, _ in
          row % 2 == 0 ? self.words(least.value, column) : self.words(greatest.value + reach * factor, column)
        }
      }
    }
    return Trials(changes)
  }

  /// One outlier among ever so many equal values, on either side: n of them have a kurtosis of about n, and a skew of
  /// about its root.
  fileprivate func outlying(_ limits: Limits) throws(Unviolated) -> [Trials.Change] {
    guard let first = numbers(column).first else { throw Unviolated(rowsNeeded: 2) }
    let ends = [limits.atLeast, limits.atMost, limits.equals].compactMap { $0?.value.value.magnitude }
    let limit = min(ends.max() ?? 0, 100)
    let (times, column) = (Int((limit + 3) * (limit + 3)), column)
    return [1.0, -1].map { sign in
      { mutation in
        mutation.repeatRow(first.row, times: times)
        mutation.set(column, rows, to: words(first.value, column))
        mutation.set(column, [first.row], to: words(first.value + sign * 1e6, column))
      }
    }
  }

  /// As many values moved beyond a limit as it takes for the quantile to lie there.
  fileprivate func movingQuantile(at share: Double, _ limits: Limits) throws(Unviolated) -> Trials {
    let sorted = numbers(column).sorted { ($0.value, $0.row) < ($1.value, $1.row) }
    guard !sorted.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    let place = max(0, min(sorted.count, Int((share * Double(sorted.count)).rounded(.up))) - 1)
    @Sendable func step(_ limit: Double) -> Double { max(1, (limit.magnitude / 1e9).rounded(.up)) }
    var changes: [Trials.Change] = []
    let column = column
    if let most = (limits.equals ?? limits.atMost)?.value.value {
      let rows = sorted[place...].filter { $0.value <= most }.map(\.row)
      changes.append { $0.set(column, rows, to: words((most + step(most)).rounded(.up), column)) }
    }
    if let least = (limits.equals ?? limits.atLeast)?.value.value {
      let rows = sorted[...place].filter { $0.value >= least }.map(\.row)
      changes.append { $0.set(column, rows, to: words((least - step(least)).rounded(.down), column)) }
    }
    return Trials(changes)
  }
}

extension CorrelationCheck: Violable {
  /// One column becomes the other, or its opposite, or has nothing to do with it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (pair, numbers) = (pair, specimen.numbers(pair.x))
    let opposites = Dictionary(numbers.map { ($0.row, "\(-$0.value)") }) { first, _ in first }
    let rows = specimen.present(pair.names)
    guard rows.count > 1 else { throw Unviolated(rowsNeeded: 2) }
    return Trials([
      { $0.change(pair.y, rows, from: pair.x) { row, _ in specimen.table.text(row, pair.x) } },
      { $0.change(pair.y, rows, from: pair.x) { row, old in opposites[row] ?? old } },
      { $0.change(pair.y, rows) { row, _ in String(row * 7919 % 1009) } },
    ])
  }
}

extension MutualInformationCheck: Violable {
  /// One column tells nothing of the other, or all of it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (pair, rows) = (pair, specimen.present(pair.names))
    guard let first = rows.first, rows.count > 1 else { throw Unviolated(rowsNeeded: 2) }
    return Trials(
      [
        { $0.set(pair.y, rows, to: specimen.table.text(first, pair.y)) },
        { $0.change(pair.y, rows, from: pair.x) { row, _ in specimen.table.text(row, pair.x) } },
        {
          $0.makeDistinct(pair.x, rows, on: specimen)
          $0.makeDistinct(pair.y, rows, on: specimen)
        },
      ], areViolations: specimen.isWhole)
  }
}
