import Testing

@testable import Scan

@Suite struct PeekedSourceTests {
  @Test(arguments: 0...9, [1, 2, 100])
  func peekedBytesComeBack(count: Int, piece: Int) throws {
    let bytes = Array("abcdef".utf8)
    var source: any ByteSource = PiecewiseSource(bytes, piece: piece)
    let peeked = try PeekedSource.peek(count, of: &source)
    #expect(peeked == Array(bytes.prefix(count)))
    var again = PeekedSource(peeked, then: source)
    var result: [UInt8] = []
    while try again.read(2, into: &result) > 0 {}
    #expect(result == bytes)
    #expect(again.name == "pieces")
  }
}
