/// A message on its way: a byte that says whether it is compressed, its length in four, and its bytes (grpc/grpc,
/// `doc/PROTOCOL-HTTP2.md`).
enum GRPCFrame {
  private static let headBytes = 5

  /// A message as the body of a request.
  static func bytes(_ message: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0]
    bytes.reserveCapacity(Self.headBytes + message.count)
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: message.count >> shift)) }
    return bytes + message
  }

  /// Why a body is not one message in its frame.
  struct Flaw: Error, Equatable {
    /// What has more bytes than a message may have.
    enum Excess {
      case announced, decompressed
    }

    var text: String
    var excess: Excess?
  }

  /// The one message in the body of a response.
  ///
  /// - Parameters:
  ///   - encoding: by what the response says that it is compressed.
  ///   - limit: the most bytes that a message may have.
  static func message(
    in body: [UInt8], encodedBy encoding: String?, atMost limit: Int
  ) throws(Flaw) -> [UInt8] {
    guard !body.isEmpty else { throw Flaw(text: "the call succeeded, and no message came") }
    guard body.count >= headBytes else {
      throw Flaw(text: "the frame of the message breaks off after \(body.count) of \(headBytes) bytes")
    }
    guard body[0] <= 1 else {
      throw Flaw(text: "the frame of the message begins with \(body[0]), and must with 0 or 1")
    }
    let length = body[1..<headBytes].reduce(0) { $0 << 8 | Int($1) }
    let rest = body.count - headBytes
    guard length <= limit else {
      throw Flaw(text: "the frame announces a message of \(length) bytes, of \(limit) at most", excess: .announced)
    }
    guard rest >= length else { throw Flaw(text: "the frame announces a message of \(length) bytes, and \(rest) came") }
    guard rest == length else {
      throw Flaw(text: "\(rest - length) bytes stand behind the message, where one message is the whole answer")
    }
    let message = Array(body[headBytes...])
    guard body[0] == 1 else { return message }
    return try GRPCEncoding.decompressed(message, by: encoding, atMost: limit)
  }
}
