/// How many values of a column are of each kind, and the first rows of each.
package struct KindCounts: Aggregate {
  private var rows = 0
  private var nulls = 0
  /// By the raw values of the kinds.
  private var counts = [Int](repeating: 0, count: ValueKind.allCases.count)
  private var first = [[ViolatingRow]](repeating: [], count: ValueKind.allCases.count)
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column), ColumnReading(column, as: .number)] }
    package var empty: KindCounts { KindCounts(column) }
  }

  private init(_ column: String) { self.column = column }

  package func count(of kind: ValueKind) -> Int { counts[Int(kind.rawValue)] }

  /// The kind that most values are of, the first of several; nil when there are no values.
  package var commonest: ValueKind? {
    let most = counts.max() ?? 0
    return most == 0 ? nil : ValueKind.allCases.first { count(of: $0) == most }
  }

  /// The values of any other kind, as rows that violate a test.
  package var rarer: ViolationSummary {
    var summary = ViolationSummary(rows: rows, nulls: nulls)
    guard let commonest else { return summary }
    summary.violating = summary.evaluated - count(of: commonest)
    let others = ValueKind.allCases.filter { $0 != commonest }.flatMap { first[Int($0.rawValue)] }
    summary.first = Array(others.sorted { $0.place < $1.place }.prefix(ViolationSummary.sampleLimit))
    return summary
  }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    rows += batch.rowCount
    let kinds = kinds(values, field.type, batch)
    for row in kinds.indices {
      guard let kind = kinds[row].map({ Int($0.rawValue) }) else {
        nulls += 1
        continue
      }
      counts[kind] += 1
      guard first[kind].count < ViolationSummary.sampleLimit else { continue }
      first[kind].append(ViolatingRow(place: batch.place(row), values: [batch.display(column, row: row)]))
    }
  }

  private func kinds(_ values: StoredColumn, _ type: StoredType, _ batch: Batch) -> [ValueKind?] {
    var kinds = [ValueKind?](repeating: nil, count: batch.rowCount)
    if case .tokens(_, let tokens) = values {
      for row in kinds.indices { kinds[row] = TokenKind(rawValue: tokens[row])?.kind }
    } else if let kind = type.kind {
      values.forEachRow { if $1 { kinds[$0] = kind } }
    } else if case .texts(let text) = values {
      let (bytes, states) = (text.bytes.span, batch.numbers(ColumnReading(column, as: .number)).states)
      for row in kinds.indices {
        guard let range = text.range(row) else { continue }
        let isNumber = states[row] == CellState.valid.rawValue
        kinds[row] = isNumber ? .number : Self.kind(ofWord: bytes.extracting(range))
      }
    }
    return kinds
  }

  private static func kind(ofWord text: Span<UInt8>) -> ValueKind {
    let types = TypeCensus.types(ofWord: text)
    guard types != 0 else { return .text }
    return switch TypeCensus.types[types.trailingZeroBitCount] {
    case .boolean: .boolean
    case .date: .date
    case .timestamp: .timestamp
    case .integer, .number, .string: .text
    }
  }

  package mutating func merge(_ other: KindCounts) {
    rows += other.rows
    nulls += other.nulls
    for kind in counts.indices {
      counts[kind] += other.counts[kind]
      let all = (first[kind] + other.first[kind]).sorted { $0.place < $1.place }
      first[kind] = Array(all.prefix(ViolationSummary.sampleLimit))
    }
  }

  package mutating func move(after origin: RowPlace) {
    for kind in first.indices {
      for index in first[kind].indices { first[kind][index].place = first[kind][index].place.moved(after: origin) }
    }
  }
}
