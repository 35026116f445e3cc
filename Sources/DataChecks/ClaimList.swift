internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claims that the rules of a dataset make, in the order in which a person reads them.
struct ClaimList {
  private(set) var claims: [Claim] = []
  /// The rules as one of them needs to know the others.
  private(set) var context = RulesContext()
  /// The comparison with the baseline, when the rules have one.
  private(set) var drift: DriftCheck?
  private let dataset: String
  private let files: [String]

  init(
    dataset: String, files: [String], location: SourceLocation?, rules: Rules, environment: String? = nil,
    peers: [PeerDataset]? = nil, baseline: DataBaseline? = nil, keepsHistory: Bool = true,
    _ problems: inout Problems
  ) {
    self.dataset = dataset
    self.files = files
    context = RulesContext(of: rules.columns, in: environment)
    context.peers = peers
    context.baseline = baseline
    context.keepsHistory = keepsHistory
    context.rowKey = RowKey(of: rules, context, &problems).columns
    let resolved = rules.table.compactMap { self.resolved($0, &problems) }
    let named = namedColumns(rules, resolved)
    context.named = Set(named.filter { $0.comparedBy == nil }.map { ExactText($0.name) })
    let readable = ReadableCheck(acceptsNoRows: rules.table.contains(where: \.judgesRowCount))
    add(planned(ReadableCheck.kind, at: location, isImplicit: true), readable)
    addRules(resolved, DataCheckRegistry.structureRules, &problems)
    for column in named where !column.isOptional {
      add(
        planned(PresentCheck.kind, column: column.name, severity: column.severity, at: column.location),
        PresentCheck(column: column.name, comparedBy: column.comparedBy))
    }
    for column in rules.columns { addColumn(column.name, column.value, &problems) }
    addRules(resolved, DataCheckRegistry.rowRules, &problems)
    reportRepetitions(&problems)
  }

  /// The rule, looked at beside the others; nil when there is something wrong with it.
  private func resolved(_ declared: DeclaredTableRule, _ problems: inout Problems) -> DeclaredTableRule? {
    var declared = declared
    guard declared.rule.isClaim, declared.rule.resolve(context, &problems) else { return nil }
    guard areKnown(declared.rule.peers, to: type(of: declared.rule).kind, &problems) else { return nil }
    return comparesItself(declared.rule, &problems) ? nil : declared
  }

  /// Whether a rule compares the table with itself, which says nothing; the problems say so.
  private func comparesItself(_ rule: some TableRule, _ problems: inout Problems) -> Bool {
    guard !type(of: rule).mayLookAtItself else { return false }
    func files(_ name: String) -> [String]? { context.peers?.first { $0.name == name }?.source.files.map(\.path) }
    let own = files(dataset)
    let same = rule.peers.filter { $0.dataset.value == dataset || own != nil && files($0.dataset.value) == own }
    for reference in same {
      problems.report(
        "\"\(dataset)\" is compared with itself", at: reference.dataset.location,
        help: ["a table is always like itself: name another one"])
    }
    return !same.isEmpty
  }

  /// Whether the datasets that a kind of check looks at are there; if not, the problems say why.
  private func areKnown(_ peers: [PeerReference], to kind: String, _ problems: inout Problems) -> Bool {
    // All are asked, so that all are reported.
    peers.filter { !$0.isKnown(to: context, for: kind, &problems) }.isEmpty
  }

  private func planned(
    _ kind: String, column: String? = nil, name: String? = nil, severity: Severity = .block,
    at location: SourceLocation?, isImplicit: Bool = false
  ) -> PlannedCheck {
    let id = CheckID(suite: .data, subject: dataset, column: column, check: name ?? kind)
    return PlannedCheck(id: id, kind: kind, severity: severity, location: location, isImplicit: isImplicit)
  }

  private mutating func add(_ planned: PlannedCheck, _ check: some TableCheck) {
    let violation = Claim.Violation(check: check as? any Violable)
    claims.append(Claim(planned: planned, columns: [], violation: violation) { check.prepare($0, &$1) })
  }

  /// The rules of some kinds, kind after kind.
  private mutating func addRules(
    _ rules: [DeclaredTableRule], _ kinds: [any TableRule.Type], _ problems: inout Problems
  ) {
    for kind in kinds {
      let rules = rules.filter { type(of: $0.rule) == kind }
      for (index, declared) in rules.enumerated() { addRule(declared, index + 1, &problems) }
    }
  }

