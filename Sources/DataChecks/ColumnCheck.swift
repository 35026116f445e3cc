package import Language
package import Planning
package import Scan
package import Verdict

/// A claim about one column: a key of the rule language, in a file of its own.
package protocol ColumnCheck: Sendable {
  /// What `cupel explain` says; its `kind` is the key in the rules.
  static var documentation: CheckDocumentation { get }
  /// How the value of the key is written.
  static var shape: Shape<Self> { get }

  /// How all checks of the key are written, each with its place; one, unless the key may hold a list of them.
  static var entries: Shape<[Located<Self>]> { get }

  /// Whether the key says anything: `required: false` does not.
  var isClaim: Bool { get }
  /// What names it in its identity when it has no id; nil when its kind does.
  var name: String? { get }

  /// Whether the check says itself what the column's being there or not means: then it need not be there.
  static var concernsPresence: Bool { get }
  /// The severity that the claim itself says.
  var severity: Severity? { get }

  /// Which settings make sense beside the claim. The tolerance of its column applies to a check that has one.
  static var settings: CheckSettings.Kinds { get }
  /// Why it lacks some settings, by their keys, where that it judges no rows is not the reason.
  static var refused: [String: String] { get }

  /// The check with what stands in a file of its own; nil when it cannot be had, which is reported then.
  func loaded(_ read: FileReading, _ problems: inout Problems) -> Self?

  /// What it needs of other datasets.
  var peers: [PeerReference] { get }

  /// What only all rows tell, and a sample of them does not; nil when a part of the rows has an answer of its own.
  var needsAllRows: String? { get }

  /// What is wrong with the check on this column, known before any data is read.
  func problem(on column: ColumnContext) -> Diagnostic?
  /// The same where several values are written, each with a problem of its own.
  func problems(on column: ColumnContext) -> [Diagnostic]

  /// Requires what the check needs and says how the finding follows from it.
  func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation
}

extension ColumnCheck {
  package static var kind: String { documentation.kind }
  package static var settings: CheckSettings.Kinds { .all }
  package static var refused: [String: String] { [:] }
  package static var concernsPresence: Bool { false }
  package static var entries: Shape<[Located<Self>]> { shape.located.map { [$0] } }
  package var name: String? { nil }
  package var severity: Severity? { nil }
  package var isClaim: Bool { true }
  package func loaded(_ read: FileReading, _ problems: inout Problems) -> Self? { self }
  package var peers: [PeerReference] { [] }
  package var needsAllRows: String? { nil }
  package func problem(on column: ColumnContext) -> Diagnostic? { nil }
  package func problems(on column: ColumnContext) -> [Diagnostic] { problem(on: column).map { [$0] } ?? [] }
}

/// Reads a file that the rules name; nil when it cannot be read, which it reports. Checks open no files themselves.
package typealias FileReading = (Located<String>, inout Problems) -> [UInt8]?

/// How a finding follows from the measurements that a check required.
package typealias Evaluation = @Sendable (Measurements) -> Finding

/// How the findings of a family follow from the measurements that it required: first its own, then those of its members.
package typealias FamilyEvaluation = @Sendable (Measurements) -> [Finding]

/// A column as the rules describe it, and one check on it.
package struct ColumnContext: Sendable {
  /// The check's place in the plan of the run.
  package var planned: PlannedCheck
  package var name: String
  /// The declared type; nil when the rules declare none.
  package var type: Located<ValueType>?
  /// How much may violate a value check.
  package var allow: Quantity?
  /// Whether values must not be shown.
  package var isSensitive: Bool
  /// Whether the rules accept, in so many words, that the column has no value at all.
  package var mayBeAllNull: Bool
  /// The files as messages show them.
  package var files: [String]
  /// What the file says of its type; nil until it is opened.
  package var stored: StoredType?
  /// When the run happens, in microseconds since 1970, UTC.
  package var now: Int64 = 0
  /// The single columns, of a check that looks at several as if they were one.
  package var parts: [String] = []
  /// The other datasets that the check looks at.
  package var peers = PeerTables()
  /// The rows that the check speaks of, as the rules write it; nil for all.
  package var condition: String?
  /// The columns whose values make groups of rows, each of which the check judges by itself.
  package var groups: [String] = []
  /// Whether the config names a history of runs.
  package var keepsHistory = true
  /// What earlier runs measured.
  package var history = HistoryAccess.unwanted

  /// The identities of the columns' type checks, which value checks name when no value is of that type.
  var typeChecks: [CheckID] {
    (parts.isEmpty ? [name] : parts).map { name in
      CheckID(suite: planned.id.suite, subject: planned.id.subject, column: name, check: TypeCheck.kind)
    }
  }
}
