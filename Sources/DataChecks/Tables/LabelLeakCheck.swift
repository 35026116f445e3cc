package import Language
package import Planning
internal import Scan
package import Verdict

/// `label_leak: {label: y}`: no single feature predicts the label too well.
package struct LabelLeakCheck: TableRule {
  package var label = ""
  var features = FeatureColumns()
  package var limit: Located<Quantity>?
  package var confidence = Quantity(0.95, .share)

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "label_leak",
    summary:
      "No feature alone predicts the label better than at_most: an area under the ROC curve of 0.95 unless it says otherwise, where 0.5 is guessing. Each half of the rows is scored by what the other half teaches, so that a feature of many values gains nothing by learning them by heart; a missing value is a value. Texts of which most come once are not judged, and named: no row is like one that was learnt from. A label of several classes is told class by class, one of many numbers is cut at its median. The claim is about more data of the kind, with confidence: 95%: a feature fails when all of its interval, corrected for the number of features and classes, lies above the limit; where the interval spans it, the check is inconclusive and warns. Of many rows 65,536 are drawn at random, fewer where there are more than 128 features. cupel explain cross-fitted-auc tells more.",
    why: "A feature that is written after the outcome, or is made of it, is perfect in training and absent in use.",
    example: "label_leak: {label: delayed, ignore: [id], at_most: 0.9}",
    fix: "Ask when the feature is known: drop what is known only after the label.")

  package static let settings: CheckSettings.Kinds = .condition
  package static let refused = ["group_by": "a column of group_by is another feature; where picks some of the rows"]

  package static var keys: [Key<LabelLeakCheck>] {
    [.key("label", \.label, .string, "The column that holds the label.", required: true)]
      + FeatureColumns.keys(\.features) + LeakClaim.keys(\.limit, \.confidence)
  }

  package static func validate(_ rule: LabelLeakCheck, _ node: Node, _ problems: inout Problems) {
    rule.features.validate(beside: rule.label, node, &problems)
  }

  package var columns: [String] { [label] + (features.named ?? []) }

  package var readsAllColumns: Bool { features.named == nil }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let names = features.names(in: table, beside: label)
    guard !names.isEmpty else { return { _ in table.planned.unanswered(withoutFeatureBeside: label) } }
    let limit = LeakClaim.sampleLimit(features: names.count)
    let slot = plan.require(
      LabelledSample.Specification(label, names.map { .value(table.reading(ofFeature: $0)) }, limit: limit))
    let claim = LeakClaim(
      planned: table.planned, label: label, limit: self.limit?.value ?? Quantity(0.95), location: self.limit?.location,
      confidence: confidence.value,
      names: names.map { TableContext.words([$0]) }, noun: "features", isHidden: table.rules.sensitive.contains(label))
    return { claim.judge($0[slot]) }
  }
}
