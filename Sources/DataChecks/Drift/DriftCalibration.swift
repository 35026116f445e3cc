package import Scan
internal import Statistics
internal import Verdict

/// What a drift check does on data that have not drifted, and on data that have, at the sizes that a user has.
///
/// The baseline is taken as the population. Pairs of samples are drawn from it, the second one also after a share of its
/// rows has been changed, and judged as the check judges. A false alarm is counted without the correction for the other
/// columns, which only makes it rarer; a detection with the strictest one.
package struct DriftCalibration: Sendable {
  /// The shares of rows that are changed.
  package static let shifts = [0.02, 0.05, 0.1, 0.2, 0.4]

  /// The column, or the check when it looks at several together.
  package internal(set) var column: String
  package let method: String
  package let limit: Double
  /// Why the column is not compared; nil when it is.
  package private(set) var leftOut: String?
  package private(set) var rows = (before: 0, now: 0)
  /// The share of pairs of one population that fail.
  package private(set) var falseAlarms = 0.0
  /// The share of pairs of one population that do not pass.
  package private(set) var notGreen = 0.0
  /// The share of pairs that fail after each of the shifts.
  package private(set) var power: [Double] = []
  /// The least limit that 95 % of the pairs of one population pass.
  package private(set) var proposed = 0.0

  /// - Parameters:
  ///   - check: The check with what it says of the column.
  ///   - baseline: The column of the baseline.
  ///   - rows: How many rows a delivery has; as many as the baseline when nil.
  ///   - columns: How many columns are compared together.
  ///   - repeats: How many pairs are drawn for each rate.
  package init(
    _ check: DriftCheck, of baseline: ColumnSummary, rows: Int?, among columns: Int, repeats: Int
  ) {
    let terms = check.terms(of: baseline.column)
    column = baseline.column
    method = terms.chosenMethod.rawValue
    limit = terms.distanceLimit
    let sample = DriftSample(baseline)
    leftOut = check.choice.named == nil ? sample.reasonToLeaveOut : nil
    guard leftOut == nil, let values = ComparedValues(sample, sample, for: terms.chosenMethod)?.before else {
      leftOut = leftOut ?? "it has no values that could be compared"
      return
    }
    let present = Double(sample.present) / Double(max(1, sample.rows))
    self.rows = (sample.present, Int(Double(rows ?? sample.rows) * present))
    let population = DriftPopulation(values)
    let alpha = 1 - terms.confidence
    let same = decide(population, population, terms, level: alpha, repeats, stream: 0)
    falseAlarms = share(same) { $0.decision == .drifted }
    notGreen = share(same) { $0.decision != .stable }
    proposed = Self.limit(passing: same.map(\.upper))
    let level = alpha / Double(max(1, columns))
    for (index, shift) in Self.shifts.enumerated() where power.last != 1 {
      let found = decide(
        population, population.shifted(shift), terms, level: level, Self.pairsOfPower(repeats),
        stream: UInt64(index + 1), seeksDrift: true)
      power.append(share(found) { $0.decision == .drifted })
    }
    power = Self.filled(power)
  }

  /// The rates after all shifts: what is further apart than what is always found is found, too.
  private static func filled(_ power: [Double]) -> [Double] {
    power + [Double](repeating: 1, count: shifts.count - power.count)
  }

  /// The least limit that 95 % of the pairs pass whose intervals end there.
  private static func limit(passing ends: [Double]) -> Double {
    ends.isEmpty ? .infinity : ends.sorted()[min(ends.count - 1, ends.count * 95 / 100)]
  }

  /// The least limit that a pair passes whose interval ends there: none where it is open although that is within the limit,
  /// and of samples of too few rows.
  private static func passing(_ end: Double, of isGreen: Bool, _ limit: Double, rows: Double) -> Double {
    isGreen || end > limit && rows >= Double(DriftEstimate.floor) ? end : .infinity
  }

  /// How many pairs are drawn for each rate of detection, when so many are for that of false alarms: it need not be
  /// known as well.
  static func pairsOfPower(_ repeats: Int) -> Int { min(repeats, max(20, repeats / 4)) }

  /// What was measured by evaluating a check as it is.
  ///
  /// - Parameters:
  ///   - same: What it says of pairs of samples of one population.
  ///   - power: The share of pairs that fail after each of the first shifts, up to the one after which all do.
  init(of name: String, rows: (before: Int, now: Int), same: [Finding], power: [Double]) {
    let told = same.first { $0.evidence.interval != nil }?.evidence
    (column, self.rows) = (name, rows)
    // Without what it says of this one finding: `correlation-change by interval, ...`.
    method = String((told?.method ?? "point").prefix { $0 != " " })
    if case .atMost(let most)? = told?.limit { limit = most.value } else { limit = .nan }
    let count = Double(max(1, same.count))
    falseAlarms = Double(same.count { $0.outcome == .failed }) / count
    notGreen = Double(same.count { $0.outcome != .passed }) / count
    let (limit, fewer) = (limit, min(rows.before, rows.now))
    proposed = Self.limit(
      passing: same.map { finding in
        guard let interval = finding.evidence.interval else { return .infinity }
        let end = max(interval.lower.magnitude, interval.upper.magnitude)
        return Self.passing(end, of: finding.outcome == .passed, limit, rows: Double(fewer))
      })
    self.power = Self.filled(power)
  }

  /// What could not be measured.
  init(of name: String, leftOut reason: String) {
    (column, method, limit, leftOut) = (name, "", 0, reason)
  }

  private typealias Judged = (decision: DriftDecision, upper: Double)

  /// - Parameter seeksDrift: whether it only matters which pairs have drifted: none has that is within the limit.
  private func decide(
    _ before: DriftPopulation, _ now: DriftPopulation, _ terms: DriftTerms, level: Double, _ repeats: Int,
    stream: UInt64, seeksDrift: Bool = false
  ) -> [Judged] {
    (0..<repeats).map { index in
      let seed = Seed("calibrate \(column)", [Double(index), Double(stream)])
      var random = Philox(seed)
      let (first, second) = (before.sample(of: rows.before, &random), now.sample(of: rows.now, &random))
      do throws(Undefined) {
        let cells = try DriftValues.cells(first, second, for: terms.chosenMethod).cells
        if seeksDrift, try Drift.effect(cells, terms.chosenMethod) <= terms.distanceLimit {
          return (.undecided, .infinity)
        }
        let estimate = try Drift.estimate(
          cells, terms.chosenMethod, limit: terms.distanceLimit, confidence: terms.confidence, seed: seed)
        let isSignificant = estimate.p.rejects(at: level)
        let decision = estimate.decision(limit: terms.distanceLimit, isSignificant: isSignificant)
        let end = Self.passing(
          estimate.interval.upper, of: decision == .stable, terms.distanceLimit,
          rows: min(estimate.referenceSize, estimate.currentSize))
        return (decision, end)
      } catch {
        return (.undecided, .infinity)
      }
    }
  }

  private func share(_ found: [Judged], _ test: (Judged) -> Bool) -> Double {
    found.isEmpty ? 0 : Double(found.count(where: test)) / Double(found.count)
  }
}
