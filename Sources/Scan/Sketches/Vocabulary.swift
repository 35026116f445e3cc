/// A sample of the different words of texts, each with how many texts have it: the words whose hashes are least.
///
/// Which words are in the sample depends on nothing but the words, so that two samples say of the same words whether texts
/// have them: what share of all words the other texts lack is told from those below both bounds (the coordinated samples of
/// Cohen and Kaplan, 2008). Counts are exact, and merge exactly in any order: a word below the bound was never dropped.
package struct Vocabulary: Sendable {
  /// As many words stay.
  package static let limit = 4096

  /// The texts of each word by its hash; while more words come, more of them than stay.
  private var counts: [UInt64: Int] = [:]
  /// Words of this hash and greater ones are not kept.
  private(set) var bound = UInt64.max

  package init() {}

  mutating func add(_ words: some Sequence<(UInt64, Int64)>) {
    for (word, rows) in words { counts[word, default: 0] += Int(rows) }
    if counts.count > 2 * Self.limit { trim() }
  }

  package mutating func merge(_ other: Vocabulary) {
    bound = min(bound, other.bound)
    let bound = bound
    for (word, rows) in other.counts where word < bound { counts[word, default: 0] += rows }
    counts = counts.filter { $0.key < bound }
    if counts.count > 2 * Self.limit { trim() }
  }

  /// Leaves the words that stay.
  private mutating func trim() {
    guard counts.count > Self.limit else { return }
    let bound = counts.keys.sorted()[Self.limit]
    counts = counts.filter { $0.key < bound }
    self.bound = bound
  }

  private var trimmed: Vocabulary {
    var copy = self
    copy.trim()
    return copy
  }

  var footprint: Int { Footprint.of(counts) }

  /// What one of two samples has and the other one lacks.
  package struct Unseen: Sendable, Equatable {
    /// The share of all words that both samples tell of.
    package var sampled: Double
    /// So often words occur that the other one lacks.
    package var occurrences: Int
    /// As many words of the other one occur once.
    package var seenOnce: Int
  }

  /// What these texts have and the others lack.
  package func unseen(by other: Vocabulary) -> Unseen {
    let (mine, theirs) = (trimmed, other.trimmed)
    let bound = min(mine.bound, theirs.bound)
    let occurrences = mine.counts.reduce(0) { sum, word in
      word.key < bound && theirs.counts[word.key] == nil ? sum + word.value : sum
    }
    return Unseen(
      sampled: bound == .max ? 1 : Double(bound) / Double(UInt64.max), occurrences: occurrences,
      seenOnce: theirs.counts.count { $0.key < bound && $0.value == 1 })
  }
}

extension Vocabulary: Equatable {
  package static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    let (a, b) = (a.trimmed, b.trimmed)
    return a.bound == b.bound && a.counts == b.counts
  }
}

extension Vocabulary {
  /// The bound, the number of words, and each with its count in the order of their hashes: eight bytes each.
  func append(to image: inout ImageWriter) {
    let kept = trimmed
    image.append(kept.bound)
    image.append(Int64(kept.counts.count))
    for (word, count) in kept.counts.sorted(by: { $0.key < $1.key }) {
      image.append(word)
      image.append(Int64(count))
    }
  }

  init(from image: inout ImageReader) throws(ScanError) {
    bound = try image.next()
    let words = Int(try image.nextCount())
    try image.require(words <= Self.limit, "more words than are kept")
    for _ in 0..<words {
      let word: UInt64 = try image.next()
      let count = Int(try image.nextCount())
      try image.require(word < bound && count > 0 && counts[word] == nil, "a word does not belong there")
      counts[word] = count
    }
  }
}
