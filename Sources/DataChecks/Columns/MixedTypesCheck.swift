package import Language
package import Planning
internal import Scan
package import Verdict

/// `mixed_types: {at_most: 1%}`: how many values are of another kind than most.
package struct MixedTypesCheck: ColumnCheck {
  package var limits: Limits

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "mixed_types",
    summary:
      "The share or number of present values that are of another kind than most lies within the limits. Kinds are numbers, booleans, dates, times of day, timestamps, text, and lists or maps. In CSV a value is what its text reads as, in JSON Lines what its token is; Parquet and Arrow columns have one kind.",
    why: "A few words among numbers turn the whole column into text in most loaders, silently.",
    example: "columns:\n  reading: {mixed_types: {at_most: 0%}}",
    fix: "Look at the listed rows; name placeholders in missing_values, and say type once the column has one.")

  package static let settings: CheckSettings.Kinds = [.condition, .groups]
  package var needsAllRows: String? { limits.needsAllRows }

  package static var shape: Shape<MixedTypesCheck> {
    Shape<Limits>.limits(of: .tolerance).map { MixedTypesCheck(limits: $0) }
  }

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let slot = plan.require(KindCounts.Specification(column.name))
    plan.judgeRows { [name = column.name] in KindTest(name, $0[slot].commonest ?? .text) }
    let claim = ShareClaim(ValueClaim(column: column), limits)
    return { measurements in
      let kinds = measurements[slot]
      let summary = kinds.rarer
      var evidence = claim.base.evidence(summary)
      guard let commonest = kinds.commonest else { return claim.base.nothingEvaluated(summary, evidence) }
      let found = ValueKind.allCases.filter { kinds.count(of: $0) > 0 }
      evidence.notes.append(found.map { "\($0.words): \(kinds.count(of: $0))" }.joined(separator: ", "))
      return claim.judge(summary.violating, of: summary.evaluated, "are no \(commonest.words), as most are", evidence)
    }
  }
}

extension ValueKind {
  /// Several values of the kind.
  fileprivate var words: String {
    switch self {
    case .number: "numbers"
    case .boolean: "booleans"
    case .date: "dates"
    case .time: "times of day"
    case .timestamp: "timestamps"
    case .text: "text"
    case .nested: "lists or maps"
    }
  }
}
