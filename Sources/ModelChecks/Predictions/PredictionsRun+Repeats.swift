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
        throw Obstacle(
          outcome: .failed, message: "\(other.name) is of other rows than \(table.name): \(words)",
          notes: ["all training runs predict the same rows"])
      }
      runs.append(join.order.map { order in rows.rows(at: order.map { Int($0) }) } ?? rows)
    }
    return runs
  }
}
