internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// A number of a column that can be watched from run to run.
package enum ColumnNumber: String, Sendable, CaseIterable {
  case missing
  case distinct
  case mean
  case median
  case quantile
  case min
  case max
  case std
  case sum

  /// What came of measuring it.
  enum Measured {
    case value(Double, ViolationSummary)
    /// There is no such number, and this says why.
    case none(Finding)
  }

  /// Whether the number tells something of single values.
  var isOfValues: Bool { self != .missing && self != .distinct }

  /// Requires what the number follows from.
  ///
  /// - Parameter share: the share of values that do not exceed the quantile.
  func prepare(
    _ column: ColumnContext, at share: Double, _ plan: inout Plan
  ) -> @Sendable (Measurements) -> Measured {
    let name = name(at: share)
    let claim = ValueClaim(column: column, limit: .text("near earlier runs"))
    @Sendable func measured(
      _ value: Double?, _ counts: ViolationSummary, unfit: [(count: Int, what: String)] = []
    ) -> Measured {
      if isOfValues, let finding = claim.undefined(name, counts, unfit: unfit) { return .none(finding) }
      let evidence = claim.evidence(counts)
      guard counts.evaluated > 0 else { return .none(claim.nothingEvaluated(counts, evidence)) }
      guard let value, value.isFinite else {
        let words = value == nil ? "there is no \(name) of so few values" : "the \(name) is beyond what a double holds"
        return .none(column.planned.finding(.errored, words, reason: .undefined, evidence: evidence))
      }
      return .value(value, counts)
    }
    switch self {
    case .missing:
      let slot = plan.require(Violations.Specification(PresenceTest(column.name)), judgesRows: false)
      return { measurements in
        let found = measurements[slot].summary
        guard found.rows > 0 else { return .none(claim.nothingEvaluated(found, claim.evidence(found))) }
        return .value(Double(found.violating) / Double(found.rows), found)
      }
    case .distinct:
      let slot = plan.require(DistinctValues.Specification(column.name, as: column.type?.value))
      return { measured($0[slot].estimate, $0[slot].counts) }
    case .median, .quantile:
      let slot = plan.require(QuantileSketch.Specification(column.name))
      return { measurements in
        let found = measurements[slot]
        let nan = (found.nanCount, "NaN, which has no place in an order")
        return measured(found.estimate(at: share), found.counts, unfit: [nan])
      }
    case .mean, .min, .max, .std, .sum:
      let slot = plan.require(ColumnMoments.Specification(column.name))
      return { measurements in
        let found = measurements[slot]
        let unfit = [(found.moments.nanCount, "NaN"), (found.infinityCount, "infinite")]
        return measured(value(of: found), found.counts, unfit: unfit)
      }
    }
  }

  private func value(of column: ColumnMoments) -> Double? {
    switch self {
    case .mean: column.moments.mean
    case .min: column.moments.minimum
    case .max: column.moments.maximum
    case .std: column.variance?.squareRoot()
    case .sum: column.moments.sum
    case .missing, .distinct, .median, .quantile: nil
    }
  }

  /// What it is called in a sentence.
  func name(at share: Double) -> String {
    switch self {
    case .missing: "share of missing values"
    case .distinct: "number of different values"
    case .mean: "mean"
    case .median: "median"
    case .quantile: "\(Quantity(share, .share)) quantile"
    case .min: "least value"
    case .max: "greatest value"
    case .std: "standard deviation"
    case .sum: "sum"
    }
  }

  /// The name of its series: `mean`, `quantile_99%`.
  func key(at share: Double) -> String { self == .quantile ? "quantile_\(Quantity(share, .share))" : rawValue }
}
