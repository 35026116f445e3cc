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

  /// More differences than these are counted.
  private static let shown = 3

  /// How the conditions differ from others that are told as well: `20 samples instead of 10042`; nil when they do not.
  func difference(from other: MetricFacts) -> String? {
    let words = conditions.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
      guard let then = other.conditions[name], then != value else { return nil }
      return name.hasPrefix("version") ? "\(name): \(value) instead of \(then)" : "\(value) \(name) instead of \(then)"
    }
    let rest = words.count > Self.shown ? " and \(words.count - Self.shown) more differences" : ""
    return words.isEmpty ? nil : words.prefix(Self.shown).joined(separator: ", ") + rest
  }

  /// A metric's name, or path, without the filter of answers that a harness writes behind it: `acc,none`.
  static func unfiltered(_ name: String) -> String {
    guard let comma = name.lastIndex(of: ","), !name[comma...].contains(".") else { return name }
    return String(name[..<comma])
  }
}
