package import Scan

/// What a plan asks for only when the first measurements leave a question open: the exact aggregate behind a sketch.
///
/// A check requires both, the exact one `when` a limit lies within the error of the sketch. All that turn out to be
/// needed are computed together in one second pass; there is never a third.
extension Plan {
  /// Requires an aggregate of the second pass, in case that the measurements of the first ask for it.
  package mutating func require<Specification: AggregateSpecification>(
    _ specification: Specification, when isNeeded: @escaping @Sendable (Measurements) -> Bool
  ) -> RefinedSlot<Specification.Result> {
    refine(foreseeing: specification) { $0.contains(where: isNeeded) ? specification : nil }
  }

  /// Requires an aggregate of the second pass that the measurements of the first make, if they ask for one.
  ///
  /// - Parameter specification: makes it of the measurements of each group of the scope, or of the whole table.
  package mutating func require<Specification: AggregateSpecification>(
    after specification: @escaping @Sendable ([Measurements]) -> Specification?
  ) -> RefinedSlot<Specification.Result> {
    refine(foreseeing: nil, specification)
  }

  private mutating func refine<Specification: AggregateSpecification>(
    foreseeing foreseen: Specification?, _ needed: @escaping @Sendable ([Measurements]) -> Specification?
  ) -> RefinedSlot<Specification.Result> {
    if let scope {
      let rows = scopedRows(scope)
      refinements.append(
        Refinement(foreseen: foreseen?.scoped(to: scope)) { measurements in
          (try? measurements.parts(rows)).flatMap { parts in needed(parts.map { $0.measurements }) }?.scoped(to: scope)
        })
    } else {
      refinements.append(Refinement(foreseen: foreseen) { needed([$0]) })
    }
    return RefinedSlot(index: refinements.count - 1)
  }

  /// Computes the plan in one pass, or two when the first leaves questions open.
  ///
  /// A dataset that can be read only once is asked at once whatever could be foreseen, with the same measurements; what
  /// only the first pass could have told stays open.
  package func measure(with backend: inout some Backend) async throws(ScanError) -> Measurements {
    guard !refinements.isEmpty else { return try await backend.compute(self) }
    var first = self
    let rows = first.require(RowCount.Specification())
    if !backend.canReadAgain {
      for refinement in refinements { if let foreseen = refinement.foreseen { first.add(foreseen) } }
    }
    var measurements = try await backend.compute(first)
    let needed = refinements.map { $0.needed(measurements) }
    var second = Plan()
    second.share = share
    let rowsAgain = second.require(RowCount.Specification())
    let further = needed.compactMap { $0 }.filter { first.index(of: $0) == nil && backend.canReadAgain }
    for specification in further { second.add(specification) }
    let exact = further.isEmpty ? nil : try await backend.compute(second)
    if let exact, exact[rowsAgain] != measurements[rows] {
      throw ScanError(
        .unreadable,
        "the table changed while it was read: \(measurements[rows].rows) rows became \(exact[rowsAgain].rows)",
        hint: "run again when nothing writes to it")
    }
    for (index, specification) in needed.enumerated() {
      guard let specification else { continue }
      let found =
        first.index(of: specification).map { measurements.aggregates[$0] }
        ?? second.index(of: specification).flatMap { exact?.aggregates[$0] }
      // What did not fit in memory leaves the question open.
      if (found as? any GroupedResults)?.excess == nil { measurements.refined[index] = found }
    }
    return measurements
  }
}

/// A requirement that only some measurements make necessary.
struct Refinement: Sendable {
  /// What it is if it turns out to be needed; nil when only the measurements tell.
  var foreseen: (any AggregateSpecification)?
  /// What the measurements make necessary; nil when they are enough.
  var needed: @Sendable (Measurements) -> (any AggregateSpecification)?
}

/// Where the result of an aggregate will be, if it turns out to be needed.
package struct RefinedSlot<Result: Aggregate>: Sendable, Hashable {
  let index: Int
}
