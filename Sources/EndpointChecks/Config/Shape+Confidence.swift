internal import Language
internal import Verdict

extension Shape<Double> {
  /// A two-sided confidence: `95%`.
  static var confidence: Shape {
    Shape<Quantity>.share.map { share, node, problems in
      if share.value > 0.5, share.value < 1 { return share.value }
      problems.report("a confidence is between 50% and 100%, found \(share)", at: node.location)
      return nil
    }
  }
}
