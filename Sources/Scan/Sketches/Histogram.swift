internal import CKernels

/// How many values fall into each bucket of a log-linear scale: exact counts that merge exactly.
///
/// A bucket is named by the sign, the exponent and the upper three bits of the mantissa of a double, so that it is at
/// most 12.5 % wide; zero has a bucket of its own. Only the buckets between the least and the greatest used one of
/// each sign are held. Infinities are counted apart.
package struct Histogram: Sendable, Equatable {
  /// A range of values and how many there are; `lower <= value < upper`, of negative values `lower < value <= upper`.
  package struct Bucket: Sendable, Equatable {
    package var lower: Double
    package var upper: Double
    package var count: Int
  }

  private var negative = Magnitudes()
  package private(set) var zeroCount = 0
  private var positive = Magnitudes()
  package private(set) var infinityCount = 0
  private var least = Double.infinity
  private var greatest = -Double.infinity

  package init() {}

  /// How many finite values there are.
  package var count: Int { negative.total + zeroCount + positive.total }
  package var minimum: Double? { count > 0 ? least : nil }
  package var maximum: Double? { count > 0 ? greatest : nil }

  package mutating func update(_ numbers: Numbers) {
    infinityCount += numbers.infinityCount
    let finite = numbers.finite
    let values = finite.values
    guard !values.isEmpty else { return }
    include(values)
    guard let counts = finite.counts else { return count(values) }
    for (value, rows) in zip(values, counts) {
      if value == 0 {
        zeroCount += rows
      } else if value < 0 {
        negative.add(value, rows)
      } else {
        positive.add(value, rows)
      }
    }
  }

  /// Counts values for whose buckets there is room.
  private mutating func count(_ values: [Double]) {
    let firsts = (above: positive.first, below: negative.first)
    zeroCount += positive.counts.withUnsafeMutableBufferPointer { above in
      negative.counts.withUnsafeMutableBufferPointer { below in
        // Safe because: `include` made room for the bucket of every value that is not zero.
        ck_count_magnitudes(
          values, values.count, firsts.above, above.count, above.baseAddress, firsts.below, below.count,
          below.baseAddress)
      }
    }
  }

  /// Makes room for the buckets of values.
  private mutating func include(_ values: [Double]) {
    let infinity = SIMD8<Double>(repeating: .infinity)
    var (low, high) = (infinity, -infinity)
    // The values next to zero on each side.
    var (above, below) = (infinity, -infinity)
    values.withUnsafeBufferPointer { values in
      values.forEachPaddedVector { value in
        low.replace(with: value, where: value .< low)
        high.replace(with: value, where: value .> high)
        above.replace(with: value, where: (value .< above) .& (value .> 0))
        below.replace(with: value, where: (value .> below) .& (value .< 0))
      }
    }
    least = min(least, low.min())
    greatest = max(greatest, high.max())
    if high.max() > 0 { positive.include(above.min(), high.max()) }
    if low.min() < 0 { negative.include(below.max(), low.min()) }
  }

  package mutating func merge(_ other: Histogram) {
    negative.merge(other.negative)
    zeroCount += other.zeroCount
    positive.merge(other.positive)
    infinityCount += other.infinityCount
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  /// The buckets with values, in the order of the values.
  package var buckets: [Bucket] {
    let below = negative.buckets.reversed().map { Bucket(lower: -$0.upper, upper: -$0.lower, count: $0.count) }
    return below + (zeroCount > 0 ? [Bucket(lower: 0, upper: 0, count: zeroCount)] : []) + positive.buckets
  }

  /// The values in equally wide bins between the least and the greatest, for display: a bucket that lies in several
  /// bins is split by length. The sum is the count, up to rounding.
  package func rebinned(into binCount: Int) -> [Double] {
    var bins = [Double](repeating: 0, count: max(binCount, 1))
    guard count > 0 else { return bins }
    // Halved, so that the difference of the largest doubles is still a double.
    let width = greatest / 2 - least / 2
    func place(_ value: Double) -> Double {
      let share = width > 0 ? (value / 2 - least / 2) / width : 0
      return min(max(share, 0), 1) * Double(bins.count)
    }
    for bucket in buckets {
      let (first, last) = (place(max(bucket.lower, least)), place(min(bucket.upper, greatest)))
      let firstBin = min(Int(first), bins.count - 1)
      let lastBin = min(Int(last), bins.count - 1)
      guard firstBin < lastBin else {
        bins[firstBin] += Double(bucket.count)
        continue
      }
      for bin in firstBin...lastBin {
        let overlap = min(last, Double(bin + 1)) - max(first, Double(bin))
        bins[bin] += Double(bucket.count) * overlap / (last - first)
      }
    }
    return bins
  }
}

/// The buckets of the values of one sign, by magnitude.
private struct Magnitudes: Sendable, Equatable {
  /// The number of the first bucket in `counts`.
  private(set) var first = 0
  var counts: [Int] = []

  /// The lower bits of a mantissa, which do not name a bucket.
  private static let shift: UInt64 = 49

  var total: Int { counts.reduce(0, +) }

  /// Counts a value for whose bucket there is room.
  mutating func add(_ value: Double, _ rows: Int) { counts[Int(Self.bucket(value)) - first] += rows }

  mutating func merge(_ other: Magnitudes) {
    guard !other.counts.isEmpty else { return }
    include(other.first...other.first + other.counts.count - 1)
    for index in other.counts.indices { counts[other.first - first + index] += other.counts[index] }
  }

  var buckets: [Histogram.Bucket] {
    counts.indices.filter { counts[$0] > 0 }.map { index in
      Histogram.Bucket(lower: Self.edge(first + index), upper: Self.edge(first + index + 1), count: counts[index])
    }
  }

  @inline(__always)
  static func bucket(_ value: Double) -> UInt64 { value.magnitude.bitPattern &>> shift }

  /// The least magnitude of a bucket; of the one after the last, the greatest double.
  private static func edge(_ bucket: Int) -> Double {
    let edge = Double(bitPattern: UInt64(bucket) << shift)
    return edge.isFinite ? edge : .greatestFiniteMagnitude
  }

  /// Makes room for the buckets from that of the value next to zero to that of the one farthest from it.
  mutating func include(_ nearest: Double, _ farthest: Double) {
    include(Int(Self.bucket(nearest))...Int(Self.bucket(farthest)))
  }

  private mutating func include(_ range: ClosedRange<Int>) {
    if counts.isEmpty {
      first = range.lowerBound
      counts = [Int](repeating: 0, count: range.count)
      return
    }
    if range.lowerBound < first {
      counts.insert(contentsOf: repeatElement(0, count: first - range.lowerBound), at: 0)
      first = range.lowerBound
    }
    let missing = range.upperBound - first + 1 - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }
}

// MARK: - Image

extension Histogram {
  /// The counts apart, the range, then for each sign its first bucket, how many there are, and their counts.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    image.append(Int64(zeroCount))
    image.append(Int64(infinityCount))
    image.append(least)
    image.append(greatest)
    for magnitudes in [negative, positive] {
      image.append(UInt32(magnitudes.first))
      image.append(UInt32(magnitudes.counts.count))
      for count in magnitudes.counts { image.append(Int64(count)) }
    }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the histogram")
    self.init()
    zeroCount = try image.nextCount()
    infinityCount = try image.nextCount()
    least = try image.nextDouble()
    greatest = try image.nextDouble()
    negative = try Magnitudes(&image)
    positive = try Magnitudes(&image)
  }
}

extension Magnitudes {
  fileprivate init(_ image: inout ImageReader) throws(ScanError) {
    let (first, count): (UInt32, UInt32) = (try image.next(), try image.next())
    // A bucket's number has the upper 15 bits of a double without its sign.
    guard first < 1 << 15, count <= 1 << 15, Int(count) <= image.remaining / 8 else {
      throw ScanError(.malformed, "the histogram in a profile is damaged", hint: "make the profile again")
    }
    self.first = Int(first)
    for _ in 0..<count { counts.append(try image.nextCount()) }
  }
}
