internal import Language
internal import Scan
internal import Statistics
internal import Verdict

/// Two samples of a column, compared: the claims about them with their intervals.
struct DriftComparison: Sendable {
  let planned: PlannedCheck
  let terms: DriftTerms
  let baseline: String
  let reference: DriftSample
  let current: DriftSample
  let isHidden: Bool
  private(set) var parts: [DriftPart] = []
  /// Why a part could not be computed.
  private(set) var undefined: [String] = []
  /// What the parts say nothing of although somebody asked for it; nil where there is no such thing.
  var untold: String?

  /// The shares of missing values and of NaN are compared at once.
  init(
    _ planned: PlannedCheck, _ terms: DriftTerms, _ baseline: String, _ reference: DriftSample,
    _ current: DriftSample, isHidden: Bool
  ) {
    self.planned = planned
    self.terms = terms
    self.baseline = baseline
    self.reference = reference
    self.current = current
    self.isHidden = isHidden
    compareShare(of: "missing values", reference.nulls, current.nulls)
    compareShare(of: "NaN", reference.nanCount, current.nanCount)
  }

  func seed(_ subject: String) -> Seed {
    let digests = [reference, current].map { sample in
      [sample.summary.digest.h1, sample.summary.digest.h2].map { Double($0 >> 12) }
    }
    return Seed("drift \(planned.id.column ?? "") \(subject)", digests[0], digests[1])
  }

  mutating func add(_ subject: String, _ part: () throws(Undefined) -> DriftPart) {
    do throws(Undefined) {
      parts.append(try part())
    } catch {
      undefined.append("\(subject) cannot be compared: \(error)")
    }
  }

  /// The share of rows of a kind, which no distance of values sees.
  private mutating func compareShare(of subject: String, _ before: Int, _ now: Int) {
    guard before + now > 0 else { return }
    let cells = DriftCells(
      reference: [before, reference.rows - before], current: [now, current.rows - now])
    let shares = [share(before, reference.rows), share(now, current.rows)]
    let (seed, terms) = (seed(subject), terms)
    add("the share of \(subject)") { () throws(Undefined) in
      let estimate = try Drift.estimate(
        cells, .totalVariation, limit: terms.nullsLimit, confidence: terms.confidence, seed: seed)
      var part = DriftPart(
        subject, "change of the share of \(subject)", estimate, limit: terms.nullsLimit, at: terms.nulls?.location)
      part.unit = .share
      part.notes = ["\(subject): \(shares[0]) before, \(shares[1]) now"]
      return part
    }
  }

  // MARK: - Values

  /// Compares the values, and what their cells do not see.
  mutating func compareValues() {
    guard let values = ComparedValues(reference, current, for: terms.chosenMethod) else { return }
    let (before, now) = (values.before, values.now)
    let (terms, isHidden, seed, method) = (terms, isHidden, seed("values"), terms.chosenMethod)
    let (reference, current, areLengths) = (reference, current, values.areLengths)
    add("the values") { () throws(Undefined) in
      var (cells, members) = try DriftValues.cells(before, now, for: method)
      // Exact, where quantiles leave out what is rare.
      if values.areQuantiles { cells.unit = reference.deviation ?? cells.unit }
      let estimate = try Drift.estimate(
        cells, method, limit: terms.distanceLimit, confidence: terms.confidence, seed: seed)
      let suffix = if case .buckets = members { " of \(cells.reference.count) hash buckets" } else { "" }
      var part = DriftPart(
        "values", method.words + suffix, estimate, limit: terms.distanceLimit, at: terms.distance?.location)
      if case .buckets = members { part.hiding = DriftPart.buckets }
      if cells.hideMost {
        let share = Quantity.brief(cells.mixedShare * 100, digits: 2)
        part.hiding = "values too rare to be compared one by one, as those of \(share)% of the rows are,"
      }
      if part.hiding != nil { part.rowsToDecide = nil }
      if isHidden { return part }
      func text(_ number: Double) -> String {
        areLengths ? "\(Quantity.brief(number)) characters" : current.text(number)
      }
      let labels =
        switch members {
        case .categories(let members): members.map(CategoryCounts.label)
        case .buckets(let members): BucketLabels(reference, current).labels(of: members)
        case .none: method == .wasserstein ? cells.values.map { "about \(text($0))" } : Self.labels(cells.values, text)
        }
      part.notes = DriftShift.words(cells, labels)
      return part
    }
    if reference.areFreeTexts || self.current.areFreeTexts { compareMakeup() }
    switch (before, now) {
    case (.categories(let before), .categories(let now)) where before.isWhole && now.isWhole:
      compareUnseen("new values", now, lacking: before)
      compareUnseen("vanished values", before, lacking: now)
    case (.buckets, .buckets):
      compareSampled("new values", current, lackedBy: reference)
      compareSampled("vanished values", reference, lackedBy: current)
    case (.numbers, .numbers) where values.areQuantiles: compareRange()
    default: break
    }
  }

