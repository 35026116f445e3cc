internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claims that the rules of a dataset make, in the order in which a person reads them.
struct ClaimList {
  private(set) var claims: [DatasetSubject.Claim] = []
  private let dataset: String
  private let files: [String]
  private let types: [String: ValueType]

  init(dataset: String, files: [String], location: SourceLocation?, rules: Rules, _ problems: inout Problems) {
    self.dataset = dataset
    self.files = files
    types = Dictionary(
      rules.columns.compactMap { column in column.value.type.map { (column.name.value, $0.value) } },
      uniquingKeysWith: { first, _ in first })
    let named = namedColumns(rules)
    addTable(rules, location, named: Set(named.map(\.name)))
    for column in named where !column.isOptional {
      add(
        planned(PresentCheck.kind, column: column.name, severity: column.severity, at: column.location),
        PresentCheck(column: column.name))
    }
    for column in rules.columns { addColumn(column.name, column.value, &problems) }
    for keys in rules.keys { addKeys(keys) }
    for (index, declaration) in rules.rowsWhere.enumerated() { addRowsWhere(declaration, index + 1, &problems) }
    reportRepetitions(&problems)
  }

  private mutating func add(
    _ planned: PlannedCheck, columns: [String] = [], _ check: some TableCheck
  ) {
    claims.append(DatasetSubject.Claim(planned: planned, columns: columns) { check.prepare($0, &$1) })
  }

  private func planned(
    _ kind: String, column: String? = nil, name: String? = nil, severity: Severity = .block,
    at location: SourceLocation?, isImplicit: Bool = false
  ) -> PlannedCheck {
    let id = CheckID(suite: .data, subject: dataset, column: column, check: name ?? kind)
    return PlannedCheck(id: id, kind: kind, severity: severity, location: location, isImplicit: isImplicit)
  }

  private mutating func addTable(_ rules: Rules, _ location: SourceLocation?, named: Set<String>) {
    add(
      planned(ReadableCheck.kind, at: location, isImplicit: true),
      ReadableCheck(acceptsNoRows: rules.rows != nil))
    if let rows = rules.rows { add(planned(RowsCheck.kind, at: rows.location), rows.value) }
    if let policy = rules.unexpectedColumns, policy.value != .allow {
      let severity: Severity = policy.value == .warn ? .warn : .block
      add(
        planned(UnexpectedColumnsCheck.kind, severity: severity, at: policy.location),
        UnexpectedColumnsCheck(named: named))
    }
    if let policy = rules.columnOrder, policy.value == .asListed {
      add(
        planned(ColumnOrderCheck.kind, at: policy.location), ColumnOrderCheck(listed: rules.columns.map(\.name.value)))
    }
  }

  /// A column that the rules name, and the place where they do so first.
  private struct NamedColumn {
    var name: String
    var location: SourceLocation?
    var severity = Severity.block
    var isOptional = false
  }

  /// Every column that the rules name anywhere, each once.
  private func namedColumns(_ rules: Rules) -> [NamedColumn] {
    var named = rules.columns.map { column in
      NamedColumn(
        name: column.name.value, location: column.name.location, severity: column.value.severity ?? .block,
        isOptional: column.value.isOptional)
    }
    for keys in rules.keys { named += keys.columns.map { NamedColumn(name: $0, location: keys.location) } }
    for declaration in rules.rowsWhere {
      // Problems of the expression are reported when its own claim is added.
      var ignored = Problems()
      let columns = declaration.value.compiled(types: types, &ignored)?.columns ?? []
      named += columns.map { NamedColumn(name: $0, location: declaration.location) }
    }
    var seen: Set<String> = []
    return named.filter { seen.insert($0.name).inserted }
  }

  private mutating func addColumn(_ name: Located<String>, _ rules: ColumnRules, _ problems: inout Problems) {
    let mayBeAllNull = rules.checks.contains { ($0.check as? MissingCheck)?.acceptsAll == true }
    for declared in rules.checks where declared.check.isClaim {
      let kind = type(of: declared.check).kind
      let planned = planned(
        kind, column: name.value, name: declared.id?.value, severity: declared.severity ?? rules.severity ?? .block,
        at: declared.location)
      let column = ColumnContext(
        planned: planned, name: name.value, type: rules.type,
        allow: declared.allow ?? (type(of: declared.check).isTolerant ? rules.allow : nil),
        isSensitive: rules.isSensitive, mayBeAllNull: mayBeAllNull, files: files)
      if let problem = declared.check.problem(on: column) { problems.report(problem) }
      if let low = declared.check as? AtLeastCheck { reportImpossible(low, rules, column, &problems) }
      let check = declared.check
      claims.append(
        DatasetSubject.Claim(planned: planned, columns: [name.value]) { table, plan in
          var column = column
          column.stored = table.types[column.name]
          return check.prepare(column, &plan)
        })
    }
  }

  /// A lower limit above an upper one that stands in a key of its own.
  private func reportImpossible(
    _ low: AtLeastCheck, _ rules: ColumnRules, _ column: ColumnContext, _ problems: inout Problems
  ) {
    for case let high as AtMostCheck in rules.checks.map(\.check) {
      do {
        _ = try ValueLimit.test(low.low, high.high, on: column)
      } catch {
        problems.report(error)
      }
    }
  }

  private mutating func addKeys(_ keys: KeysCheck) {
    let planned = planned(
      KeysCheck.kind, name: keys.name, severity: keys.severity ?? .block, at: keys.location)
    add(planned, columns: keys.columns, keys)
  }

  private mutating func addRowsWhere(
    _ declaration: Located<RowsWhereDeclaration>, _ number: Int, _ problems: inout Problems
  ) {
    guard let check = declaration.value.compiled(types: types, &problems) else { return }
    let planned = planned(
      RowsWhereCheck.kind, name: declaration.value.id?.value ?? "rows_where_\(number)",
      severity: declaration.value.severity ?? .block, at: declaration.value.expect?.location ?? declaration.location)
    add(planned, columns: check.columns, check)
  }

  /// Identities must differ: reports and histories are built on them.
  private func reportRepetitions(_ problems: inout Problems) {
    var seen: [CheckID: SourceLocation?] = [:]
    for claim in claims {
      if let first = seen[claim.planned.id] {
        problems.report(
          "two checks have the identity \(claim.planned.id)", at: claim.planned.location,
          help: ["the other stands at \(first.map(\.description) ?? "another place")", "give one of them an id:"])
      }
      seen[claim.planned.id] = claim.planned.location
    }
  }
}
