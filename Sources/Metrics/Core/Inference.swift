package import Statistics

/// How one infers from a metric of rows to the metric of the population: what an interval is computed from.
package enum Inference<Rows: MetricRows>: Sendable {
  /// A share of the rows that count, each of them a hit or not: accuracy, recall, specificity. Score intervals.
  case proportion(@Sendable (Rows) throws(Undefined) -> RowHits)
  /// A function of means over the rows: log loss, RMSE, R². Influence functions.
  /// nil for rows of which it is no such function, as of several outputs: these are resampled.
  case means(@Sendable (Rows) throws(Undefined) -> RowMeans?)
  /// The area under the ROC curve. DeLong.
  case rocArea(@Sendable (Rows) throws(Undefined) -> RowScores)
  /// A function of how many rows fall into each cell of a confusion matrix. A multinomial bootstrap over the cells.
  case cells(@Sendable (Rows) throws(Undefined) -> RowCells)
  /// The worst of the contrasts between groups of rows. Simultaneous intervals.
  case contrasts(@Sendable (Rows) throws(Undefined) -> RowContrasts)
  /// Anything else: resamples of the rows.
  case resample
  /// No metric of a population, but of these rows alone, for the reason that is given. It has no interval.
  case none(String)

  package func evidence(of rows: Rows) throws(Undefined) -> RowEvidence {
    switch self {
    case .proportion(let hits): return .proportion(try hits(rows))
    case .means(let means): return try means(rows).map { .means($0) } ?? .resample
    case .rocArea(let scores):
      let scores = try scores(rows)
      return scores.isWeighted ? .resample : .rocArea(scores)
    case .cells(let cells):
      let cells = try cells(rows)
      return cells.isWeighted ? .resample : .cells(cells)
    case .contrasts(let contrasts): return .contrasts(try contrasts(rows))
    case .resample: return .resample
    case .none(let reason): throw .outsideDomain(reason)
    }
  }
}

/// What the rows themselves say, for an interval. Two models on the same rows give evidence row by row, in one order.
package enum RowEvidence: Sendable {
  case proportion(RowHits)
  case means(RowMeans)
  case rocArea(RowScores)
  case cells(RowCells)
  case contrasts(RowContrasts)
  case resample
}
