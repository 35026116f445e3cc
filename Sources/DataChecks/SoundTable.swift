internal import Planning
internal import Scan

/// What every statement about a whole table rests on: each column has a name of its own, and each record is a row.
struct SoundTable {
  private let rowCount: Slot<RowCount>
  private let defects: Slot<DefectCount>

  init(_ fields: [Field], _ plan: inout Plan) throws(ScanError) {
    try Self.checkNames(of: fields, in: "the table")
    rowCount = plan.require(RowCount.Specification())
    defects = plan.require(DefectCount.Specification())
  }

  /// Refuses a table with two columns of one name: nobody can say which of them is meant.
  static func checkNames(of fields: [Field], in table: String) throws(ScanError) {
    guard let repeated = RepeatedName(in: fields.map(\.name)) else { return }
    throw ScanError(.malformed, repeated.words(of: table), hint: "rename one of them")
  }

  /// How many rows the table has; the error names the first record that is none, or how its files differ.
  func rows(_ measurements: Measurements) throws(ScanError) -> Int {
    let found = measurements[defects]
    guard let defect = found.first.first else { return measurements[rowCount].rows }
    if found.count == 0 {
      throw ScanError(
        .malformed, "the files of the dataset differ in their columns: \(defect.what)",
        hint: "name the files that belong together")
    }
    throw ScanError(
      .malformed, "line \(defect.place.number) is no row of the table: \(defect.what)",
      hint: "mend the file, or name its delimiter")
  }
}
