import TestSupport
import Testing

@testable import Scan

@Suite struct TextMakeupTests {
  /// The same by the standard library, a character and a word at a time.
  private struct Twin {
    var (numbers, texts, worded) = (0, 0, 0)
    var classes = [Int](repeating: 0, count: 7)
    var words = [Int](repeating: 0, count: 256)

    mutating func add(_ text: String) {
      if CountedTexts([text]).numbers().states == [CellState.valid.rawValue] {
        numbers += 1
        return
      }
      let scalars = Array(text.unicodeScalars)
      guard !scalars.isEmpty else { return }
      texts += 1
      let kinds = scalars.map { Self.kind($0) }
      for kind in 0..<7 { classes[kind] += kinds.count { $0 == kind } * (1 << 24) / scalars.count }
      let runs = zip(scalars, kinds).split { ![0, 1, 5, 6].contains($1) }.prefix(64)
      guard !runs.isEmpty else { return }
      worded += 1
      let buckets = Set(runs.map { run in Self.bucket(run.map { Character($0.0) }.map { Self.small($0) }.joined()) })
      for bucket in buckets { words[bucket] += (1 << 24) / buckets.count }
    }

    private static func small(_ character: Character) -> String {
      character.isASCII ? character.lowercased() : String(character)
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Int {
      switch scalar {
      case "a"..."z": 0
      case "A"..."Z": 6
      case "0"..."9": 1
      case " ", "\t", "\n", "\u{b}", "\u{c}", "\r": 2
      case "!"..."~": 3
      case _ where scalar.isASCII: 4
      default: 5
      }
    }

    private static func bucket(_ word: String) -> Int {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      return Int((hash &* 0x9e37_79b9_7f4a_7c15) >> 56)
    }
  }

  @Test func agreesWithTheStandardLibrary() {
    let texts =
      SketchData.texts(6000) + ["one two, Two three", "x", "9 lives", "42", String(repeating: "w ", count: 80)]
    let found = SketchData.makeup(texts)
    var twin = Twin()
    for text in texts { twin.add(text) }
    #expect(found.numbers == twin.numbers && found.texts == twin.texts && found.worded == twin.worded)
    #expect(found.classes == twin.classes.map { Double($0) / Double(1 << 24) })
    #expect(found.words == twin.words.map { Double($0) / Double(1 << 24) })
    #expect(found.worded > 1000 && twin.classes.allSatisfy { $0 > 0 })
  }

  @Test func everyTextWeighsTheSame() {
    let found = SketchData.makeup(["aaaaaaaa", "1!", "é"])
    #expect(found.classes == [1, 0.5, 0, 0.5, 0, 1, 0])
    let words = SketchData.makeup(["a b c d", "a a a"])
    #expect(words.words.filter { $0 > 0 }.sorted() == [0.25, 0.25, 0.25, 1.25] && words.worded == 2)
  }

  @Test func mergingIsExact() throws {
    let texts = SketchData.texts(3000, seed: 9)
    var merged = TextMakeup()
    for part in SketchData.parts(texts, seed: 10, longest: 500).reversed() { merged.merge(SketchData.makeup(part)) }
    #expect(merged == SketchData.makeup(texts))
    #expect(try TextMakeup(serialized: merged.serialized()) == merged)
    #expect(try TextMakeup(serialized: TextMakeup().serialized()) == TextMakeup())
  }

  /// Capitals are letters, and words the same ones. What was saved before they were counted apart has them among the others.
  @Test func capitalsAreAClassOfTheirOwn() throws {
    var (small, large) = (SketchData.makeup(["ab cd", "é"]), SketchData.makeup(["aB CD", "é"]))
    #expect(large.classes[0] == 0.2 || (large.classes[0] - 0.2).magnitude < 1e-6)
    #expect((large.classes[6] - 0.6).magnitude < 1e-6 && small.classes[6] == 0)
    #expect(small.words == large.words && small.vocabulary == large.vocabulary)
    large.foldCase()
    #expect((large.classes[0] - small.classes[0]).magnitude < 1e-6 && !large.knowsCase)
    let read = try TextMakeup(serialized: large.serialized())
    #expect(read == large)
    small.merge(read)
    #expect(!small.knowsCase && small.classes[6] == 0)
  }

  @Test func brokenImagesAreRefused() throws {
    let image = SketchData.makeup(SketchData.texts(500, seed: 11)).serialized()
    for bytes in SketchData.broken(image, seed: 12) {
      guard let read = try? TextMakeup(serialized: bytes) else { continue }
      #expect(read.texts >= read.worded)
    }
    #expect(throws: ScanError.self) { try TextMakeup(serialized: Array(image.dropLast(8))) }
  }
}
