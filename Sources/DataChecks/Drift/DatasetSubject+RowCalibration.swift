internal import Language
internal import Planning
package import Scan
internal import Statistics
package import Verdict

extension DatasetSubject {
  /// What the checks besides `drift` do that compare with a baseline: drift of a label or a prediction, changes of
  /// correlations, drift of several columns together, and of vectors.
  ///
  /// Those that compare rows are evaluated as they are, on samples with replacement of the baseline's first rows.
  ///
  /// - Parameters:
  ///   - rows: how many rows a delivery has; as many as the baseline when nil.
  ///   - repeats: how many pairs of samples are drawn for each rate of a column; of rows a tenth of them.
  package func calibrateOthers(
    rows: Int?, repeats: Int, in context: RunContext
  ) async throws(ScanError) -> [DriftCalibration] {
    var found: [DriftCalibration] = []
    for claim in claims {
      let id = claim.planned.id
      if let role = claim.violation.check as? any RoleDriftRule {
        found += try await calibrate(role.drift, rows: rows, repeats: repeats, in: context).map { column in
          var column = column
          column.column = "\(id.check) \(column.column)"
          return column
        }
      } else if Self.rowKinds.contains(claim.planned.kind) {
        found.append(
          try await calibration(of: claim, rows: rows, pairs: min(repeats, max(20, repeats / 10)), in: context))
      } else if let reason = Self.uncalibrated[claim.planned.kind] {
        found.append(DriftCalibration(of: id.check, leftOut: reason))
      }
    }
    return found
  }

  /// Whether there is something that `calibrateOthers` measures.
  package var comparesRows: Bool {
    claims.contains {
      $0.violation.check is any RoleDriftRule || Self.rowKinds.contains($0.planned.kind)
        || Self.uncalibrated[$0.planned.kind] != nil
    }
  }

  private static var rowKinds: Set<String> {
    [CorrelationChangeCheck.kind, MultivariateDriftCheck.kind, ReconstructionDriftCheck.kind, EmbeddingDriftCheck.kind]
  }

  /// Checks with an interval that are not measured, and why: they are told, too.
  private static var uncalibrated: [String: String] {
    let labels = "a sample of the table with a label that nothing predicts is no table of the user's"
    let pairs = "it compares rows by key, and a sample of rows has no partner for each"
    return [LabelLeakCheck.kind: labels, IdentifierLeakCheck.kind: labels, ServingSkewCheck.kind: pairs]
  }

  /// So many values of the baseline's first rows are the population.
  private static var cellLimit: Int { 1_500_000 }

  /// Samples have at most so many rows, and about so many values: what compares rows is evaluated a hundred times.
  private static var rowLimit: Int { 2000 }
  private static var valueLimit: Int { 30_000 }

  private func calibration(
    of claim: Claim, rows: Int?, pairs: Int, in context: RunContext
  ) async throws(ScanError) -> DriftCalibration {
    let name = claim.planned.id.check
    guard let reference = claim.peers.first,
      let peer = rules.peers?.first(where: { $0.name == reference.dataset.value })
    else { return DriftCalibration(of: name, leftOut: "its baseline is no dataset, which has rows") }
    let (table, _) = try MemoryTable.beginning(of: peer.source, rows: 10 * Self.rowLimit, cells: Self.cellLimit)
    guard table.rowCount > 0 else { return DriftCalibration(of: name, leftOut: "\(peer.name) has no rows") }
    if let absent = claim.columns.first(where: { table.index(of: $0) == nil }) {
      return DriftCalibration(of: name, leftOut: "\(peer.name) has no column \"\(absent)\"")
    }
    let population = RowDriftPopulation(
      table, claim.columns.isEmpty ? table.fields.map(\.name) : claim.columns,
      shifted: claim.planned.kind == CorrelationChangeCheck.kind ? .reordered : .moved)
    let most = min(Self.rowLimit, max(500, Self.valueLimit / population.width))
    let sizes = (before: min(most, table.rowCount), now: min(most, rows ?? table.rowCount))

    func findings(shifted share: Double) async throws(ScanError) -> [Finding] {
      try await Array(0..<pairs).concurrently(threads: context.threads) { pair throws(ScanError) in
        var random = Philox(Seed("calibrate \(claim.planned.id)", [Double(pair), share]))
        let before = population.sample(of: sizes.before, &random)
        let now = population.sample(of: sizes.now, shifted: share, &random)
        return try await finding(of: claim, now, against: before, of: peer, in: context)
      }
    }
    let same = try await findings(shifted: 0)
    if let first = same.first, same.allSatisfy({ $0.outcome == .errored || $0.outcome == .skipped }) {
      return DriftCalibration(of: name, leftOut: first.message)
    }
    // Findings without an interval have neither a limit nor a power that could be told.
    if let first = same.first, same.allSatisfy({ $0.evidence.interval == nil && $0.outcome != .failed }) {
      return DriftCalibration(of: name, leftOut: first.message)
    }
    var power: [Double] = []
    // What is further apart than what is always found is found, too.
    for share in DriftCalibration.shifts where power.last != 1 {
      power.append(Double(try await findings(shifted: share).count { $0.outcome == .failed }) / Double(pairs))
    }
    return DriftCalibration(of: name, rows: sizes, same: same, power: power)
  }

  private func finding(
    of claim: Claim, _ now: MemoryTable, against before: MemoryTable, of peer: PeerDataset, in context: RunContext
  ) async throws(ScanError) -> Finding {
    var context = context
    context.threads = 1
    let peers = OpenPeers(peer, as: before, resources(context))
    var scan = MemoryScan(now, of: peer.source, resources(context))
    var plan = Plan()
    let evaluate = claim.prepare(tables(now.fields, context, peers)(claim), &plan)
    return evaluate(try await plan.measure(with: &scan, peers: peers.backends)).first
      ?? claim.planned.finding(.skipped, "there is nothing to say of it")
  }
}
