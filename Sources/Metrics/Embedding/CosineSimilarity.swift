internal import Statistics

/// How near two vectors point.
package enum CosineSimilarity {
  package static let page = MetricPage(
    "cosine_similarity", aliases: ["cosine"], better: .higher, range: -1...1,
    what: "The mean cosine of the angle of each pair of vectors. A vector of zeros has no direction: undefined.",
    why: "Whether a new encoder still says what the old one said, before indexes and thresholds built on it break.",
    fix: "Look at the pairs that parted; rebuild the index when the space is meant to change.")

  static let embedding = EmbeddingRows.means(page) { rows, row throws(Undefined) in
    let lengths = rows.sum(row) { first, _ in first * first } * rows.sum(row) { _, second in second * second }
    guard lengths > 0 else { throw Undefined.outsideDomain("a vector of row \(row + 1) is zero and has no direction") }
    return min(max(rows.sum(row, *) / lengths.squareRoot(), -1), 1)
  }
}
