internal import JSON
internal import Scan
internal import Statistics

/// A histogram in version 2 of HdrHistogram's encoding, whatever its range and precision.
struct EncodedHistogram {
  /// Why a text is none.
  struct Fault: Error {
    var reason: String

    fileprivate static var cut: Fault { Fault(reason: "its histogram is damaged") }
  }

  private var bytes: [UInt8]
  private var position = 0

  /// The counters of a day in nanoseconds with five digits are below this.
  private static let maximumBytes = 32 << 20

  init(text: Substring) throws(Fault) {
    guard let container = Base64.decode(String(text)) else { throw Fault(reason: "its histogram is not Base64") }
    bytes = container
    guard try number(UInt32.self) == HistogramLog.compressedCookie else {
      throw Fault(reason: "its histogram is not in HdrHistogram's encoding of version 2")
    }
    let length = Int(try number(UInt32.self))
    guard length <= bytes.count - position else { throw Fault.cut }
    bytes = try Self.unpacked(Array(bytes[position..<position + length]))
    position = 0
  }

  private static func unpacked(_ packed: [UInt8]) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(ScanError) {
      var stream = try Decompressor(MemorySource(packed), .gzip, maximumBytes: maximumBytes)
      while try stream.read(1 << 16, into: &bytes) > 0 {}
    } catch {
      throw Fault(reason: "its histogram cannot be decompressed")
    }
    return bytes
  }

  /// The same counts in our counters, which differ only where the other's are coarser.
  consuming func histogram() throws(Fault) -> LatencyHistogram {
    guard try number(UInt32.self) == HistogramLog.cookie else {
      throw Fault(reason: "its histogram is not in HdrHistogram's encoding of version 2")
    }
    let length = Int(try number(UInt32.self))
    guard try number(UInt32.self) == 0 else { throw Fault(reason: "its counters are shifted") }
    let digits = try number(UInt32.self)
    let lowest = try number(UInt64.self)
    _ = try number(UInt64.self)
    let ratio = try number(UInt64.self)
    guard (1...5).contains(digits), (1...UInt64(1) << 40).contains(lowest), ratio == (1.0).bitPattern else {
      throw Fault(reason: "its histogram is of a kind that is not read")
    }
    let layout = CounterLayout(digits: Int(digits), lowest: lowest)
    guard length <= bytes.count - position else { throw Fault.cut }
    let end = position + length
    var histogram = LatencyHistogram()
    var index = 0
    while position < end {
      let value = try zigZag()
      if value < 0 {
        guard value > Int64.min, let next = index.checkedSum(Int(-value)) else { throw Fault.cut }
        index = next
        continue
      }
      if value > 0 {
        guard let range = layout.values(at: index), Int.max - histogram.count >= Int(value) else {
          throw Fault.cut
        }
        histogram.record(range, times: Int(value))
      }
      index += 1
    }
    return histogram
  }

  private mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws(Fault) -> Number {
    let count = Number.bitWidth / 8
    guard count <= bytes.count - position else { throw Fault.cut }
    defer { position += count }
    return bytes[position..<position + count].reduce(0) { $0 << 8 | Number($1) }
  }

  /// Seven bits a byte, the lowest first; the ninth byte has eight.
  private mutating func zigZag() throws(Fault) -> Int64 {
    var bits: UInt64 = 0
    for place in 0..<9 {
      guard position < bytes.count else { throw Fault.cut }
      let byte = UInt64(bytes[position])
      position += 1
      bits |= (place == 8 ? byte : byte & 0x7F) << UInt64(7 * place)
      if place == 8 || byte < 0x80 { break }
    }
    return Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }
}

extension Int {
  fileprivate func checkedSum(_ other: Int) -> Int? {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? nil : sum
  }
}

/// Which values the counters of a histogram stand for.
private struct CounterLayout {
  private let unitMagnitude: Int
  private let halfCountMagnitude: Int

  init(digits: Int, lowest: UInt64) {
    let largest = 2 * (0..<digits).reduce(1) { power, _ in power * 10 }
    unitMagnitude = 63 - lowest.leadingZeroBitCount
    halfCountMagnitude = Int.bitWidth - (largest - 1).leadingZeroBitCount - 1
  }

  /// Nil beyond what a signed number of 64 bits holds.
  func values(at index: Int) -> ClosedRange<Int64>? {
    let half = 1 << halfCountMagnitude
    var bucket = (index >> halfCountMagnitude) - 1
    var subBucket = (index & (half - 1)) + half
    if bucket < 0 { (bucket, subBucket) = (0, subBucket - half) }
    let shift = bucket + unitMagnitude
    guard shift + halfCountMagnitude + 1 < 63 else { return nil }
    let lower = Int64(subBucket) << Int64(shift)
    return lower...(lower + (1 << Int64(shift)) - 1)
  }
}
