internal import Scan

/// What became of a column between two schemas, and whether who read the first can read the second.
package struct SchemaChange: Sendable, Hashable {
  package var column: String
  package var what: What

  package enum What: Sendable, Hashable {
    case removed
    case added
    /// The type's names before and after; widened when every value of the old type is one of the new.
    case retyped(String, String, isWidened: Bool)
    /// A column that had a value in every row has rows without one.
    case emptied
    /// A column that had rows without a value has one in every row.
    case filled
    /// It is the first that stands where the other one stood, among the columns that both have.
    case displaced(String)
  }

  /// A reader of the first schema misses a column, or meets values that it cannot hold.
  package var isBreaking: Bool {
    switch what {
    case .removed, .retyped(_, _, isWidened: false), .emptied: true
    case .added, .displaced, .retyped, .filled: false
    }
  }

  /// The changes from one schema to another: what is gone, what has another type, what lacks values or no longer
  /// does, what is new, what stands elsewhere.
  package static func changes(from old: [SchemaColumn], to new: [SchemaColumn]) -> [SchemaChange] {
    let before = Dictionary(old.map { (ExactText($0.name), $0) }) { first, _ in first }
    let after = Dictionary(new.map { (ExactText($0.name), $0) }) { first, _ in first }
    var changes = old.filter { after[ExactText($0.name)] == nil }.map { SchemaChange(column: $0.name, what: .removed) }
    for column in old {
      guard let now = after[ExactText(column.name)], let isWidened = column.isWidened(to: now) else { continue }
      changes.append(
        SchemaChange(column: column.name, what: .retyped(column.type, now.type, isWidened: isWidened)))
    }
    for column in old {
      guard let had = column.lacksValues, let has = after[ExactText(column.name)]?.lacksValues, had != has else {
        continue
      }
      changes.append(SchemaChange(column: column.name, what: has ? .emptied : .filled))
    }
    // An object has no column of its own until it is something else in some row.
    let objects = Set(old.flatMap { ColumnTypes.outerNames(of: $0.name) }.map { ExactText($0) })
    changes += new.filter { before[ExactText($0.name)] == nil }.map { column in
      let wasObject = column.carriesKinds && objects.contains(ExactText(column.name))
      return SchemaChange(
        column: column.name, what: wasObject ? .retyped("struct", column.type, isWidened: false) : .added)
    }
    let order = zip(
      old.filter { after[ExactText($0.name)] != nil }.map(\.name),
      new.filter { before[ExactText($0.name)] != nil }.map(\.name))
    if let (was, stands) = order.first(where: { $0 != $1 }) {
      changes.append(SchemaChange(column: stands, what: .displaced(was)))
    }
    return changes
  }
}
