internal import Language
internal import Planning
package import Scan
package import Verdict

extension DatasetSubject {
  /// What its drift check does at the sizes of its data, column by column in the order of the baseline.
  ///
  /// - Parameters:
  ///   - rows: how many rows a delivery has; as many as the baseline when nil.
  ///   - repeats: how many pairs of samples are drawn for each rate.
  package func calibrate(
    _ check: DriftCheck, rows: Int?, repeats: Int, in context: RunContext
  ) async throws(ScanError) -> [DriftCalibration] {
    let members = check.members
    let all = try await summaries(of: check, context)
    let columns = members.compactMap { name in all.first { ExactText($0.column) == ExactText(name) } }
    return try await columns.concurrently(threads: context.threads) { column throws(ScanError) in
      DriftCalibration(check, of: column, rows: rows, among: columns.count, repeats: repeats)
    }
  }

  /// What its checks do that compare numbers with those of earlier runs.
  ///
  /// - Parameters:
  ///   - history: what the runs before a time measured.
  ///   - repeats: how many series are drawn for each rate.
  package func calibrateAnomalies(
    after history: MetricHistory, before time: Int64, repeats: Int
  ) -> [AnomalyCalibration] {
    claims.flatMap { claim -> [AnomalyCalibration] in
      guard let watch = claim.watch else { return [] }
      let id = claim.planned.id
      let series = watch.known(to: history, of: id)
      // A check without any run is told, too.
      return (series.isEmpty ? [("", [])] : series).map { metric, points in
        let counted = watch.counted(points, before: time)
        return AnomalyCalibration(of: id.description, metric, watch, counted, repeats: repeats)
      }
    }
  }

  /// The columns of the baseline, which is read when it is a dataset.
  private func summaries(of check: DriftCheck, _ context: RunContext) async throws(ScanError) -> [ColumnSummary] {
    switch check.baseline?.content {
    case .profile(let table): return table.columns
    case .missing(let problem): throw problem
    case nil: throw ScanError(.unreadable, "the config names no baseline for \"\(name)\"")
    case .dataset(let peer, _):
      guard let dataset = rules.peers?.first(where: { $0.name == peer.value }) else {
        throw ScanError(.unreadable, "the config names no dataset \"\(peer.value)\"")
      }
      var scan = NativeScan(dataset.source, resources(context))
      var plan = Plan()
      let members = Set(check.members.map { ExactText($0) })
      let columns = try scan.fields().filter { $0.type.isRead && members.contains(ExactText($0.name)) }
      let slots = columns.map { plan.require(ColumnSummary.Specification($0.name)) }
      let measurements = try await scan.compute(plan)
      return slots.map { measurements[$0] }
    }
  }
}
