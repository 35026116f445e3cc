internal import CKernels

/// Texts all of which are dates or points in time, in microseconds since 1970-01-01T00:00:00Z, or all of which are times of
/// day, in microseconds since midnight. A date is its midnight in UTC.
struct CountedInstants {
  let numbers: Numbers
  /// How many of the texts are dates; nil when some have other forms than nearly all, so that nothing is told of them.
  let dates: Int?

  /// Nil when a text is neither. O(bytes) where all are; of other texts mostly one is looked at.
  init?(_ texts: CountedTexts) {
    guard let first = texts.firstPlace, let made = Self.instants(texts, first) ?? Self.timesOfDay(texts, first) else {
      return nil
    }
    self = made
  }

  private init(_ numbers: Numbers, dates: Int? = nil) { (self.numbers, self.dates) = (numbers, dates) }

  private static func instants(_ texts: CountedTexts, _ first: Int) -> CountedInstants? {
    guard texts.instant(at: first) != nil else { return nil }
    let count = texts.ends.count
    var states = [UInt8](repeating: CellState.null.rawValue, count: count)
    var dates: Int64 = 0
    var arePlain = true
    var isWrong = false
    let values = [Double](unsafeUninitializedCapacity: count) { values, initialized in
      values.initialize(repeating: 0)
      initialized = count
      var place = 0
      while place < count, !isWrong {
        // Safe because: the kernel reads the ranges of texts within the bytes, and writes a value and a state for each.
        place = ck_parse_instants(
          texts.bytes, texts.starts, texts.ends, place, count, values.baseAddress, &states, &dates)
        guard place < count else { break }
        arePlain = false
        // Of a dictionary not every entry occurs.
        if texts.counts?[place] != 0 {
          guard let instant = texts.instant(at: place) else { return isWrong = true }
          values[place] = Double(instant)
          states[place] = CellState.valid.rawValue
        }
        place += 1
      }
    }
    if isWrong { return nil }
    return CountedInstants(
      Numbers(Column(values: values, states: states), counts: texts.counts),
      dates: arePlain && texts.counts == nil ? Int(dates) : nil)
  }

  private static func timesOfDay(_ texts: CountedTexts, _ first: Int) -> CountedInstants? {
    guard texts.timeOfDay(at: first) != nil else { return nil }
    var column = Column(
      values: [Double](repeating: 0, count: texts.ends.count),
      states: [UInt8](repeating: CellState.null.rawValue, count: texts.ends.count))
    for place in texts.ends.indices where texts.ends[place] >= 0 && texts.counts?[place] != 0 {
      guard let nanoseconds = texts.timeOfDay(at: place) else { return nil }
      column.values[place] = Double(nanoseconds) / 1000
      column.states[place] = CellState.valid.rawValue
    }
    return CountedInstants(Numbers(column, counts: texts.counts))
  }
}

extension CountedTexts {
  /// The place of the first text that occurs.
  fileprivate var firstPlace: Int? { ends.indices.first { ends[$0] >= 0 && counts?[$0] != 0 } }

  fileprivate func instant(at place: Int) -> Int64? {
    let text = bytes.span.extracting(Int(starts[place])..<Int(ends[place]))
    return parseTimestamp(text) ?? parseDate(text).map { $0 * Instant.perDay }
  }

  fileprivate func timeOfDay(at place: Int) -> Int64? {
    parseTime(bytes.span.extracting(Int(starts[place])..<Int(ends[place])))
  }
}
