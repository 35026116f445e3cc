internal import Expressions
internal import Language
internal import Scan
internal import Verdict

/// The slices of one declaration, with their rows.
struct Slicing: Sendable {
  let slices: [Slice]
  /// The slices that were too small, each with its rows: `HA (12)`.
  private(set) var small: [String] = []
  /// Whether these are a slice together. If that is too small as well, nobody judges it: one row of a rare value would
  /// decide what no slice of less than the fewest rows may.
  private(set) var arePooled = false
  /// The values that must occur and do not.
  private(set) var absent: [Located<String>] = []
  /// What there is to say of rows that are in no slice.
  private(set) var remarks: [String] = []
  /// How they were discovered; nil where they were named.
  private(set) var discovery: Discovery?

  struct Discovery: Sendable {
    /// Among how many slices they are the worst.
    var searched: Int
    /// How many rows judge them.
    var judged: Int
    var note: String
  }

  init(discovered slices: [Slice], _ discovery: Discovery) {
    self.slices = slices
    self.discovery = discovery
  }

  /// More small slices than these are counted.
  private static let shown = 20

  /// What a finding says beside the slices.
  var notes: [String] {
    if let discovery { return [discovery.note] }
    guard !small.isEmpty else { return remarks }
    let words = arePooled ? "pooled as other" : "not judged, as all of them have too few rows together"
    return ["\(words): \(Self.list(small))"] + remarks
  }

