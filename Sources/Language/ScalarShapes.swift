internal import JSON
package import Verdict

extension Shape {
  /// A scalar that `parse` understands; `expected` completes the sentence "expected …", and `help` tells somebody who
  /// wrote another text what to write.
  package static func scalar(
    _ expected: String, schema: Schema, help: @escaping (_ text: String, _ quoted: Bool) -> String? = { _, _ in nil },
    parse: @escaping (_ text: String, _ quoted: Bool) -> Value?
  ) -> Shape {
    Shape(schema) { node, problems in
      if case .scalar(let text, let quoted) = node.content, !node.isNull, let value = parse(text, quoted) {
        return value
      }
      let advice = if case .scalar(let text, let quoted) = node.content { help(text, quoted) } else { String?.none }
      problems.report("expected \(expected), found \(node.kind)", at: node.location, help: advice.map { [$0] } ?? [])
      return nil
    }
  }
}

extension Shape<String> {
  /// Any text. An unquoted `NO` or `1.10` is the text as it stands.
  package static var string: Shape {
    scalar("text", schema: .keywords([("type", ["string", "number", "boolean"])])) { text, _ in text }
  }
}

extension Shape<Bool> {
  /// `true` or `false` in the spellings of YAML 1.2; `yes`, `on` and their kin are text.
  package static var bool: Shape {
    scalar("true or false", schema: .type("boolean")) { text, quoted in
      switch text {
      case _ where quoted: nil
      case "true", "True", "TRUE": true
      case "false", "False", "FALSE": false
      default: nil
      }
    }
  }
}

