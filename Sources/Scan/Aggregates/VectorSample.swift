/// The rows of a column of vectors, lists of numbers of one length: all of them while they are few, a random sample when
/// they are many (drawn as `PairSample` draws), and how long all of them are.
///
/// Lists are stored as JSON. In a text file the text of a JSON list is one, in JSON Lines a string is none.
package struct VectorSample: Aggregate {
  private let specification: Specification
  package private(set) var rows = 0
  package private(set) var nulls = 0
  /// How many values are no lists, and where the first one stands.
  package private(set) var others = FirstPlace()
  /// How many lists hold what is no finite number, such as NaN or a null, and where the first one stands.
  package private(set) var notFinite = FirstPlace()
  /// How many rows have so many elements, and where the first of them stands. Of more than some lengths no further ones are
  /// told apart: these count as `others`.
  package private(set) var lengths: [Int: FirstPlace] = [:]
  /// Twice as many as stay, at most.
  private var kept: [Row] = []
  /// Rows that draw this or more are known not to stay.
  private var ceiling = UInt64.max

  private static let mostLengths = 1000

  /// How many rows there are of a kind, and where the first stands.
  package struct FirstPlace: Sendable, Equatable {
    package internal(set) var count = 0
    package internal(set) var place: RowPlace?

    mutating func add(_ place: RowPlace) {
      count += 1
      self.place = self.place ?? place
    }

    mutating func merge(_ other: FirstPlace) {
      count += other.count
      place = [place, other.place].compactMap { $0 }.min()
    }
  }

  private struct Row: Sendable {
    var draw: UInt64
    var place: RowPlace
    var values: [Float]
  }

  package struct Specification: AggregateSpecification {
    package var column: String
    /// As many rows stay.
    package var limit: Int
    /// Components beyond so many are folded into these: each is added to one of them with a sign, both by its number
    /// (a count sketch; Charikar, Chen and Farach-Colton, 2002), which keeps lengths and angles nearly as they are.
    package var width: Int

    package init(_ column: String, limit: Int, width: Int) {
      self.column = column
      self.limit = max(1, limit)
      self.width = max(1, width)
    }

    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: VectorSample { VectorSample(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    rows += batch.rowCount
    guard let column = KeyColumn.columns([specification.column], batch, .joined).first else {
      return nulls += batch.rowCount
    }
    var kinds: [UInt8]?
    if case .tokens(_, let tokens)? = batch.stored(specification.column)?.values { kinds = tokens }
    var text: [UInt8] = []
    for row in 0..<batch.rowCount {
      text.removeAll(keepingCapacity: true)
      guard column.append(row, to: &text) else {
        nulls += 1
        continue
      }
      let isList = kinds.map { $0[row] == TokenKind.nested.rawValue } ?? true
      guard isList, let length = ListLengthTest.count(text.span) else {
        others.add(batch.place(row))
        continue
      }
      guard lengths.count < Self.mostLengths || lengths[length] != nil else {
        others.add(batch.place(row))
        continue
      }
      lengths[length, default: FirstPlace()].add(batch.place(row))
      if !text.allSatisfy(Self.isOfNumbers) { notFinite.add(batch.place(row)) }
      var draw = SplitMix64.mix(UInt64(truncatingIfNeeded: batch.firstRow + row) &* SplitMix64.step)
      draw = SplitMix64.mix(draw ^ Murmur3.hash(text.span).h1)
      guard draw < ceiling else { continue }
      kept.append(Row(draw: draw, place: batch.place(row), values: vector(text)))
      if kept.count >= 2 * specification.limit { drop() }
    }
  }

  /// Whether a byte occurs in a list of finite numbers.
  private static func isOfNumbers(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+")...UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"), UInt8(ascii: "["), UInt8(ascii: "]"), 0x09, 0x0A, 0x0D, 0x20:
      true
    default: false
    }
  }

  /// The components, folded where there are more than shall stay; NaN for what is no number.
  private func vector(_ text: [UInt8]) -> [Float] {
    var values: [Float] = []
    let parts = text.drop { $0 != UInt8(ascii: "[") }.dropFirst().prefix { $0 != UInt8(ascii: "]") }
      .split(separator: UInt8(ascii: ","))
    for (index, part) in parts.enumerated() {
      let word = String(decoding: part, as: UTF8.self).filter { !$0.isWhitespace }
      let value = Float(word) ?? .nan
      guard index >= specification.width else {
        values.append(value)
        continue
      }
      let hash = SplitMix64.mix(UInt64(index) &* SplitMix64.step)
      values[Int(hash % UInt64(specification.width))] += hash >> 63 == 0 ? value : -value
    }
    return values
  }

  package mutating func move(after origin: RowPlace) {
    for index in kept.indices { kept[index].place.move(after: origin) }
    others.place?.move(after: origin)
    notFinite.place?.move(after: origin)
    for length in lengths.keys { lengths[length]?.place?.move(after: origin) }
  }

  package mutating func merge(_ other: VectorSample) {
    rows += other.rows
    nulls += other.nulls
    others.merge(other.others)
    notFinite.merge(other.notFinite)
    for (length, found) in other.lengths { lengths[length, default: FirstPlace()].merge(found) }
    ceiling = min(ceiling, other.ceiling)
    for row in other.kept where row.draw < ceiling { kept.append(row) }
    if kept.count >= 2 * specification.limit { drop() }
  }

  package mutating func finish() { drop() }

  package var footprint: Int {
    Footprint.of(kept) + kept.reduce(0) { $0 + $1.values.count * 4 + Footprint.block } + lengths.count * 64
  }

  /// Leaves the rows that stay.
  private mutating func drop() {
    guard kept.count > specification.limit else { return }
    kept.sort { ($0.draw, $0.place) < ($1.draw, $1.place) }
    ceiling = min(ceiling, kept[specification.limit].draw)
    kept.removeSubrange(specification.limit...)
  }

  /// The number of elements that most rows have, of equally frequent ones the least; nil when no row has any.
  package var commonLength: Int? {
    lengths.filter { $0.key > 0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
  }

  /// The vectors of so many elements that stay, in the order of the rows.
  package func vectors(of length: Int) -> [[Float]] {
    let width = min(length, specification.width)
    let whole = kept.filter { $0.values.count == width }
    return whole.sorted { ($0.place, $0.draw) < ($1.place, $1.draw) }.map(\.values)
  }
}
