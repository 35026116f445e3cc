internal import Scan

/// The tree of an expression as it was written, before its types are known.
struct ExpressionSyntax {
  indirect enum Node {
    case integer(Int64)
    case number(Double)
    case text(String)
    case truth(Bool)
    case null
    /// A text that is marked as one of a type: `date '2013-01-31'`.
    case literal(RowType, ExpressionSyntax)
    case column(String)
    /// A function or an operator of arithmetic.
    case call(Word, [ExpressionSyntax])
    case comparison(RowExpression.Comparison, ExpressionSyntax, ExpressionSyntax)
    case and(ExpressionSyntax, ExpressionSyntax)
    case or(ExpressionSyntax, ExpressionSyntax)
    case not(ExpressionSyntax)
    case isNull(ExpressionSyntax)
    case membership(ExpressionSyntax, [ExpressionSyntax])
    case between(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
    case like(ExpressionSyntax, pattern: ExpressionSyntax, escape: ExpressionSyntax?, ignoringCase: Bool)
    case matches(ExpressionSyntax, pattern: ExpressionSyntax)
    case cast(ExpressionSyntax, Word)
    case choice(ExpressionSyntax?, [Branch], otherwise: ExpressionSyntax?)
  }

  /// A name with its place.
  struct Word {
    var text: String
    var range: Range<Int>
  }

  /// `when … then …`.
  struct Branch {
    var condition: ExpressionSyntax
    var value: ExpressionSyntax
  }

  var node: Node
  /// The part of the text, in Unicode scalars.
  var range: Range<Int>
}
