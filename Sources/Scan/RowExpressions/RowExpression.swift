/// A typed expression over the columns of one row: what the text of a `rows_where` compiles to.
///
/// Numbers, dates, timestamps and booleans are computed as doubles, so integers beyond 2^53 lose their last digits.
/// A null, and a value that is not of its column's type, is unknown and makes unknown what it takes part in, by the
/// three-valued logic of SQL. So does a NaN in a comparison: a claim must not pass because its negation is false.
package indirect enum RowExpression: Hashable, Sendable {
  case column(ColumnReading)
  case number(Double)
  case text(String)
  case truth(Truth)
  case negation(RowExpression)
  case arithmetic(Arithmetic, RowExpression, RowExpression)
  /// Two numbers or two texts; texts compare by their bytes, which is the order of Unicode scalars.
  case comparison(Comparison, RowExpression, RowExpression)
  case and(RowExpression, RowExpression)
  case or(RowExpression, RowExpression)
  case not(RowExpression)
  case isNull(RowExpression)

  package enum Arithmetic: String, Hashable, Sendable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
  }
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
    case .number, .text, .truth: []
    case .negation(let a), .not(let a), .isNull(let a): a.readings
    case .arithmetic(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b), .or(let a, let b):
      a.readings + b.readings
    }
  }
}

/// The three truth values of SQL.
package enum Truth: UInt8, Hashable, Sendable {
  case no = 0
  case yes = 1
  case unknown = 2

  static func && (a: Truth, b: Truth) -> Truth {
    if a == .no || b == .no { return .no }
    return a == .yes && b == .yes ? .yes : .unknown
  }

  static func || (a: Truth, b: Truth) -> Truth {
    if a == .yes || b == .yes { return .yes }
    return a == .no && b == .no ? .no : .unknown
  }

  static prefix func ! (a: Truth) -> Truth {
    switch a {
    case .no: .yes
    case .yes: .no
    case .unknown: .unknown
    }
  }
}
