internal import Statistics

/// Rows that may count more or less than one another.
protocol WeightedRows: MetricRows {
  var weights: [Double]? { get }
}

extension BinaryRows: WeightedRows {}
extension MulticlassRows: WeightedRows {}
extension MultilabelRows: WeightedRows {}

extension MetricDefinition where Rows: WeightedRows {
  /// The share of all rows that are hits.
  static func hits(
    _ page: MetricPage, _ isHit: @escaping @Sendable (Rows) throws(Undefined) -> [Bool]
  ) -> MetricDefinition {
    MetricDefinition(page) { _ in .hits(isHit) }
  }

  /// The weighted mean of what each row loses.
  static func mean(
    _ page: MetricPage, form: RowMeans.Form = .plain,
    _ losses: @escaping @Sendable (Rows) throws(Undefined) -> [Double]
  ) -> MetricDefinition {
    MetricDefinition(page) { _ in .mean(form, losses) }
  }
}

extension MetricDefinition.Making where Rows: WeightedRows {
  /// The weighted mean of what each row loses.
  static func mean(
    _ form: RowMeans.Form = .plain, _ losses: @escaping @Sendable (Rows) throws(Undefined) -> [Double]
  ) -> Self {
    Self(.means { rows throws(Undefined) in RowMeans(mean: try losses(rows), weights: rows.weights, form) }) {
      rows throws(Undefined) in try RowMeans.value(mean: try losses(rows), weights: rows.weights, form)
    }
  }

  static func hits(_ isHit: @escaping @Sendable (Rows) throws(Undefined) -> [Bool]) -> Self {
    let hits: @Sendable (Rows) throws(Undefined) -> RowHits = { rows throws(Undefined) in
      RowHits(
        isCounted: [Bool](repeating: true, count: rows.count), isHit: try isHit(rows), weights: rows.weights)
    }
    return Self(.proportion(hits)) { rows throws(Undefined) in
      let hits = try hits(rows)
      return hits.weights == nil ? Double(hits.hits) / Double(rows.count) : try hits.means.value
    }
  }
}
