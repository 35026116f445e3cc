package import Planning
package import Scan
internal import Verdict

/// What a profile requires of the pass that makes it, alone or beside the checks.
package struct ProfileRequest: Sendable {
  private let source: String
  private let isSample: Bool
  private let rows: Slot<RowCount>
  private let defects: Slot<DefectCount>
  private let late: Slot<LateColumns>
  private let columns: [(type: StoredType, summary: Slot<ColumnSummary>, makeup: Slot<ColumnMakeup>?)]

  /// Adds the requirements to a plan.
  ///
  /// - Parameters:
  ///   - fields: the columns to profile; those whose values are not read are left out.
  ///   - source: the dataset as messages name it.
  ///   - isSample: whether only a part of it is read.
  ///   - withMakeup: whether to look into texts, of which characters and words they are made.
  package init(
    _ fields: [Field], named source: String, isSample: Bool = false, withMakeup: Bool = false, _ plan: inout Plan
  ) throws(ScanError) {
    if let repeated = RepeatedName(in: fields.map(\.name)) {
      throw ScanError(.malformed, repeated.words(of: source), hint: "rename one of them")
    }
    self.source = source
    self.isSample = isSample
    rows = plan.require(RowCount.Specification())
    defects = plan.require(DefectCount.Specification())
    late = plan.require(LateColumns.Specification())
    columns = fields.filter(\.type.isRead).map { field in
      (
        field.type, plan.require(ColumnSummary.Specification(field.name)),
        withMakeup && field.type.mayHoldTexts ? plan.require(ColumnMakeup.Specification(field.name)) : nil
      )
    }
  }

  /// The profile, from what was measured for the plan.
  package func profile(_ measurements: Measurements) throws(ScanError) -> Profile {
    var measurements = measurements
    return try profile(taking: &measurements)
  }

  /// The same from measurements that nobody reads after it.
  func profile(taking measurements: inout Measurements) throws(ScanError) -> Profile {
    let found = measurements[defects]
    if found.differences > 0 {
      // Records that are no rows may have been told first.
      let what = found.count == 0 ? found.first.first.map { ": \($0.what)" } ?? "" : ""
      throw ScanError(
        .malformed, "the files of \(source) differ in their columns\(what)",
        hint: "name the files that belong together")
    }
    var summaries: [ColumnSummary] = []
    summaries.reserveCapacity(columns.count)
    for column in columns {
      var summary = measurements.take(column.summary)
      // Without a row, the file still says of what type the column is.
      summary.type = summary.type ?? column.type
      summary.makeup = column.makeup.map { measurements[$0].texts }
      summaries.append(try summary.saved())
    }
    let count = measurements[rows]
    // Whole chunks are read: the part that they are is seldom the one that was asked for.
    let part = Double(count.rows) / Double(count.rows + count.leftOut)
    let samples = isSample && count.leftOut > 0 ? [Quantity.brief(part * 100, digits: 3) + "%"] : []
    return Profile(
      source: source, samples: samples, rows: count.rows,
      defects: measurements[defects].count, columns: summaries,
      lateColumns: measurements[late].columns.map(\.name))
  }
}