  private static func list(_ small: [String]) -> String {
    let rest = small.count - shown
    return small.prefix(shown).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  struct Slice: Sendable {
    /// `carrier = AA, distance from 0 to 500`.
    var name: String
    var rows: [Int]
  }

  /// More slices than these are no slices.
  static let mostSlices = 1000

  /// - Parameter fewest: slices with fewer rows are pooled, and judged if they have as many together.
  init(_ declaration: SliceDeclaration, of table: PredictionTable, fewest: Int, sensitive: [String]) throws(RowProblem)
  {
    var codes = [Int](repeating: 0, count: table.columns.rows)
    var names = [""]
    for column in declaration.columns {
      let parts = try Self.parts(column, table, isHidden: sensitive.contains(column.name?.value ?? ""))
      absent += parts.absent
      remarks += parts.remarks
      let width = parts.names.count
      guard names.count * width <= 100 * Self.mostSlices else {
        throw RowProblem(
          message: "\(declaration.name) makes \(Quantity.grouped(names.count * width)) slices", reason: .limit)
      }
      for row in codes.indices {
        codes[row] = codes[row] < 0 || parts.codes[row] < 0 ? -1 : codes[row] * width + Int(parts.codes[row])
      }
      names = names.flatMap { first in parts.names.map { first.isEmpty ? $0 : "\(first), \($0)" } }
    }
    var rows = [[Int]](repeating: [], count: names.count)
    for (row, code) in codes.enumerated() where code >= 0 { rows[code].append(row) }
    let demanded = Set(
      declaration.columns.flatMap { column in
        column.condition == nil
          ? column.values.map { "\(column.name?.value ?? "") = \($0.value)" } : [column.name?.value ?? ""]
      })
    var (kept, other): ([Slice], [Int]) = ([], [])
    // In the order of their names, which no order of the rows changes.
    for place in names.indices.sorted(by: { Self.precedes(names[$0], names[$1]) }) where !rows[place].isEmpty {
      // What the config demands by name is judged by itself, however few its rows are.
      if rows[place].count >= fewest || demanded.contains(names[place]) {
        kept.append(Slice(name: names[place], rows: rows[place]))
      } else {
        small.append("\(names[place]) (\(rows[place].count))")
        other += rows[place]
      }
    }
    guard !kept.isEmpty || !absent.isEmpty else {
      throw RowProblem(
        message: "no slice by \(declaration.name) has \(Quantity(Double(fewest), .rows)), so none is judged by itself",
        notes: [
          "they are \(Self.list(small))",
          "choose a smaller min_rows:, or columns that divide the rows into fewer slices",
        ],
        reason: .nothingToEvaluate)
    }
    arePooled = !other.isEmpty && other.count >= fewest
    if arePooled { kept.append(Slice(name: "other", rows: other.sorted())) }
    guard kept.count <= Self.mostSlices else {
      throw RowProblem(
        message:
          "\(declaration.name) makes \(Quantity.grouped(kept.count)) slices, and at most "
          + "\(Quantity.grouped(Self.mostSlices)) are judged one by one", reason: .limit)
    }
    slices = kept
  }

  /// Of so many rows the place of the slice of each; -1 for those in none.
  func places(of count: Int) -> [Int32] {
    var places = [Int32](repeating: -1, count: count)
    for (place, slice) in slices.enumerated() {
      for row in slice.rows { places[row] = Int32(place) }
    }
    return places
  }

  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

  private struct Parts {
    var codes: [Int32]
    var names: [String]
    var absent: [Located<String>] = []
    var remarks: [String] = []
  }

  private static func parts(
    _ column: SliceDeclaration.Column, _ table: PredictionTable, isHidden: Bool
  ) throws(RowProblem) -> Parts {
    let name = column.name?.value ?? ""
    if let condition = column.condition { return try selected(name, condition, table) }
    if let bins = column.bins { return try binned(name, bins, table, declaredAt: column.name?.location) }
    guard let words = table.columns.words(name) else { return Parts(codes: [], names: []) }
    guard words.wordCount <= 100 * mostSlices else {
      throw RowProblem(
        message: "\"\(name)\" has \(Quantity.grouped(words.wordCount)) different values, too many to slice by",
        reason: .limit)
    }
    let known = words.words
    var parts = Parts(
      codes: words.indices,
      names: known.enumerated().map { isHidden ? "\(name) \($0 + 1) (hidden)" : "\(name) = \($1)" })
    parts.absent = column.values.filter { !known.contains($0.value) }
    if words.nulls > 0 {
      parts.names.append("\(name) without a value")
      parts.codes = parts.codes.map { $0 < 0 ? Int32(known.count) : $0 }
    }
    return parts
  }

  /// The rows of which a condition is true; what is unknown is not selected.
  private static func selected(
    _ name: String, _ condition: Located<String>, _ table: PredictionTable
  ) throws(RowProblem) -> Parts {
    guard let claim = try? Expression(condition.value, types: [:]).compiled, let truths = table.columns.truths(claim)
    else { throw RowProblem(message: "\(condition.value) is no condition over the columns") }
    var parts = Parts(codes: truths.map { $0 == .yes ? 0 : -1 }, names: [name])
    if !truths.contains(.yes) { parts.absent = [Located(name, at: condition.location)] }
    let unknown = truths.count { $0 == .unknown }
    if unknown > 0 {
      parts.remarks = ["of \(Quantity(Double(unknown), .rows)) it is unknown whether they are \(name): they are not"]
    }
    return parts
  }

  /// Bins hold their lower border; the last one holds both.
  private static func binned(
    _ name: String, _ borders: [Double], _ table: PredictionTable, declaredAt place: SourceLocation?
  ) throws(RowProblem) -> Parts {
    guard let found = table.columns.numbers(name) else { return Parts(codes: [], names: []) }
    guard found.malformed == 0 else {
      throw RowProblem(
        message: "\(Quantity(Double(found.malformed), .rows)) of \"\(name)\" hold a value that is no number",
        samples: found.firstBad.map { [table.sample(at: $0, "no number to sort into a bin")] } ?? [])
    }
    let values = found.values
    let text = borders.map { Quantity.text($0) }
    let borders = borders.map { NumberWidth.nearest($0, among: values) }
    guard values.contains(where: { $0 >= borders[0] && $0 <= borders[borders.count - 1] }) else {
      throw RowProblem(
        message: "no row has a \"\(name)\" in any of the bins", reason: .nothingToEvaluate)
    }
    let last = borders.count - 1
    var names = ["\(name) below \(text[0])"]
    for bin in 0..<last { names.append("\(name) from \(text[bin]) to \(text[bin + 1])") }
    names += ["\(name) above \(text[last])", "\(name) without a number"]
    let codes = values.map { value -> Int32 in
      if value.isNaN { return Int32(borders.count + 1) }
      if value == borders[last] { return Int32(last) }
      return Int32(borders.count { $0 <= value })
    }
    // A bin between two borders is a slice that the config names; what lies beyond them is not.
    let occupied = Set(codes)
    let absent = (1...last).filter { !occupied.contains(Int32($0)) }.compactMap { bin in
      place.map { Located(names[bin], at: $0) }
    }
    return Parts(codes: codes, names: names, absent: absent)
  }
}
