internal import Scan

/// The tree of an expression as it was written, before its types are known.
struct ExpressionSyntax {
  indirect enum Node {
    case number(Double)
    case text(String)
    case truth(Bool)
    case column(String)
    case negation(ExpressionSyntax)
    case arithmetic(RowExpression.Arithmetic, ExpressionSyntax, ExpressionSyntax)
    case comparison(RowExpression.Comparison, ExpressionSyntax, ExpressionSyntax)
    case and(ExpressionSyntax, ExpressionSyntax)
    case or(ExpressionSyntax, ExpressionSyntax)
    case not(ExpressionSyntax)
    case isNull(ExpressionSyntax)
    case membership(ExpressionSyntax, [ExpressionSyntax])
    case between(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
  }

  var node: Node
  /// The part of the text, in Unicode scalars.
  var range: Range<Int>
}
