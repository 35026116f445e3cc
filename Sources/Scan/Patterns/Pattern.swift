internal import CKernels

/// A regular expression in RE2 syntax: linear time on every text, no look-around, no back-references.
package final class Pattern: Sendable, Hashable {
  /// The pattern as it is written.
  package let text: String
  /// The regular expression that was made of it.
  private let expression: ExactText
  // Safe because: RE2 objects are immutable once compiled and documented as safe to use from many threads; the
  // pointer is owned by this object alone and freed with it.
  private nonisolated(unsafe) let regex: OpaquePointer
  /// The same pattern as a table of states, where it has a small one.
  let automaton: PatternAutomaton?

  /// Compiles the pattern; the error says in RE2's words what is wrong with it.
  package convenience init(_ text: String) throws(PatternError) { try self.init(text, expression: text) }

  init(_ text: String, expression: String) throws(PatternError) {
    var reason = [CChar](repeating: 0, count: 256)
    guard let regex = ck_regex_compile(expression, expression.utf8.count, &reason, reason.count) else {
      let words = String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw PatternError(reason: words)
    }
    self.text = text
    self.expression = ExactText(expression)
    self.regex = regex
    automaton = PatternAutomaton(expression)
  }

  deinit { ck_regex_free(regex) }

  /// Whether the text matches: as a whole, or anywhere in it.
  package func matches(_ text: String, full: Bool = true) -> Bool {
    let bytes = Array(text.utf8)
    return ck_regex_match(regex, bytes, bytes.count, full) == 1
  }

  /// 1 for every range that matches, as a whole or anywhere in it, 0 for those that do not, and something else where RE2
  /// had not enough memory to tell: that is neither. Linear in the bytes.
  func matches(_ column: TextColumn, full: Bool = true) -> [UInt8] {
    guard full, let automaton else { return matchesByRE2(column, full: full) }
    var matched = [UInt8](repeating: 0, count: column.ends.count)
    ck_automaton_full_match_fields(
      automaton.next, automaton.accepts, automaton.accepts.count, column.bytes, column.starts, column.ends,
      matched.count, &matched)
    return matched
  }

  /// The same by RE2, for every pattern.
  func matchesByRE2(_ column: TextColumn, full: Bool = true) -> [UInt8] {
    var matched = [UInt8](repeating: 0, count: column.ends.count)
    ck_regex_match_fields(regex, column.bytes, column.starts, column.ends, matched.count, full, &matched)
    return matched
  }

  package static func == (a: Pattern, b: Pattern) -> Bool { a.expression == b.expression }
  package func hash(into hasher: inout Hasher) { hasher.combine(expression) }
}

/// Why a pattern cannot be used.
package struct PatternError: Error, Sendable, Hashable {
  package var reason: String
  /// The part that is wrong, in Unicode scalars of the pattern; nil when it is not known.
  package var range: Range<Int>?
}
