internal import Scan
internal import Verdict

/// What checks say of columns that come late.
extension LateColumns {
  private static let shown = 10

  /// Where a column, or a field of a struct, first occurs, which the table lacks because of that; nil when it never
  /// occurs.
  func words(for name: String, in files: [String]) -> String? {
    let field = Array("\(name).".utf8)
    return columns.first { ExactText($0.name) == ExactText(name) || $0.name.utf8.starts(with: field) }
      .map { Self.words($0.name, $0.place, files) }
  }

  /// The same of all columns, of which no check reads any.
  func notes(in files: [String]) -> [String] {
    var notes = columns.prefix(Self.shown).map { "not read: \(Self.words($0.name, $0.place, files))" }
    if columns.count > Self.shown || !areAll {
      let rest = areAll ? "\(columns.count - Self.shown)" : "more than \(max(0, columns.count - Self.shown))"
      notes.append("not read: \(rest) more columns that occur only there")
    }
    return notes
  }

  private static func words(_ name: String, _ place: RowPlace, _ files: [String]) -> String {
    let file = files.indices.contains(place.file) ? " of \(files[place.file])" : ""
    return "the column \"\(name)\" first occurs in line \(place.number)\(file), behind the first 8 MiB, "
      + "from which the columns are taken"
  }
}

extension TableContext {
  /// What a check of all columns says when some of them are not read; nil when all are.
  func unread(_ late: LateColumns) -> Finding? {
    guard let note = late.notes(in: files).first else { return nil }
    return planned.finding(
      .errored, "not every column of the table is read", reason: .limit,
      evidence: Evidence(notes: [note, "columns that the rules name are looked for in the whole of a file"]))
  }
}

extension ColumnContext {
  /// The finding of a check on whether the column is there, in the first rows or behind them.
  func judgePresence(_ late: LateColumns, _ judge: (_ isPresent: Bool) -> Finding) -> Finding {
    let words = late.words(for: name, in: files)
    guard stored != nil || words != nil || late.areAll else {
      return planned.finding(.errored, "the table has more columns than can be looked at", reason: .limit)
    }
    var finding = judge(stored != nil || words != nil)
    finding.evidence.notes += words.map { [$0] } ?? []
    return finding
  }
}
