import JSON
import Metrics
import Statistics
import VectorSupport

extension VectorKind {
  static let metrics: [String: VectorKind] = [
    labels, scores, rankings, numbers, texts,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

  /// A kind whose answers are found key by key; keys that a case without outputs must fail on.
  static func keyed(
    documents: Set<String> = [], failing: [String] = [],
    _ answer: @escaping @Sendable (VectorCase, String) throws -> Answer?
  ) -> VectorKind {
    VectorKind(documents: documents) { vector in
      let keys = vector.outputs?.members.map(\.key) ?? failing
      return try keys.reduce(into: [:]) { answers, key in answers[key] = try answer(vector, key) }
    }
  }
}

extension Answer {
  /// A registered metric with scikit-learn's conventions, by its name or alias.
  static func metric<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument], _ rows: Rows
  ) throws -> Answer {
    try any { .number(try value(name, arguments, rows)) }
  }

  static func value<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument], _ rows: Rows
  ) throws -> Double {
    var arguments = arguments
    arguments["sklearn_compat"] = .flag(true)
    return try MetricRegistry.definition(name, of: Rows.self).metric(arguments).value(of: rows)
  }

  static func metric<Rows: MetricRows>(_ name: String, _ rows: Rows) throws -> Answer { try metric(name, [:], rows) }
  static func known<Rows: MetricRows>(_ name: String, _ rows: Rows) throws -> Answer? { try known(name, [:], rows) }

  /// The metric if there is one of that name, else no answer.
  static func known<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument], _ rows: Rows
  ) throws -> Answer? {
    guard let definition = try? MetricRegistry.definition(name, of: Rows.self) else { return nil }
    let names = Set(definition.parameters.map(\.name))
    return try metric(name, arguments.filter { names.contains($0.key) }, rows)
  }

  /// The metric of each row alone.
  static func perRow<Rows: MetricRows>(
    _ name: String, _ arguments: [String: MetricArgument], _ rows: Rows
  ) throws -> Answer {
    .list(try (0..<rows.count).map { try metric(name, arguments, rows.rows(at: [$0])) })
  }

  static func perRow<Rows: MetricRows>(_ name: String, _ rows: Rows) throws -> Answer { try perRow(name, [:], rows) }
}

extension VectorCase {
  /// A list of labels of any kind.
  func labels(_ name: String) throws -> [Label] {
    guard let elements = self[name]?.arrayValue else { throw VectorProblem(description: "\(id) has no \(name)") }
    return try elements.map { try Label($0) }
  }

  func weights() throws -> [Double]? { has("sample_weight") ? try numbers("sample_weight") : nil }

  /// The parameters that are metrics' parameters by the same name.
  func arguments(_ names: String...) -> [String: MetricArgument] {
    names.reduce(into: [:]) { arguments, name in
      guard let value = self[name] else { return }
      if let number = value.doubleValue {
        arguments[name] = .number(number)
      } else if let flag = value.boolValue {
        arguments[name] = .flag(flag)
      } else if value.stringValue == "NaN" {
        arguments[name] = .word("nan")
      } else if let word = value.stringValue {
        arguments[name] = .word(word)
      }
    }
  }
}

/// A class as a case names it: numbers in their order come before words.
struct Label: Hashable, Comparable {
  let number: Double?
  let word: String

  init(_ number: Int) {
    self.number = Double(number)
    word = "\(Double(number))"
  }

  init(_ value: JSONValue) throws {
    if value.stringValue == "NaN" { throw Undefined.outsideDomain("a label is NaN") }
    number = value.doubleValue ?? value.boolValue.map { $0 ? 1 : 0 }
    guard let word = value.stringValue ?? number.map({ "\($0)" }) else {
      throw VectorProblem(description: "no label: \(value)")
    }
    self.word = word
  }

  static func < (first: Label, second: Label) -> Bool {
    switch (first.number, second.number) {
    case (let one?, let other?): one < other
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil): first.word < second.word
    }
  }

  var answer: Answer { number.map { .number($0) } ?? .word(word) }
}
