internal import Expressions
internal import Planning
internal import Scan
internal import Verdict

/// Rows of which an expression tells nothing, because a value is not of the type that it reads in the column.
///
/// Where the rules declare that type, the type check lists such values, and they leave the rows out. Where nothing else
/// tells them, the check that the expression belongs to says that it could not tell.
struct UnreadRows: Sendable {
  private let planned: PlannedCheck
  private let expression: String
  /// What to do about the columns whose values no type check lists.
  private let advice: [String]

  /// - Parameter advice: what to do about a column in a reading; nil when its type check lists the values.
  init(_ planned: PlannedCheck, _ expression: String, _ readings: [ColumnReading], advice: (ColumnReading) -> String?) {
    var seen: Set<String> = []
    self.advice = readings.filter(\.mayBeUnread).compactMap(advice).filter { seen.insert($0).inserted }
    (self.planned, self.expression) = (planned, expression)
  }

  /// The finding where there are such rows that nothing else tells.
  ///
  /// - Parameter dataset: whose rows they are, when it is another one than that of the check.
  func finding(_ found: ViolationSummary, _ evidence: Evidence = Evidence(), of dataset: String? = nil) -> Finding? {
    guard found.malformed > 0, !advice.isEmpty else { return nil }
    let (unread, rows) = (Quantity.grouped(found.malformed), Quantity.grouped(found.rows))
    var evidence = evidence
    evidence.observed = nil
    evidence.notes = advice
    return planned.finding(
      .errored, "\(unread) of \(rows) rows\(Self.place(dataset)) have values that \(expression) cannot read",
      reason: .undefined, evidence: evidence)
  }

  /// How many such rows there are that the type checks list.
  func note(_ found: ViolationSummary, of dataset: String? = nil) -> String? {
    guard found.malformed > 0, advice.isEmpty else { return nil }
    return "rows\(Self.place(dataset)) with values that \(expression) cannot read, left out: "
      + "\(Quantity.grouped(found.malformed)), see the type check"
  }

  private static func place(_ dataset: String?) -> String { dataset.map { " of \($0)" } ?? "" }
}

extension Expression {
  /// The rows of a table and its peers of which the expression, as a condition, does not tell whether it selects them.
  ///
  /// - Parameter peers: the other datasets whose rows it selects, too.
  /// - Returns: The finding where nothing else tells of them, and what to note of the others.
  func unreadRows(
    of table: TableContext, and peers: [PeerTable], _ plan: inout Plan
  ) -> @Sendable (Measurements) -> (finding: Finding?, notes: [String]) {
    guard compiled.readings.contains(where: \.mayBeUnread) else { return { _ in (nil, []) } }
    let specification = Violations.Specification(ExpressionTest(.truth(.yes), when: compiled))
    func unread(_ advice: (ColumnReading) -> String?) -> UnreadRows {
      UnreadRows(table.planned, text, compiled.readings, advice: advice)
    }
    let (own, slot) = (unread(table.adviceOnUnread), plan.require(specification, judgesRows: false))
    let others = peers.map { peer in
      (name: peer.name, unread: unread(peer.adviceOnUnread), slot: plan.require(specification, of: peer.name))
    }
    return { measurements in
      let found = measurements[slot].summary
      // That a dataset does not answer is told by what is asked of it.
      let answers = others.compactMap { peer in
        (try? measurements[peer.slot].get()).map { (name: peer.name, unread: peer.unread, found: $0.summary) }
      }
      return (
        own.finding(found) ?? answers.lazy.compactMap { $0.unread.finding($0.found, of: $0.name) }.first,
        [own.note(found)].compactMap { $0 } + answers.compactMap { $0.unread.note($0.found, of: $0.name) }
      )
    }
  }
}

extension TableContext {
  /// What to do about values of a column that do not read so; nil when a type check lists them.
  func adviceOnUnread(_ reading: ColumnReading) -> String? {
    let name = Self.words([reading.column])
    guard rules.types[reading.column] != nil else { return "declare the type of \(name): its check lists the values" }
    return reading.isBeyond(types[reading.column]) ? "type: number reads all integers of \(name), as doubles" : nil
  }
}

extension PeerTable {
  /// What to do about values of a column that do not read so; nil when a type check of that dataset lists them.
  func adviceOnUnread(_ reading: ColumnReading) -> String? {
    let column = "\(TableContext.words([reading.column])) of \(name)"
    guard dataset.rules.types[reading.column] == reading.type else {
      return "declare the type of \(column): its check lists the values"
    }
    let isBeyond = reading.isBeyond(fields.first { $0.name == reading.column }?.type)
    return isBeyond ? "type: number reads all integers of \(column), as doubles" : nil
  }
}

extension ColumnReading {
  /// Whether there may be values that the reading has no place for: every value is a text.
  fileprivate var mayBeUnread: Bool { type != nil && type != .string }

  /// Whether a column holds integers that are no other type's values, and that the reading has no place for.
  fileprivate func isBeyond(_ stored: StoredType?) -> Bool {
    type == .integer && stored?.hasIntegersBeyondReading == true
  }
}
