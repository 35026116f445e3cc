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

  /// Nil when type checks list every value that the readings have no place for.
  ///
  /// - Parameter advice: what to do about a column in a reading; nil when its type check lists the values.
  init?(_ planned: PlannedCheck, _ expression: String, _ readings: [ColumnReading], advice: (ColumnReading) -> String?)
  {
    var seen: Set<String> = []
    // Every value is a text.
    let known = readings.filter { $0.type != nil && $0.type != .string }
    self.advice = known.compactMap(advice).filter { seen.insert($0).inserted }
    (self.planned, self.expression) = (planned, expression)
    if self.advice.isEmpty { return nil }
  }

  /// The finding where there are such rows.
  ///
  /// - Parameter dataset: whose rows they are, when it is another one than that of the check.
  func finding(_ found: ViolationSummary, _ evidence: Evidence = Evidence(), of dataset: String? = nil) -> Finding? {
    guard found.malformed > 0 else { return nil }
    let (unread, rows) = (Quantity.grouped(found.malformed), Quantity.grouped(found.rows))
    var evidence = evidence
    evidence.observed = nil
    evidence.notes = advice
    let place = dataset.map { " of \($0)" } ?? ""
    return planned.finding(
      .errored, "\(unread) of \(rows) rows\(place) have values that \(expression) cannot read", reason: .undefined,
      evidence: evidence)
  }
}

extension Expression {
  /// The rows of a table and its peers of which the expression, as a condition, does not tell whether it selects them.
  ///
  /// - Parameter peers: the other datasets whose rows it selects, too.
  /// - Returns: The finding where there are any.
  func unreadRows(
    of table: TableContext, and peers: [PeerTable], _ plan: inout Plan
  ) -> @Sendable (Measurements) -> Finding? {
    let specification = Violations.Specification(ExpressionTest(.truth(.yes), when: compiled))
    var findings: [@Sendable (Measurements) -> Finding?] = []
    if let unread = UnreadRows(table.planned, text, compiled.readings, advice: table.adviceOnUnread) {
      let slot = plan.require(specification, judgesRows: false)
      findings.append { unread.finding($0[slot].summary) }
    }
    for peer in peers {
      guard let unread = UnreadRows(table.planned, text, compiled.readings, advice: peer.adviceOnUnread) else {
        continue
      }
      let slot = plan.require(specification, of: peer.name)
      findings.append { [name = peer.name] measurements in
        // That the dataset does not answer is told by what is asked of it.
        (try? measurements[slot].get()).flatMap { unread.finding($0.summary, of: name) }
      }
    }
    return { [findings] measurements in findings.lazy.compactMap { $0(measurements) }.first }
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
  /// Whether a column holds integers that are no other type's values, and that the reading has no place for.
  fileprivate func isBeyond(_ stored: StoredType?) -> Bool {
    type == .integer && stored?.hasIntegersBeyondReading == true
  }
}
