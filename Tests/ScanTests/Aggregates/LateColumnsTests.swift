import Testing

@testable import Scan

@Suite struct LateColumnsTests {
  /// However many there are, only the first are kept, and it is said that there are more.
  @Test func keepsTheFirstOnly() {
    var late = LateColumns()
    for part in 0..<3 {
      var other = LateColumns((0..<500).reversed().map { ("\(part) \($0)", $0) }, areAll: true)
      other.move(after: RowPlace(number: 1000 * part + 1))
      #expect(late.areAll)
      late.merge(other)
    }
    #expect(!late.areAll)
    #expect(late.columns.map(\.place.number) == Array(1...500) + Array(1001...1500))
    #expect(late.columns.last?.name == "1 499")
  }
}
