/// Every value is a text of which something holds that has a name.
package struct TextTest: RowTest {
  package typealias Predicate = @Sendable (Span<UInt8>) -> Bool

  package let column: String
  /// What holds of the texts: equal names on one column mean equal tests.
  package let name: ExactText
  private let holds: Predicate
  /// What holds of JSON's strings, when that is something else than of the texts of other values and formats.
  private let holdsOfString: Predicate?

  package init(
    _ column: String, _ name: String, ofStrings holdsOfString: Predicate? = nil, _ holds: @escaping Predicate
  ) {
    self.column = column
    self.name = ExactText(name)
    self.holds = holds
    self.holdsOfString = holdsOfString
  }

  package var readings: [ColumnReading] { [ColumnReading(column, as: .string)] }

  package func judge(_ batch: Batch, into verdicts: inout [RowVerdict]) {
    judgeTexts(column, batch, into: &verdicts, holds: holds)
    guard let holdsOfString, case .tokens(let text, let kinds)? = batch.stored(column)?.values else { return }
    let bytes = text.bytes.span
    for row in verdicts.indices where kinds[row] == TokenKind.string.rawValue {
      guard let range = text.range(row) else { continue }
      verdicts[row] = holdsOfString(bytes.extracting(range)) ? .holds : .violated
    }
  }

  package static func == (a: TextTest, b: TextTest) -> Bool {
    a.column == b.column && a.name == b.name
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(column)
    hasher.combine(name)
  }
}
