package import Language
package import Planning
internal import Scan
package import Verdict

/// `tfdv_drift: {columns: {carrier: {infinity_norm: {threshold: 0.01}}}}`: TensorFlow Data Validation's comparators.
package struct TFDVDriftCheck: FamilyRule {
  package var compared: [(name: Located<String>, value: TFDVComparators)] = []
  package var examples = ExampleCount()
  private(set) var baseline: DataBaseline?

  /// How many rows there may be for each of the baseline's.
  package struct ExampleCount: Sendable {
    package var least: Located<Double>?
    package var greatest: Located<Double>?
  }

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "tfdv_drift",
    summary:
      "Columns differ from the baseline by no more than TensorFlow Data Validation's comparators allow, with its names and its numbers, for those who come from there: a value above its threshold fails. infinity_norm is the largest change of the share of a value; normalized_abs_difference that of its count over the sum of all counts of both sides; jensen_shannon_divergence is in bits, of the shares of values, or of numbers in ten buckets of equal width (source: quantiles for equal mass), which are cut at the ends of both sides; NaN is never the same as NaN. These are numbers of the data at hand, without intervals: drift is what Cupel recommends. In its schema and here: feature.drift_comparator or skew_comparator is the column under columns (for skew with the served data as baseline); infinity_norm.threshold, jensen_shannon_divergence.threshold and normalized_abs_difference.threshold have the same names; source.type: QUANTILES is source: quantiles; num_examples_drift_comparator is num_examples with min_fraction_threshold and max_fraction_threshold. Numbers of many different values are read from a sketch of 1% and less, as they are there. infinity_norm of numbers, which there is silently 0, is an error here unless they are few different ones.",
    why: "A migration is safe when the old limits can be kept while the new ones are tried.",
    example:
      "data:\n  flights:\n    source: flights.csv\n    baseline: {dataset: last_month}\n    tfdv_drift:\n      columns:\n        carrier: {infinity_norm: {threshold: 0.01}}\n        distance: {jensen_shannon_divergence: {threshold: 0.1}}\n  last_month:\n    source: last_month.csv",
    fix:
      "See which value moved. Prefer drift, whose limits allow for the number of rows: ten rows and a thousand of one distribution differ by 0.4 here."
  )

  package static var keys: [Key<TFDVDriftCheck>] {
    func threshold(_ name: String, _ path: WritableKeyPath<ExampleCount, Located<Double>?>, _ words: String)
      -> Key<ExampleCount>
    {
      .optional(name, path, Shape<Double>.number.located, words)
    }
    let examples: [Key<ExampleCount>] = [
      threshold("min_fraction_threshold", \.least, "The least number of rows for each of the baseline's."),
      threshold("max_fraction_threshold", \.greatest, "The greatest number of rows for each of the baseline's."),
    ]
    return [
      .key(
        "columns", \.compared, TFDVComparators.shape.dictionary, "The columns and their comparators.", required: true),
      .key("num_examples", \.examples, .object(ExampleCount(), examples), "How many rows there may be."),
    ]
  }

  package static func validate(_ rule: TFDVDriftCheck, _ node: Node, _ problems: inout Problems) {
    if rule.compared.isEmpty { problems.report("no column is compared", at: node.location) }
  }

  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool {
    baseline = rules.baseline
    return true
  }

  package var members: [String] { compared.map(\.name.value) }
  package var columns: [String] { members }
  package var peers: [PeerReference] { (baseline?.peers ?? []).map { PeerReference($0.dataset, columns: members) } }
  package var memberSeverity: Severity? { nil }

  package func prepare(
    _ table: TableContext, _ members: [PlannedCheck], _ plan: inout Plan
  ) -> FamilyEvaluation {
    var problem: ScanError?
    if case .missing(let error)? = baseline?.content { problem = error }
    guard let baseline, problem == nil else {
      let message = problem.map { "there is no baseline: \($0.message)" } ?? "the config names no baseline"
      let hint = problem.map { $0.hint } ?? "baseline: names a profile, a file, or {dataset: NAME}"
      let finding = table.planned.finding(
        .errored, message, reason: .baseline, evidence: Evidence(notes: hint.map { [$0] } ?? []))
      return { _ in [finding] + members.map { $0.skipped(because: finding.id) } }
    }
    let pairs = zip(members, compared).map { TFDVPair($0, $1.value, baseline, table, &plan) }
    let here = plan.require(RowCount.Specification(), judgesRows: false)
    var there: PeerSlot<RowCount>?
    if case .dataset(let name, _) = baseline.content { there = plan.require(RowCount.Specification(), of: name.value) }
    return { [there] measurements in
      var rows = 0
      if case .profile(let profile) = baseline.content { rows = profile.rows }
      do throws(ScanError) {
        if let there { rows = try measurements[there].get().rows }
      } catch {
        let finding = table.planned.unanswered(by: baseline.name, error)
        return [finding] + members.map { $0.skipped(because: finding.id) }
      }
      return [whole(table.planned, measurements[here].rows, rows, baseline.name)]
        + pairs.map { $0.finding(measurements) }
    }
  }

  private func whole(_ planned: PlannedCheck, _ now: Int, _ before: Int, _ name: String) -> Finding {
    guard now > 0 else { return planned.finding(.errored, "there are no rows", reason: .nothingToEvaluate) }
    guard before > 0 else {
      return planned.finding(.errored, "\(name) has no rows", reason: .nothingToEvaluate)
    }
    let ratio = Double(now) / Double(before)
    let message =
      "\(Quantity(Double(now), .rows)), \(Quantity.brief(ratio, digits: 6)) for each of the "
      + "\(Quantity.grouped(before)) of \(name)"
    let evidence = Evidence(observed: Quantity(ratio))
    if let greatest = examples.greatest, ratio > greatest.value {
      return planned.finding(
        .failed, "\(message), more than max_fraction_threshold \(Quantity.text(greatest.value))", evidence: evidence,
        location: greatest.location)
    }
    if let least = examples.least, ratio < least.value {
      return planned.finding(
        .failed, "\(message), fewer than min_fraction_threshold \(Quantity.text(least.value))", evidence: evidence,
        location: least.location)
    }
    return planned.finding(.passed, message, evidence: evidence)
  }
}
