internal import Scan
internal import Statistics

/// The rows of a baseline as a population, beside the same rows changed in all of their columns.
struct RowDriftPopulation: Sendable {
  /// How the rows are changed.
  enum Shift: Sendable {
    /// Numbers by two standard deviations upwards, other values to the rarest one, the elements of a list by one place.
    case moved
    /// The values of every column in an order of their own: what went together does so no more.
    case shuffled
  }

  /// The rows as they are, and behind them the changed ones.
  private let table: MemoryTable
  let rowCount: Int
  /// How many values a row has in the columns that change, of which a list has as many as elements.
  let width: Int

  init(_ rows: MemoryTable, _ columns: [String], shifted shift: Shift) {
    let places = Array(0..<rows.rowCount)
    var (doubled, width) = (rows.picking(places + places), 0)
    for column in columns {
      let values = places.map { rows.text($0, column) }
      let changed = Self.changed(values, shift, Seed("calibrate \(column)"))
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

  private static func changed(_ values: [String?], _ shift: Shift, _ seed: Seed) -> [String?] {
    if shift == .shuffled {
      var (random, shuffled) = (Philox(seed), values)
      shuffled.shuffle(using: &random)
      return shuffled
    }
    let present = values.compactMap { $0 }
    let numbers = present.compactMap { Literal.number($0) }.filter(\.isFinite)
    if numbers.count == present.count, !numbers.isEmpty {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
      let areWhole = numbers.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 }
      let step = variance > 0 ? 2 * variance.squareRoot() : 1
      return values.map { text in
        text.flatMap { Literal.number($0) }.map {
          areWhole ? String(Int64(($0 + step).rounded(.up))) : String($0 + step)
        }
      }
    }
    if present.allSatisfy({ $0.hasPrefix("[") && $0.hasSuffix("]") }) { return values.map { $0.map(rotated) } }
    let counts = present.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let rarest = counts.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    return values.map { $0 == nil ? nil : counts.count > 1 ? rarest : "another" }
  }

  /// `[1, 2, 3]` as `[3,1, 2]`.
  private static func rotated(_ list: String) -> String {
    var elements = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard let last = elements.popLast() else { return list }
    return "[" + ([last] + elements).joined(separator: ",") + "]"
  }
}
