package import Language
package import Planning
internal import Scan
package import Verdict

/// `identifier_leak: {identifier: id, label: y}`: neither an identifier nor the order of the rows predicts the label.
package struct IdentifierLeakCheck: TableRule {
  package var identifier = ""
  package var label = ""
  package var limit: Located<Quantity>?
  package var confidence = Quantity(0.95, .share)

  package init() {}

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "identifier_leak",
    summary:
      "An identifier says nothing of the label, in no form: neither its value, nor its first three or last two bytes, nor any one of its first forty, nor its length, nor the order of the rows. Each is judged as label_leak judges a feature; at_most is an area under the ROC curve of 0.55 unless it says otherwise, where 0.5 is guessing.",
    why:
      "Numbers that were given class by class, or rows sorted by the label, teach a model what it cannot know later.",
    example: "identifier_leak: {identifier: id, label: delayed}",
    fix: "Leave the identifier out of the features, and shuffle the rows; find out how the numbers are given.")

  package static let settings: CheckSettings.Kinds = .condition
  package static let refused = ["group_by": "\"identifier_leak\" looks at all rows together; where picks some of them"]

  package static var keys: [Key<IdentifierLeakCheck>] {
    [
      .key("identifier", \.identifier, .string, "The column that names the rows.", required: true),
      .key("label", \.label, .string, "The column that holds the label.", required: true),
    ] + LeakClaim.keys(\.limit, \.confidence)
  }

  package static func validate(_ rule: IdentifierLeakCheck, _ node: Node, _ problems: inout Problems) {
    guard rule.identifier == rule.label else { return }
    problems.report("the label is no identifier of itself", at: node.location)
  }

  package var columns: [String] { [identifier, label] }

  package func prepare(_ table: TableContext, _ plan: inout Plan) -> Evaluation {
    let forms: [(feature: LabelledSample.Feature, name: String)] = [
      (.value(table.reading(ofFeature: identifier)), "the value of \(identifier)"),
      (.prefix(identifier, 3), "the first 3 bytes of \(identifier)"),
      (.suffix(identifier, 2), "the last 2 bytes of \(identifier)"),
      (.length(identifier), "the length of \(identifier)"), (.order, "the order of the rows"),
    ]
    let bytes = LeakingByte.features(of: identifier)
    let limit = LeakClaim.sampleLimit(features: forms.count + bytes.count)
    let slot = plan.require(LabelledSample.Specification(label, forms.map(\.feature) + bytes, limit: limit))
    let claim = LeakClaim(
      planned: table.planned, label: label, limit: self.limit?.value ?? Quantity(0.55), location: self.limit?.location,
      confidence: confidence.value, names: forms.map(\.name),
      noun: "forms of \(identifier)", isHidden: table.rules.sensitive.contains(label))
    let presence = plan.require(PresenceCount.Specification(identifier))
    return { measurements in
      guard measurements[presence].rows == 0 || measurements[presence].present > 0 else {
        return table.planned.finding(
          .errored, "no row has a value in \(identifier)", reason: .nothingToEvaluate)
      }
      let found = measurements[slot]
      let (labels, values, folds) = found.sample
      let words = Array(values[forms.count...])
      var features = values[..<forms.count].map { LeakClaim.Feature(lists: [$0]) }
      var chosen = claim
      if let (kinds, _) = claim.kinds(of: labels), let byte = LeakingByte(words, kinds, folds) {
        features.append(byte.feature)
        chosen.names.append("\(byte.name) of \(identifier)")
      }
      return chosen.judge(found.counts, (labels, features, folds))
    }
  }
}
