internal import Language
internal import Scan
internal import Verdict

/// Which rows the candidate gets wrong that the baseline got right, and the other way round.
package struct RegressionLedger: Sendable {
  /// Rows of the candidate, in their order.
  let newlyWrong: [Int]
  let newlyRight: [Int]
  private let table: PredictionTable
  private let columns: [String]
  private let isHidden: Bool
  /// Whether there are others of which it does not tell.
  private let isOfFirstRuns: Bool

  /// As many ids stand in a report.
  private static let shown = 10

  /// Nil for rows that are not right or wrong.
  init?<Rows: PredictedRows>(
    _ candidate: Rows, _ baseline: Rows, _ table: PredictionTable, _ terms: PredictionTerms,
    isOfFirstRuns: Bool
  ) {
    guard let mine = candidate.isRight, let theirs = baseline.isRight, mine.count == theirs.count else { return nil }
    newlyWrong = mine.indices.filter { !mine[$0] && theirs[$0] }
    newlyRight = mine.indices.filter { mine[$0] && !theirs[$0] }
    self.table = table
    self.isOfFirstRuns = isOfFirstRuns
    columns = terms.id.map(\.value)
    isHidden = terms.id.contains { terms.sensitive.contains($0.value) }
  }

  /// What a person reads of it.
  var notes: [String] {
    [("newly wrong", newlyWrong), ("newly right", newlyRight)].map { what, rows in
      let some = rows.prefix(Self.shown).map(id).joined(separator: "; ")
      let more = rows.count > Self.shown ? "; …" : ""
      return "\(what): \(Quantity(Double(rows.count), .rows))" + (rows.isEmpty ? "" : " (\(some)\(more))")
        + (isOfFirstRuns ? ", by the first training run of each side" : "")
    }
  }

  private func id(_ row: Int) -> String {
    guard !columns.isEmpty, !isHidden else { return "row \(row + 1)" }
    return table.columns.keys.text(row, columns: columns.count) ?? "row \(row + 1)"
  }

  /// How every ledger begins: a file that does not is none, and is not written over.
  package static let beginning = Array("change,row".utf8)

  /// All of it as CSV: `change`, the row, and its id unless that must not be shown.
  var csv: [UInt8] {
    let shown = isHidden ? [] : columns
    var bytes = Self.line(["change", "row"] + shown)
    for (change, rows) in [("newly_wrong", newlyWrong), ("newly_right", newlyRight)] {
      for row in rows {
        let id = shown.isEmpty ? [] : table.columns.keys.parts(row, columns: shown.count)
        bytes += Self.line([change, "\(row + 1)"] + id)
      }
    }
    return bytes
  }

  private static func line(_ fields: [String]) -> [UInt8] {
    let quoted = fields.map { field in
      field.utf8.contains { ",\"\r\n".utf8.contains($0) }
        ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : field
    }
    return Array(quoted.joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
  }
}
