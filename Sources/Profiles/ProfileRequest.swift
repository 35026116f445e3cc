package import Planning
package import Scan

/// What a profile requires of the pass that makes it, alone or beside the checks.
package struct ProfileRequest: Sendable {
  private let source: String
  private let sample: String?
  private let rows: Slot<RowCount>
  private let defects: Slot<DefectCount>
  private let late: Slot<LateColumns>
  private let columns: [(type: StoredType, summary: Slot<ColumnSummary>, makeup: Slot<ColumnMakeup>?)]

  /// Adds the requirements to a plan.
  ///
  /// - Parameters:
  ///   - fields: the columns to profile; those whose values are not read are left out.
  ///   - source: the dataset as messages name it.
  ///   - sample: which part of it is read, `5%`, when it is not all of it.
  ///   - withMakeup: whether to look into texts, of which characters and words they are made.
  package init(
    _ fields: [Field], named source: String, sample: String? = nil, withMakeup: Bool = false, _ plan: inout Plan
  ) throws(ScanError) {
    let names = fields.map(\.name)
    guard Set(names).count == names.count else {
      throw ScanError(.malformed, "\(source) names a column more than once", hint: "rename one of them")
    }
    self.source = source
    self.sample = sample
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
    return Profile(
      source: source, samples: count.leftOut > 0 ? sample.map { [$0] } ?? [] : [], rows: count.rows,
      defects: measurements[defects].count, columns: summaries,
      lateColumns: measurements[late].columns.map(\.name))
  }
}
