internal import Scan

extension OutlierRowsCheck: Violable {
  package var rowsNeeded: Int { 20 }

  /// A number far beyond all others, in one column after the other.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let names = named ?? specimen.table.fields.map(\.name).filter { !ignored.contains($0) }
    let columns = names.compactMap { name in specimen.range(of: name).map { (name: name, range: $0) } }
    guard !columns.isEmpty else { throw Unviolated("half of the numbers of every column are the same") }
    let judged = specimen.rows.filter { row in columns.contains { specimen.table[row, $0.name] != .null } }
    let rows = try specimen.violators(among: judged)
    // The distance is a mean over the columns, of which only one is far.
    let reach = 10 * distance * Double(columns.count).squareRoot()
    let changes: [Trials.Change] = columns.prefix(8).map { column in
      let far = specimen.words(column.range.greatest + column.range.quartiles * reach, column.name)
      return { $0.set(column.name, rows, to: far) }
    }
    // Where a good part of the rows is changed, it is they that make the quartiles.
    return Trials(changes, areViolations: rows.count * 10 < judged.count)
  }
}

extension Specimen {
  /// The greatest number of a column and how far its quartiles lie apart; nil for a column with other values, and for one
  /// without such a distance.
  fileprivate func range(of column: String) -> (greatest: Double, quartiles: Double)? {
    let sorted = numbers(column).map(\.value).sorted()
    guard let greatest = sorted.last, sorted.count == present([column]).count else { return nil }
    let quartiles = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    return quartiles > 0 ? (greatest, quartiles) : nil
  }
}
