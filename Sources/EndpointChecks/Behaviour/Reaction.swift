internal import JSON
internal import Language
internal import Verdict

/// What is expected of an answer when the row is changed, or of the answer itself.
enum Reaction: Sendable {
  /// The answer stays within the tolerance: an invariance.
  case same
  /// A number moves by more than the absolute tolerance in this direction.
  case increases, decreases
  /// A number does not move by more than the absolute tolerance against this direction.
  case notIncreases, notDecreases
  /// The answer has these values, whatever it was before: minimum functionality.
  case values([(output: Located<String>, wanted: Wanted)])

  enum Wanted: Sendable {
    case value(JSONValue)
    case limits(Limits)
  }

  private enum Word: String, CaseIterable {
    case same, increases, decreases
    case notIncreases = "does_not_increase"
    case notDecreases = "does_not_decrease"
  }

  /// A word, or wanted values by output: `{label: late}`, `{probability: {at_least: 0.9}}`.
  static var shape: Shape<Reaction> {
    let word = Shape<Word>.choice.map { word -> Reaction in
      switch word {
      case .same: .same
      case .increases: .increases
      case .decreases: .decreases
      case .notIncreases: .notIncreases
      case .notDecreases: .notDecreases
      }
    }
    let value = Shape<JSONValue>.json.map { Wanted.value($0) }
    let limits = Shape<Limits>.limits(of: .plain).map { Wanted.limits($0) }
    let values = limits.when(\.isMapping, otherwise: value).dictionary.map { wanted, node, problems -> Reaction? in
      if wanted.isEmpty { problems.report("no output is named here, so nothing is expected", at: node.location) }
      return .values(wanted.map { ($0.name, $0.value) })
    }
    return values.when(\.isMapping, otherwise: word)
  }

  var words: String {
    switch self {
    case .same: "the same answer"
    case .increases: "a larger number"
    case .decreases: "a smaller number"
    case .notIncreases: "no larger number"
    case .notDecreases: "no smaller number"
    case .values(let wanted):
      wanted.map { output, wanted in
        switch wanted {
        case .value(let value): "\(output.value) \(value)"
        case .limits(let limits): "\(output.value) \(limits.bound.map { "\($0)" } ?? "")"
        }
      }.joined(separator: ", ")
    }
  }

  /// Whether it needs an answer to compare with.
  var comparesWithBefore: Bool { if case .values = self { false } else { true } }

  /// Whether a number moved as it should; nil for what is no number.
  func holds(before: JSONValue, after: JSONValue, _ margin: Double) -> Bool? {
    guard let before = before.doubleValue, let after = after.doubleValue, before.isFinite, after.isFinite else {
      return nil
    }
    switch self {
    case .increases: return after - before > margin
    case .decreases: return before - after > margin
    case .notIncreases: return after - before <= margin
    case .notDecreases: return before - after <= margin
    case .same, .values: return nil
    }
  }
}
