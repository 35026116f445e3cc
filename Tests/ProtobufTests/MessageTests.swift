import JSON
import TestSupport
import Testing

@testable import Protobuf

/// Messages whose bytes are computed by hand, and bytes that are none.
@Suite struct MessageTests {
  private static let probe = MessageType(
    "Probe",
    [
      .init(1, "count", .int32), .init(2, "name", .string), .init(4, "shape", .int64, .repeated),
      .init(5, "inner", .message(MessageType("Inner", [.init(1, "a", .int32), .init(2, "b", .int32)]))),
      .init(6, "blob", .bytes), .init(7, "ratio", .float),
    ])

  /// protobuf.dev, "Encoding": 150 is 96 01, "testing" has 7 bytes.
  @Test func theExamplesOfTheSpecification() throws {
    let bytes: [UInt8] = [0x08, 0x96, 0x01, 0x12, 7] + Array("testing".utf8) + [0x22, 4, 3, 0x8E, 2, 1]
    let document: JSONValue = ["count": 150, "name": "testing", "shape": [3, 270, 1]]
    #expect(try Self.probe.encode(document) == bytes)
    #expect(try Self.probe.decode(bytes) == document)
  }

  @Test(
    arguments: [
      // Repeated numbers one by one and packed, mixed.
      ([0x20, 3, 0x22, 2, 4, 5], "{\"shape\":[3,4,5]}"),
      // The last one wins.
      ([0x08, 1, 0x08, 2], "{\"count\":2}"),
      // The parts of a message are one.
      ([0x2A, 2, 0x08, 1, 0x2A, 2, 0x10, 2], "{\"inner\":{\"a\":1,\"b\":2}}"),
      // Unknown fields of every wire type, a group among them.
      (
        [0x78, 1, 0x79, 0, 0, 0, 0, 0, 0, 0, 0, 0x7A, 1, 9, 0x7D, 0, 0, 0, 0, 0x7B, 0x78, 1, 0x7C, 0x08, 7],
        "{\"count\":7}"
      ),
      // A known field of another wire type is an unknown one.
      ([0x0A, 1, 9, 0x10, 5, 0x3A, 0, 0x08, 7], "{\"count\":7}"),
      // A negative number of 32 bits takes ten bytes.
      ([0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], "{\"count\":-1}"),
      ([], "{}"),
    ] as [([UInt8], String)])
  func whatOthersMayWriteIsRead(_ bytes: [UInt8], _ document: String) throws {
    #expect(try Self.probe.decode(bytes).description == document)
  }

  @Test(
    arguments: [
      ([0x08], "the message breaks off in a number"),
      ([0x08, 0x80], "the message breaks off in a number"),
      ([0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2], "a number has more than 64 bits"),
      ([0x12, 5, 65], "field 2 announces 5 bytes where 1 are left"),
      (
        [0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
        "field 2 announces 18446744073709551615 bytes where 0 are left"
      ),
      ([0x3D, 0, 0], "the message breaks off in a number"),
      ([0x00], "a field has the number 0"),
      ([0x0F, 1], "field 1 has the wire type 7"),
      ([0x7B, 0x78, 1], "the message breaks off in a number"),
      ([0x7B, 0x74], "the group 15 ends as 14"),
      ([0x12, 1, 0xFF], "name: the text is no UTF-8"),
      ([0x2A, 2, 0x08, 0x80], "inner: the message breaks off in a number"),
      ([0x22, 1, 0x80], "shape: the message breaks off in a number"),
      ([UInt8](repeating: 0x7B, count: 1000), "groups are nested deeper than 64 times"),
    ] as [([UInt8], String)])
  func whatIsNoMessageIsToldOf(_ bytes: [UInt8], _ words: String) {
    let error = #expect(throws: MessageError.self) { try Self.probe.decode(bytes) }
    #expect(error.map { $0.text == words || $0.description == words } == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("{\"count\": 2147483648}", "count: 2147483648 is no int32"), ("{\"count\": 1.5}", "count: 1.5 is no int32"),
    ("{\"shape\": [1, null]}", "shape[1]: null is no int64"), ("{\"shape\": 3}", "shape: a number is no list"),
    ("{\"other\": 3}", "other: Probe has no such field"), ("[]", "a array is no Probe"),
    ("{\"inner\": {\"b\": \"x\"}}", "inner.b: \"x\" is no int32"), ("{\"blob\": \"*\"}", "blob: \"*\" is no bytes"),
    ("{\"ratio\": \"much\"}", "ratio: \"much\" is no float"),
  ])
  func whatCannotBeWrittenIsToldOf(_ document: String, _ words: String) throws {
    let document = try JSONParser.parse(Array(document.utf8))
    let error = #expect(throws: MessageError.self) { try Self.probe.encode(document) }
    #expect(error?.description == words)
  }

  /// Whatever comes is read or refused, and what is read can be written and is then the same.
  @Test func randomBytesDoNoHarm() throws {
    var dice = SeededGenerator(seed: 11)
    var read = 0
    for round in 0..<20_000 {
      var bytes = (0..<Int.random(in: 0..<40, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      // Half of them begin like a field of the type.
      if round.isMultiple(of: 2) { bytes.insert([0x08, 0x12, 0x22, 0x2A, 0x32, 0x3D][round / 2 % 6], at: 0) }
      guard let document = try? ProtobufOracleTests.everything.decode(bytes) else { continue }
      read += 1
      let again = try ProtobufOracleTests.everything.encode(document)
      #expect(try ProtobufOracleTests.everything.encode(ProtobufOracleTests.everything.decode(again)) == again)
    }
    #expect(read > 100)
  }
}
