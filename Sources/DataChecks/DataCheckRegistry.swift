package import Verdict

/// Every check of the data suite. Adding one is a file and a line here.
package enum DataCheckRegistry {
  /// The checks on one column: each is a key of a column's rules.
  package static let columnChecks: [any ColumnCheck.Type] = [
    TypeCheck.self, RequiredCheck.self, MissingCheck.self, UniqueCheck.self, AtLeastCheck.self, AtMostCheck.self,
    BetweenCheck.self, InCheck.self, NotInCheck.self, MatchesCheck.self, FormatCheck.self, LengthCheck.self,
    DistinctCheck.self, MedianCheck.self, QuantileCheck.self,
  ]

  /// The checks on a table as a whole: each is a key of a dataset's rules, or always there.
  package static let tableChecks: [any TableCheck.Type] = [
    ReadableCheck.self, PresentCheck.self, RowsCheck.self, UnexpectedColumnsCheck.self, ColumnOrderCheck.self,
    KeysCheck.self, RowsWhereCheck.self,
  ]

  package static var documentation: [CheckDocumentation] {
    tableChecks.map { $0.documentation } + columnChecks.map { $0.documentation }
  }
}
