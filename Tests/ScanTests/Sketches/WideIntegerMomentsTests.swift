import Testing

@testable import Scan

/// Integers beyond 2^53, of which doubles stand for hundreds: their moments are those of their distances from one
/// another.
@Suite struct WideIntegerMomentsTests {
  /// Up to 2000, unevenly.
  private static let distances = (0..<30_000).map { (index: Int) in Int64(index * 7919 % 1001 * (index % 3)) }
  /// By the exact fractions of Python: `std` of n - 1, `skew` and `kurtosis` of the distances.
  private static let truth = [553.0431695286051, 0.9872762611059236, 2.990881381046864]

  private static let offsets: [Int64] = [
    0, 1 << 53, 100_000_000_000_000_000, 1_000_000_000_000_000_000, .max - 2000, .min,
  ]

  private static func texts(_ integers: [Int64]) -> Numbers {
    let texts = CountedTexts(integers.map(String.init))
    return Numbers(texts.numbers()) { texts.integers() }
  }

  private static func words(_ integers: [Int64]) -> Numbers {
    Numbers(integers: CountedWords(Column(values: integers, states: integers.map { _ in 1 })))
  }

  private static func expectTruth(_ moments: Moments, _ comment: Comment) throws {
    let found = try [
      #require(moments.standardDeviation), #require(moments.skewness), #require(moments.kurtosis),
    ]
    for (found, truth) in zip(found, truth) {
      #expect(abs(found - truth) <= 1e-9 * truth, "\(comment): \(found), \(truth)")
    }
    #expect(moments.isSpread && moments.range == 2000, comment)
  }

  /// In parts of any size, from text files and from typed ones, saved in between or not.
  @Test(arguments: offsets, [7, 4096, 30_000])
  func theOffsetDoesNotMatter(offset: Int64, part: Int) throws {
    let integers = Self.distances.map { $0 + offset }
    for (name, numbers) in [("texts", Self.texts), ("words", Self.words)] {
      var (whole, saved) = (Moments(), Moments())
      for start in stride(from: 0, to: integers.count, by: part) {
        var moments = Moments()
        moments.update(numbers(Array(integers[start..<min(start + part, integers.count)])))
        whole.merge(moments)
        saved.merge(try Moments(serialized: moments.serialized()))
      }
      try Self.expectTruth(whole, "\(name) from \(offset) in parts of \(part)")
      #expect(saved == whole)
      #expect(try Moments(serialized: whole.serialized()) == whole)
    }
  }

  /// Four values that share a double: 0, 1, 2, 3 have the variance 5/4, of n - 1 here, and the kurtosis 41/25.
  @Test(arguments: [100_000_000_000_000_000, 1_000_000_000_000_000_000, .max - 3, .min] as [Int64])
  func valuesOfOneDoubleDiffer(offset: Int64) throws {
    let integers = (0..<4000).map { offset + Int64($0 % 4) }
    for numbers in [Self.texts(integers), Self.words(integers)] {
      var moments = Moments()
      moments.update(numbers)
      #expect(try abs(#require(moments.variance) - 1.25 * 4000 / 3999) < 1e-12)
      #expect(try abs(#require(moments.kurtosis) - 1.64) < 1e-12)
      #expect(try abs(#require(moments.skewness)) < 1e-12)
      #expect(moments.isSpread && moments.range == 3)
    }
    var same = Moments()
    same.update(Self.texts([offset + 1, offset + 1, offset + 1]))
    #expect(!same.isSpread && same.range == 0 && same.variance == 0)
  }

  @Test func unsignedIntegersToo() throws {
    let words = CountedWords((0..<4000).map { UInt64.max - UInt64($0 % 4) })
    var moments = Moments()
    moments.update(Numbers(integers: words, isSigned: false))
    #expect(try abs(#require(moments.variance) - 1.25 * 4000 / 3999) < 1e-12)
    #expect(moments.range == 3)
  }

  /// Other values stand beside them: none, no number, an infinity, a fraction.
  @Test func restsStandBesideTheirValues() {
    let large = "9007199254740993"
    var column = TextColumn()
    for text in ["1.5", "inf", large, "x", "nan", "-" + large] {
      column.starts.append(Int32(column.bytes.count))
      column.bytes.append(contentsOf: text.utf8)
      column.ends.append(Int32(column.bytes.count))
    }
    column.starts.append(0)
    column.ends.append(-1)
    let texts = CountedTexts(column)
    let numbers = Numbers(texts.numbers()) { texts.integers() }
    #expect(numbers.values == [1.5, .infinity, 0x1p53, -0x1p53] && numbers.rests == [0, 0, 1, -1])
    #expect(numbers.finite.rests == [0, 1, -1] && numbers.counted().counts == nil)
    // Below there is nothing to ask.
    #expect(Numbers(Column(values: [1, 0x1p52], states: [1, 1])) { nil }.rests == nil)
  }

  /// A profile that was saved before integers were told apart in their range.
  @Test func anImageWithoutTheirDigitsIsRead() throws {
    var moments = Moments()
    moments.update(Self.words([(1 << 60) + 1, (1 << 60) + 3]))
    let image = moments.serialized()
    #expect(image.count == 16 * 8)
    let old = try Moments(serialized: Array(image.prefix(14 * 8)))
    #expect(old.minimum == 0x1p60 && old.maximum == 0x1p60 && old.variance == moments.variance)
    #expect(throws: ScanError.self) { try Moments(serialized: Array(image.prefix(15 * 8))) }
  }
}
