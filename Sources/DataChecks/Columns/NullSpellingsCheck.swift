package import Language
package import Planning
internal import Scan
package import Verdict

/// `null_spellings: {at_most: 1}`: in how many ways a column says that it has no value.
package struct NullSpellingsCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "null_spellings",
    summary:
      "The number of ways in which the column says that a value is missing lies within the limits: no value, NaN, and words such as null, None, NA, n/a, -, ? and the empty text, each spelling by itself. What missing_values names is no value.",
    why: "Loaders turn some of these spellings into nulls and leave the others as a category of their own.",
    example: "columns:\n  tailnum: {null_spellings: {at_most: 1}}",
    fix: "Write one spelling upstream, or name the others in missing_values.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<NullSpellingsCheck> {
    Shape<Limits>.limits(of: Shape<Int>.integer(in: 0...100).map { Quantity(Double($0)) })
      .map { NullSpellingsCheck(limits: $0) }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(NullSpellings.Specification(column.name))
    let limits = limits
    return { measurements in
      let spellings = measurements[slot]
      guard spellings.rows > 0 else {
        return column.planned.finding(.errored, "the table has no rows", reason: .nothingToEvaluate)
      }
      return Self.judge(spellings.found, limits, column)
    }
  }

  private static func judge(_ found: [NullSpellings.Spelling], _ limits: Limits, _ column: ColumnContext) -> Finding {
    let observed = Quantity(Double(found.count))
    let places = SampleRows(files: column.files, isSensitive: column.isSensitive)
    let words = found.enumerated().map { index, spelling in
      guard let text = spelling.text else { return "no value" }
      return column.isSensitive ? "hidden value \(index + 1)" : text == " " ? "white space" : "\"\(text)\""
    }
    let evidence = Evidence(
      observed: observed, limit: limits.bound,
      samples: zip(found, words).prefix(10).map { spelling, words in
        places.sample(spelling.first, "\(words), in \(Quantity(Double(spelling.count), .rows))")
      })
    let list = words.isEmpty ? "" : ": \(words.prefix(10).joined(separator: ", "))\(words.count > 10 ? ", …" : "")"
    let ways = found.count == 1 ? "one way" : "\(found.count) ways"
    let message = "values are missing in \(ways)\(list)"
    if limits.bound?.contains(observed.value) == true {
      return column.planned.finding(.passed, found.isEmpty ? "no value is missing" : message, evidence: evidence)
    }
    let limit = limits.bound.map { ", the limit is \($0)" } ?? ""
    return column.planned.finding(
      .failed, message + limit, evidence: evidence, location: limits.location(for: observed.value))
  }
}
