internal import Scan

/// By what a message is compressed (grpc/grpc, `doc/compression.md`). gRPC's own servers compress by what they are told
/// to, whatever the call says that it takes, and every client reads these.
enum GRPCEncoding: String, CaseIterable {
  case identity, deflate, gzip

  /// The field that says by what the message of a response is.
  static let field = "grpc-encoding"
  /// The field that says what a call takes, and its value.
  static let acceptField = "grpc-accept-encoding"
  static let accepted = allCases.map(\.rawValue).joined(separator: ",")

  /// The bytes of a message that is marked as compressed.
  ///
  /// - Parameters:
  ///   - name: the value of the field; nil without it.
  ///   - limit: the most bytes that may come out.
  static func decompressed(
    _ message: [UInt8], by name: String?, atMost limit: Int
  ) throws(GRPCFrame.Flaw) -> [UInt8] {
    guard let name, name != identity.rawValue else {
      throw GRPCFrame.Flaw(text: "the message is marked as compressed, and \(field) does not say by what")
    }
    guard let encoding = GRPCEncoding(rawValue: name) else {
      throw GRPCFrame.Flaw(text: "the message is compressed by \(name.prefix(80)), and the call takes \(accepted)")
    }
    // The reader takes either, and a client of gRPC what was announced.
    guard message.starts(with: [0x1F, 0x8B]) == (encoding == .gzip) else {
      throw GRPCFrame.Flaw(text: "the message is no \(name), though \(field) says that it is")
    }
    var bytes: [UInt8] = []
    do throws(ScanError) {
      var stream = try Decompressor(MemorySource(message), .gzip, maximumBytes: limit)
      while try stream.read(1 << 14, into: &bytes) > 0 {}
    } catch {
      throw error.kind == .limit
        ? GRPCFrame.Flaw(
          text: "the message has more than \(limit) bytes when it is decompressed", excess: .decompressed)
        : GRPCFrame.Flaw(text: "the message is damaged: it cannot be decompressed by \(name)")
    }
    return bytes
  }
}
