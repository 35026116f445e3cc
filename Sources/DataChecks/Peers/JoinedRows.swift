internal import Scan
internal import Verdict

/// Rows of two tables that are matched by a key, as evidence.
struct JoinedRows: Sendable {
  var table: TableContext
  var peer: PeerTable
  var key: [String]
  /// The compared columns.
  var columns: [String]

  var here: SampleRows { SampleRows(files: table.files, isSensitive: false) }
  var there: SampleRows { SampleRows(files: peer.files, isSensitive: false) }

  /// `id = "7": income is "1" here and "2" there (served.csv, line 8)`.
  ///
  /// - Parameter limit: of how many columns the values are shown.
  func sample(_ row: RowDifference, at place: RowPlace, limit: Int) -> Evidence.Sample {
    let shown = row.values.prefix(limit).map { value -> String in
      let name = columns[value.column]
      guard !isHidden(name) else { return "\(name) differs (hidden)" }
      return "\(name) is \(words(value.here)) here and \(words(value.there)) there"
    }
    let rest = row.values.count > limit ? ", …" : ""
    let file = there.sample(row.other, "").file ?? peer.name
    return here.sample(
      place,
      "\(words(row.key)): \(shown.joined(separator: ", "))\(rest) (\(file), \(there.number(of: row.other)))")
  }

  /// The values of the key: `id = "7"`.
  func words(_ values: [String?]) -> String {
    zip(key, values).map { name, value in "\(name) = \(isHidden(name) ? "(hidden)" : words(value))" }
      .joined(separator: ", ")
  }

  private func words(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "missing" }

  private func isHidden(_ column: String) -> Bool {
    table.rules.sensitive.contains(column) || peer.hides([column])
  }
}
