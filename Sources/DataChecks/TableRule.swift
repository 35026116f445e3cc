package import Language
package import Planning
package import Scan
package import Verdict

/// A check on a table that is a key of its rules, in a file of its own.
package protocol TableRule: TableCheck {
  /// The rule before its keys are read.
  init()
  /// The keys of its form as a mapping; the settings of all checks are added. None when it has no such form.
  static var keys: [Key<Self>] { get }
  /// Its form that is no mapping.
  static var short: Shape<Self>? { get }
  /// Whether the key holds a list of such rules.
  static var isList: Bool { get }
  /// Whether one such rule may stand in place of a list of one.
  static var standsAlone: Bool { get }
  /// Which settings make sense beside the claim.
  static var settings: CheckSettings.Kinds { get }
  /// Why it lacks some settings, by their keys, where that it judges no rows is not the reason.
  static var refused: [String: String] { get }
  /// Which of the settings speak of the rows of other datasets, too.
  static var peerSettings: CheckSettings.Kinds { get }
  /// Whether the other dataset may be this one.
  static var mayLookAtItself: Bool { get }
  /// Says what is wrong with the mapping as a whole.
  static func validate(_ rule: Self, _ node: Node, _ problems: inout Problems)

  /// Whether the key says anything: `column_order: any` does not.
  var isClaim: Bool { get }
  /// The columns without which the check is pointless; that each is there is a check of its own.
  var columns: [String] { get }
  /// The columns that must be there because what the table is compared with has them; the check does without them.
  var expectedColumns: [String] { get }
  /// Whether it speaks of all columns, so that a format which names its columns only row by row is read for them first.
  var readsAllColumns: Bool { get }
  /// What it needs of other datasets.
  var peers: [PeerReference] { get }
  /// What names it in its identity when it has no id; nil when its kind does.
  var name: String? { get }
  /// The column that its identity names, where the claim is about one.
  var identityColumn: String? { get }
  /// The severity that the claim itself says.
  var severity: Severity? { get }
  /// What only all rows tell, and a sample of them does not; nil when a part of the rows has an answer of its own.
  var needsAllRows: String? { get }
  /// The place of the limit, when it is not that of the whole rule.
  var location: SourceLocation? { get }
  /// Looks at the rule beside the other rules of the table, before any data is read.
  ///
  /// - Returns: Whether the rule can be evaluated; if not, the problems say why.
  mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool
}

extension TableRule {
  package static var keys: [Key<Self>] { [] }
  package static var short: Shape<Self>? { nil }
  package static var isList: Bool { false }
  package static var standsAlone: Bool { false }
  package static var settings: CheckSettings.Kinds { [] }
  package static var refused: [String: String] { [:] }
  package static var peerSettings: CheckSettings.Kinds { [] }
  package static var mayLookAtItself: Bool { false }
  package static func validate(_ rule: Self, _ node: Node, _ problems: inout Problems) {}
  package var isClaim: Bool { true }
  package var columns: [String] { [] }
  package var expectedColumns: [String] { [] }
  package var readsAllColumns: Bool { false }
  package var peers: [PeerReference] { [] }
  package var name: String? { nil }
  package var identityColumn: String? { nil }
  package var severity: Severity? { nil }
  package var needsAllRows: String? { nil }
  package var location: SourceLocation? { nil }
  package mutating func resolve(_ rules: RulesContext, _ problems: inout Problems) -> Bool { true }

  /// How the value of the key is written: one rule, or a list of them.
  static var shape: Shape<[DeclaredTableRule]> {
    let long = Shape<RuleDraft<Self>>.object(
      RuleDraft(), keys.map { $0.within(\.rule) } + CheckSettings.keys(\.settings, settings),
      refused: CheckSettings.refused(settings, by: kind).merging(refused) { $1 }
    ) { draft, node, problems in
      validate(draft.rule, node, &problems)
    }
    var shape = long
    if let short = short?.map({ RuleDraft(rule: $0) }) {
      shape = keys.isEmpty ? short : short.when({ !$0.isMapping }, otherwise: long)
    }
    let declared = shape.map { draft, node, _ in
      DeclaredTableRule(rule: draft.rule, settings: draft.settings, location: draft.rule.location ?? node.location)
    }
    guard isList else { return declared.map { [$0] } }
    return standsAlone ? declared.oneOrMany : declared.list
  }
}

/// A rule that is being read, with its settings.
private struct RuleDraft<Rule: TableRule> {
  var rule = Rule()
  var settings = CheckSettings()
}

/// A rule as it stands in the rules of a table.
package struct DeclaredTableRule: Sendable {
  package var rule: any TableRule
  package var settings: CheckSettings
  package var location: SourceLocation
}

/// The rules of a table, as one of them needs to know the others.
package struct RulesContext: Sendable {
  /// The declared types of the columns, by name.
  package var types: [String: ValueType] = [:]
  /// Whether these are all: a type that could not be read is reported already.
  package var areTypesKnown = true
  /// The columns that have rules of their own, in their order.
  package var listed: [String] = []
  /// Those of them that may be absent.
  package var optional: Set<String> = []
  /// The columns whose values must not be shown.
  package var sensitive = SensitiveColumns()
  /// Where the gate runs (`--env`); nil when nobody said, and then every column is taken to belong there.
  package var environment: String?
  /// The columns whose values tell a person which row is meant.
  package var rowKey: [String] = []
  /// Every column that any rule names.
  package var named: Set<ExactText> = []
  /// The datasets of the config, this one included; nil when there is no config.
  package var peers: [PeerDataset]?
  /// What the data are compared with; nil when the config names nothing.
  package var baseline: DataBaseline?
  /// Whether the config names a history of runs.
  package var keepsHistory = true

  package init() {}
}

/// A check on a table that has a finding of its own for each of some columns, because they are decided together.
package protocol FamilyRule: TableRule {
  /// The columns, known before data is read.
  var members: [String] { get }
  /// How severe the findings of the columns are; nil for as severe as that of the family.
  var memberSeverity: Severity? { get }

  /// Requires what the check needs. The findings are that of the family, and then those of its members.
  func prepare(_ table: TableContext, _ members: [PlannedCheck], _ plan: inout Plan) -> FamilyEvaluation
}

extension FamilyRule {
  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let evaluate = prepare(table, [], &plan)
    return { evaluate($0)[0] }
  }
}
