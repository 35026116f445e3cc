import TestSupport
import Testing

@testable import Scan

@Suite struct KeyTableTests {
  @Test(arguments: [(1, 3), (4, 2), (9, 40), (2, 0)] as [(Int, Int)])
  func isASetThatRemembersTheOrder(longest: Int, extra: Int) {
    var generator = SeededGenerator(seed: UInt64(longest))
    var table = KeyTable()
    var indices: [[UInt8]: Int] = [:]
    var order: [[UInt8]] = []
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...longest + extra, using: &generator)
      let key = (0..<length).map { _ in UInt8.random(in: 0...(longest == 1 ? 1 : 255), using: &generator) }
      let (index, isNew) = table.insert(key.span)
      #expect(isNew == (indices[key] == nil))
      #expect(index == indices[key] ?? order.count)
      if isNew {
        indices[key] = order.count
        order.append(key)
      }
    }
    #expect(table.count == order.count)
    for (index, key) in order.enumerated() { #expect(Array(table.key(index)) == key) }
    for _ in 0..<5000 {
      let key = (0..<Int.random(in: 0...longest + extra, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(table.contains(key.span) == (indices[key] != nil))
    }
  }

  /// Keys that differ only in trailing zero bytes, or in where they end, are different keys.
  @Test func theLengthIsPartOfTheKey() {
    var table = KeyTable()
    for length in 0...32 { #expect(table.insert([UInt8](repeating: 0, count: length).span).isNew) }
    #expect(table.count == 33)
  }

  @Test func theFootprintGrowsWithTheKeys() {
    var table = KeyTable()
    let empty = table.footprint
    for number in 0..<10_000 { table.insert(Array("key \(number)".utf8).span) }
    #expect(table.footprint > empty + 10_000 * 8)
  }
}
