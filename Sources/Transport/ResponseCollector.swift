/// Gathers one response as libcurl hands it over, line by line and piece by piece, and refuses what is too large.
/// It never leaves the transfer loop's thread.
final class ResponseCollector {
  /// All header lines of one exchange together, interim responses and redirects included. curl's own limit is 300 KB.
  static let maximumHeadBytes = 256 << 10

  private(set) var headers = HTTPHeaders()
  private(set) var trailers = HTTPHeaders()
  private(set) var body: [UInt8] = []
  private(set) var overflow: TransportError.Part?
  private(set) var firstLine: ContinuousClock.Instant?

  /// When the last byte came, by the monotonic clock in nanoseconds: known only where no more than a beginning is kept.
  private(set) var lastByte: Int64 = 0
  /// Whether a request is on its way to which nothing has come back.
  private var isUnanswered = false
  /// Whether libcurl was kept from sending a request again.
  private(set) var wasKeptFromResending = false
  /// Whether the request was sent again.
  private(set) var wasSentAgain = false

  /// How many bytes of the body came.
  private(set) var bodyBytes = 0
  /// When the pieces of the body came, where that is recorded.
  private(set) var arrivals: [BodyArrival] = []

  /// Sees the body of which no more than a beginning is kept.
  private let watcher: (any BodyWatcher)?

  /// More pieces than these are joined to the last one, so that a body of tiny pieces takes no more memory.
  static let maximumArrivals = 1 << 18

  let maximumBodyBytes: Int
  /// So many bytes of the body are kept; nil for all.
  private let keptBytes: Int?
  private let keepsFields: Bool
  /// Whether a request without an answer may be sent again.
  private let resends: Bool
  private var headBytes = 0
  private(set) var headIsComplete = false
  /// What arrivals are counted from; nil when they are not recorded.
  private let start: Int64?

  init(
    maximumBodyBytes: Int, keeping keptBytes: Int? = nil, keepsFields: Bool = true, resends: Bool = true,
    recordingArrivals: Bool = false, watchedBy watcher: (any BodyWatcher)? = nil
  ) {
    self.watcher = watcher
    start = recordingArrivals ? MonotonicClock.nanoseconds : nil
    self.maximumBodyBytes = maximumBodyBytes
    self.keptBytes = keptBytes
    self.keepsFields = keepsFields
    self.resends = resends
  }

  /// Forgets a response, of which no more than a beginning was kept.
  func begin() {
    body.removeAll(keepingCapacity: true)
    watcher?.begin()
    (bodyBytes, headBytes, overflow, firstLine, lastByte) = (0, 0, nil, nil, 0)
    (isUnanswered, wasKeptFromResending, wasSentAgain) = (false, false, false)
    if keepsFields { (headers, trailers, headIsComplete) = ([:], [:], false) }
  }

  /// Whether a request may be sent now.
  ///
  /// libcurl asks before it sends one, also before it sends one once more: see ``HTTPRequest/isSentOnce``.
  func beginRequest() -> Bool {
    wasKeptFromResending = isUnanswered && !resends
    wasSentAgain = wasSentAgain || isUnanswered && resends
    isUnanswered = true
    return !wasKeptFromResending
  }

  /// Takes one line of a head or of trailers, line end included. False when the head has grown too large.
  func takeHeaderLine(_ bytes: some Collection<UInt8>) -> Bool {
    if firstLine == nil { firstLine = .now }
    isUnanswered = false
    headBytes += bytes.count
    guard headBytes <= Self.maximumHeadBytes else {
      overflow = .head
      return false
    }
    // A line that is nothing but its end ends the head.
    if keptBytes != nil, bytes.count <= 2 || headIsComplete { lastByte = MonotonicClock.nanoseconds }
    guard keepsFields else { return true }
    let line = String(decoding: bytes, as: UTF8.self).trimmingLineEnd
    if line.isEmpty {
      headIsComplete = true
      watcher?.take(head: headers)
    } else if headIsComplete && bodyBytes == 0 && line.hasPrefix("HTTP/") {
      // An interim response or a redirect came before this one.
      headIsComplete = false
      headers = HTTPHeaders()
    } else if headIsComplete {
      Self.add(line, to: &trailers)
    } else {
      Self.add(line, to: &headers)
    }
    return true
  }

  /// Takes a piece of the body. False when the body has grown too large.
  func takeBody(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count <= maximumBodyBytes - bodyBytes else {
      overflow = .body
      return false
    }
    bodyBytes += bytes.count
    if let start { note(BodyArrival(end: bodyBytes, time: MonotonicClock.nanoseconds - start)) }
    if let keptBytes {
      lastByte = MonotonicClock.nanoseconds
      watcher?.take(Array(bytes), at: lastByte)
      if body.count < keptBytes { body.append(contentsOf: bytes.prefix(keptBytes - body.count)) }
    } else {
      body.append(contentsOf: bytes)
    }
    return true
  }

  /// What the watcher saw, with times from a moment on.
  func sight(since origin: Int64) -> BodySight? {
    guard var sight = watcher?.sight else { return nil }
    sight.firstContent = sight.firstContent.map { $0 - origin }
    return sight
  }

  private func note(_ arrival: BodyArrival) {
    if arrivals.count == Self.maximumArrivals { arrivals.removeLast() }
    arrivals.append(arrival)
  }

  /// The status line has no colon before its first space and is passed over.
  private static func add(_ line: Substring, to headers: inout HTTPHeaders) {
    if line.first == " " || line.first == "\t" {
      headers.continueLast(with: line.trimmingBlanks)
    } else if let colon = line.firstIndex(of: ":"), !line.hasPrefix("HTTP/") {
      headers.append(name: String(line[..<colon]), value: line[line.index(after: colon)...].trimmingBlanks)
    }
  }
}

extension String {
  fileprivate var trimmingLineEnd: Substring {
    // "\r\n" is one Character.
    self[...].trimmingSuffix { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(drop(while: isBlank).trimmingSuffix(while: isBlank))
  }

  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}
