internal import CKernels

/// The moments of a column of numbers: mean, variance, skewness and kurtosis, with sum, least and greatest value.
///
/// Blocks are summed in two passes, first the mean, then the powers of the deviations from it, in eight fixed lanes;
/// blocks and sketches are put together by the formulas of Chan, Golub and LeVeque (1979) and Pébay (2008). Only finite
/// values take part; NaN and the infinities are counted apart.
///
/// A mean of values that stand close together far from zero lies between two doubles. Powers are summed around the
/// nearer one, and moved to the mean itself by what it lacks, which the sum knows to twice the precision of a double:
/// so every way of cutting the values gives the same moments, but for a rounding of 2^-52 for every block or merge.
/// Integers beyond 2^53 take part with all their digits (`Numbers.rests`).
package struct Moments: Sendable, Equatable {
  /// How many finite values there are.
  package private(set) var count = 0
  package private(set) var nanCount = 0
  package private(set) var positiveInfinityCount = 0
  package private(set) var negativeInfinityCount = 0
  package private(set) var zeroCount = 0
  /// How many finite values are below zero.
  package private(set) var negativeCount = 0
  private var least = PreciseNumber(.infinity)
  private var greatest = PreciseNumber(-.infinity)
  private var total = CompensatedSum()
  private var center = 0.0
  private var m2 = 0.0
  private var m3 = 0.0
  private var m4 = 0.0

  package init() {}

  /// The least finite value; nil when there is none.
  package var minimum: Double? { count > 0 ? least.high : nil }
  /// The greatest finite value; nil when there is none.
  package var maximum: Double? { count > 0 ? greatest.high : nil }
  /// The difference of the greatest and the least finite value; nil when there is none.
  package var range: Double? { count > 0 ? (greatest.high - least.high) + (greatest.low - least.low) : nil }
  /// Whether there are two different finite values. Where there are not, the deviations from the mean are nothing but
  /// its rounding.
  package var isSpread: Bool { count > 0 && least != greatest }
  /// The sum of the finite values; infinite when it is too large for a double.
  package var sum: Double { total.value }
  /// nil when there is no value.
  package var mean: Double? { count > 0 ? center : nil }
  /// The unbiased variance, of n - 1; nil for fewer than two values.
  package var variance: Double? { count > 1 ? m2 / Double(count - 1) : nil }
  package var standardDeviation: Double? { variance.map { $0.squareRoot() } }
  /// The third standardised moment, of the population; nil when all values are the same.
  package var skewness: Double? {
    m2 > 0 ? finite(Double(count).squareRoot() * (m3 / m2 / m2.squareRoot())) : nil
  }
  /// The fourth standardised moment, of the population, which is 3 for the normal distribution; nil when all values
  /// are the same.
  package var kurtosis: Double? { m2 > 0 ? finite(Double(count) * (m4 / m2 / m2)) : nil }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  package mutating func update(_ numbers: Numbers) {
    nanCount += numbers.nanCount
    let finite = numbers.finite
    if numbers.infinityCount > 0 {
      let positive = numbers.values.indices.reduce(0) { sum, index in
        numbers.values[index] == .infinity ? sum + (numbers.counts?[index] ?? 1) : sum
      }
      positiveInfinityCount += positive
      negativeInfinityCount += numbers.infinityCount - positive
    }
    let values = finite.values
    if finite.counts != nil || finite.rests != nil {
      if !values.isEmpty { merge(Moments(finite)) }
      return
    }
    // Safe because: the blocks are cut from the buffer's own range.
    values.withUnsafeBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: Self.blockSize) {
        let end = min(start + Self.blockSize, values.count)
        merge(Moments(block: UnsafeBufferPointer(rebasing: values[start..<end])))
      }
    }
  }

  private static let blockSize = 4096

  /// The moments of some finite values, at least one.
  private init(block values: UnsafeBufferPointer<Double>) {
    // Safe because: the kernels read the buffer's values, and write one structure each.
    var sums = ck_sums()
    ck_sum_doubles(values.baseAddress, values.count, &sums)
    count = values.count
    for (sum, rest) in zip(Self.lanes(of: sums.sums), Self.lanes(of: sums.rests)) { total.add(sum, rest) }
    least = PreciseNumber(sums.least)
    greatest = PreciseNumber(sums.greatest)
    zeroCount = Int(sums.zeros)
    negativeCount = Int(sums.negatives)
    center = total.value / Double(count)
    if !center.isFinite {
      center = values.reduce(0) { $0 + $1 / Double(count) }
    }
    var powers = ck_powers()
    ck_sum_powers(values.baseAddress, values.count, center, &powers)
    m2 = Self.lanes(of: powers.second).reduce(0, +)
    m3 = Self.lanes(of: powers.third).reduce(0, +)
    m4 = Self.lanes(of: powers.fourth).reduce(0, +)
    moveToMean()
  }

  /// What the mean has beyond the double that stands for it; 0 where the sum is too large to tell.
  private var rest: Double {
    let rest = (total.high.addingProduct(-Double(count), center) + total.low) / Double(count)
    return rest.isFinite ? rest : 0
  }

  /// Makes powers of the deviations from `center` those of the deviations from the mean.
  private mutating func moveToMean() {
    let (n, e) = (Double(count), rest)
    guard e != 0 else { return }
    let (second, third) = (m2, m3)
    m2 = max(0, second - n * e * e)
    m3 = third - e * (3 * second - 2 * n * e * e)
    m4 = max(0, m4 - e * (4 * third - e * (6 * second - 3 * n * e * e)))
  }

  /// A C array as C hands it to Swift.
  private typealias Lanes = (Double, Double, Double, Double, Double, Double, Double, Double)

  private static func lanes(of values: Lanes) -> [Double] {
    [values.0, values.1, values.2, values.3, values.4, values.5, values.6, values.7]
  }

  /// The moments of some finite values, at least one, with their counts and what they are more than their doubles.
  private init(_ numbers: Numbers) {
    let values = numbers.values
    func rows(_ index: Int) -> Int { numbers.counts?[index] ?? 1 }
    func rest(_ index: Int) -> Double { numbers.rests?[index] ?? 0 }
    for (index, value) in values.enumerated() {
      let (rows, rest) = (rows(index), rest(index))
      let weight = Double(rows)
      let product = value * weight
      // The error of the product is what a fused operation has left over.
      total.add(product, (product.isFinite ? (-product).addingProduct(value, weight) : 0) + rest * weight)
      least = min(least, PreciseNumber(value, rest))
      greatest = max(greatest, PreciseNumber(value, rest))
      count += rows
      zeroCount += value == 0 ? rows : 0
      negativeCount += value < 0 ? rows : 0
    }
    center = total.value / Double(count)
    if !center.isFinite {
      center = values.indices.reduce(0) { $0 + values[$1] / Double(count) * Double(rows($1)) }
    }
    let lack = self.rest
    for (index, value) in values.enumerated() {
      // Of values close together the first difference is exact, however large they are.
      let deviation = (value - center) + (rest(index) - lack)
      let square = deviation * deviation
      let weight = Double(rows(index))
      m2 += square * weight
      m3 += square * deviation * weight
      m4 += square * square * weight
    }
  }

  /// Adds the values of another sketch.
  package mutating func merge(_ other: Moments) {
    nanCount += other.nanCount
    positiveInfinityCount += other.positiveInfinityCount
    negativeInfinityCount += other.negativeInfinityCount
    zeroCount += other.zeroCount
    negativeCount += other.negativeCount
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    let restDelta = count > 0 && other.count > 0 ? other.rest - rest : 0
    total.add(other.total.high, other.total.low)
    guard other.count > 0 else { return }
    guard count > 0 else {
      (count, center, m2, m3, m4) = (other.count, other.center, other.m2, other.m3, other.m4)
      return
    }
    let (a, b) = (Double(count), Double(other.count))
    let n = a + b
    let delta = other.center - center + restDelta
    let step = delta / n
    let square = delta * step * a * b
    m4 += other.m4 + square * step * step * (a * a - a * b + b * b)
    m4 += 6 * step * step * (a * a * other.m2 + b * b * m2) + 4 * step * (a * other.m3 - b * m3)
    m3 += other.m3 + square * step * (a - b) + 3 * step * (a * other.m2 - b * m2)
    m2 += other.m2 + square
    count += other.count
    center = total.value.isFinite ? total.value / Double(count) : center + step * b
  }
}

