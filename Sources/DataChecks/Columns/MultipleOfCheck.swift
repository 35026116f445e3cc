package import Language
package import Scan
package import Verdict

/// `multiple_of: 0.05`: every number is a multiple of a step.
package struct MultipleOfCheck: ValueCheck {
  package var step: DecimalStep
  package var text: String

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "multiple_of",
    summary:
      "Every present value is a multiple of the number, in decimal arithmetic. So 0.15 is one of 0.05, which binary fractions deny. Exact on the text of the value; a binary number of a typed file stands for the shortest decimal that reads back as it. Zero is a multiple, NaN and the infinities are none.",
    why:
      "A price with a third decimal, or a duration off the clock's tick, was computed where it should have been copied.",
    example: "columns:\n  sched_dep_time: {type: integer, multiple_of: 5}\n  price: {type: number, multiple_of: 0.05}",
    fix: "Look at the listed rows: a unit that changed, or rounding that was left out.")

  package static var shape: Shape<MultipleOfCheck> {
    Shape<Double>.number.map { _, node, problems -> MultipleOfCheck? in
      if case .scalar(let text, _) = node.content, let step = DecimalStep(text) {
        return MultipleOfCheck(step: step, text: text)
      }
      problems.report("a step is a number above 0 of at most 18 digits", at: node.location)
      return nil
    }
  }
  package var limit: Bound { .text("a multiple of \(text)") }
  package var violation: String { "are no multiples of \(text)" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    if let problem = column.problem(unlessNumbersHave: "multiples") { throw problem }
    return MultipleTest(column.name, as: column.type?.value ?? .number, of: step)
  }
}
