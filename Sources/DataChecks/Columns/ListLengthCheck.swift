package import Language
package import Scan
package import Verdict

/// `list_length: {between: [1, 5]}`: every list has a number of elements within limits.
package struct ListLengthCheck: ValueCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "list_length",
    summary:
      "Every present value is a list with a number of elements within the limits: a list of Parquet, Arrow or JSON Lines, or in CSV the text of a JSON list. equals fixes the width of vectors.",
    why: "An embedding of another width, or a basket without items, fails far from where it was made.",
    example: "columns:\n  embedding: {list_length: {equals: 384}}\n  tags: {list_length: {between: [1, 5]}}",
    fix: "Look at the listed rows; an empty list where a value is missing is the usual cause.")

  package static var shape: Shape<ListLengthCheck> {
    Shape<Limits>.limits(of: Shape<Int>.integer(in: 0...1_000_000_000).map { Quantity(Double($0)) })
      .map { ListLengthCheck(limits: $0) }
  }

  package var limit: Bound { limits.bound ?? .text("any length") }
  package var violation: String { "are no lists of \(limit) elements" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    let low = (limits.equals ?? limits.atLeast)?.value.value ?? 0
    let high = (limits.equals ?? limits.atMost)?.value.value ?? Double(Int32.max)
    return ListLengthTest(column.name, atLeast: Int(low), atMost: Int(high))
  }
}
