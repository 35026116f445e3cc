import Testing

@testable import Scan

@Suite struct ArrowExpansionTests {
  /// Rows that have bytes may be any number, those of nothing are counted in all batches together.
  @Test func rowsOfNothingAreCounted() throws {
    var plain = ArrowExpansion()
    for _ in 0..<1000 { try plain.add(1 << 31, length: 1 << 28) }
    var empty = ArrowExpansion()
    for _ in 0..<256 { try empty.add(1 << 20, length: 0) }
    #expect(throws: ArrowFault.self) { try empty.add(1 << 20, length: 0) }
    var most = ArrowExpansion()
    #expect(throws: ArrowFault.self) { try most.add(.max, length: 300) }
    #expect(throws: ArrowFault.self) { try most.add(.max, length: 300) }
  }
}
