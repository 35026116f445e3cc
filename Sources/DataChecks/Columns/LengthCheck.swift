package import Language
package import Scan
package import Verdict

/// `length: {at_most: 5}`: every text has a length within limits.
package struct LengthCheck: ValueCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "length",
    summary: "Every present value has a length within the limits, in Unicode scalars (what Python's len counts).",
    why: "A text of exactly 255 characters was cut; an empty code is a missing value in disguise.",
    example: "columns:\n  dest: {length: {equals: 3}}",
    fix: "Look at the listed rows for cut or padded values.")

  package static var shape: Shape<LengthCheck> {
    Shape<Limits>.limits(of: Shape<Int>.integer(in: 0...1_000_000_000).map { Quantity(Double($0)) })
      .map { LengthCheck(limits: $0) }
  }

  package var limit: Bound { limits.bound ?? .text("any length") }
  package var violation: String { "have a length that is not \(limit)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    let low = (limits.equals ?? limits.atLeast)?.value.value ?? 0
    let high = (limits.equals ?? limits.atMost)?.value.value ?? Double(Int32.max)
    return LengthTest(column.name, atLeast: Int(low), atMost: Int(high))
  }
}
