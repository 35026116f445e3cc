internal import Baselines
internal import Language
internal import Metrics
internal import Scan
internal import Verdict

extension PredictionsRun {
  /// The rows of further training runs, in the order of the candidate's. Throws where they are not the same rows.
  func repeats(
    of side: ModelSide, _ role: SideRole, _ candidate: Rows, _ table: PredictionTable
  ) async throws(Obstacle) -> [Rows] {
    let (columns, terms) = (declaration.columns(of: side), declaration.predictions)
    try requireDifferentFiles(side)
    var runs: [Rows] = []
    for path in side.repeats {
      var request = Rows.request(columns)
      request.key = terms.id.map(\.value)
      let other: PredictionTable
      switch await load(path, request, side, role: role) {
      case .success(let loaded): other = loaded
      case .failure(let problem): throw problem.obstacle
      }
      let rows: Rows
      do throws(RowProblem) {
        rows = try Rows(other, columns, terms)
      } catch {
        throw error.obstacle
      }
      let join = self.join(candidate, table, rows, other)
      guard join.faults.isEmpty, !join.isEmpty else {
        let words = join.faults.map { "\(Quantity(Double($0.count), .rows)) \($0.what)" }.joined(separator: "; ")
          .replacing("the baseline", with: other.name).replacing("the candidate", with: table.name)
        throw Obstacle(
          outcome: .failed, message: "\(other.name) is of other rows than \(table.name): \(words)",
          notes: ["all training runs predict the same rows"])
      }
      runs.append(join.order.map { order in rows.rows(at: order.map { Int($0) }) } ?? rows)
    }
    return runs
  }

  /// One run that is named twice would seem to vary less than it does.
  private func requireDifferentFiles(_ side: ModelSide) throws(Obstacle) {
    guard !side.repeats.isEmpty, let first = side.predictions else { return }
    var known: [String: String] = [:]
    for run in [first] + side.repeats {
      var digest = DataDigest()
      digest.add(file: run.path(in: context.workingDirectory))
      guard digest.description != DataDigest.ofNothing, let other = known[digest.description] else {
        known[digest.description] = run.value
        continue
      }
      throw Obstacle(
        reason: .undefined,
        message: other == run.value
          ? "\(other) is named twice, and is one training run" : "\(other) and \(run.value) are the same predictions",
        notes: ["name one file for each training run; of a training that always gives the same model one is enough"])
    }
  }
}
