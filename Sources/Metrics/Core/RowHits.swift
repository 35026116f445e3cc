/// Which rows count for a share, and which of them are hits.
package struct RowHits: Sendable {
  package let isCounted: [Bool]
  /// Says something only of rows that count.
  package let isHit: [Bool]
  package let weights: [Double]?

  package var counted: Int { isCounted.count { $0 } }
  package var hits: Int { zip(isCounted, isHit).count { $0 && $1 } }

  /// The same share as a ratio of means.
  package var means: RowMeans {
    let denominators = isCounted.indices.map { isCounted[$0] ? weights?[$0] ?? 1 : 0 }
    let numerators = isHit.indices.map { isHit[$0] ? denominators[$0] : 0 }
    return RowMeans(numerators, denominators)
  }
}