extension Shape<Int> {
  /// A whole number in a range.
  package static func integer(in range: ClosedRange<Int> = 0...Int.max) -> Shape {
    let words =
      range.upperBound == Int.max
      ? "a whole number of at least \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    var keywords: [(String, JSONValue)] = [("type", "integer"), ("minimum", Schema.number(range.lowerBound))]
    if range.upperBound < Int.max { keywords.append(("maximum", Schema.number(range.upperBound))) }
    return scalar(words, schema: .keywords(keywords)) { text, quoted in
      quoted ? nil : whole(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension Shape<Double> {
  /// A finite number.
  package static var number: Shape {
    scalar("a number", schema: .type("number"), help: numberHelp) { text, quoted in quoted ? nil : finite(text) }
  }

  private static func numberHelp(_ text: String, _ quoted: Bool) -> String? {
    if text.last == "%", let share = Shape<Quantity>.share(in: text) { return "write \(Quantity.text(share.value))" }
    return quoted && finite(text) != nil ? "write it without quotes" : nil
  }
}

extension Shape<Quantity> {
  /// A share, written with its unit: `1%`. A bare number is never a share.
  package static var share: Shape<Quantity> { unit("a share such as 1%", .share, ["%": 0.01]) }

  /// A duration, written with its unit: `500ms`, `24h`.
  package static var duration: Shape<Quantity> { unit("a duration such as 500ms, 30s or 24h", .seconds, seconds) }

  fileprivate static func share(in text: String) -> Quantity? { quantity(text, .share, ["%": 0.01]) }

  /// A duration that is part of a longer text; nil for any other text.
  static func duration(in text: String) -> Quantity? { quantity(text, .seconds, seconds) }

  /// A duration, or weeks, months, quarters and years of the calendar: `1h`, `1w`, `1mo`, `1q`, `1y`.
  package static var period: Shape<Quantity> {
    let fixed = seconds.merging(["w": 604_800]) { unit, _ in unit }
    let schema = Schema.keywords([("type", "string"), ("pattern", pattern(Array(fixed.keys) + months.keys))])
    return scalar("a period such as 1h, 1d, 1w, 1mo, 1q or 1y", schema: schema) { text, _ in
      quantity(text, .seconds, fixed) ?? quantity(text, .months, months)
    }
  }

  private static var seconds: [String: Double] { ["ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400] }
  private static var months: [String: Double] { ["mo": 1, "q": 3, "y": 12] }

  /// A size in bytes, written with its unit: `64MB`.
  package static var bytes: Shape<Quantity> {
    unit(
      "a size such as 64MB", .bytes,
      ["B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824])
  }

  /// A rate, written with its unit: `200/s`.
  package static var rate: Shape<Quantity> { unit("a rate such as 200/s", .perSecond, ["/s": 1]) }

  /// A plain finite number.
  package static var plain: Shape<Quantity> { Shape<Double>.number.map { Quantity($0) } }

  /// A whole number of rows, bare or with its unit: `1000`, `10 rows`.
  package static var rows: Shape<Quantity> {
    let pattern = Schema.anyOf([
      .keywords([("type", "integer"), ("minimum", 0)]),
      .keywords([("type", "string"), ("pattern", "^[0-9]+ rows?$")]),
    ])
    return scalar("a number of rows such as 1000", schema: pattern) { text, quoted in
      rowCount(text, needsUnit: quoted).map { Quantity(Double($0), .rows) }
    }
  }

  /// How much may violate: a share of the evaluated rows or a number of rows. `1%`, `10 rows`; never a bare number.
  package static var tolerance: Shape<Quantity> {
    let schema = Schema.keywords([("type", "string"), ("pattern", .string("^(\(amount) ?%|[0-9]+ rows?)$"))])
    return scalar("a tolerance such as 1% or 10 rows (a bare number is never a share)", schema: schema) { text, _ in
      if let rows = rowCount(text, needsUnit: true) { return Quantity(Double(rows), .rows) }
      guard let share = quantity(text, .share, ["%": 0.01]), (0...1).contains(share.value) else { return nil }
      return share
    }
  }

  private static func unit(_ expected: String, _ unit: Quantity.Unit, _ scales: [String: Double]) -> Shape {
    let schema = Schema.keywords([("type", "string"), ("pattern", pattern(Array(scales.keys)))])
    return scalar(expected, schema: schema) { text, _ in quantity(text, unit, scales) }
  }

  /// An amount with one of the units behind it.
  private static func pattern(_ units: [String]) -> JSONValue {
    .string("^\(amount) ?(\(units.sorted().joined(separator: "|")))$")
  }
}

extension Shape where Value: RawRepresentable<String> & CaseIterable {
  /// One of the words of an enumeration.
  package static var choice: Shape {
    let words = Value.allCases.map(\.rawValue)
    return Shape(.words(words)) { node, problems in
      guard case .scalar(let text, _) = node.content, !node.isNull else {
        problems.report("expected one of \(words.joined(separator: ", ")), found \(node.kind)", at: node.location)
        return nil
      }
      if let value = Value(rawValue: text) { return value }
      let near = node.origin == .secret ? nil : nearest(text, among: words)
      problems.report(
        "\(node.kind) is not one of \(words.joined(separator: ", "))", at: node.location,
        label: near.map { "did you mean \"\($0)\"?" })
      return nil
    }
  }
}

/// Digits with an optional point, no sign and no exponent: what stands before a unit.
private let amount = #"([0-9]+\.?[0-9]*|\.[0-9]+)"#

/// A number that is finite, in the decimal spellings of YAML 1.2.
private func finite(_ text: String) -> Double? {
  let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
  guard isPlain, let value = Double(text), value.isFinite else { return nil }
  return value
}

/// A number without a fraction. As in JSON Schema, `1.0` and `1e3` are whole.
private func whole(_ text: String) -> Int? { Int(text) ?? finite(text).flatMap { Int(exactly: $0) } }

private func quantity(_ text: String, _ unit: Quantity.Unit, _ scales: [String: Double]) -> Quantity? {
  let digits = text.prefix { "0123456789.".contains($0) }
  let suffix = text[digits.endIndex...]
  let name = suffix.first == " " ? suffix.dropFirst() : suffix
  guard let scale = scales[String(name)], let value = Double(digits), value.isFinite else { return nil }
  guard scale < 1 else { return Quantity(value * scale, unit) }
  // Shifting the point in the text keeps 99.9% at the double nearest to 0.999, which arithmetic on doubles does not.
  let places = String(Int((1 / scale).rounded())).count - 1
  return Double("\(digits)e-\(places)").map { Quantity($0, unit) }
}

/// A number of rows. A bare number counts rows only where no share could be meant, so never in quotes.
private func rowCount(_ text: String, needsUnit: Bool) -> Int? {
  let digits = text.prefix { ("0"..."9").contains($0) }
  switch text[digits.endIndex...] {
  case " rows", " row": return Int(digits)
  default: return needsUnit ? nil : whole(text).flatMap { $0 >= 0 ? $0 : nil }
  }
}
