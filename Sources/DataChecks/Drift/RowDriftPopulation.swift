internal import Scan
internal import Statistics

/// The rows of a baseline as a population, beside the same rows changed in all of their columns.
struct RowDriftPopulation: Sendable {
  /// How the rows are changed.
  enum Shift: Sendable {
    /// Numbers by two standard deviations upwards, as are those of a list by place, the elements of other lists by one place,
    /// other values to the rarest one.
    case moved
    /// The values of every column in another order: of their own, so that what went together does so no more; or, where
    /// hardly anything does, of their sizes, so that all go together.
    case reordered
  }

  /// The rows as they are, and behind them the changed ones.
  private let table: MemoryTable
  let rowCount: Int
  /// How many values a row has in the columns that change, of which a list has as many as elements.
  let width: Int

  init(_ rows: MemoryTable, _ columns: [String], shifted shift: Shift) {
    let places = Array(0..<rows.rowCount)
    var (doubled, width) = (rows.picking(places + places), 0)
    let texts = columns.map { column in places.map { rows.text($0, column) } }
    let order: Order? = shift == .moved ? nil : Self.areCorrelated(texts) ? .random : .ascending
    for (column, values) in zip(columns, texts) {
      let changed = Self.changed(values, order, Seed("calibrate \(column)"))
      doubled.set(column, zip(places, changed).map { (row: $0 + rows.rowCount, text: $1) })
      let first = values.lazy.compactMap { $0 }.first ?? ""
      width += first.hasPrefix("[") ? first.count { $0 == "," } + 1 : 1
    }
    (table, rowCount, self.width) = (doubled, rows.rowCount, max(1, width))
  }

  /// So many rows, drawn with replacement, of which a share is of the changed ones.
  func sample(of rows: Int, shifted share: Double = 0, _ random: inout Philox) -> MemoryTable {
    table.picking(
      (0..<rows).map { _ in
        let row = min(rowCount - 1, Int(random.uniform() * Double(rowCount)))
        return random.uniform() < share ? row + rowCount : row
      })
  }

  private enum Order { case random, ascending }

  /// Whether two columns go together so much that it is seen when they do so no more.
  private static func areCorrelated(_ columns: [[String?]]) -> Bool {
    let numbers = columns.map { $0.map { $0.flatMap { Literal.number($0) }.flatMap { $0.isFinite ? $0 : nil } } }
    return numbers.indices.contains { first in
      numbers[..<first].contains { other in
        let pairs = zip(numbers[first], other).compactMap { a, b in a.flatMap { a in b.map { (a, $0) } } }
        let found = try? Pearson(pairs.map(\.0), pairs.map(\.1))
        return found.map { $0.coefficient.magnitude >= 0.5 } ?? false
      }
    }
  }

  private static func changed(_ values: [String?], _ order: Order?, _ seed: Seed) -> [String?] {
    switch order {
    case .random:
      var (random, shuffled) = (Philox(seed), values)
      shuffled.shuffle(using: &random)
      return shuffled
    case .ascending:
      let numbers = values.map { $0.flatMap { Literal.number($0) } ?? .infinity }
      return values.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { values[$0] }
    case nil: break
    }
    let present = values.compactMap { $0 }
    let numbers = present.compactMap { Literal.number($0) }.filter(\.isFinite)
    if numbers.count == present.count, !numbers.isEmpty {
      let step = step(numbers)
      let areWhole = numbers.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 }
      return values.map { text in
        text.flatMap { Literal.number($0) }.map {
          areWhole ? String(Int64(($0 + step).rounded(.up))) : String($0 + step)
        }
      }
    }
    if present.allSatisfy({ $0.hasPrefix("[") && $0.hasSuffix("]") }) {
      return movedVectors(values) ?? values.map { $0.map(rotated) }
    }
    let counts = present.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let rarest = counts.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    return values.map { $0 == nil ? nil : counts.count > 1 ? rarest : "another" }
  }

  /// Two standard deviations of some numbers; 1 where they are equal.
  private static func step(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    return variance > 0 ? 2 * variance.squareRoot() : 1
  }

  /// Lists of numbers, each moved as far as those in its place in all lists vary; nil where others are among them.
  private static func movedVectors(_ lists: [String?]) -> [String?]? {
    var vectors: [[Double]?] = []
    for list in lists {
      guard let elements = list?.dropFirst().dropLast().split(separator: ",") else {
        vectors.append(nil)
        continue
      }
      let numbers = elements.compactMap { Literal.number(String($0.drop { $0 == " " })) }.filter(\.isFinite)
      guard numbers.count == elements.count else { return nil }
      vectors.append(numbers)
    }
    let width = vectors.reduce(0) { max($0, $1?.count ?? 0) }
    let steps = (0..<width).map { place in
      step(vectors.compactMap { $0.flatMap { place < $0.count ? $0[place] : nil } })
    }
    return vectors.map { vector in
      vector.map { "[" + zip($0, steps).map { String($0 + $1) }.joined(separator: ",") + "]" }
    }
  }

  /// `[1, 2, 3]` as `[3,1, 2]`.
  private static func rotated(_ list: String) -> String {
    var elements = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard let last = elements.popLast() else { return list }
    return "[" + ([last] + elements).joined(separator: ",") + "]"
  }
}
