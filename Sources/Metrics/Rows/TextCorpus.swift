internal import Synchronization

/// Texts with their references, and what has been counted of them: shared by all rows that are made of them.
final class TextCorpus: Sendable {
  let hypotheses: [String]
  let references: [[String]]
  private let counted = Mutex<[String: [Double]]>([:])

  init(_ hypotheses: [String], _ references: [[String]]) {
    (self.hypotheses, self.references) = (hypotheses, references)
  }

  /// The numbers of each text, text by text. Counted once.
  func counts(_ what: String, _ count: (String, [String]) -> [Double]) -> [Double] {
    counted.withLock { counted in
      if let known = counted[what] { return known }
      let counts = hypotheses.indices.flatMap { count(hypotheses[$0], references[$0]) }
      counted[what] = counts
      return counts
    }
  }
}
