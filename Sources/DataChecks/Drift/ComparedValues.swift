internal import Scan
internal import Statistics

/// The values of two samples in the form in which they are compared.
struct ComparedValues: Sendable {
  let before: DriftValues
  let now: DriftValues
  /// Whether they are the lengths of texts.
  private(set) var areLengths = false
  /// Whether they are quantiles, which hide what is rare.
  private(set) var areQuantiles = false

  /// Whether one cell would hold most values of both samples, so that nothing could be seen.
  var areMostlyUnknown: Bool {
    guard case .categories(let first) = before, case .categories(let second) = now else { return false }
    return first.isMostlyUnknown || second.isMostlyUnknown
  }

  /// Numbers that are few by their counts, others by the values of their sketches; texts as categories, by the buckets of
  /// their hashes when they are too many, and by their lengths when nearly all are different. Nil when a sample has no
  /// values.
  init?(_ reference: DriftSample, _ current: DriftSample, for method: DriftMethod) {
    guard reference.present > 0, current.present > 0 else { return nil }
    let areCounted = reference.areValuesCounted && current.areValuesCounted
    if reference.kind == .texts {
      areLengths = !areCounted && reference.isNearlyUnique && current.isNearlyUnique
      // A truth value is one however a text file writes it, where the other file stores it.
      let areTruths = reference.summary.type == .boolean || current.summary.type == .boolean
      let categories = (
        CategoryCounts(reference, areTruths: areTruths), CategoryCounts(current, areTruths: areTruths)
      )
      let areKnown = categories.0.isWhole && categories.1.isWhole
      if areLengths {
        (before, now) = (reference.lengths, current.lengths)
      } else if !areKnown, let first = reference.buckets, let second = current.buckets {
        (before, now) = (.buckets(first), .buckets(second))
      } else {
        (before, now) = (.categories(categories.0), .categories(categories.1))
      }
    } else if areCounted, let first = reference.countedNumbers, let second = current.countedNumbers {
      (before, now) = (first, second)
    } else {
      // Ranks are those of the sketch; cells would lose a value of a hundredth of the rows among its neighbours.
      let counted = method.needsOrder ? [] : reference.outstandingNumbers.union(current.outstandingNumbers)
      (before, now) = (
        reference.quantiles(ofRanks: method.needsOrder, counting: counted),
        current.quantiles(ofRanks: method.needsOrder, counting: counted)
      )
      areQuantiles = true
    }
  }
}

extension DriftSample {
  /// - Parameters:
  ///   - areRanks: whether ranks are compared, and not the shares of cells.
  ///   - counted: numbers whose rows are those of the sketch of frequent values, in place of those of quantiles.
  fileprivate func quantiles(ofRanks areRanks: Bool, counting counted: Set<Double>) -> DriftValues {
    let sketch = self.sketch
    var values = sketch.weightedValues.map { WeightedValue($0.value * nanoseconds, weight: Double($0.weight)) }
    if !counted.isEmpty {
      let frequent = numbersWithCounts
      var told: [Double: Double] = [:]
      for entry in values where counted.contains(entry.value) { told[entry.value, default: 0] += entry.weight }
      // What is not among the frequent values has no more rows than these may lack.
      let own = counted.map { value in
        WeightedValue(
          value, weight: frequent[value] ?? min(told[value] ?? 0, Double(itemError)), isCounted: true)
      }
      let whole = values.map(\.weight).reduce(0, +)
      let (rest, left) = (whole - told.values.reduce(0, +), whole - own.map(\.weight).reduce(0, +))
      if rest > 0, left > 0 {
        values =
          values.filter { !counted.contains($0.value) }.map {
            WeightedValue($0.value, weight: $0.weight * left / rest)
          } + own
      }
    }
    return .numbers(
      values, error: areRanks ? sketch.normalizedRankError : sketch.normalizedRankErrorOfDifference)
  }

  /// The numbers that are much more frequent than the others, as far as their counts are more than what may be missing.
  fileprivate var outstandingNumbers: Set<Double> {
    let least = DriftCells.outstanding * Double(present) / max(1, summary.distinct.estimate)
    return Set(numbersWithCounts.filter { $0.value > Double(3 * itemError) && $0.value >= least }.keys)
  }

  /// The numbers that are counted one by one, with the upper bounds of their counts: what is taken off all counts was there
  /// of a value that is frequent from the beginning.
  private var numbersWithCounts: [Double: Double] {
    guard kind == .numbers else { return [:] }
    var numbers: [Double: Double] = [:]
    for item in items {
      guard let number = Double(String(decoding: item.text, as: UTF8.self)), number.isFinite else { continue }
      numbers[number, default: 0] += Double(item.count + itemError)
    }
    return numbers
  }

  /// The different numbers with their counts; nil when one has no place among others.
  fileprivate var countedNumbers: DriftValues? {
    guard kind == .numbers, nanCount == 0 else { return nil }
    var values: [WeightedValue] = []
    for item in items {
      guard let number = Double(String(decoding: item.text, as: UTF8.self)), number.isFinite else { return nil }
      values.append(WeightedValue(number, weight: Double(item.count)))
    }
    return .numbers(values, error: 0)
  }

  /// The lengths in characters with their counts; a longer one by the middle of its bucket.
  fileprivate var lengths: DriftValues {
    let (counts, longer) = (summary.lengths.counts, summary.lengths.longer)
    let short = counts.indices.filter { counts[$0] > 0 }.map { WeightedValue(Double($0), weight: Double(counts[$0])) }
    let long = longer.buckets.map { WeightedValue(($0.lower + $0.upper) / 2, weight: Double($0.count)) }
    return .numbers(short + long, error: 0)
  }
}
