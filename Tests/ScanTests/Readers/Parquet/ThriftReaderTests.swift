import Testing

@testable import Scan

@Suite struct ThriftReaderTests {
  @Test func fieldsAreFoundByNumberAndOthersSkipped() throws {
    var thrift = ThriftBytes()
    thrift.element {
      $0.text(1, "skipped")
      $0.integer(3, -7)
      $0.list(4, count: 20) { thrift, index in thrift.integer(9, index) }
      $0.boolean(5, true)
      $0.structure(6) { $0.structure(2) { $0.boolean(1, false) } }
      $0.integer(600, Int.min)
      $0.text(601, "ü")
    }
    var reader = ThriftReader(thrift.bytes, 0..<thrift.bytes.count)
    var (small, least, text) = (0, 0, "")
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 3: small = try reader.integer(kind)
      case 600: least = try reader.integer(kind)
      case 601: text = try reader.text(kind)
      default: try reader.skip(kind)
      }
    }
    #expect(small == -7)
    #expect(least == Int.min)
    #expect(text == "ü")
    #expect(reader.position == thrift.bytes.count)
  }

  @Test func everyTruncationIsSeen() {
    var thrift = ThriftBytes()
    thrift.element {
      $0.integer(1, 1 << 40)
      $0.text(2, "text")
      $0.list(3, count: 3) { thrift, index in thrift.integer(1, index) }
    }
    for length in 0..<thrift.bytes.count {
      var reader = ThriftReader(thrift.bytes, 0..<length)
      let fault = #expect(throws: ThriftFault.self) { try reader.skip(.structure) }
      #expect(fault?.isTruncated == true)
    }
  }

  @Test func claimsBeyondTheBytesAreRefused() {
    // A list of 2^31 structures, a text of 2^62 bytes, a number without end.
    for bytes in [
      [0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F],
      [0x16] + [UInt8](repeating: 0xFF, count: 12),
    ] as [[UInt8]] {
      var reader = ThriftReader(bytes, 0..<bytes.count)
      #expect(throws: ThriftFault.self) { try reader.skip(.structure) }
    }
  }

  @Test func deepNestingIsRefused() {
    let bytes = [UInt8](repeating: 0x1C, count: 100_000)
    var reader = ThriftReader(bytes, 0..<bytes.count)
    let fault = #expect(throws: ThriftFault.self) { try reader.skip(.structure) }
    #expect(fault?.what == "fields are nested too deeply")
  }
}
