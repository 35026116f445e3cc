import JSON
import TestSupport
import Testing

@testable import Protobuf

/// The same messages as protobuf from PyPI writes them, from the `.proto` text that our types give.
@Suite struct ProtobufOracleTests {
  private static let colour = MessageType.Kind.enumeration(EnumerationType("Colour", ["RED", "GREEN", "BLUE"]))
  private static let choice = MessageType(
    "Choice", oneof: "either",
    [.init(1, "flag", .bool), .init(2, "number", .int64), .init(3, "text", .string), .init(300, "real", .double)])
  private static let inner = MessageType(
    "Inner", [.init(1, "name", .string), .init(3, "shape", .int64, .repeated), .init(2, "choice", .message(choice))])
  static let scalars: [MessageType.Kind] = [
    .bool, .int32, .int64, .uint32, .uint64, .float, .double, .string, .bytes, colour, .message(inner),
  ]
  /// A field of every kind in every cardinality.
  static let everything = MessageType(
    "Everything",
    scalars.enumerated().flatMap { index, kind in
      [
        MessageType.Field(index + 1, "one_\(index)", kind),
        MessageType.Field(index + 101, "many_\(index)", kind, .repeated),
        MessageType.Field(index + 1001, "named_\(index)", kind, .map),
      ]
    })

  @Test func bytesAndDocumentsAreThoseOfProtobuf() async throws {
    let folder = try TemporaryFolder()
    let file = ProtoFile(
      package: "probe", services: [.init("Service", [.init("Call", Self.everything, MessageType("Nothing", []))])])
    try folder.write(file.text, to: "probe.proto")
    let output = try await PythonEnvironment.run(
      "Tests/ProtobufTests/message_cases.py", [folder.path, "probe.proto", "probe.Everything", "400"],
      in: folder.path, of: PythonEnvironment.grpc.name, PythonEnvironment.grpc.packages)
    let lines = output.split(separator: "\n")
    #expect(lines.count == 400)
    for line in lines {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let bytes = try #require(Self.bytes(parts[0]))
      let document = try JSONParser.parse(Array(parts[1].utf8))
      #expect(try Self.everything.encode(document) == bytes, "\(parts[1])")
      let read = try Self.everything.decode(bytes)
      #expect(try Self.everything.encode(read) == bytes, "\(read)")
    }
  }

  private static func bytes(_ hex: Substring) -> [UInt8]? {
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    return bytes.contains(nil) ? nil : bytes.compactMap { $0 }
  }
}
