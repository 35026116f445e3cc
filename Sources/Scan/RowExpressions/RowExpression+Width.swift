/// Numbers that somebody wrote, in the width of the columns beside which they stand.
///
/// 0.1 in a column of 32 bits is another number than 0.1 in 64, and whoever writes x <= 0.1 means the one of the column:
/// as a limit on the column does, and as engines and libraries compare whose constants have no width of their own.
extension RowExpression {
  /// The expression for columns that are stored as these types.
  func inWidth(of type: (String) -> StoredType?) -> RowExpression {
    func same(_ expression: RowExpression) -> RowExpression { expression.inWidth(of: type) }
    func written(_ expression: RowExpression, beside other: RowExpression) -> RowExpression {
      guard case .number(let number) = expression, case .column(let reading) = other else { return same(expression) }
      return .number(type(reading.column).nearest(number))
    }
    switch self {
    case .column, .integer, .number, .text, .truth, .unknown: return self
    case .comparison(let comparison, let a, let b):
      return .comparison(comparison, written(a, beside: b), written(b, beside: a))
    case .between(let a, let low, let high):
      return .between(same(a), written(low, beside: a), written(high, beside: a))
    case .membership(let a, let members): return .membership(same(a), members.map { written($0, beside: a) })
    case .matches(let a, let pattern): return .matches(same(a), pattern)
    case .and(let a, let b): return .and(same(a), same(b))
    case .or(let a, let b): return .or(same(a), same(b))
    case .not(let a): return .not(same(a))
    case .isNull(let a): return .isNull(same(a))
    case .call(let function, let arguments) where function.comparesArguments:
      return .call(function, arguments.indices.map { written(arguments[$0], beside: arguments[1 - $0]) })
    case .call(let function, let arguments): return .call(function, arguments.map(same))
    }
  }

  /// The expression for the columns of a batch.
  func inWidth(of batch: Batch) -> RowExpression {
    batch.fields.contains { $0.type.isNarrow } ? inWidth { batch.stored($0)?.field.type } : self
  }

  /// The expression for the columns that statistics are about.
  func inWidth(of statistics: ChunkStatistics) -> RowExpression {
    statistics.columns.values.contains { $0.type.isNarrow } ? inWidth { statistics.columns[$0]?.type } : self
  }
}