  private mutating func addRule(_ declared: DeclaredTableRule, _ number: Int, _ problems: inout Problems) {
    let (rule, settings) = (declared.rule, declared.settings)
    let kind = type(of: rule).kind
    let numbered = type(of: rule).isList && rule.identityColumn == nil ? "\(kind)_\(number)" : nil
    let planned = planned(
      kind, column: rule.identityColumn, name: settings.id?.value ?? rule.name ?? numbered,
      severity: settings.severity ?? rule.severity ?? .block, at: declared.location)
    drift = rule as? DriftCheck ?? drift
    guard let scope = CheckScope(settings, context, &problems) else { return }
    guard var peers = scope.peers(of: rule, context, at: settings.groups?.location, &problems) else { return }
    for index in peers.indices { peers[index].readsAllColumns = rule.readsAllColumns }
    defer { claims[claims.count - 1].readsAllColumns = rule.readsAllColumns }
    if let family = rule as? any FamilyRule { return addFamily(family, planned, by: scope.groups, peers) }
    claims.append(
      Claim(
        planned: planned, columns: rule.columns, peers: peers,
        needsAllRows: rule.needsAllRows ?? settings.allow?.needsAllRows, scope: scope,
        selectsPeers: type(of: rule).peerSettings.contains(.condition),
        violation: Claim.Violation(check: rule as? any Violable, allow: settings.allow)
      ) { table, plan in
        var table = table
        table.allow = settings.allow
        (table.condition, table.groups) = (settings.condition?.value, scope.groups)
        return rule.prepare(table, &plan)
      })
    claims[claims.count - 1].watch =
      (rule as? TableAnomalyCheck)?.watch(where: settings.condition?.value, by: scope.groups)
  }

  private mutating func addFamily(
    _ rule: some FamilyRule, _ family: PlannedCheck, by groups: [String], _ peers: [PeerReference]
  ) {
    let members = rule.members.map { column in
      planned(
        family.kind, column: column, name: family.id.check, severity: rule.memberSeverity ?? family.severity,
        at: family.location)
    }
    claims.append(
      Claim(
        family: family, members: members, columns: rule.columns, peers: peers, needsAllRows: rule.needsAllRows,
        by: groups,
        violation: Claim.Violation(check: rule as? any Violable)
      ) { rule.prepare($0, members, &$1) })
  }

  private mutating func addColumn(_ name: Located<String>, _ rules: ColumnRules, _ problems: inout Problems) {
    let mayBeAllNull = rules.checks.contains { ($0.check as? MissingCheck)?.acceptsAll == true }
    reportRulesOfAbsent(rules, &problems)
    var checks = rules.checks.filter(\.check.isClaim)
    if let environments = rules.environments, !rules.belongs(to: context.environment) {
      checks.insert(.init(check: AbsentCheck(isClaim: true), location: environments.location), at: 0)
    }
    for declared in checks {
      let (check, settings) = (declared.check, declared.settings)
      let kind = type(of: check).kind
      let planned = planned(
        kind, column: name.value, name: settings.id?.value ?? check.name,
        severity: settings.severity ?? rules.severity ?? check.severity ?? .block, at: declared.location)
      reportUseless(settings, of: type(of: check), at: declared.location, &problems)
      var column = ColumnContext(
        planned: planned, name: name.value, type: rules.type,
        allow: settings.allow ?? (type(of: check).settings.contains(.tolerance) ? rules.allow?.value : nil),
        isSensitive: context.sensitive.contains(name.value), mayBeAllNull: mayBeAllNull, files: files)
      (column.condition, column.keepsHistory) = (settings.condition?.value, context.keepsHistory)
      if !rules.isTypeUnreadable {
        for problem in check.problems(on: column) { problems.report(problem) }
      }
      if !rules.isTypeUnreadable, let low = (check as? any ValueLimitCheck)?.range, low.high == nil {
        reportImpossible(low.low, declared, rules, column, &problems)
      }
      guard areKnown(check.peers, to: kind, &problems), let scope = CheckScope(settings, context, &problems) else {
        continue
      }
      let needed = type(of: check).concernsPresence ? [] : [name.value]
      claims.append(
        Claim(
          planned: planned, columns: needed, peers: check.peers,
          needsAllRows: check.needsAllRows ?? column.allow?.needsAllRows, scope: scope,
          violation: Claim.Violation(check: check as? any Violable, column: name.value, allow: column.allow)
        ) { [column] table, plan in
          var column = column
          column.peers = table.peers
          (column.history, column.groups) = (table.history, scope.groups)
          // A column that must not be there must not be there under a name that looks the same.
          column.stored = needed.isEmpty ? table.types.anyForm(of: column.name) : table.types[column.name]
          column.now = table.now
          return check.prepare(column, &plan)
        })
      claims[claims.count - 1].watch =
        (check as? AnomalyCheck)?.watch(where: settings.condition?.value, by: scope.groups)
    }
  }

  /// What is said of a column that must not be there.
  private func reportRulesOfAbsent(_ rules: ColumnRules, _ problems: inout Problems) {
    let claims = rules.checks.filter(\.check.isClaim)
    guard claims.contains(where: { $0.check is AbsentCheck }) else { return }
    let other = claims.first { !($0.check is AbsentCheck) }?.location ?? rules.environments?.location
    guard let other else { return }
    problems.report("a column that must be absent has no other rules", at: other)
  }

