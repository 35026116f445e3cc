/// The ways in which a column says that it has no value: none at all, NaN, and the words that people write for it.
///
/// The state is bounded: the words are few and short, and differ in case alone.
package struct NullSpellings: Aggregate {
  /// One of the ways.
  package struct Spelling: Sendable, Equatable {
    /// As it is written; nil for no value at all. White space is one spelling, however long it is.
    package var text: String?
    package var count: Int
    /// Where it comes first.
    package var first: RowPlace
  }

  package private(set) var rows = 0
  private var spellings: [String?: Spelling] = [:]
  private let column: String

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: NullSpellings { NullSpellings(column) }
  }

  private init(_ column: String) { self.column = column }

  /// What occurs, in the order of its first row.
  package var found: [Spelling] { spellings.values.sorted { $0.first < $1.first } }

  package mutating func update(_ batch: Batch) {
    guard let (_, values) = batch.stored(column) else { return }
    rows += batch.rowCount
    var (nulls, firstNull) = (0, 0)
    values.forEachRow { row, hasValue in
      if !hasValue, nulls == 0 { firstNull = row }
      nulls &+= hasValue ? 0 : 1
    }
    if nulls > 0 { add(nil, firstNull, batch, count: nulls) }
    switch values {
    case .texts(let text): addWords(of: text, batch) { _ in true }
    case .tokens(let text, let kinds): addWords(of: text, batch) { kinds[$0] == TokenKind.string.rawValue }
    case .numbers(let column):
      for row in column.values.indices where column.values[row].isNaN {
        if column.states[row] == CellState.valid.rawValue { add("nan", row, batch) }
      }
    case .integers: break
    }
  }

  private mutating func addWords(of text: TextColumn, _ batch: Batch, isText: (Int) -> Bool) {
    let bytes = text.bytes.span
    for row in 0..<batch.rowCount {
      guard let range = text.range(row), isText(row) else { continue }
      if let word = Self.word(bytes.extracting(range)) { add(word, row, batch) }
    }
  }

  private mutating func add(_ text: String?, _ row: Int, _ batch: Batch, count: Int = 1) {
    spellings[text, default: Spelling(text: text, count: 0, first: batch.place(row))].count += count
  }

  package mutating func merge(_ other: NullSpellings) {
    rows += other.rows
    spellings.merge(other.spellings) { one, other in
      Spelling(text: one.text, count: one.count + other.count, first: min(one.first, other.first))
    }
  }

  package var footprint: Int { Footprint.of(spellings) }

  package mutating func move(after origin: RowPlace) {
    spellings = spellings.mapValues { spelling in
      Spelling(text: spelling.text, count: spelling.count, first: spelling.first.moved(after: origin))
    }
  }

  // MARK: - Words

  /// What pandas, R, spreadsheets, databases and people write where there is no value, in lower case.
  private static let words: Set<String> = [
    "", "-", "--", "?", ".", "na", "n/a", "n.a.", "#n/a", "<na>", "nan", "nat", "nil", "none", "(none)", "null",
    "(null)", "<null>", "#null!", "\\n", "undefined",
  ]
  private static let longestWord = words.reduce(0) { max($0, $1.utf8.count) }
  /// By their bytes, whether a word begins with it in either case.
  private static let beginnings: [Bool] = (0...255).map { (byte: UInt8) in
    isSpace(byte) || words.contains { $0.utf8.first == byte | (isLetter(byte) ? 0x20 : 0) }
  }

  /// The text when it is one of the words, a space when it is white space; nil for a value.
  private static func word(_ text: Span<UInt8>) -> String? {
    guard let first = text.indices.first.map({ text[$0] }) else { return "" }
    guard beginnings[Int(first)] else { return nil }
    if isSpace(first) {
      for index in text.indices where !isSpace(text[index]) { return nil }
      return " "
    }
    guard text.count <= longestWord else { return nil }
    let word = String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
    return words.contains(word.lowercased()) ? word : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
}
