internal import Language
internal import Scan
internal import Verdict

// What is said of the table as a whole: how many rows and columns it has, and which.

extension RowsCheck: Violable {
  package var rowsNeeded: Int { Int(min((limits.equals ?? limits.atLeast)?.value.value ?? 0, 1e12)) }

  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.rows
    if let most = (limits.equals ?? limits.atMost)?.value.value, let first = rows.first {
      let times = Int(min(most, 1e12)) + 1 - rows.count
      guard times <= Mutation.countLimit else { throw Unviolated("it takes \(Quantity.grouped(times)) more rows") }
      return Trials { $0.repeatRow(first, times: max(1, times)) }
    }
    // No table has fewer rows than none: whatever is left, such a check stays green.
    guard rowsNeeded > 0 else { return Trials { $0.dropRows(Array(rows.dropFirst())) } }
    return Trials { $0.dropRows(Array(rows.suffix(max(0, rows.count - (rowsNeeded - 1))))) }
  }
}

extension RowsMatchCheck: Violable {
  /// More rows than may be; fewer than it takes.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let rows = specimen.rows
    guard let first = rows.first else { throw Unviolated(rowsNeeded: 1) }
    let share = min(within.map { $0.unit == .rows ? 0 : $0.value } ?? 0, 0.99)
    let allowed = within.map { $0.unit == .rows ? $0.value : share * Double(rows.count) / (1 - share) } ?? 0
    let count = Int(min(2 * allowed.rounded(.up), 1e12)) + 1
    guard count <= Mutation.rowLimit else { throw Unviolated("it takes \(Quantity.grouped(count)) more rows") }
    return Trials([{ $0.repeatRow(first, times: count) }, { $0.dropRows(rows) }])
  }
}

extension ReadableCheck: Violable {
  /// A header that names a column twice.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    guard let first = specimen.table.fields.first else { throw Unviolated("the table has no columns") }
    return Trials { $0.addColumn(first.name, copying: first.name) }
  }
}

extension PresentCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { Trials { $0.dropColumn(column) } }
}

extension AbsentCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    Trials { $0.addColumn(specimen.column) }
  }
}

extension DeprecatedCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    Trials { $0.addColumn(specimen.column) }
  }
}

extension Specimen {
  /// A name that no column has and no rule names.
  var newName: String {
    var name = "unexpected"
    while table.index(of: name) != nil || rules.named.contains(ExactText(name)) { name += "_" }
    return name
  }
}

extension UnexpectedColumnsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    Trials { $0.addColumn(specimen.newName) }
  }
}

extension SchemaAsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    Trials { $0.addColumn(specimen.newName) }
  }
}

extension ColumnCountCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let fields = specimen.table.fields
    if let most = (limits.equals ?? limits.atMost)?.value.value {
      let missing = Int(min(most, 1e12)) + 1 - fields.count
      guard missing <= 100_000 else { throw Unviolated("it takes \(Quantity.grouped(missing)) more columns") }
      return Trials { mutation in
        for index in 0..<max(1, missing) { mutation.addColumn("\(specimen.newName)\(index == 0 ? "" : "_\(index)")") }
      }
    }
    let surplus = fields.count - Int(min(limits.atLeast?.value.value ?? 0, 1e12)) + 1
    return Trials { mutation in for field in fields.suffix(max(0, surplus)) { mutation.dropColumn(field.name) } }
  }
}

extension ColumnNamesCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    guard let last = specimen.table.fields.last else { throw Unviolated("the table has no columns") }
    return Trials { $0.renameColumn(last.name, to: last.name + " ") }
  }
}

extension ColumnOrderCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let listed = specimen.rules.listed.filter { specimen.table.index(of: $0) != nil }
    guard listed.count > 1 else { throw Unviolated("one listed column stands in no other order") }
    return Trials { $0.swapColumns(listed[0], listed[1]) }
  }
}

extension DuplicateColumnsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let column = specimen.table.fields.first { !specimen.present([$0.name]).isEmpty }
    guard let column else { throw Unviolated(rowsNeeded: 1) }
    return Trials { $0.addColumn(specimen.newName, copying: column.name) }
  }
}

extension StoredAsCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let other = [StoredType.text, .binary, .date].first { !accepts($0) }
    guard let other else { throw Unviolated("no type is left that it does not accept") }
    return Trials { [column = specimen.column] in $0.retype(column, as: other) }
  }
}
