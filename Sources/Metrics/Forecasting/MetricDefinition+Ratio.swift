internal import Statistics

extension MetricDefinition<ForecastRows> {
  /// One sum over the rows as a share of another.
  static func ratio(
    _ page: MetricPage,
    _ columns: @escaping @Sendable (ForecastRows) throws(Undefined) -> (numerators: [Double], denominators: [Double])
  ) -> MetricDefinition {
    MetricDefinition(page) { _ in
      .means { rows throws(Undefined) in
        let columns = try columns(rows)
        guard let weights = rows.weights else { return RowMeans(columns.numerators, columns.denominators) }
        return RowMeans(
          zip(columns.numerators, weights).map { $0 * $1 }, zip(columns.denominators, weights).map { $0 * $1 })
      }
    }
  }
}
