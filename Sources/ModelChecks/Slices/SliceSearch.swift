/// Looks through the values of columns, and their crosses, for the slices of rows that fare worst.
///
/// Every row is visited once for each set of columns, never once for each slice: of each cell four sums are kept. O(rows
/// times sets of columns).
struct SliceSearch: Sendable {
  let columns: [SearchedColumn]
  /// Up to how many columns are crossed.
  let depth: Int
  /// Smaller slices say too little.
  let fewest: Int
  /// How many slices are wanted.
  let wanted: Int

  /// A slice that was found.
  struct Found: Sendable, Hashable {
    var conditions: [Condition]
    /// Its excess over all rows less 1.645 standard errors: what it is worse by at least.
    var bound: Double
    var rows: Int
  }

  /// A value of a column.
  struct Condition: Sendable, Hashable {
    var column: Int
    var code: UInt8
  }

  struct Result: Sendable {
    /// The worst first; none is a part of another, or has most of its rows.
    var worst: [Found] = []
    /// How many slices were large enough to be looked at.
    var searched = 0
  }

  /// Of more columns than these only those that look worst by twos are crossed by threes.
  private static let mostInThrees = 14
  private static let kept = 256
  /// By how many standard errors a narrower slice is worse than the wider ones: of hundreds some are by chance.
  private static let clearly = 3.0

  /// The rows of a cell: their number, weight, excess, and squared excess.
  private typealias Sums = SIMD4<Double>

  /// - Parameters:
  ///   - rows: the rows that are looked at.
  ///   - excess: of each of them, how much worse it is than all rows together.
  ///   - weights: how much each of them counts.
  func worst(of rows: [Int], excess: [Double], weights: [Double]) -> Result {
    var entries = [Sums](repeating: .zero, count: rows.count)
    for place in rows.indices { entries[place] = Sums(1, weights[place], excess[place], excess[place] * excess[place]) }
    let codes = columns.map { column in rows.map { column.codes[$0] } }
    let whole: Sums = entries.reduce(.zero, +)
    // One row more that is as far from the mean as rows are: no slice is without variance.
    let spread = whole.w / max(1, whole.x)
    var result = Result()
    var found: [Found] = []
    var bounds: [[Int]: [Double]] = [:]
    var means: [[Int]: [Double]] = [:]

    func look(_ set: [Int], _ cells: [Sums]) {
      let widths = set.map { columns[$0].names.count }
      var own = [Double](repeating: -.infinity, count: cells.count)
      var ownMeans = own
      for (cell, sums) in cells.enumerated() where Int(sums.x) >= fewest && sums.x < whole.x && sums.y > 0 {
        let conditions = conditions(cell, set, widths)
        guard conditions.allSatisfy({ columns[$0.column].isSlice[Int($0.code)] }) else { continue }
        result.searched += 1
        let excess = sums.z / sums.y
        let error = max(0, sums.w + spread - excess * excess * sums.y).squareRoot() / sums.y
        let bound = excess - 1.645 * error
        (own[cell], ownMeans[cell]) = (bound, excess)
        // A narrower slice that is not clearly worse than the wider ones says nothing new.
        let least = excess - Self.clearly * error
        guard parents(conditions).allSatisfy({ least > (means[$0.set]?[$0.cell] ?? -.infinity) }) else { continue }
        found.append(Found(conditions: conditions, bound: bound, rows: Int(sums.x)))
      }
      (bounds[set], means[set]) = (own, ownMeans)
      if found.count > 16 * Self.kept { found = Array(found.sorted(by: Self.precedes).prefix(Self.kept)) }
    }

    for first in columns.indices {
      look([first], sums(codes[first].map { Int32($0) }, columns[first].names.count, entries))
    }
    guard depth > 1 else { return chosen(found, codes, result) }
    for (first, second) in pairs(Array(columns.indices)) {
      let pair = cross(codes[first].map { Int32($0) }, codes[second], columns[second].names.count)
      look([first, second], sums(pair, columns[first].names.count * columns[second].names.count, entries))
    }
    guard depth > 2 else { return chosen(found, codes, result) }
    let best = Array(columns.indices).sorted { one, other in
      let (first, second) = (promise(of: one, bounds), promise(of: other, bounds))
      return (-first, one) < (-second, other)
    }
    let inThrees = best.prefix(Self.mostInThrees).sorted()
    for (first, second) in pairs(inThrees) {
      let width = columns[first].names.count * columns[second].names.count
      let pair = cross(codes[first].map { Int32($0) }, codes[second], columns[second].names.count)
      for third in inThrees where third > second {
        let cells = cross(pair, codes[third], columns[third].names.count)
        look([first, second, third], sums(cells, width * columns[third].names.count, entries))
      }
    }
    return chosen(found, codes, result)
  }

