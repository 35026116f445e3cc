internal import Language
internal import Scan
internal import Verdict

/// The columns of a table that a label is told from: all but the label, those of a list, or all but some.
struct FeatureColumns: Sendable {
  /// Nil for all.
  var named: [String]?
  var ignored: [String] = []

  private enum AllColumns: String, CaseIterable { case all }

  /// The keys of features within any object.
  static func keys<Root>(_ path: WritableKeyPath<Root, FeatureColumns>) -> [Key<Root>] {
    let all = Shape<AllColumns>.choice.map { _ in [String]?.none }
    let list = Shape<[String]>.columns().map { names -> [String]? in names }
    return [
      .key(
        "features", path.appending(path: \.named), all.when({ !$0.isSequence }, otherwise: list),
        "The columns that the label is told from: all, or a list."),
      .key(
        "ignore", path.appending(path: \.ignored), .columns(), "Columns that are no features, such as an identifier."),
    ]
  }

  /// Says what is wrong with them beside a label.
  func validate(beside label: String, _ node: Node, _ problems: inout Problems) {
    if let named, !ignored.isEmpty || named.contains(label) {
      problems.report(
        named.contains(label)
          ? "the label is no feature of itself" : "features says which they are, and so there is nothing to ignore",
        at: node[key: "features"]?.value.location ?? node.location)
    }
  }

  /// Those of a table, in the order of the file or of the list; without columns that are not read.
  func names(in table: TableContext, beside label: String? = nil) -> [String] {
    if let named { return named }
    return table.fields.filter { field in
      field.type.isRead && field.name != label && !ignored.contains(field.name)
    }.map(\.name)
  }

  /// What is left out although nobody said so.
  func unread(in table: TableContext) -> [String] {
    guard named == nil else { return [] }
    return table.fields.filter { !$0.type.isRead && !ignored.contains($0.name) }.map(\.name)
  }
}

extension TableContext {
  /// A feature as a number where the rules or the file say that it is one, or leave it open.
  ///
  /// - Parameter other: what another file stores the column as that it is compared with.
  func reading(ofFeature name: String, comparedWith other: StoredType? = nil) -> ColumnReading {
    switch rules.types[name] {
    case .integer, .number: return ColumnReading(name, as: .number)
    case .date, .timestamp: return ColumnReading(name, as: .timestamp)
    case .boolean: return ColumnReading(name, as: .boolean)
    case .string, .time: return ColumnReading(name)
    case nil: break
    }
    if types[name] == .boolean || other == .boolean { return ColumnReading(name, as: .boolean) }
    return switch types[name] {
    case .date, .timestamp: ColumnReading(name, as: .timestamp)
    case .integer, .float, .decimal, .untyped, .tokens, nil: ColumnReading(name, as: .number)
    default: ColumnReading(name)
    }
  }
}

extension PlannedCheck {
  /// The finding where nothing is there that the label could be told from.
  func unanswered(withoutFeatureBeside label: String) -> Finding {
    finding(
      .errored, "the table has no column besides \"\(label)\" that is a feature", reason: .nothingToEvaluate)
  }
}
