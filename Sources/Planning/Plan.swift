package import Scan

/// What the checks of one dataset need to know of it: the algebra between checks and backends.
///
/// A check requires a typed aggregate and keeps the slot; a backend computes all aggregates in one pass; the check
/// reads its slot. Equal requirements are computed once.
package struct Plan: Sendable {
  package private(set) var requirements: [any AggregateSpecification] = []
  /// The columns of the table whose values tell a person which row is meant.
  package let rowKey: [String]
  /// How violating rows are told from others, for every time that an aggregate was required that judges rows.
  package private(set) var judgements: [RowJudgement] = []
  /// How they are told where that follows from the measurements; nil when these leave it open.
  var lateJudgements: [@Sendable (Measurements) -> RowJudgement?] = []
  /// What a second pass may have to compute.
  var refinements: [Refinement] = []
  /// The part of the table that requirements are about; nil for all of it.
  var scope: RowScope?
  /// Where the rows of peers are counted that are asked for the groups of the scope.
  var groupedPeers: [PeerSlot<RowCount>] = []
  /// Where the aggregates are that were required of the scope.
  var scopedParts: [Int] = []
  /// What other datasets are asked, by their names.
  var peers: [String: Plan] = [:]
  /// What can only be required once the peers have been read.
  var joins: [Join] = []
  /// The share of the memory that the plan may take: other plans of the run hold the rest.
  var share = 1.0
  private var known: [Requirement: Int] = [:]

  package init(rowKey: [String] = []) { self.rowKey = rowKey }

  /// Requires an aggregate; the slot is where its result will be.
  ///
  /// - Parameter judgesRows: whether the rows that it finds, if it finds any, are those that violate the claim.
  package mutating func require<Specification: AggregateSpecification>(
    _ specification: Specification, judgesRows: Bool = true
  ) -> Slot<Specification.Result> {
    let specification = rowKey.isEmpty ? specification : specification.naming(rowsBy: rowKey)
    let required: any AggregateSpecification = scope.map { specification.scoped(to: $0) } ?? specification
    let index = judgesRows ? note(required) : add(required)
    if scope != nil { scopedParts.append(index) }
    return Slot(index: index)
  }

  private mutating func note(_ specification: some AggregateSpecification) -> Int {
    if let judgement = (specification as? any RowJudging)?.judgement { judgements.append(judgement) }
    return add(specification)
  }

  /// The index of the aggregate, which is required from now on.
  @discardableResult
  mutating func add(_ specification: some AggregateSpecification) -> Int {
    if let index = index(of: specification) { return index }
    known[Requirement(specification)] = requirements.count
    requirements.append(specification)
    return requirements.count - 1
  }

  /// The index of an aggregate that is required.
  func index(of specification: some AggregateSpecification) -> Int? { known[Requirement(specification)] }

  /// A specification as a key: equal when both its type and its value are.
  private struct Requirement: Hashable, @unchecked Sendable {
    // Safe because: it holds nothing but an `AggregateSpecification`, which is Sendable; `AnyHashable` forgets that.
    private let value: AnyHashable

    init(_ specification: some AggregateSpecification) { value = AnyHashable(specification) }
  }
}

/// Where the result of a required aggregate will be.
package struct Slot<Result: Aggregate>: Sendable, Hashable {
  let index: Int
}

/// The aggregates of a plan, computed.
package struct Measurements: Sendable {
  private(set) var aggregates: [any Aggregate]
  /// The aggregates that turned out to be needed, by the index of their slots.
  var refined: [Int: any Aggregate] = [:]
  /// What was found in other datasets, or why nothing was.
  var peers: [String: Result<Measurements, ScanError>] = [:]
  /// For every join the index of its aggregate, or why there is none.
  var joined: [Result<Int, ScanError>] = []
  /// The group that scoped slots are read for.
  package internal(set) var group = RowGroup()

  package init(_ aggregates: [any Aggregate]) { self.aggregates = aggregates }

  /// The result for a slot of the plan that these measurements were made for.
  package subscript<Result: Aggregate>(slot: Slot<Result>) -> Result {
    guard let result: Result = result(aggregates[slot.index]) else {
      preconditionFailure("a slot is read from the measurements of another plan")
    }
    return result
  }

  /// The result for a slot, which is let go of: of a wide table there may be no room for all of them and for what is made
  /// of them. Nobody can read the slot again.
  package mutating func take<Result: Aggregate>(_ slot: Slot<Result>) -> Result {
    let result = self[slot]
    aggregates[slot.index] = RowCount.Specification().empty
    return result
  }

  /// The result for a slot of the second pass; nil when the first pass was enough.
  package subscript<Result: Aggregate>(slot: RefinedSlot<Result>) -> Result? {
    refined[slot.index].flatMap { result($0) }
  }

  func result<Result: Aggregate>(_ aggregate: any Aggregate) -> Result? {
    if let result = aggregate as? Result { return result }
    return (aggregate as? any GroupedResults)?.result(of: group) as? Result
  }
}
