internal import Language
internal import Scan

/// What is read of a file of predictions.
struct PredictionRequest: Sendable, Hashable {
  /// Columns of numbers, of words, and those of the key.
  var numbers: [String] = []
  var words: [String] = []
  var key: [String] = []
  /// Columns of numbers and of words that are read where the file has them.
  var numbersIfPresent: [String] = []
  var wordsIfPresent: [String] = []
  /// Expressions over the columns: numbers, and conditions.
  private(set) var computed: [RowExpression] = []
  private(set) var claims: [RowExpression] = []
  /// The columns that are searched for slices.
  var search: SearchRequest?
  /// Columns of which the file says how many there are.
  private var patterns: [Pattern] = []

  enum Kind: Sendable, Hashable { case numbers, words }

  private struct Pattern: Hashable {
    var columns: ColumnPattern
    var kind: Kind
  }

  mutating func add(_ column: String, as kind: Kind) {
    switch kind {
    case .numbers: if !numbers.contains(column) { numbers.append(column) }
    case .words: if !words.contains(column) { words.append(column) }
    }
  }

  mutating func add(_ choice: ColumnChoice?, as kind: Kind) {
    guard let choice else { return }
    if case .pattern(let pattern) = choice {
      let pattern = Pattern(columns: pattern.value, kind: kind)
      if !patterns.contains(pattern) { patterns.append(pattern) }
    }
    for column in choice.columns { add(column, as: kind) }
  }

  mutating func add(number expression: RowExpression) {
    if !computed.contains(expression) { computed.append(expression) }
  }

  mutating func add(claim: RowExpression) { if !claims.contains(claim) { claims.append(claim) } }

  /// Both together.
  mutating func add(_ other: PredictionRequest) {
    for column in other.numbers { add(column, as: .numbers) }
    for column in other.words { add(column, as: .words) }
    for column in other.key where !key.contains(column) { key.append(column) }
    for expression in other.computed { add(number: expression) }
    for claim in other.claims { add(claim: claim) }
    for pattern in other.patterns where !patterns.contains(pattern) { patterns.append(pattern) }
  }

  /// What a file with these columns does not have.
  func absent(from fields: [String]) -> [String] {
    all.filter { !fields.contains($0) }
      + patterns.filter { pattern in !fields.contains { pattern.columns.name(in: $0) != nil } }
      .map(\.columns.description)
  }

  /// Whether a column is one that a pattern means.
  func isMeant(_ column: String) -> Bool { patterns.contains { $0.columns.name(in: column) != nil } }

  /// The same with the columns of a file that its patterns mean.
  func expanded(over fields: [String]) -> PredictionRequest {
    var request = self
    for pattern in patterns {
      for field in fields where pattern.columns.name(in: field) != nil { request.add(field, as: pattern.kind) }
    }
    return request
  }

  /// The columns that must be there, each once.
  var all: [String] {
    var names: [String] = []
    let read = (computed + claims).flatMap(\.readings).map(\.column)
    let searched = search?.columns ?? []
    for name in numbers + words + key + searched + read where !names.contains(name) { names.append(name) }
    return names
  }
}
