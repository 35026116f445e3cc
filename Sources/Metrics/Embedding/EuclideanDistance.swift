internal import Statistics

/// How far two vectors are from each other.
package enum EuclideanDistance {
  package static let page = MetricPage(
    "euclidean_distance", aliases: ["l2_distance", "l2"], better: .lower, range: 0...(.infinity),
    what: "The mean Euclidean distance of each pair of vectors.",
    why: "For encoders whose vectors are compared by distance and not by angle.",
    fix: "Look at the pairs that parted.")

  static let embedding = EmbeddingRows.means(page) { rows, row throws(Undefined) in
    rows.sum(row) { ($0 - $1) * ($0 - $1) }.squareRoot()
  }
}
