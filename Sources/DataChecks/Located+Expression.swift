internal import Expressions
internal import Language
internal import Scan
internal import Verdict

extension Located<String> {
  /// The text as an expression over the columns of a table; nil when it is none, and the problems say why, with carets.
  func expression(over types: [String: ValueType], _ problems: inout Problems) -> Expression? {
    do {
      return try Expression(value, types: types)
    } catch {
      problems.report(
        error.message, at: location.part(error.range, of: value), help: error.hint.map { [$0] } ?? [])
      return nil
    }
  }
}