  /// Settings that the kind of check does not have.
  private func reportUseless(
    _ settings: CheckSettings, of check: any ColumnCheck.Type, at location: SourceLocation, _ problems: inout Problems
  ) {
    let given = [
      "allow": settings.allow.map { _ in location }, "where": settings.condition?.location,
      "group_by": settings.groups?.location,
    ]
    let refused = CheckSettings.refused(check.settings, by: check.kind).merging(check.refused) { $1 }
    for (key, reason) in refused.sorted(by: { $0.key < $1.key }) {
      if let place = given[key] ?? nil { problems.report(reason, at: place) }
    }
  }

  /// A lower limit above an upper one that stands in a key of its own, where every value has to keep both.
  private func reportImpossible(
    _ low: ValueLimit?, _ declared: ColumnRules.DeclaredColumnCheck, _ rules: ColumnRules, _ column: ColumnContext,
    _ problems: inout Problems
  ) {
    func bindsAll(_ settings: CheckSettings) -> Bool {
      settings.condition == nil && settings.allow == nil && rules.allow == nil
    }
    guard bindsAll(declared.settings) else { return }
    for other in rules.checks where bindsAll(other.settings) {
      guard let check = other.check as? any ValueLimitCheck, check.range.low == nil else { continue }
      do {
        _ = try ValueLimit.test(low, check.range.high, on: column)
      } catch {
        problems.report(error)
      }
    }
  }

  /// Identities must differ: reports and histories are built on them.
  private func reportRepetitions(_ problems: inout Problems) {
    var seen: [CheckID: SourceLocation?] = [:]
    for check in claims.flatMap(\.checks) {
      if let first = seen[check.id] {
        problems.report(
          "two checks have the identity \(check.id)", at: check.location,
          help: ["the other stands at \(first.map(\.description) ?? "another place")", "give one of them an id:"])
      }
      seen[check.id] = check.location
    }
  }
}

extension ClaimList {
  /// A column that the rules name, and the place where they do so first.
  private struct NamedColumn {
    var name: String
    var location: SourceLocation?
    var severity = Severity.block
    var isOptional = false
    /// The kind of the check for which it must be there, when no rule names it.
    var comparedBy: String?
  }

  /// Every column that the rules name anywhere, each once.
  private func namedColumns(_ rules: Rules, _ table: [DeclaredTableRule]) -> [NamedColumn] {
    // Problems of a scope are reported when its claim is added.
    var ignored = Problems()
    var named = rules.columns.map { column in
      NamedColumn(
        name: column.name.value, location: column.name.location, severity: column.value.severity ?? .block,
        isOptional: context.optional.contains(column.name.value))
    }
    for declared in table {
      named += declared.rule.columns.map { NamedColumn(name: $0, location: declared.location) }
    }
    for settings in rules.columns.flatMap(\.value.checks).map(\.settings) + table.map(\.settings) {
      let location = settings.condition?.location ?? settings.groups?.location
      let columns = CheckScope(settings, context, &ignored)?.columns ?? []
      named += columns.map { NamedColumn(name: $0, location: location) }
    }
    if let rowKey = rules.rowKey { named += rowKey.value.map { NamedColumn(name: $0, location: rowKey.location) } }
    for declared in table {
      named += declared.rule.expectedColumns.map { column in
        NamedColumn(
          name: column, location: declared.location,
          severity: declared.settings.severity ?? declared.rule.severity ?? .block,
          isOptional: context.optional.contains(column), comparedBy: type(of: declared.rule).kind)
      }
    }
    var seen: Set<ExactText> = []
    return named.filter { seen.insert(ExactText($0.name)).inserted }
  }
}

extension Quantity {
  /// What a sample does not tell of a limit: a part of the rows has its own share, and never so many rows as all.
  fileprivate var needsAllRows: String? { unit == .rows ? "how many there are of all" : nil }
}

extension Limits {
  /// What a sample does not tell of what the limits count.
  var needsAllRows: String? { (equals ?? atLeast ?? atMost)?.value.needsAllRows }
}

extension DeclaredTableRule {
  /// Whether it decides on a table without rows: it blocks, and speaks of all rows.
  fileprivate var judgesRowCount: Bool {
    rule is RowsCheck && settings.condition == nil && settings.groups == nil
      && settings.severity ?? rule.severity ?? .block == .block
  }
}

extension RulesContext {
  init(of columns: [(name: Located<String>, value: ColumnRules)], in environment: String? = nil) {
    self.environment = environment
    types = Dictionary(
      columns.compactMap { column in column.value.type.map { (column.name.value, $0.value) } },
      uniquingKeysWith: { first, _ in first })
    areTypesKnown = !columns.contains(where: \.value.isTypeUnreadable)
    listed = columns.map(\.name.value)
    optional = Set(columns.filter { $0.value.mayBeAbsent(in: environment) }.map(\.name.value))
    sensitive = SensitiveColumns(columns.filter(\.value.isSensitive).map(\.name.value))
  }
}
