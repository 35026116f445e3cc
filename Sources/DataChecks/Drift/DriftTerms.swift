package import Language
package import Statistics
package import Verdict

/// How a column is compared, and what it is held against.
package struct DriftTerms: Sendable {
  package var method: DriftMethod?
  package var distance: Located<Quantity>?
  package var nulls: Located<Quantity>?
  package var unseen: Located<Quantity>?
  package var confidence = 0.95

  package init() {}

  /// The keys that may be said of single columns, too.
  static var keys: [Key<DriftTerms>] {
    [
      .optional(
        "method", \.method, .choice, "The distance: jensen_shannon; cupel explain methods tells of all of them."),
      .optional("distance", \.distance, .limit(.plain), "The greatest distance, in the terms of its method."),
      .optional(
        "nulls", \.nulls, .limit(.share), "By how many points the share of missing values may differ: 10%."),
      .optional(
        "unseen", \.unseen, .limit(.share),
        "The greatest share of values that the baseline does not have: 10%; of numbers outside its range, what would by itself make the distance when that is less."
      ),
    ]
  }

  static var overriding: Shape<DriftTerms> { .object(DriftTerms(), keys) }

  /// A level of confidence.
  static var level: Shape<Double> {
    Shape<Quantity>.share.map { level, node, problems -> Double? in
      if level.value >= 0.5, level.value < 1 { return level.value }
      problems.report("a level of confidence lies between 50% and 100%, and is not 100%", at: node.location)
      return nil
    }
  }

  func overridden(by other: DriftTerms) -> DriftTerms {
    var terms = self
    // A limit speaks in the terms of its method.
    if let method = other.method { (terms.method, terms.distance) = (method, nil) }
    terms.distance = other.distance ?? terms.distance
    terms.nulls = other.nulls ?? nulls
    terms.unseen = other.unseen ?? unseen
    return terms
  }

  /// Reports a limit that no distance of the method is above, and one that none can be shown to keep.
  func validate(_ problems: inout Problems) {
    if let distance, distance.value.value == 0 {
      problems.report(
        "no number of rows shows that a distance is 0, so that nothing would ever pass", at: distance.location,
        help: ["the customary limit of \(chosenMethod.rawValue) is \(chosenMethod.customaryLimit)"])
    }
    guard let distance, distance.value.value >= chosenMethod.greatest else { return }
    problems.report(
      "no \(chosenMethod.words) is above \(Quantity.text(chosenMethod.greatest)), so that nothing would ever fail",
      at: distance.location,
      help: ["the limit of \(chosenMethod.rawValue) lies below that: \(chosenMethod.customaryLimit)"])
  }

  var chosenMethod: DriftMethod { method ?? .jensenShannon }
  var distanceLimit: Double { distance?.value.value ?? chosenMethod.customaryLimit }
  var nullsLimit: Double { nulls?.value.value ?? 0.1 }
  var unseenLimit: Double { unseen?.value.value ?? 0.1 }
  /// Of numbers outside the range before: without a word, no more than would by themselves be as far as the distance may.
  /// Cells of equal mass hide them among the greatest of that range.
  var rangeLimit: Double { unseen?.value.value ?? min(0.1, chosenMethod.mass(ofDistance: distanceLimit)) }
}

extension DriftMethod {
  /// What is held against it when nobody says so.
  var customaryLimit: Double { self == .psi ? 0.2 : 0.1 }
}

extension Shape<Located<Quantity>> {
  /// `{at_most: 0.1}`: an upper limit, and no other.
  static func limit(_ value: Shape<Quantity>) -> Shape<Located<Quantity>> {
    let number = value.map { limit, node, problems -> Located<Quantity>? in
      if limit.value >= 0 { return Located(limit, at: node.location) }
      problems.report("a distance is never below 0", at: node.location)
      return nil
    }
    let keys: [Key<Located<Quantity>?>] = [.optional("at_most", \.self, number, "The greatest that passes.")]
    return Shape<Located<Quantity>?>.object(nil, keys).map { limit, node, problems -> Located<Quantity>? in
      if limit == nil { problems.report("the key \"at_most\" is missing here", at: node.location) }
      return limit
    }
  }
}
