internal import Transport

/// Sees the replies on one connection of a load: whether each is a usable prediction about its row.
final class PredictionWatcher: BodyWatcher {
  /// A longer reply is not looked into, so that as many connections as a load has do not keep more than memory holds.
  static let longest = 64 << 10

  private let reading: PredictionReading
  private var body: [UInt8] = []
  private var encoding: String?
  private var isTooLong = false

  init(_ reading: PredictionReading) { self.reading = reading }

  func begin() {
    body.removeAll(keepingCapacity: true)
    (encoding, isTooLong) = (nil, false)
  }

  func take(head: HTTPHeaders) { encoding = head[GRPCEncoding.field] }

  func take(_ piece: [UInt8], at time: Int64) {
    isTooLong = isTooLong || piece.count > Self.longest - body.count
    if isTooLong { body = [] } else { body += piece }
  }

  var sight: BodySight {
    BodySight(firstContent: nil, flaw: isTooLong ? nil : reading.flaw(in: body, encodedBy: encoding))
  }
}
