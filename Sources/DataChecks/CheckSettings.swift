internal import Expressions
package import Language
internal import Scan
package import Verdict

/// What can be said of any check beside its claim: keys that stand next to its own.
package struct CheckSettings: Sendable {
  /// How much may violate.
  package var allow: Quantity?
  package var severity: Severity?
  /// A name of its own in the check's identity.
  package var id: Located<String>?
  /// The rows that the check speaks of, as an expression.
  package var condition: Located<String>?
  /// The columns whose values cut the rows into groups, each of which the check judges by itself.
  package var groups: Located<[String]>?

  package init() {}

  /// Which of the settings make sense.
  package struct Kinds: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// `allow`: single rows or values violate, and some of them may.
    package static let tolerance = Kinds(rawValue: 1)
    /// `where`: the check judges rows, and can judge a part of them.
    package static let condition = Kinds(rawValue: 2)
    /// `group_by`: it can judge many parts in one pass.
    package static let groups = Kinds(rawValue: 4)
    package static let all: Kinds = [.tolerance, .condition, .groups]
  }

  /// Why a kind of check that speaks of no rows lacks some settings, by their keys.
  static func refused(_ kinds: Kinds, by kind: String) -> [String: String] {
    let refusals: [(Kinds, String, String)] = [
      (.tolerance, "allow", "\"\(kind)\" judges no rows one by one, so there is nothing to allow"),
      (.condition, "where", "\"\(kind)\" does not judge rows, so there are none to leave out"),
      (.groups, "group_by", "\"\(kind)\" does not judge rows, so there are no groups of them"),
    ]
    let refused = refusals.filter { !kinds.contains($0.0) }.map { ($0.1, $0.2) }
    return Dictionary(refused) { first, _ in first }
  }

  /// The keys of the settings within any object.
  static func keys<Root>(_ path: WritableKeyPath<Root, CheckSettings>, _ kinds: Kinds) -> [Key<Root>] {
    let text = Shape<String>.string.located
    var keys: [Key<CheckSettings>] = [
      .optional("severity", \.severity, .choice, "block or warn."),
      .optional("id", \.id, text, "A name of its own for the check."),
    ]
    if kinds.contains(.tolerance) {
      keys.append(.optional("allow", \.allow, .tolerance, "How much may violate: 1% or 10 rows."))
    }
    if kinds.contains(.condition) {
      keys.append(.optional("where", \.condition, text, "The rows that the check speaks of: an expression."))
    }
    if kinds.contains(.groups) {
      let columns = Shape<[String]>.oneOrMoreColumns.located
      keys.append(.optional("group_by", \.groups, columns, "The columns whose values cut the rows into groups."))
    }
    return keys.map { $0.within(path) }
  }
}
