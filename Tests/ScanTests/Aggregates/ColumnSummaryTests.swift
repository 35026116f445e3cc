import Testing

@testable import Scan

@Suite struct ColumnSummaryTests {
  private static func summary(
    _ type: StoredType, _ values: StoredColumn, readings: [ValueType] = []
  ) -> ColumnSummary {
    var batch = Batch()
    batch.rowCount = values.rowCount
    batch.fields = [Field("a", type)]
    batch.stored = [values]
    batch.slots = ["a": 0]
    for reading in readings { batch.derived[ColumnReading("a", as: reading)] = values.read(type, as: reading) }
    var summary = ColumnSummary("a")
    summary.update(batch)
    return summary
  }

  private static func texts(_ values: [String]) -> TextColumn {
    var column = TextColumn()
    for value in values {
      column.starts.append(Int32(column.bytes.count))
      column.bytes += Array(value.utf8)
      column.ends.append(Int32(column.bytes.count))
    }
    return column
  }

  /// Strings that look like numbers, numbers, and both in turn; few different ones and many.
  @Test(arguments: [[TokenKind.string], [.number], [.number, .string]], [20, 3000])
  func whatAChecksReadsMakesNoDifference(kinds: [TokenKind], distinct: Int) {
    let texts = Self.texts((0..<3000).map { "\($0 % distinct)" })
    let tokens = StoredColumn.tokens(texts, kinds: (0..<3000).map { kinds[$0 % kinds.count].rawValue })
    let alone = Self.summary(.tokens, tokens)
    let beside = Self.summary(.tokens, tokens, readings: ValueType.allCases)
    #expect(alone.census == beside.census && alone.moments == beside.moments && alone.digest == beside.digest)
    let numbers = kinds == [.number] ? 3000 : kinds == [.string] ? 0 : 1500
    #expect(alone.moments.count == numbers && alone.quantiles.count == numbers)
  }

  /// Texts that are too many to be counted: those of the least hashes by themselves, whatever chunks they came in.
  @Test(arguments: [[5000], [300, 300, 4400], [4000, 500, 500], Array(repeating: 250, count: 20)])
  func someTextsAreCountedExactly(_ lengths: [Int]) throws {
    let values = (0..<5000).map { "t\($0 * 7919 % 1900)" }
    var next = 0
    var merged: ColumnSummary?
    for length in lengths {
      let part = Self.summary(.untyped, .texts(Self.texts(Array(values[next..<next + length]))))
      next += length
      if merged?.merge(part) == nil { merged = part }
    }
    let summary = try #require(merged)
    #expect(summary.areSampled && !summary.frequent.isExact)
    var expected = BottomKSample(limit: ColumnSummary.sampleLimit)
    for value in values { expected.add(Murmur3.hash(Array(value.utf8).span).h1, 1) }
    #expect(summary.valueSample == expected)
    #expect(try summary.saved().valueSample == expected)
    let all = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    let least = all.map { (Murmur3.hash(Array($0.utf8).span).h1, $1) }.sorted { $0.0 < $1.0 }.prefix(512)
    let own = expected.unseen(by: BottomKSample(limit: 512))
    #expect(own.occurrences == least.reduce(0) { $0 + $1.1 } && own.mine.rows == own.occurrences)
    #expect(own.mine.squares == least.reduce(0) { $0 + Double($1.1 * $1.1) })
  }

