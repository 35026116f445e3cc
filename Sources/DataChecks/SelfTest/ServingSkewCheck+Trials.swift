internal import Scan

extension ServingSkewCheck: Violable {
  /// Other values in all rows of a compared column, one column after the other.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let columns = members.filter { specimen.table.index(of: $0) != nil }
    guard !columns.isEmpty else { throw Unviolated("there is no column that both have") }
    return Trials(
      columns.prefix(10).map { column in { $0.set(column, specimen.rows, to: specimen.unknownKey(column)) } })
  }
}
