/// Whole numbers that come in their order, as the ranges in which none is left out. A look-up is O(log ranges).
struct IntegerRanges: Sendable {
  private var lows: [Int64] = []
  private var highs: [Int64] = []

  var footprint: Int { (lows.capacity + highs.capacity) * MemoryLayout<Int64>.stride }

  /// Takes in a range that lies above all before it.
  mutating func append(_ range: ClosedRange<Int64>) {
    if let last = highs.last, last &+ 1 == range.lowerBound {
      highs[highs.count - 1] = range.upperBound
    } else {
      lows.append(range.lowerBound)
      highs.append(range.upperBound)
    }
  }

  func contains(_ number: Int64) -> Bool {
    var (from, to) = (0, lows.count)
    while from < to {
      let middle = (from + to) / 2
      if lows[middle] <= number { from = middle + 1 } else { to = middle }
    }
    return from > 0 && number <= highs[from - 1]
  }

  /// Whether it contains the number that a text is the shortest form of; another text is none of them.
  func contains(_ text: Span<UInt8>) -> Bool {
    guard !lows.isEmpty, let number = Int64(shortest: text) else { return false }
    return contains(number)
  }
}

extension Int64 {
  /// The number that a text is the shortest form of: neither `07` nor `+7` nor `-0`.
  fileprivate init?(shortest text: Span<UInt8>) {
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    let digits = text.extracting((isNegative ? 1 : 0)..<text.count)
    guard digits.count > 0, digits[0] != 0x30 || digits.count == 1 && !isNegative else { return nil }
    var number: Int64 = 0
    for index in digits.indices {
      let digit = digits[index] &- 0x30
      guard digit < 10 else { return nil }
      let (tens, isTooLong) = number.multipliedReportingOverflow(by: 10)
      // Built below zero: the least number has no positive twin.
      let (next, isTooLarge) = tens.subtractingReportingOverflow(Int64(digit))
      guard !isTooLong, !isTooLarge else { return nil }
      number = next
    }
    guard isNegative || number != .min else { return nil }
    self = isNegative ? number : -number
  }
}