  // MARK: - Cells

  private func pairs(_ columns: [Int]) -> [(Int, Int)] {
    columns.flatMap { first in columns.filter { $0 > first }.map { (first, $0) } }
  }

  private func cross(_ cells: [Int32], _ codes: [UInt8], _ width: Int) -> [Int32] {
    let width = Int32(width)
    var crossed = cells
    for row in crossed.indices { crossed[row] = crossed[row] &* width &+ Int32(codes[row]) }
    return crossed
  }

  private func sums(_ cells: [Int32], _ count: Int, _ entries: [Sums]) -> [Sums] {
    var sums = [Sums](repeating: .zero, count: count)
    for row in cells.indices { sums[Int(cells[row])] += entries[row] }
    return sums
  }

  private func conditions(_ cell: Int, _ set: [Int], _ widths: [Int]) -> [Condition] {
    var rest = cell
    var conditions: [Condition] = []
    for index in set.indices.reversed() {
      conditions.append(Condition(column: set[index], code: UInt8(rest % widths[index])))
      rest /= widths[index]
    }
    return conditions.reversed()
  }

  /// The slices with one condition less.
  private func parents(_ conditions: [Condition]) -> [(set: [Int], cell: Int)] {
    guard conditions.count > 1 else { return [] }
    return conditions.indices.map { left in
      let rest = conditions.indices.filter { $0 != left }.map { conditions[$0] }
      let cell = rest.reduce(0) { $0 * columns[$1.column].names.count + Int($1.code) }
      return (rest.map(\.column), cell)
    }
  }

  /// The worst slice of a column, alone or with another.
  private func promise(of column: Int, _ bounds: [[Int]: [Double]]) -> Double {
    var best = -Double.infinity
    for other in columns.indices {
      let set = other == column ? [column] : [min(column, other), max(column, other)]
      best = max(best, bounds[set]?.max() ?? -.infinity)
    }
    return best
  }

  // MARK: - Choosing

  private static func precedes(_ one: Found, _ other: Found) -> Bool {
    if one.bound != other.bound { return one.bound > other.bound }
    if one.conditions.count != other.conditions.count { return one.conditions.count < other.conditions.count }
    return one.conditions.lexicographicallyPrecedes(other.conditions) {
      ($0.column, $0.code) < ($1.column, $1.code)
    }
  }

  /// The worst that are not nearly the same rows as a worse one.
  private func chosen(_ found: [Found], _ codes: [[UInt8]], _ result: Result) -> Result {
    var result = result
    var members: [[Bool]] = []
    for slice in found.sorted(by: Self.precedes).prefix(Self.kept) where result.worst.count < wanted {
      let isNested = result.worst.contains { other in
        Set(other.conditions).isSubset(of: slice.conditions) || Set(slice.conditions).isSubset(of: other.conditions)
      }
      guard !isNested else { continue }
      let rows = (0..<(codes.first?.count ?? 0)).map { row in
        slice.conditions.allSatisfy { codes[$0.column][row] == $0.code }
      }
      guard !members.contains(where: { Self.overlap($0, rows) > 0.5 }) else { continue }
      members.append(rows)
      result.worst.append(slice)
    }
    return result
  }

  /// The rows of both over those of either.
  private static func overlap(_ one: [Bool], _ other: [Bool]) -> Double {
    var (both, either) = (0, 0)
    for row in one.indices {
      both += one[row] && other[row] ? 1 : 0
      either += one[row] || other[row] ? 1 : 0
    }
    return either > 0 ? Double(both) / Double(either) : 0
  }
}
