/// Every value is a text of which something holds that has a name.
package struct TextTest: RowTest {
  package typealias Predicate = @Sendable (Span<UInt8>) -> Bool

  package let column: String
  /// What holds of the texts: equal names on one column mean equal tests.
  package let name: String
  private let holds: Predicate

  package init(_ column: String, _ name: String, _ holds: @escaping Predicate) {
    self.column = column
    self.name = name
    self.holds = holds
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts, holds: holds)
  }

  package static func == (a: TextTest, b: TextTest) -> Bool {
    // By the bytes: what a name says may differ in them only.
    a.column == b.column && a.name.utf8.elementsEqual(b.name.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(column)
    hasher.combine(name)
  }
}
