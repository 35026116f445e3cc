internal import JSON

/// How the class of a row is read off an output.
enum ClassReading: Sendable, Equatable {
  /// It is the value: a text, a truth value, a whole number.
  case label
  /// It is the place of the largest of several scores.
  case largest
  /// It is the side of this number on which the score lies.
  case threshold(Double)

  /// What divides the two classes of a probability when the config names no threshold.
  static let half = 0.5

  /// Reads it off all values, because one of them does not tell a label from a score. Nil when an output is a score of
  /// which nobody says from where on a row is of the class.
  init?(_ sides: [OutputTable.Output], threshold: Double?) {
    if sides.contains(where: { $0.rows.contains { $0.count > 1 } }) {
      self = .largest
      return
    }
    let values = sides.lazy.flatMap(\.rows).joined().filter { $0.kind != "null" && !$0.isNaNOrInfinity }
    guard let first = values.first else { return nil }
    if first.numberValue == nil || values.contains(where: { $0.numberValue == nil }) {
      self = .label
    } else if let threshold {
      self = .threshold(threshold)
    } else if values.allSatisfy({ $0.numberValue?.int64 != nil }) {
      self = .label
    } else if values.allSatisfy({ (0...1).contains($0.doubleValue ?? .nan) }) {
      self = .threshold(Self.half)
    } else {
      return nil
    }
  }
}