  /// Names of ordered cells by their greatest values.
  private static func labels(_ values: [Double], _ display: (Double) -> String) -> [String] {
    values.indices.map { index in
      if index == 0 { return "up to \(display(values[0]))" }
      if index == values.count - 1 { return "above \(display(values[index - 1]))" }
      return "above \(display(values[index - 1])) to \(display(values[index]))"
    }
  }

  /// Numbers outside the range of the baseline: cells of pooled quantiles may hide a few that are far off.
  private mutating func compareRange() {
    let (before, now) = (reference.sketch, current.sketch)
    let (unitBefore, unitNow) = (reference.nanoseconds, current.nanoseconds)
    // As the current file stores it: between whole days there are instants, between smaller units nothing that a double tells.
    func stored(_ value: Double) -> Double {
      guard unitBefore != unitNow else { return value }
      let converted = value * unitBefore / unitNow
      return unitNow < 1e10 ? converted.rounded() : converted
    }
    guard let least = before.minimum, let greatest = before.maximum, let upTo = now.rank(of: stored(greatest)),
      let below = now.rank(below: stored(least))
    else { return }
    let outside = Int(((1 - upTo + below) * Double(now.count)).rounded())
    let (terms, isHidden, reference) = (terms, isHidden, reference)
    add("the range") { () throws(Undefined) in
      let mass = try UnseenMass(
        seenOnce: 2, of: before.count, unseen: outside, of: now.count, confidence: terms.confidence)
      var part = DriftPart(
        "range", "excess of values outside the range before", mass, limit: terms.rangeLimit,
        at: (terms.unseen ?? terms.distance)?.location)
      if outside > 0, !isHidden {
        part.notes = [
          "outside \(reference.text(least * unitBefore)) to \(reference.text(greatest * unitBefore)), the range before: \(Quantity.grouped(outside)) values"
        ]
      }
      return part
    }
  }

  /// Values of one sample that the other does not have.
  private mutating func compareUnseen(_ subject: String, _ sample: CategoryCounts, lacking other: CategoryCounts) {
    let known = Set(other.counts.map(\.key))
    let unseen = sample.counts.filter { !known.contains($0.key) }
    let (terms, isHidden) = (terms, isHidden)
    add(subject) { () throws(Undefined) in
      let mass = try UnseenMass(
        seenOnce: other.seenOnce, of: other.rows, unseen: Int(unseen.map(\.count).reduce(0, +)), of: sample.rows,
        confidence: terms.confidence)
      var part = DriftPart(
        subject, "excess of \(subject)", mass, limit: terms.unseenLimit, at: terms.unseen?.location)
      if !unseen.isEmpty, !isHidden {
        let most = unseen.sorted { ($0.count, $1.key) > ($1.count, $0.key) }.prefix(5)
        let words = most.map { "\($0.key.string) \(Quantity.grouped(Int($0.count)))" }.joined(separator: ", ")
        part.notes = ["\(subject): \(words)" + (unseen.count > 5 ? ", and \(unseen.count - 5) more" : "")]
      }
      return part
    }
  }

  private func share(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "none" : Quantity.brief(Double(part) / Double(whole) * 100, digits: 3) + "%"
  }
}

extension KLLSketch {
  /// The share of values that are less than this.
  fileprivate func rank(below value: Double) -> Double? { rank(of: value.nextDown) }
}
