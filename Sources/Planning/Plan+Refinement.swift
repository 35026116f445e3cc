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
    if let scope {
      let rows = scopedRows(scope)
      let scoped = ScopedAggregate<Specification>.Specification(specification, in: scope)
      refinements.append(
        Refinement(specification: scoped) { measurements in
          measurements.parts(rows)?.contains { isNeeded($0.measurements) } ?? false
        })
    } else {
      refinements.append(Refinement(specification: specification, isNeeded: isNeeded))
    }
    return RefinedSlot(index: refinements.count - 1)
  }

  /// Computes the plan in one pass, or two when the first leaves questions open.
  ///
  /// A dataset that can be read only once is asked everything at once. The measurements are the same either way.
  package func measure(with backend: inout some Backend) async throws(ScanError) -> Measurements {
    guard !refinements.isEmpty else { return try await backend.compute(self) }
    var first = self
    let rows = first.require(RowCount.Specification())
    if !backend.canReadAgain {
      for refinement in refinements { first.add(refinement.specification) }
    }
    var measurements = try await backend.compute(first)
    let open = refinements.indices.filter { refinements[$0].isNeeded(measurements) }
    var second = Plan()
    second.share = share
    let rowsAgain = second.require(RowCount.Specification())
    let further = open.filter { first.index(of: refinements[$0].specification) == nil }
    for index in further { second.add(refinements[index].specification) }
    let exact = further.isEmpty ? nil : try await backend.compute(second)
    if let exact, exact[rowsAgain] != measurements[rows] {
      throw ScanError(
        .unreadable,
        "the table changed while it was read: \(measurements[rows].rows) rows became \(exact[rowsAgain].rows)",
        hint: "run again when nothing writes to it")
    }
    for index in open {
      let specification = refinements[index].specification
      measurements.refined[index] =
        first.index(of: specification).map { measurements.aggregates[$0] }
        ?? second.index(of: specification).flatMap { exact?.aggregates[$0] }
    }
    return measurements
  }
}

/// A requirement that only some measurements make necessary.
struct Refinement: Sendable {
  var specification: any AggregateSpecification
  var isNeeded: @Sendable (Measurements) -> Bool
}

/// Where the result of an aggregate will be, if it turns out to be needed.
package struct RefinedSlot<Result: Aggregate>: Sendable, Hashable {
  let index: Int
}
