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
      "No two columns of the table have the same value in every row. fail, warn, or allow (the default). A missing value equals a missing value; of text files the values of columns of one declared type are compared, 2 and 2.0 of type number, and else the texts; columns without any value are left out, and columns of different types are different. Told by 122-bit digests of the values in their order: two different columns of five million rows are taken for equal with a probability of 2^-77.",
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

  package var readsAllColumns: Bool { true }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let fields = table.fields.filter(\.type.isRead)
    let families = fields.reduce(into: [ValueType: Int]()) { counts, field in
      if let type = table.rules.types[field.name] { counts[type.family, default: 0] += 1 }
    }
    let digests = fields.map { field in
      // By its values a column can only be equal to another one of its family.
      let type = table.rules.types[field.name].flatMap { families[$0.family, default: 0] > 1 ? $0 : nil }
      return (field: field, slot: plan.require(ColumnDigest.Specification(field.name, as: type)))
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
      let stored = field.type.family
      var keys = [Key(stored: stored, declared: nil, digest: digest.value)]
      if let declared = table.rules.types[field.name] {
        keys.append(Key(stored: stored, declared: declared.family, digest: digest.typedValue))
      }
      let found = keys.compactMap { known[$0] }
      let group = found.min() ?? groups.count
      if group == groups.count { groups.append([]) }
      // Equal to one column as it is written, and to another by its values: then these are equal, too.
      for other in found where other != group {
        groups[group] += groups[other]
        groups[other] = []
        for (key, value) in known where value == other { known[key] = group }
      }
      for key in keys { known[key] = group }
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
    var stored: StoredType
    /// The type by which values are compared; nil when they are compared as they are written.
    var declared: ValueType?
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

extension ValueType {
  /// The type by which values are compared: every integer is a number.
  fileprivate var family: ValueType { self == .integer ? .number : self }
}
