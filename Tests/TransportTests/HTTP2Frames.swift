/// Frames of HTTP/2 (RFC 9113, 4.1) by hand: what a server says of requests, of which the first has stream 1.
enum HTTP2Frames {
  static let settings = frame(4)

  /// The head of a good answer: `:status: 200` (RFC 7541, appendix A, entry 8).
  static func head(_ stream: UInt8 = 1) -> [UInt8] { frame(1, flags: 4, stream, [0x88]) }

  /// The same for a call of gRPC: `content-type` (entry 31) with its value as it stands.
  static func headOfCall(_ stream: UInt8 = 1) -> [UInt8] {
    frame(1, flags: 4, stream, [0x88, 0x0F, 0x10, 16] + Array("application/grpc".utf8))
  }

  static func data(_ text: String, _ stream: UInt8 = 1, isLast: Bool = false) -> [UInt8] {
    frame(0, flags: isLast ? 1 : 0, stream, Array(text.utf8))
  }

  /// RST_STREAM.
  ///
  /// - Parameter code: 2 for INTERNAL_ERROR, 7 for REFUSED_STREAM.
  static func reset(_ stream: UInt8 = 1, code: UInt8 = 2) -> [UInt8] { frame(3, stream, [0, 0, 0, code]) }

  /// GOAWAY without an error.
  ///
  /// - Parameter last: the last stream that counts as taken.
  static func farewell(last: UInt8) -> [UInt8] { frame(7, 0, [0, 0, 0, last, 0, 0, 0, 0]) }

  private static func frame(
    _ type: UInt8, flags: UInt8 = 0, _ stream: UInt8 = 0, _ payload: [UInt8] = []
  ) -> [UInt8] {
    [0, 0, UInt8(payload.count), type, flags, 0, 0, 0, stream] + payload
  }
}
