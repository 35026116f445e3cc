internal import Scan

/// What there is to know about the language, for `cupel explain expressions`.
package enum ExpressionReference {
  /// Something that can be written, what it means, and an expression that is true by it.
  package struct Entry: Sendable {
    package var forms: [String]
    package var summary: String
    package var example: String
  }

  package static var sections: [(title: String, entries: [Entry])] {
    [("Claims", claims), ("Values", values)]
      + RowFunction.families.map { ($0.title, $0.functions.map(Entry.init)) }
  }

  private static let claims = [
    Entry(
      forms: ["a = b", "a != b", "a < b", "a <= b", "a > b", "a >= b"],
      summary: "Integers exactly, beside a number as doubles; texts by Unicode scalars. Unknown beside a null or NaN.",
      example: "9007199254740993 != 9007199254740992"),
    Entry(
      forms: ["p and q", "p or q", "not p"], summary: "The three-valued logic of SQL.",
      example: "not (null and false) and (null or true)"),
    Entry(
      forms: ["a is null", "a is not null"], summary: "Whether nothing stands in the field.", example: "null is null"),
    Entry(
      forms: ["a in (b, …)", "a not in (b, …)"], summary: "Equal to one of them.", example: "'AA' in ('AA', 'B6')"),
    Entry(
      forms: ["a between b and c", "a not between b and c"], summary: "Not below b, nor above c.",
      example: "2 between 1 and 2"),
    Entry(
      forms: ["a like '…'", "a like '…' escape 'x'", "a not like '…'"],
      summary:
        "The whole text, where % stands for any text and _ for any character; a backslash, or x, makes them plain.",
      example: "'50%' like '__\\%' and '50%' like '5%x%' escape 'x'"),
    Entry(
      forms: ["a ilike '…'", "a ilike '…' escape 'x'", "a not ilike '…'"],
      summary: "The same in upper or lower case.", example: "'Ärger' ilike 'äR%'"),
    Entry(
      forms: ["a matches '…'", "a not matches '…'"],
      summary: "The whole text matches a regular expression in RE2 syntax.",
      example: "'AA1545' matches '[A-Z]{2}[0-9]+'"),
  ]

  private static let values = [
    Entry(
      forms: ["name", "`odd name`", "'text'", "1.5", "true", "null"],
      summary: "Names are columns; texts stand in quotes, which are doubled inside.", example: "'it''s' = \"it's\""),
    Entry(
      forms: ["date '…'", "time '…'", "timestamp '…'"],
      summary:
        "A day, a time of day, and a point in time to the microsecond, in UTC unless it has a zone; columns are compared to the nanosecond. Beside one of these the text alone will do.",
      example: "timestamp '2013-01-31T13:00+01:00' = '2013-01-31T12:00'"),
    Entry(
      forms: ["interval '…'"],
      summary: "Numbers with units from microsecond to week; years, quarters and months only to be added to a date.",
      example: "date '2013-01-31' + interval '1 month 1 day' = '2013-03-01'"),
    Entry(
      forms: ["case when p then a … [else b] end", "case x when a then b … [else c] end"],
      summary: "The value behind the first condition that is true; unknown when there is none and no else.",
      example: "case 3 when 1 then 'one' when 3 then 'three' end = 'three'"),
    Entry(
      forms: ["cast(a as string)", "… integer", "… number", "… boolean", "… date", "… time", "… timestamp"],
      summary: "The value as one of another type; unknown when it is none: nothing is rounded, and no text is guessed.",
      example: "cast('42' as integer) = 42 and cast('4x' as integer) is null and cast(2.5 as integer) is null"),
    Entry(
      forms: ["extract(year from a)", "position('b' in a)"], summary: "The long forms of year(a) and strpos(a, 'b').",
      example: "extract(year from date '2013-01-31') = 2013"),
  ]
}

extension ExpressionReference.Entry {
  init(_ function: RowFunction) {
    forms = function.signatures
    let aliases = function.aliases.map { "\"\($0)\"" }.alternatives
    summary = function.summary + (aliases.isEmpty ? "" : " Also called \(aliases).")
    example = function.example
  }
}

extension RowFunction {
  /// What it takes and makes, a line for every kind of arguments.
  fileprivate var signatures: [String] {
    if overloads.count == RowType.allCases.count, let first = overloads.first {
      // One for every type: any will do.
      let parameters = first.parameters.map { $0 == .value(.boolean) ? "boolean" : "value" }
      return ["\(name)(\(parameters.joined(separator: ", "))\(first.isVariadic ? ", …" : ""))"]
    }
    return overloads.map { overload in
      let parameters = overload.parameters.map(\.name)
      let isOperator = name.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
      guard isOperator else {
        return
          "\(name)(\(parameters.joined(separator: ", "))\(overload.isVariadic ? ", …" : "")) is \(overload.result.words)"
      }
      let operation = parameters.count == 1 ? name + parameters[0] : parameters.joined(separator: " \(name) ")
      return "\(operation) is \(overload.result.words)"
    }
  }
}

extension RowFunction.Parameter {
  fileprivate var name: String {
    switch self {
    case .value(let type): type.rawValue
    case .unit: "unit"
    }
  }
}
