package import JSON
internal import Language
internal import Scan
internal import Verdict

/// The rows that a model was judged on, by what stands for them: how many there are, their labels, and a digest of their
/// ids with their labels. Metrics of different rows cannot be compared.
package struct EvaluationSet: Sendable, Hashable {
  package var rows: Int
  /// The different labels in the order of their text; nil for numbers, for labels that must not be shown, and for more than
  /// ``mostLabels``.
  package var labels: [String]?
  package var digest: String

  /// More labels than these are told by the digest alone.
  static let mostLabels = 50

  package init(rows: Int, labels: [String]?, digest: String) {
    self.rows = rows
    self.labels = labels
    self.digest = digest
  }

  /// How it differs from another, in words that begin with the rows of this one; nil when it does not.
  package func difference(from other: EvaluationSet) -> String? {
    if rows != other.rows {
      return "\(Quantity(Double(rows), .rows)) instead of \(Quantity.grouped(other.rows))"
    }
    if let labels, let others = other.labels, labels != others {
      return "the labels \(labels.joined(separator: ", ")) instead of \(others.joined(separator: ", "))"
    }
    return digest == other.digest ? nil : "\(Quantity(Double(rows), .rows)) with other ids or labels"
  }

  package var json: JSONValue {
    [
      "rows": .number(JSONNumber(Int64(rows))), "labels": labels.map { .array($0.map { .string($0) }) } ?? .null,
      "digest": .string(digest),
    ]
  }

  package init?(json: JSONValue) {
    guard let rows = json["rows"]?.int64Value, rows >= 0, let digest = json["digest"]?.stringValue else { return nil }
    self.init(
      rows: Int(rows), labels: json["labels"]?.arrayValue.map { $0.compactMap(\.stringValue) }, digest: digest)
  }
}

extension EvaluationSet {
  /// What the rows of a table are, by their ids and labels. Without ids the order of the rows stands for them.
  init(_ table: PredictionTable, label: Located<String>?, id: [Located<String>], sensitive: [String]) {
    var facts = [UInt64](repeating: 0, count: table.columns.rows)
    var labels: [String]?
    if let label, let words = table.columns.words(label.value) {
      let names = words.words.map(Self.canonical)
      let digests = names.map { name in Double(name).map(Self.fact) ?? RowSetDigest.digest(of: name) }
      for row in facts.indices { facts[row] = words[row].map { digests[$0] } ?? 0 }
      let isHidden = sensitive.contains(label.value)
      labels = isHidden || names.count > Self.mostLabels ? nil : Set(names).sorted()
    } else if let label, let numbers = table.columns.numbers(label.value) {
      for row in facts.indices { facts[row] = Self.fact(numbers.values[row]) }
    }
    let digest = RowSetDigest(keys: id.isEmpty ? nil : table.columns.keys, facts: facts)
    self.init(rows: table.columns.rows, labels: labels, digest: digest.description)
  }

  /// A number is the same whether it was read as a number or as a word.
  private static func fact(_ number: Double) -> UInt64 { (number + 0).bitPattern }

  /// `1` and `1.0` are one label, whatever wrote them.
  private static func canonical(_ word: String) -> String {
    guard let number = Double(word), number.isFinite else { return word }
    return Quantity.text(number)
  }
}
