/// What a linear classifier sees of encoded columns: the columns, squares of numbers, and products of pairs, each of mean
/// 0 and variance 1. A square tells a changed spread, a product a changed dependence.
struct DomainFeatures: Sendable {
  /// A feature by the encoded ones that it is the product of; twice the same for a square, nil for one by itself.
  struct Term: Sendable, Hashable {
    var first: Int
    var second: Int?
  }

  let terms: [Term]
  /// The columns that a feature is made of.
  let columns: [[Int]]
  private let encoded: EncodedColumns
  private var means: [Double] = []
  private var scales: [Double] = []

  /// As many features there are at most, but for the encoded columns themselves.
  static let limit = 256
  /// With more columns nothing is learnt in a reasonable time.
  static let greatest = 1024

  /// All squares while there is room, and then the products of the pairs that depend on each other most in all rows
  /// together: a dependence that has come or gone is half of it there.
  init(_ encoded: EncodedColumns) throws(Undefined) {
    let mains = encoded.features.indices.map { Term(first: $0, second: nil) }
    guard !mains.isEmpty else { throw .zeroVariance }
    guard mains.count <= Self.greatest else { throw .outsideDomain("there are more than \(Self.greatest) features") }
    let squares = mains.filter { encoded.features[$0.first].isNumber }.map { Term(first: $0.first, second: $0.first) }
    let room = Self.limit - mains.count - squares.count
    let terms = mains + (room >= 0 ? squares : []) + (room > 0 ? Self.pairs(encoded, room) : [])
    let spread = terms.map { Self.spread(encoded, $0) }
    self.encoded = encoded
    self.terms = zip(terms, spread).filter { $1.scale > 0 }.map(\.0)
    (means, scales) = (spread.filter { $0.scale > 0 }.map(\.mean), spread.filter { $0.scale > 0 }.map(\.scale))
    columns = self.terms.map { term in
      Set([term.first, term.second ?? term.first].map { encoded.features[$0].column }).sorted()
    }
  }

  private static func pairs(_ encoded: EncodedColumns, _ room: Int) -> [Term] {
    let features = encoded.features
    var pairs: [(term: Term, dependence: Double)] = []
    for second in features.indices {
      for first in 0..<second where features[first].column != features[second].column {
        let products = zip(features[first].values, features[second].values).reduce(0.0) { $0 + $1.0 * $1.1 }
        pairs.append((Term(first: first, second: second), products.magnitude))
      }
    }
    guard pairs.count > room else { return pairs.map(\.term) }
    let order = pairs.indices.sorted { (pairs[$1].dependence, $0) < (pairs[$0].dependence, $1) }
    return order.prefix(room).sorted().map { pairs[$0].term }
  }

  private static func spread(_ encoded: EncodedColumns, _ term: Term) -> (mean: Double, scale: Double) {
    guard let second = term.second else { return (0, 1) }
    let (a, b) = (encoded.features[term.first].values, encoded.features[second].values)
    let mean = zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 } / Double(encoded.rows)
    let variance = zip(a, b).reduce(0.0) { $0 + ($1.0 * $1.1 - mean) * ($1.0 * $1.1 - mean) } / Double(encoded.rows)
    return (mean, variance > 1e-12 ? variance.squareRoot() : 0)
  }

  /// The features of a row.
  func row(_ row: Int, into values: inout [Double]) {
    for (index, term) in terms.enumerated() {
      var value = encoded.features[term.first].values[row]
      if let second = term.second {
        value = (value * encoded.features[second].values[row] - means[index]) / scales[index]
      }
      values[index] = value
    }
  }
}
