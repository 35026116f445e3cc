package import Planning
package import Scan
package import Verdict

/// A claim about a table as a whole, in a file of its own.
package protocol TableCheck: Sendable {
  static var documentation: CheckDocumentation { get }

  /// Requires what the check needs and says how the finding follows from it.
  func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation
}

extension TableCheck {
  package static var kind: String { documentation.kind }
}

/// A table whose header is read, and one check on it.
package struct TableContext: Sendable {
  package var planned: PlannedCheck
  /// The columns in the order of the file.
  package var fields: [Field]
  /// What the file stores each column as, by name.
  package var types: ColumnTypes
  /// The files as messages show them.
  package var files: [String]
  /// The rules of the table.
  package var rules: RulesContext
  /// How much may violate.
  package var allow: Quantity?
  /// The other datasets that the check looks at.
  package var peers = PeerTables()
  /// Whether the check speaks of some of the rows only, or of groups of them.
  package var isScoped = false
  /// The columns whose values make groups of rows: a family tells them apart itself, another check judges each.
  package var groups: [String] = []
  /// The rows that it speaks of, as the rules write it; nil for all.
  package var condition: String?
  /// What earlier runs measured.
  package var history = HistoryAccess.unwanted
  /// When the run happens, in microseconds since 1970, UTC.
  package var now: Int64 = 0

  package var columns: [String] { fields.map(\.name) }

  /// The finding where one of some columns has a type that is not read: of its values nothing is known, not even whether
  /// they are there.
  func unread(among columns: [String]) -> Finding? {
    guard let column = columns.first(where: { types[$0]?.isRead == false }), let type = types[column] else {
      return nil
    }
    return planned.finding(
      .errored, "the column \"\(column)\" is \(type.words), which is not read", reason: .undefined)
  }

  /// The table as one column of whole rows, for checks that judge rows as value checks judge values.
  func rowClaim(of columns: [String], limit: Bound = .text("any"), violation: String = "") -> ValueClaim {
    ValueClaim(column: context(of: columns), limit: limit, violation: violation, noun: "rows", names: columns)
  }

  /// Some columns as one.
  func context(of columns: [String]) -> ColumnContext {
    ColumnContext(
      planned: planned, name: columns.joined(separator: ", "), type: nil, allow: allow,
      isSensitive: !rules.sensitive.isDisjoint(with: columns), mayBeAllNull: false, files: files, parts: columns)
  }

  /// Whether the rules say the type of each column, so that values of another type are reported by themselves.
  func areTyped(_ columns: [String]) -> Bool { columns.allSatisfy { rules.types[$0] != nil } }

  /// Names of columns as they stand in a sentence, cut after some. Where the header is none, a name may have megabytes.
  static func words(_ names: [String]) -> String {
    let shown = names.prefix(10).map { "\"\($0.utf8.count > 120 ? "\($0.prefix(60))…" : $0)\"" }
    return shown.joined(separator: ", ") + (names.count > 10 ? ", …" : "")
  }
}
