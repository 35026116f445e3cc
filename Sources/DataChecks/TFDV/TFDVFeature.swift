internal import Scan
internal import Statistics

/// What TensorFlow Data Validation compares of a feature: the counts of its values, or the histogram of its numbers.
struct TFDVFeature: Sendable {
  private let sample: DriftSample
  private let areTruths: Bool
  let isNumeric: Bool

  /// - Parameter other: the sample that it is compared with.
  init(_ sample: DriftSample, comparedWith other: DriftSample) {
    self.sample = sample
    areTruths = sample.summary.type == .boolean || other.summary.type == .boolean
    isNumeric = sample.kind == .numbers
  }

  /// As many buckets its histograms have when nothing else is said.
  private static let buckets = 10

  /// The counts of the values; nil when these are numbers or texts of which not all are counted one by one.
  var counts: [TextValue: Double]? {
    let categories = CategoryCounts(sample, areTruths: areTruths)
    guard isNumeric ? sample.areValuesCounted : !categories.isMostlyUnknown else { return nil }
    return Dictionary(categories.counts) { $0 + $1 }
  }

  /// Whether values that are not counted one by one are left out.
  var isCut: Bool { !isNumeric && !CategoryCounts(sample).isWhole }

  /// The numbers in ten buckets; nil when none is finite.
  func histogram(_ source: TFDVComparators.Source) -> BucketHistogram? {
    let summary = sample.summary
    guard let least = summary.moments.minimum, let greatest = summary.moments.maximum else { return nil }
    var buckets: [BucketHistogram.Bucket]
    switch source {
    case .standard: buckets = equalWidths(least, greatest)
    case .quantiles: buckets = equalMasses(least, greatest)
    }
    let infinite = [
      (-Double.infinity, least, summary.moments.negativeInfinityCount),
      (greatest, Double.infinity, summary.moments.positiveInfinityCount),
    ]
    buckets += infinite.filter { $0.2 > 0 }.map { BucketHistogram.Bucket($0.0, $0.1, Double($0.2)) }
    return BucketHistogram(buckets, nanCount: Double(summary.moments.nanCount))
  }

  private func equalWidths(_ least: Double, _ greatest: Double) -> [BucketHistogram.Bucket] {
    guard least < greatest else { return [.init(least, least, Double(sample.summary.moments.count))] }
    let ends = (0...Self.buckets).map { index in
      index == Self.buckets
        ? greatest : least + (greatest / Double(Self.buckets) - least / Double(Self.buckets)) * Double(index)
    }
    var counts = [Double](repeating: 0, count: Self.buckets)
    for (value, weight) in numbers {
      // A value on the border of two belongs to the upper one; the greatest to the last.
      let bucket = ends.dropFirst().dropLast().firstIndex { value < $0 }.map { $0 - 1 } ?? Self.buckets - 1
      counts[bucket] += weight
    }
    return counts.indices.map { .init(ends[$0], ends[$0 + 1], counts[$0]) }
  }

  private func equalMasses(_ least: Double, _ greatest: Double) -> [BucketHistogram.Bucket] {
    let numbers = numbers
    let total = numbers.reduce(0) { $0 + $1.weight }
    var (ends, passed) = ([least], 0.0)
    for (value, weight) in numbers {
      passed += weight
      while ends.count < Self.buckets, passed >= total * Double(ends.count) / Double(Self.buckets) {
        ends.append(value)
      }
    }
    ends.append(greatest)
    return ends.indices.dropLast().map { .init(ends[$0], ends[$0 + 1], total / Double(ends.count - 1)) }
  }

  /// The finite numbers in order: all of them with their counts, or what the sketch keeps of them.
  private var numbers: [(value: Double, weight: Double)] {
    guard sample.areValuesCounted else {
      return sample.summary.quantiles.weightedValues.map { ($0.value, Double($0.weight)) }.filter { $0.0.isFinite }
    }
    return sample.items.compactMap { item in
      Double(String(decoding: item.text, as: UTF8.self)).map { ($0, Double(item.count)) }
    }.filter { $0.0.isFinite }.sorted { $0.0 < $1.0 }
  }
}

extension TFDVComparators.Name {
  /// The value of the comparator, as TensorFlow Data Validation computes it, with the value of the feature that it is
  /// about; nil when the features do not have what it compares.
  func value(
    _ reference: TFDVFeature, _ current: TFDVFeature, _ source: TFDVComparators.Source
  ) throws(Undefined) -> (value: Double, at: String?)? {
    if self == .jensenShannon, reference.isNumeric, current.isNumeric {
      guard let before = reference.histogram(source), let now = current.histogram(source) else { return nil }
      return (try JensenShannon.divergence(before, now), nil)
    }
    guard let before = reference.counts, let now = current.counts else { return nil }
    let values = Set(before.keys).union(now.keys).sorted()
    let counts = (try Counts(values.map { before[$0] ?? 0 }), try Counts(values.map { now[$0] ?? 0 }))
    switch self {
    case .jensenShannon: return (try JensenShannon.divergence(counts.0, counts.1), nil)
    case .infinityNorm: return Self.greatest(values, counts.0.shares, counts.1.shares)
    case .normalizedAbsDifference:
      let total = counts.0.total + counts.1.total
      return Self.greatest(values, counts.0.values.map { $0 / total }, counts.1.values.map { $0 / total })
    }
  }

  private static func greatest(_ values: [TextValue], _ a: [Double], _ b: [Double]) -> (value: Double, at: String?)? {
    let differences = zip(a, b).map { ($0 - $1).magnitude }
    // Of equal ones the last, as there.
    guard let index = differences.indices.reversed().max(by: { differences[$0] < differences[$1] }) else { return nil }
    return (differences[index], values[index].string)
  }
}