  /// Digits among other texts are texts, whichever chunk they are in; what is stored as numbers is none, and an earlier
  /// profile has no sample.
  @Test func allTextsAreSampled() throws {
    let (digits, words) = ((0..<3000).map { "\($0)" }, (0..<3000).map { "t\($0 % 1900)" })
    var numbers = Self.summary(.untyped, .texts(Self.texts(digits)))
    numbers.merge(Self.summary(.untyped, .texts(Self.texts(words))))
    #expect(
      numbers.areSampled && numbers.valueSample == Self.summary(.untyped, .texts(Self.texts(words + digits))).sample)
    let column = Column(values: (0..<3000).map { Double($0) }, states: Array(repeating: 1, count: 3000))
    #expect(Self.summary(.float(bits: 64), .numbers(column)).valueSample == nil)
    let few = Self.summary(.untyped, .texts(Self.texts((0..<3000).map { "t\($0 % 700)" })))
    #expect(!few.areSampled && few.valueSample?.unseen(by: BottomKSample(limit: 512)).mine.rows ?? 0 > 0)
    var many = Self.summary(.untyped, .texts(Self.texts((0..<3000).map { "t\($0)" })))
    let old = try ColumnSummary(
      "a", type: .untyped, rows: many.rows, nulls: 0, digest: (0, 0),
      images: Dictionary(uniqueKeysWithValues: many.images.filter { $0.name != "sample" }.map { ($0.name, $0.bytes) }))
    #expect(old.valueSample == nil)
    many.merge(old)
    #expect(many.valueSample == nil)
  }

  /// Few rows are held as they are, in less memory, and say what their sketches say, saved or not.
  @Test(arguments: [[200], [100, 100], [1, 99, 50, 50], [150, 150]])
  func fewRowsSayWhatTheirSketchesSay(_ lengths: [Int]) throws {
    let count = lengths.reduce(0, +)
    let words = (0..<count).map { $0 % 7 == 0 ? "\($0)" : "w\($0 * 7919 % 90)" }
    let states = (0..<count).map { UInt8($0 % 5 == 0 ? 0 : 1) }
    let kinds = (0..<count).map { ($0 % 3 == 0 ? TokenKind.number : .string).rawValue }
    func columns(_ rows: Range<Int>) -> [(StoredType, StoredColumn)] {
      var texts = Self.texts(Array(words[rows]))
      for row in 0..<rows.count where row % 6 == 0 { texts.ends[row] = -1 }
      let digits = Self.texts(rows.map { "\($0 * 31 % 70)" })
      return [
        (.untyped, .texts(texts)), (.tokens, .tokens(digits, kinds: Array(kinds[rows]))),
        (.float(bits: 64), .numbers(Column(values: rows.map { Double($0) / 3 }, states: Array(states[rows])))),
        (
          .integer(bits: 64, isSigned: true),
          .integers(Column(values: rows.map { Int64($0 % 40) }, states: Array(states[rows])))
        ),
      ]
    }
    for kind in 0..<4 {
      var merged = ColumnSummary("a")
      var (next, sketched) = (0, ColumnSketches())
      for length in lengths {
        let (type, values) = columns(next..<next + length)[kind]
        merged.merge(Self.summary(type, values))
        var batch = Batch()
        batch.rowCount = length
        var part = ColumnSketches()
        part.update(values, of: Field("a", type), in: batch)
        sketched.merge(part)
        next += length
      }
      let type = columns(0..<1)[kind].0
      #expect(merged.type == type && merged.rows == count && merged.nulls == sketched.nulls)
      #expect(merged.digest == sketched.digest && merged.distinct.estimate == sketched.distinct.estimate)
      #expect(merged.histogram == sketched.histogram && merged.lengths == sketched.lengths)
      #expect(merged.census == sketched.census && merged.frequent.rows == sketched.frequent.rows)
      #expect(merged.quantiles.quantiles(at: [0, 0.3, 1]) == sketched.quantiles.quantiles(at: [0, 0.3, 1]))
      let again = try merged.saved()
      #expect(again.images.map(\.name) == merged.images.map(\.name))
      #expect(again.images.map(\.bytes) == (try merged.expanded.saved().images.map(\.bytes)), "\(type)")
      #expect(count > FewRows.limit || merged.footprint < merged.expanded.footprint, "\(type)")
    }
  }

  /// A column whose texts are long is summarised from the first.
  @Test func longTextsAreNotHeld() {
    let summary = Self.summary(.untyped, .texts(Self.texts((0..<10).map { String(repeating: "x", count: 3000 + $0) })))
    #expect(summary.rows == 10 && summary.footprint > MemoryLayout<ColumnSketches>.stride)
  }

  @Test func zeroIsOneValueWhateverItsSign() {
    let values: [Double] = [0, -0.0, 1, .nan, .nan]
    let column = StoredColumn.numbers(Column(values: values, states: [1, 1, 1, 1, 1]))
    let summary = Self.summary(.float(bits: 64), column)
    #expect(summary.distinct.estimate.rounded() == 2 && summary.moments.nanCount == 2 && summary.nulls == 0)
    #expect(summary.frequent.rows.map(\.lowerBound) == [2, 1])
  }
}
