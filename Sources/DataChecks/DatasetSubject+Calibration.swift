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
    let indexed = await withTaskGroup(of: (Int, DriftCalibration).self) { group in
      var waiting = Array(columns.enumerated())[...]
      func next(_ group: inout TaskGroup<(Int, DriftCalibration)>) {
        guard let (index, column) = waiting.popFirst() else { return }
        group.addTask {
          (index, DriftCalibration(check, of: column, rows: rows, among: columns.count, repeats: repeats))
        }
      }
      for _ in 0..<context.threads { next(&group) }
      var done: [(Int, DriftCalibration)] = []
      for await result in group {
        done.append(result)
        next(&group)
      }
      return done
    }
    return indexed.sorted { $0.0 < $1.0 }.map(\.1)
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
      let slots = try scan.fields().map { plan.require(ColumnSummary.Specification($0.name)) }
      let measurements = try await scan.compute(plan)
      return slots.map { measurements[$0] }
    }
  }
}
