internal import Expressions
internal import Language
internal import Verdict

extension Located<String> {
  /// The text as an expression over the columns of a table; nil when it is none, and the problems say why, with carets.
  func expression(over rules: RulesContext, _ problems: inout Problems) -> Expression? {
    do {
      return try Expression(value, types: rules.types)
    } catch {
      // What follows from a type that could not be read is no second mistake.
      if error.isOfTypes, !rules.areTypesKnown {
        problems.noteFailure()
        return nil
      }
      problems.report(
        error.message, at: location.part(error.range, of: value), help: error.hint.map { [$0] } ?? [])
      return nil
    }
  }
}
