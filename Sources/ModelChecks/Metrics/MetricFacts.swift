/// What a file tells of a metric beside its number.
package struct MetricFacts: Sendable, Hashable {
  /// Which side is the better one.
  package var direction: MetricDirection?
  /// On what it was measured, by the names of the conditions: numbers under different ones cannot be compared.
  package var conditions: [String: String]

  package init(direction: MetricDirection? = nil, conditions: [String: String] = [:]) {
    self.direction = direction
    self.conditions = conditions
  }

  /// How the conditions differ from others that are told as well: `20 samples instead of 10042`; nil when they do not.
  func difference(from other: MetricFacts) -> String? {
    let words = conditions.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
      guard let then = other.conditions[name], then != value else { return nil }
      return name == "version" ? "version \(value) instead of \(then)" : "\(value) \(name) instead of \(then)"
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// A metric's name, or path, without the filter of answers that a harness writes behind it: `acc,none`.
  static func unfiltered(_ name: String) -> String {
    guard let comma = name.lastIndex(of: ","), !name[comma...].contains(".") else { return name }
    return String(name[..<comma])
  }
}
