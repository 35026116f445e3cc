internal import Scan
internal import Verdict

extension ValueLimitCheck {
  /// One value just beyond a limit.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try ValueLimit.trials(range.low, range.high, on: specimen)
  }
}

extension ValueLimit {
  fileprivate static func trials(
    _ low: ValueLimit?, _ high: ValueLimit?, on specimen: Specimen
  ) throws(Unviolated) -> Trials {
    let beyond = beyond(low, high, on: specimen)
    guard !beyond.isEmpty else { throw Unviolated("no value lies beyond the limit") }
    return try specimen.replacing(with: beyond)
  }

  /// The texts of values just beyond the limits, above before below.
  static func beyond(_ low: ValueLimit?, _ high: ValueLimit?, on specimen: Specimen) -> [String] {
    let type = specimen.rules.types[specimen.column] ?? inferredType(low, high)
    let step = Self.step(low, high)
    return [high?.next(up: true, as: type, step), low?.next(up: false, as: type, step)].compactMap { $0 }
  }

  /// How far a number just beyond a limit lies from it: one, or a tenth of limits below ten.
  private static func step(_ low: ValueLimit?, _ high: ValueLimit?) -> Double {
    var greatest = [low, high].compactMap { $0.flatMap { Literal.number($0.text) }?.magnitude }.max() ?? 0
    guard greatest > 0, greatest < 10 else { return 1 }
    var step = 1.0
    while greatest < 10 {
      greatest *= 10
      step /= 10
    }
    return step
  }

  private func next(up: Bool, as type: ValueType, _ step: Double) -> String? {
    if isExclusive { return text }
    let sign: Int64 = up ? 1 : -1
    switch type {
    case .string: return up ? text + "~" : text.isEmpty ? nil : ""
    case .number: return Literal.number(text).map { Quantity.text($0 + Double(sign) * step) }
    case .date, .time, .timestamp: return Literal.text(text, movedBy: sign, as: type)
    case .integer, .boolean:
      if let value = Int64(text) {
        let (next, isTooFar) = value.addingReportingOverflow(sign)
        return isTooFar ? nil : String(next)
      }
      return Literal.number(text).flatMap { Int64(exactly: $0.rounded(up ? .up : .down)) }.map { String($0) }
    }
  }
}

extension ExtremeCheck {
  /// One value beyond the limit on its own side; for the limit on the other side every value is beyond it.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (column, rows) = (specimen.column, specimen.present([specimen.column]))
    guard !rows.isEmpty else { throw Unviolated(rowsNeeded: 1) }
    let beyond = ValueLimit.beyond(limits.low, limits.high, on: specimen)
    var changes: [Trials.Change] = beyond.map { value in { $0.set(column, rows.prefix(1), to: value) } }
    changes += beyond.map { value in { $0.set(column, rows, to: value) } }
    return Trials(changes)
  }
}
