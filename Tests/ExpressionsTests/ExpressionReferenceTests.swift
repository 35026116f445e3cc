import Testing

@testable import Expressions
@testable import Scan

/// What the reference says is true.
@Suite struct ExpressionReferenceTests {
  static let entries = ExpressionReference.sections.flatMap(\.entries)

  @Test(arguments: entries.map(\.example))
  func everyExampleIsTrue(example: String) throws {
    let claim = try ExpressionChecker(types: [:]).claim(try ExpressionParser.parse(example))
    var batch = Batch()
    batch.rowCount = 2
    #expect(claim.truths(batch) == [.yes, .yes])
  }

  @Test func everyFunctionIsExplainedByItsOwnExample() {
    let functions = RowFunction.families.flatMap(\.functions)
    for function in functions {
      #expect(function.example.contains(function.name), "\(function.name) does not occur in its example")
      #expect(function.summary.hasSuffix("."), "\(function.name): \(function.summary)")
      #expect(!function.overloads.isEmpty)
    }
    let names = functions.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count, "a name is given twice")
    #expect(names.allSatisfy { $0 == $0.lowercased() })
  }

  @Test func formsAreThoseOfTheOverloads() throws {
    func forms(_ example: String) -> [String] { Self.entries.first { $0.example == example }?.forms ?? [] }
    #expect(forms("round(2.567, 1) = 2.6") == ["round(number) is a number", "round(number, integer) is a number"])
    #expect(forms("coalesce(null, 3) = 3") == ["coalesce(value, value, …)"])
    #expect(forms("if(1 > 2, 'a', 'b') = 'b'") == ["if(boolean, value, value)"])
    #expect(forms("7 / 2 = 3.5") == ["number / number is a number", "interval / interval is a number"])
  }
}
