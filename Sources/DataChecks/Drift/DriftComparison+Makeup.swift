internal import Language
internal import Scan
internal import Statistics
internal import Verdict

extension DriftComparison {
  /// Compares what free texts are made of: their characters, and their words.
  ///
  /// Each text counts as one row, shared among what it is made of. Such shares vary at most as much as categories do, so
  /// the intervals of categories hold for them, and are too wide rather than too narrow.
  /// Nothing where one of them was not looked into.
  mutating func compareMakeup() {
    guard var before = reference.summary.makeup, var now = current.summary.makeup else { return }
    if !before.knowsCase || !now.knowsCase {
      before.foldCase()
      now.foldCase()
    }
    compare("characters", shares: CharacterShares(before), CharacterShares(now))
    compareWords(before, now)
    compareVocabulary("new words", now, lackedBy: before)
    compareVocabulary("vanished words", before, lackedBy: now)
  }

  /// The method of categories, and its limit, where the chosen one needs values in order.
  private var categorical: (method: DriftMethod, limit: Double) {
    let method = terms.chosenMethod
    if method.needsOrder { return (.jensenShannon, DriftMethod.jensenShannon.customaryLimit) }
    return (method, terms.distanceLimit)
  }

  private mutating func compare(_ subject: String, shares before: CharacterShares, _ now: CharacterShares) {
    guard before.rows > 0, now.rows > 0 else { return }
    let (terms, seed, (method, limit)) = (terms, seed(subject), categorical)
    add("what the texts are made of") { () throws(Undefined) in
      let categories = try CategoryCells(
        reference: before.counts, current: now.counts, referenceSize: before.rows, currentSize: now.rows)
      let estimate = try Drift.estimate(
        categories.cells, method, limit: limit, confidence: terms.confidence, seed: seed)
      var part = DriftPart(
        subject, "\(method.words) of the classes of characters", estimate, limit: limit, at: terms.distance?.location)
      part.notes = DriftShift.words(categories.cells, categories.members.map { $0.joined(separator: ", ") })
      return part
    }
  }

  private mutating func compareWords(_ before: TextMakeup, _ now: TextMakeup) {
    guard before.worded > 0, now.worded > 0 else { return }
    let (terms, seed, (method, limit)) = (terms, seed("words"), categorical)
    add("the words") { () throws(Undefined) in
      let cells = try DriftCells.buckets(
        reference: before.words, current: now.words, referenceSize: Double(before.worded),
        currentSize: Double(now.worded)
      ).cells
      let estimate = try Drift.estimate(cells, method, limit: limit, confidence: terms.confidence, seed: seed)
      return DriftPart(
        "words", "\(method.words) of \(cells.reference.count) hash buckets of words", estimate, limit: limit,
        at: terms.distance?.location)
    }
  }
}

extension DriftComparison {
  /// Words of one sample that the other does not have, beyond what so many texts of one population bring.
  ///
  /// The unit stays the text: however many new words one has, it is one row. Where not all words are looked at, the
  /// sample of them adds to the variance as so many rows less do.
  private mutating func compareVocabulary(_ subject: String, _ sample: TextMakeup, lackedBy other: TextMakeup) {
    guard let mine = sample.vocabulary, let theirs = other.vocabulary, sample.occurrences > 0, other.occurrences > 0
    else { return }
    let unseen = mine.unseen(by: theirs)
    func rows(_ makeup: TextMakeup) -> (count: Int, perWord: Double) {
      let sampled = unseen.sampled * Double(makeup.occurrences)
      let count = 1 / (1 / Double(makeup.worded) + (1 - unseen.sampled) / sampled)
      return (max(1, Int(count.rounded(.down))), count / sampled)
    }
    let (here, there) = (rows(sample), rows(other))
    let terms = terms
    add(subject) { () throws(Undefined) in
      let mass = try UnseenMass(
        seenOnce: min(there.count, Int((Double(unseen.seenOnce) * there.perWord).rounded(.up))), of: there.count,
        unseen: min(here.count, Int((Double(unseen.occurrences) * here.perWord).rounded())), of: here.count,
        confidence: terms.confidence)
      return DriftPart(
        subject, "excess of \(subject)", mass, limit: terms.unseenLimit, at: terms.unseen?.location)
    }
  }
}

/// The texts of a sample, shared among the classes of their characters; those that read as numbers are a class.
private struct CharacterShares {
  let counts: [(key: String, count: Double)]
  let rows: Double

  init(_ makeup: TextMakeup) {
    rows = Double(makeup.texts + makeup.numbers)
    counts =
      [(key: "numbers", count: Double(makeup.numbers))]
      + zip(TextMakeup.Class.allCases, makeup.classes).map { (key: $0.rawValue, count: $1) }
  }
}
