package import Language
package import Planning
internal import Scan
package import Verdict

/// `duplicate_columns: fail`: no two columns are equal in every row.
package struct DuplicateColumnsCheck: TableRule {
  /// What two equal columns mean.
  package enum Policy: String, Sendable, CaseIterable { case fail, warn, allow }

  package var policy = Policy.allow

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "duplicate_columns",
    summary:
      "No two columns of the table have the same value in every row. fail, warn, or allow (the default). A missing value equals a missing value; columns without any value are left out, and columns of different types are different. Told by 122-bit digests of the values in their order: two different columns of five million rows are taken for equal with a probability of 2^-77.",
    why:
      "A column that is another one under a new name counts twice in a model, and is a target leak when that is the label.",
    example: "duplicate_columns: fail",
    fix: "Drop one of the columns, or mend the join that filled both from one source.")

  package static var short: Shape<DuplicateColumnsCheck>? {
    Shape<Policy>.choice.map { policy in
      var rule = DuplicateColumnsCheck()
      rule.policy = policy
      return rule
    }
  }

  package var isClaim: Bool { policy != .allow }
  package var severity: Severity? { policy == .warn ? .warn : nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let digests = table.fields.filter(\.type.isRead).map {
      (field: $0, slot: plan.require(ColumnDigest.Specification($0.name)))
    }
    let unread = table.fields.filter { !$0.type.isRead }.map(\.name)
    return { measurements in
      judge(table, digests.map { ($0.field, measurements[$0.slot]) }, unread)
    }
  }

  private func judge(_ table: TableContext, _ digests: [(field: Field, digest: ColumnDigest)], _ unread: [String])
    -> Finding
  {
    var groups: [[String]] = []
    var known: [Key: Int] = [:]
    for (field, digest) in digests where digest.rows > digest.nulls {
      let key = Key(type: field.type.family, digest: digest.value)
      let group = known[key] ?? groups.count
      known[key] = group
      if group == groups.count { groups.append([]) }
      groups[group].append(field.name)
    }
    let compared = groups.reduce(0) { $0 + $1.count }
    var evidence = Evidence(limit: .text("no two columns are equal in every row"))
    if compared < digests.count {
      evidence.notes.append("left out for want of values: \(Quantity(Double(digests.count - compared), .columns))")
    }
    if !unread.isEmpty {
      evidence.notes.append("left out, because their type is not read: \(TableContext.words(unread))")
    }
    guard compared > 1 else {
      let rows = digests.first?.digest.rows ?? 0
      let message = rows == 0 ? "the table has no rows" : "the table has no two columns with values"
      return table.planned.finding(.errored, message, reason: .nothingToEvaluate, evidence: evidence)
    }
    let equal = groups.filter { $0.count > 1 }
    let surplus = equal.reduce(0) { $0 + $1.count - 1 }
    evidence.observed = Quantity(Double(surplus), .columns)
    guard !equal.isEmpty else {
      return table.planned.finding(.passed, "all \(compared) columns differ", evidence: evidence)
    }
    let shown = equal.prefix(5).map { $0.prefix(5).map { "\"\($0)\"" }.joined(separator: " = ") }
    return table.planned.finding(
      .failed,
      "\(surplus == 1 ? "one column repeats" : "\(surplus) columns repeat") another one in every row: "
        + shown.joined(separator: ", ") + (equal.count > 5 ? ", …" : ""), evidence: evidence)
  }

  private struct Key: Hashable {
    var type: StoredType
    var digest: [UInt64]
  }
}

extension StoredType {
  /// The type without its width: an int32 and an int64 column may be equal.
  fileprivate var family: StoredType {
    switch self {
    case .integer(_, let isSigned): .integer(bits: 64, isSigned: isSigned)
    case .float: .float(bits: 64)
    default: self
    }
  }
}
