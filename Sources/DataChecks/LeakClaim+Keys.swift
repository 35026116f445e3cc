internal import Language
internal import Scan
internal import Verdict

extension LeakClaim {
  /// The keys of the limit within any object.
  static func keys<Root>(
    _ limit: WritableKeyPath<Root, Located<Quantity>?>, _ confidence: WritableKeyPath<Root, Quantity>
  ) -> [Key<Root>] {
    let area = Shape<Quantity>.plain.map { area, node, problems -> Quantity? in
      if area.value >= 0.5, area.value < 1 { return area }
      problems.report("an area under the ROC curve of a limit is at least 0.5 and below 1", at: node.location)
      return nil
    }
    let level = Shape<Quantity>.share.map { level, node, problems -> Quantity? in
      if level.value >= 0.5, level.value < 1 { return level }
      problems.report("a confidence is at least 50% and below 100%", at: node.location)
      return nil
    }
    return [
      .optional("at_most", limit, area.located, "The greatest area under the ROC curve: 0.5 is guessing."),
      .key("confidence", confidence, level, "How sure the verdict is: 95%."),
    ]
  }
}
