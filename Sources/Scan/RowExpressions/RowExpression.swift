/// A typed expression over the columns of one row: what the text of a `rows_where` compiles to.
///
/// A null, and a value that is not of its column's type, is unknown and makes unknown what it takes part in, by the
/// three-valued logic of SQL. So does what has no result: a division by zero, an integer beyond 64 bits, the root of a
/// negative number; and a NaN in a comparison: a claim must not pass because its negation is false.
package indirect enum RowExpression: Hashable, Sendable {
  case column(ColumnReading)
  /// An integer, a date (days since 1970), a timestamp (microseconds since 1970) or an interval (microseconds).
  case integer(Int64)
  case number(Double)
  case text(ExactText)
  case truth(Truth)
  /// The null of a type.
  case unknown(RowType)
  /// Integers are compared as such, beside a number as doubles; texts by their bytes, which is the order of Unicode
  /// scalars; false is less than true.
  case comparison(Comparison, RowExpression, RowExpression)
  /// Not less than the second, and not greater than the third.
  case between(RowExpression, RowExpression, RowExpression)
  /// Equal to at least one of the members.
  case membership(RowExpression, [RowExpression])
  /// The whole text matches.
  case matches(RowExpression, Pattern)
  case and(RowExpression, RowExpression)
  case or(RowExpression, RowExpression)
  case not(RowExpression)
  /// Of a column, that nothing stands in its field; of anything else, that it is unknown.
  case isNull(RowExpression)
  case call(RowFunction.Overload, [RowExpression])

  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// The columns that the expression reads, in the order of their appearance, with repetitions.
  package var readings: [ColumnReading] {
    switch self {
    case .column(let reading): [reading]
    case .integer, .number, .text, .truth, .unknown: []
    case .not(let a), .isNull(let a), .matches(let a, _): a.readings
    case .comparison(_, let a, let b), .and(let a, let b), .or(let a, let b): a.readings + b.readings
    case .between(let a, let low, let high): a.readings + low.readings + high.readings
    case .membership(let a, let members): a.readings + members.flatMap(\.readings)
    case .call(_, let arguments): arguments.flatMap(\.readings)
    }
  }
}
