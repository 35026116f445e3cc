/// Whole columns of a table in the order of its rows, held as compactly as they can be: for whoever compares rows, and not
/// summaries of them.
///
/// A number takes eight bytes a row, a word one while there are at most 255 different ones and else four, a key its bytes
/// and four. What does not fit in the limit is an error: nothing is left out.
package struct CollectedColumns: Aggregate {
  private let specification: Specification
  package private(set) var rows = 0
  /// In the order of the specification.
  package private(set) var numbers: [CollectedNumbers]
  package private(set) var words: [CollectedWords]
  package private(set) var keys = CollectedKeys()
  private var computed: [CollectedNumbers]
  private var truths: [[Truth]]

  package struct Specification: AggregateSpecification {
    /// The columns that are read as numbers.
    package var numbers: [String]
    /// The columns whose values are told from each other as they are written.
    package var words: [String]
    /// The columns whose values together are the key of a row.
    package var key: [String]
    /// Expressions whose values are numbers.
    package var computed: [RowExpression]
    /// Expressions that are true, false or unknown.
    package var claims: [RowExpression]
    /// The most bytes that the columns may take.
    package var limit: Int

    package init(
      numbers: [String], words: [String], key: [String], computed: [RowExpression] = [], claims: [RowExpression] = [],
      limit: Int
    ) {
      self.numbers = numbers
      self.words = words
      self.key = key
      self.computed = computed
      self.claims = claims
      self.limit = limit
    }

    package var readings: [ColumnReading] {
      numbers.map { ColumnReading($0, as: .number) } + (words + key).map { ColumnReading($0) }
        + (computed + claims).flatMap(\.readings)
    }
    package var empty: CollectedColumns { CollectedColumns(self) }
  }

  private init(_ specification: Specification) {
    self.specification = specification
    numbers = specification.numbers.map { _ in CollectedNumbers() }
    words = specification.words.map { _ in CollectedWords() }
    computed = specification.computed.map { _ in CollectedNumbers() }
    truths = specification.claims.map { _ in [] }
  }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    for (index, name) in specification.numbers.enumerated() {
      numbers[index].append(batch.numbers(ColumnReading(name, as: .number)), of: batch)
    }
    for (index, name) in specification.words.enumerated() {
      if let column = KeyColumn.columns([name], batch, .joined).first { words[index].append(column, of: batch) }
    }
    for (index, expression) in specification.computed.enumerated() {
      computed[index].append(expression.numbers(batch), of: batch)
    }
    for (index, claim) in specification.claims.enumerated() { truths[index] += claim.truths(batch) }
    if !specification.key.isEmpty { keys.append(KeyColumn.columns(specification.key, batch, .joined), of: batch) }
    rows += batch.rowCount
  }

  package mutating func move(after origin: RowPlace) {
    for index in numbers.indices { numbers[index].firstBad?.move(after: origin) }
    for index in words.indices { words[index].firstNull?.move(after: origin) }
    for index in computed.indices { computed[index].firstBad?.move(after: origin) }
    keys.firstNull?.move(after: origin)
  }

  package mutating func merge(_ other: CollectedColumns) throws(ScanError) {
    rows += other.rows
    for index in numbers.indices { numbers[index].merge(other.numbers[index]) }
    for index in words.indices { words[index].merge(other.words[index]) }
    for index in computed.indices { computed[index].merge(other.computed[index]) }
    for index in truths.indices { truths[index] += other.truths[index] }
    let fits = keys.merge(other.keys)
    guard fits, footprint <= specification.limit, rows <= Int32.max else {
      throw ScanError(
        .limit,
        "\(rows) rows and more do not fit in the \(specification.limit >> 20) MiB in which rows are compared",
        hint: "give it more memory: --max-memory")
    }
  }

  package var footprint: Int {
    numbers.reduce(0) { $0 + $1.footprint } + words.reduce(0) { $0 + $1.footprint } + keys.footprint
      + computed.reduce(0) { $0 + $1.footprint } + truths.reduce(0) { $0 + $1.count }
  }

  /// The numbers of a column that was asked for.
  package func numbers(_ column: String) -> CollectedNumbers? {
    specification.numbers.firstIndex(of: column).map { numbers[$0] }
  }

  /// The words of a column that was asked for.
  package func words(_ column: String) -> CollectedWords? {
    specification.words.firstIndex(of: column).map { words[$0] }
  }

  /// The values of an expression that was asked for.
  package func numbers(_ expression: RowExpression) -> CollectedNumbers? {
    specification.computed.firstIndex(of: expression).map { computed[$0] }
  }

  /// Of each row what a claim says that was asked for.
  package func truths(_ claim: RowExpression) -> [Truth]? {
    specification.claims.firstIndex(of: claim).map { truths[$0] }
  }
}
