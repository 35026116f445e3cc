internal import JSON
internal import Statistics

/// A histogram as the text that HdrHistogram's libraries and viewers read: version 2 of the encoding, and a log of it.
///
/// The counters up to the last one in use are ZigZag LEB128 numbers, of which a negative one stands for so many empty
/// counters. Format: HdrHistogram's `AbstractHistogram.encodeIntoByteBuffer` and `HistogramLogWriter`, version 1.3.
struct HistogramLog {
  /// When the run began, in seconds since 1970, UTC.
  var startedAt: Int64
  /// What the load was; a comment to every other reader.
  var load: String?
  /// How many requests had no good answer, and so no time; a comment to every other reader.
  var unanswered: Int
  /// The log's lines: what was measured from when to when, in seconds since then.
  private(set) var lines: [String] = []

  init(startedAt: Int64, load: String? = nil, unanswered: Int = 0) {
    self.startedAt = startedAt
    self.load = load
    self.unanswered = unanswered
  }

  /// How the lines begin that say what the load was, and how many requests had no good answer.
  static let loadMark = "#[Load: "
  static let unansweredMark = "#[Unanswered: "

  /// - Parameter tag: tells the histogram from others of the same time; nil for the one that it is about.
  mutating func add(_ histogram: LatencyHistogram, tag: String? = nil, from start: Double, seconds: Double) {
    // The viewers divide nanoseconds by a million and show milliseconds.
    let maximum = Double(histogram.maximum ?? 0) / 1e6
    let numbers = [start, seconds, maximum].map(Self.decimal).joined(separator: ",")
    lines.append("\(tag.map { "Tag=\($0)," } ?? "")\(numbers),\(Self.encoded(histogram))")
  }

  var text: String {
    """
    #[Histogram log format version 1.3]
    #[StartTime: \(startedAt).000 (seconds since epoch)]
    \(load.map { "\(Self.loadMark)\($0)]\n" } ?? "")\(unanswered > 0 ? "\(Self.unansweredMark)\(unanswered)]\n" : "")\
    "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

    """ + lines.map { $0 + "\n" }.joined()
  }

  /// Three decimals, which is what logs have.
  private static func decimal(_ value: Double) -> String {
    let thousandths = Int64((value * 1000).rounded())
    return "\(thousandths / 1000)." + String(String(1000 + thousandths % 1000).dropFirst())
  }

  // MARK: - Encoding

  /// How the two containers of version 2 begin.
  static let cookie: UInt32 = 0x1c84_9313
  static let compressedCookie: UInt32 = 0x1c84_9314

  /// The compressed form in Base64: `HISTFAAA…`.
  static func encoded(_ histogram: LatencyHistogram) -> String {
    let compressed = ZlibStream.stored(bytes(of: histogram))
    var bytes: [UInt8] = []
    bigEndian(compressedCookie, to: &bytes)
    bigEndian(UInt32(compressed.count), to: &bytes)
    return Base64.encode(bytes + compressed)
  }

  private static func bytes(of histogram: LatencyHistogram) -> [UInt8] {
    let payload = payload(of: histogram.counts)
    var bytes: [UInt8] = []
    bigEndian(cookie, to: &bytes)
    bigEndian(UInt32(payload.count), to: &bytes)
    // No counter is shifted.
    bigEndian(UInt32(0), to: &bytes)
    bigEndian(UInt32(LatencyHistogram.significantDigits), to: &bytes)
    bigEndian(UInt64(LatencyHistogram.lowest), to: &bytes)
    bigEndian(UInt64(LatencyHistogram.highest), to: &bytes)
    bigEndian((1.0).bitPattern, to: &bytes)
    return bytes + payload
  }

  private static func payload(of counts: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    var empty: Int64 = 0
    for count in counts[...(counts.lastIndex { $0 != 0 } ?? 0)] {
      if count == 0 {
        empty += 1
        continue
      }
      // One empty counter is a zero, more are their number.
      if empty > 0 { zigZag(empty == 1 ? 0 : -empty, to: &bytes) }
      empty = 0
      zigZag(count, to: &bytes)
    }
    if empty > 0 { zigZag(0, to: &bytes) }
    return bytes
  }

  /// Seven bits a byte, the lowest first. No count here has the 56 bits from which on the format is another.
  static func zigZag(_ value: Int64, to bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func bigEndian(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
