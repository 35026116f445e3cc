/// A named format of the rule language.
///
/// Each has a file of its own with what is checked, examples that a test runs, and the code; adding one is such a file
/// and a line in `all`.
package struct TextFormat: Sendable {
  package let name: String
  /// What is checked and what is not, in a sentence or two.
  package let summary: String
  /// What can be said beside the name.
  package let option: Option?
  /// Texts of the format and texts that are none; where the option is required, under its example.
  let good: [String]
  package let bad: [String]
  private let test: TextTest.Predicate?

  /// The one setting that a format may have.
  package struct Option: Sendable {
    /// The key: `country`.
    package let name: String
    /// The only values; nil for any text that `test` understands.
    package let values: [String]?
    package let example: String
    let test: @Sendable (String) throws(TextFormatError) -> TextTest.Predicate

    init(
      _ name: String, values: [String]? = nil, example: String,
      _ test: @escaping @Sendable (String) throws(TextFormatError) -> TextTest.Predicate
    ) {
      self.name = name
      self.values = values
      self.example = example
      self.test = test
    }
  }

  /// A format with the test for it; without one its option is required.
  init(
    _ name: String, _ summary: String, good: [String], bad: [String], option: Option? = nil,
    _ test: TextTest.Predicate? = nil
  ) {
    self.name = name
    self.summary = summary
    self.good = good
    self.bad = bad
    self.option = option
    self.test = test
  }

  package var needsOption: Bool { test == nil }

  /// Whether bytes are a text of the format, as the option's value has it.
  package func test(_ setting: String?) throws(TextFormatError) -> TextTest.Predicate {
    guard let setting else {
      guard let test else { throw TextFormatError("the format \(name) needs its \(option?.name ?? "setting")") }
      return test
    }
    guard let option else { throw TextFormatError("the format \(name) has no settings") }
    if let values = option.values, !values.contains(setting) {
      throw TextFormatError("the \(option.name) of \(name) is \(values.joined(separator: " or ")), not \(setting)")
    }
    return try option.test(setting)
  }

  /// The format of a name.
  package static func named(_ name: String) -> TextFormat? { all.first { $0.name == name } }

  /// Every format, in the order in which they are listed.
  package static let all: [TextFormat] = [
    email, url, hostname, ipv4, ipv6, cidr, mac, uuid, date, timestamp, strftime, json, hex, base64, semver,
    creditCard, iban, bic, isbn, vin, ssn, phone, postalCode, country, currency, language,
  ]
}

/// Why a format cannot be set so.
package struct TextFormatError: Error, Sendable, Hashable {
  package var reason: String
  /// The part of the setting that is wrong, in Unicode scalars; nil for all of it.
  package var range: Range<Int>?
  package var hint: String?

  init(_ reason: String, range: Range<Int>? = nil, hint: String? = nil) {
    self.reason = reason
    self.range = range
    self.hint = hint
  }
}
