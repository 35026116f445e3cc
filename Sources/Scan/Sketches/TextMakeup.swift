internal import CKernels

/// What free texts are made of: which classes of characters, and which words.
///
/// Every text counts alike, as one row: its characters share its weight, and so do the different buckets of its words. So
/// rows stay the unit of what is compared: the mean of such shares over rows varies at most as much as that of categories
/// does, whatever goes with what within a text (E[XX'] ≤ diag(E[X]) for X of shares that sum to 1).
///
/// Weights are whole numbers of 2^-24, rounded down: they merge exactly, in any order. 2 KB, and up to 64 KB of words: the
/// buckets hide what is rare, since those who come take the places of those who go.
package struct TextMakeup: Sendable, Equatable {
  /// What a text weighs.
  package static let unit = Int(CK_MAKEUP_UNIT)
  /// How many words of a text are looked at.
  package static let wordLimit = Int(CK_MAKEUP_WORDS)
  /// As many words stay by themselves.
  static let vocabularyLimit = 4096

  /// A class of characters, which are Unicode scalars.
  package enum Class: String, Sendable, CaseIterable {
    case smallLetters = "small letters"
    case digits, spaces, punctuation
    /// The control characters of ASCII that are no space.
    case control
    case nonASCII = "characters beyond ASCII"
    /// Those of ASCII.
    case capitals = "capital letters"
  }

  /// Numbers, texts with a character, texts with a word, and of all texts the different words.
  private var totals = [Int64](repeating: 0, count: 4)
  private var classWeights = [Int64](repeating: 0, count: Int(CK_MAKEUP_CLASSES))
  private var wordWeights = [Int64](repeating: 0, count: Int(CK_MAKEUP_BUCKETS))

  /// Some of the words by themselves; nil in profiles that were saved before there were any.
  package private(set) var vocabulary: BottomKSample? = BottomKSample(limit: Self.vocabularyLimit)

  /// Whether capitals were counted apart: profiles of earlier versions have them among the small letters.
  package private(set) var knowsCase = true

  package init() {}

  /// The texts that read as numbers, which are only counted.
  package var numbers: Int { Int(totals[0]) }
  /// The other texts that have a character.
  package var texts: Int { Int(totals[1]) }
  /// Those of them that have a word.
  package var worded: Int { Int(totals[2]) }
  /// How many different words texts have, added up over the texts; of each the first words alone.
  package var occurrences: Int { Int(totals[3]) }

  /// By class the texts, as the shares of their characters add up.
  package var classes: [Double] { classWeights.map { Double($0) / Double(Self.unit) } }

  /// Counts capitals among the small letters: for a comparison with one that does not know them apart.
  package mutating func foldCase() {
    knowsCase = false
    classWeights[0] &+= classWeights[Self.capitals]
    classWeights[Self.capitals] = 0
  }

  private static let capitals = Int(CK_MAKEUP_CLASSES) - 1

  /// By bucket the texts, as the shares of their words add up. A word is a run of letters, digits and characters beyond
  /// ASCII, A to Z as a to z. Its bucket is the highest byte of its FNV-1a hash (64 bits) times 0x9e3779b97f4a7c15.
  package var words: [Double] { wordWeights.map { Double($0) / Double(Self.unit) } }

  /// - Parameter numbers: The texts read as numbers.
  mutating func update(_ texts: CountedTexts, _ numbers: Column<Double>) {
    let counts = texts.counts?.map { Int64($0) }
    let room = min(8192, max(1, texts.ends.count) * Self.wordLimit)
    var words = [UInt64](repeating: 0, count: room)
    var rows = [Int64](repeating: 0, count: room)
    var next = 0
    while next < texts.ends.count {
      var found = 0
      // Safe because: the ranges of texts lie within their bytes, there is a state and a count for each text, the sums are
      // as many as the kernel adds to, and it writes no more words than there is room for.
      next = ck_add_makeup(
        texts.bytes, texts.starts, texts.ends, counts, numbers.states, CellState.valid.rawValue, next,
        texts.ends.count, &totals, &classWeights, &wordWeights, vocabulary?.bound ?? 0, &words, &rows, room, &found)
      vocabulary?.add(zip(words.prefix(found), rows.prefix(found)))
    }
  }

  /// The memory of the sums and of the words, in bytes.
  var footprint: Int {
    Footprint.of(totals) + Footprint.of(classWeights) + Footprint.of(wordWeights) + (vocabulary?.footprint ?? 0)
  }

  package mutating func merge(_ other: TextMakeup) {
    for index in totals.indices { totals[index] &+= other.totals[index] }
    for index in classWeights.indices { classWeights[index] &+= other.classWeights[index] }
    if !knowsCase || !other.knowsCase { foldCase() }
    for index in wordWeights.indices { wordWeights[index] &+= other.wordWeights[index] }
    if let theirs = other.vocabulary { vocabulary?.merge(theirs) } else { vocabulary = nil }
  }
}

// MARK: - Image

extension TextMakeup: SketchImaging {
  private static let version: UInt8 = 3

  /// The version, the totals, the weights of the classes and those of the buckets, in eight bytes each, and the
  /// vocabulary. The first version has no vocabulary, and does not count different words; neither that nor the second
  /// knows capitals.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    image.append(knowsCase ? Self.version : 2)
    for number in totals + classWeights.prefix(knowsCase ? Int(CK_MAKEUP_CLASSES) : Self.capitals) + wordWeights {
      image.append(number)
    }
    vocabulary?.append(to: &image)
    return image.bytes
  }

  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the makeup of texts")
    let version: UInt8 = try image.next()
    try image.require((1...Self.version).contains(version), "version \(version) instead of \(Self.version)")
    for index in 0..<(version == 1 ? 3 : 4) { totals[index] = Int64(try image.nextCount()) }
    knowsCase = version > 2
    for index in classWeights.indices.prefix(knowsCase ? Int(CK_MAKEUP_CLASSES) : Self.capitals) {
      classWeights[index] = Int64(try image.nextCount())
    }
    for index in wordWeights.indices { wordWeights[index] = Int64(try image.nextCount()) }
    vocabulary = image.remaining > 0 && version > 1 ? try BottomKSample(from: &image, limit: Self.vocabularyLimit) : nil
    try image.require(image.remaining == 0, "bytes are left over")
    for (texts, weights) in [(totals[1], classWeights), (totals[2], wordWeights)] {
      // Compared as numbers that cannot overflow; what is rounded down is less than a text for each.
      let (sum, most) = (weights.reduce(0) { $0 + Double($1) }, Double(texts) * Double(Self.unit))
      try image.require(sum <= most && sum >= most * 0.99, "the weights do not add up to the texts")
    }
    try image.require(totals[2] <= totals[1], "more texts have words than there are")
  }
}
