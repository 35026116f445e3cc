internal import JSON
internal import Language
internal import Verdict

/// A change of one feature after which a model's answer is expected to stay, or to move in a known direction.
///
/// The same row is always changed in the same way. (Ribeiro, Wu, Guestrin and Singh, "Beyond accuracy: behavioral testing of
/// NLP models with CheckList", ACL 2020, calls them perturbations.)
struct Perturbation: Sendable {
  /// As it is written: `add: 30`.
  var words: String
  /// The changed value of a row; nil where the change does not apply.
  var apply: @Sendable (_ value: JSONValue, _ row: Int) -> JSONValue?

  /// A mapping with one key: `{add: 30}`, `{swap: [AA, B6]}`, `{typo: 1}`.
  static var shape: Shape<Perturbation> {
    Shape<[Perturbation]>.object([], numbers + categories + texts) { perturbations, node, problems in
      if perturbations.count != 1 {
        problems.report("a feature is changed in one way", at: node.location, help: ["for example {add: 30}"])
      }
    }.map { perturbations, _, _ in perturbations.first }
  }

  private static func key<Value>(
    _ name: String, _ shape: Shape<Value>, _ documentation: String, words: @escaping (Value) -> String,
    _ make: @escaping (Value) -> @Sendable (JSONValue, Int) -> JSONValue?
  ) -> Key<[Perturbation]> {
    .each(name, shape, documentation) { value, _, perturbations in
      perturbations.append(Perturbation(words: "\(name) \(words(value))", apply: make(value)))
    }
  }

  // MARK: - Numbers

  private static var numbers: [Key<[Perturbation]>] {
    [
      key("add", .number, "Adds to a number: 30.", words: { Quantity.text($0) }) { amount in
        { value, _ in number(value) { $0 + amount } }
      },
      key("multiply", .number, "Multiplies a number: 1.1.", words: { Quantity.text($0) }) { factor in
        { value, _ in number(value) { $0 * factor } }
      },
      key(
        "noise", Shape<Quantity>.share, "Moves a number up in one row and down in the next by this share of it: 1%.",
        words: \.description
      ) { share in
        { value, row in number(value) { $0 + (row.isMultiple(of: 2) ? share.value : -share.value) * $0 } }
      },
    ]
  }

  /// A whole number stays one when the result is whole, so that integers are sent as integers.
  private static func number(_ value: JSONValue, _ change: (Double) -> Double) -> JSONValue? {
    guard let number = value.numberValue, number.isFinite else { return nil }
    let result = change(number.double)
    guard result.isFinite, result != number.double else { return nil }
    if number.int64 != nil, let whole = Int64(exactly: result) { return .number(JSONNumber(whole)) }
    return .number(JSONNumber(result))
  }

  // MARK: - Anything

  private static var categories: [Key<[Perturbation]>] {
    [
      key("set", .json, "Puts this value in its place; null makes it missing.", words: \.description) { other in
        { value, _ in value == other ? nil : other }
      },
      key(
        "swap", .json, "Puts each of two values in the place of the other: [male, female].", words: \.description
      ) { pair in
        { value, _ in
          guard let pair = pair.arrayValue, pair.count == 2 else { return nil }
          return value == pair[0] ? pair[1] : value == pair[1] ? pair[0] : nil
        }
      },
      key(
        "among", .json, "Puts the next of these values in its place: [AA, B6, UA].", words: \.description
      ) { values in
        { value, row in
          guard let values = values.arrayValue, !values.isEmpty else { return nil }
          let next = values.firstIndex(of: value).map { $0 + 1 } ?? row
          let other = values[next % values.count]
          return other == value ? nil : other
        }
      },
    ]
  }

  // MARK: - Texts

  private enum LetterCase: String, Sendable, CaseIterable { case upper, lower }
  private enum Side: String, Sendable, CaseIterable { case around, between, none }

  private static var texts: [Key<[Perturbation]>] {
    [
      key("case", Shape<LetterCase>.choice, "Writes a text in upper or lower case.", words: \.rawValue) { form in
        { value, _ in text(value) { form == .upper ? $0.uppercased() : $0.lowercased() } }
      },
      key("typo", .integer(in: 1...100), "Swaps so many pairs of neighbouring letters.", words: { "\($0)" }) { count in
        { value, row in text(value) { typos($0, count, from: row) } }
      },
      key("append", .string, "Adds a text at the end.", words: { "\"\($0)\"" }) { other in
        { value, _ in text(value) { $0 + other } }
      },
      key("prepend", .string, "Adds a text at the beginning.", words: { "\"\($0)\"" }) { other in
        { value, _ in text(value) { other + $0 } }
      },
      key(
        "spaces", Shape<Side>.choice,
        "Adds spaces around a text, doubles those between words, or takes all outer ones.",
        words: \.rawValue
      ) { side in
        { value, _ in text(value) { spaced($0, side) } }
      },
      key(
        "replace", Shape<String>.string.dictionary, "Puts a text in the place of another: {good: excellent}.",
        words: { $0.map { "\"\($0.name.value)\" by \"\($0.value)\"" }.joined(separator: ", ") }
      ) { pairs in
        let pairs = pairs.map { ($0.name.value, $0.value) }
        return { value, _ in text(value) { text in pairs.reduce(text) { replacing($1.0, by: $1.1, in: $0) } } }
      },
    ]
  }

  private static func text(_ value: JSONValue, _ change: (String) -> String) -> JSONValue? {
    guard let text = value.stringValue else { return nil }
    let result = change(text)
    return result == text ? nil : .string(result)
  }

  /// Swaps neighbours at places spread over the text.
  private static func typos(_ text: String, _ count: Int, from row: Int) -> String {
    var letters = Array(text)
    let places = letters.indices.dropLast().filter { letters[$0] != letters[$0 + 1] }
    guard !places.isEmpty else { return text }
    for typo in 0..<min(count, places.count) {
      let place = places[(row &+ typo &* max(1, places.count / count)) % places.count]
      letters.swapAt(place, place + 1)
    }
    return String(letters)
  }

  private static func spaced(_ text: String, _ side: Side) -> String {
    switch side {
    case .around: return " " + text + " "
    case .between: return text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "  ")
    case .none: return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    guard !old.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