// MARK: - Image

extension Moments {
  /// Six counts, the range, the sum in its two parts, and the centred moments, each in eight bytes; behind them what
  /// the ends of the range lack, where they are integers that no double is.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    for number in [
      count, nanCount, positiveInfinityCount, negativeInfinityCount, zeroCount, negativeCount,
    ] { image.append(Int64(number)) }
    for number in [least.high, greatest.high, total.high, total.low, center, m2, m3, m4] { image.append(number) }
    if least.low != 0 || greatest.low != 0 { for number in [least.low, greatest.low] { image.append(number) } }
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the moments")
    self.init()
    count = try image.nextCount()
    nanCount = try image.nextCount()
    positiveInfinityCount = try image.nextCount()
    negativeInfinityCount = try image.nextCount()
    zeroCount = try image.nextCount()
    negativeCount = try image.nextCount()
    least = PreciseNumber(try image.nextDouble())
    greatest = PreciseNumber(try image.nextDouble())
    total = CompensatedSum(high: try image.nextDouble(), low: try image.nextDouble())
    center = try image.nextDouble()
    m2 = try image.nextDouble()
    m3 = try image.nextDouble()
    m4 = try image.nextDouble()
    guard image.remaining > 0 else { return }
    least.low = try image.nextDouble()
    greatest.low = try image.nextDouble()
  }
}
