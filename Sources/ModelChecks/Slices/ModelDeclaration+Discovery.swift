internal import Language
internal import Metrics

/// What is wrong with slices that are to be discovered.
extension ModelDeclaration {
  /// The worst slices are bad on the rows that they were found on, whatever the model is like.
  func validateDiscovery(_ task: PredictionTask, _ problems: inout Problems) {
    let discovered = slices.filter { $0.discovery != nil }
    for entry in gates {
      guard let choice = entry.slices, discovered.contains(where: choice.includes) else { continue }
      let place = choice.location
      if entry.confidence == nil {
        problems.report(
          "a discovered slice says nothing without an interval", at: place, help: ["add confidence: 95% to the gate"])
      }
      reportUntold(entry, task, &problems)
    }
    for column in discovered.compactMap(\.discovery).flatMap(\.columns) {
      guard let role = sides.lazy.compactMap({ $0.columns.role(of: column.value) }).first else { continue }
      problems.report("\"\(column.value)\" is the \(role.rawValue): every slice by it is extreme", at: column.location)
    }
  }

  /// Slices are searched by how bad each row is, and not every metric says so.
  private func reportUntold(_ entry: GateEntry, _ task: PredictionTask, _ problems: inout Problems) {
    guard let reference = entry.reference, reference.custom != nil || (try? task.metric(reference)) != nil,
      let check = checks(named: "").first(where: {
        $0.slice?.discovery != nil && $0.entry.reference?.name.location == reference.name.location
      }), !task.tellsBadRows(check, columns(of: candidate), predictions)
    else { return }
    let isOfWholes = task == .ranking || task == .generation
    let whole = task == .ranking ? "a query" : "a problem"
    problems.report(
      isOfWholes
        ? "\(whole) is judged with all of its rows, so no slice of rows can be discovered"
        : "\(reference.name.value) does not say how bad each row is, so no slice can be discovered by it",
      at: reference.name.location,
      help: [
        "name the slices, as in slices: [carrier]",
        isOfWholes
          ? "or leave slices: all out of the gate" : "or gate the slices by a metric that is a mean over the rows",
      ])
  }
}

extension PredictionTask {
  /// Whether rows like these say of each of them how bad it is, as a gate sees it.
  fileprivate func tellsBadRows(
    _ check: ModelCheck, _ columns: PredictionColumns, _ terms: PredictionTerms
  ) -> Bool {
    func tells<Rows: PredictedRows>(_ rows: Rows.Type) -> Bool {
      // What is wrong with the columns is reported by itself.
      guard let rows = try? rows.specimen(columns, terms) else { return true }
      guard rows.wholes == nil else { return false }
      if check.isOfBoth || check.entry.reference?.custom != nil { return true }
      return RowExcess(check, rows, check.needsBaseline ? rows : nil, ModelLosses()) != nil
    }
    return tells(rows)
  }
}
