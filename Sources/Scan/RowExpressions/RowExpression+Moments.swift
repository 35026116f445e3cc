/// Points in time below the microsecond: expressions compute in microseconds, and some files count nanoseconds.
extension RowExpression {
  /// The values of operands that are compared with each other. Where one is a column with digits below the microsecond,
  /// and all are columns and constants, they are counted in nanoseconds; what lies too far from 1970 for these is as far as
  /// they reach, where no such column has a value.
  static func compared(_ operands: [RowExpression], _ batch: Batch) -> [RowValues] {
    let values = operands.map { $0.values(batch) }
    let digits = operands.map { operand -> [Int16]? in
      if case .column(let reading) = operand { batch.nanoseconds(reading) } else { nil }
    }
    guard digits.contains(where: { $0 != nil }), operands.allSatisfy(\.isInstant) else { return values }
    return zip(values, digits).map { values, digits in
      guard case .integers(let column) = values else { return values }
      return .integers(
        Column(
          values: column.values.indices.map { row in
            Int64(clamping: Int128(column.values[row]) * 1000 + Int128(digits?[row] ?? 0))
          }, states: column.states))
    }
  }

  /// Whether it is a point in time as it stands, beside one that is.
  private var isInstant: Bool {
    switch self {
    case .column(let reading): reading.type == .timestamp
    case .integer, .unknown: true
    default: false
    }
  }
}
