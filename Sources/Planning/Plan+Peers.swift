package import Scan

/// Requirements about peers: other datasets of the same config, which the checks of this one look at.
///
/// Every peer is read in one pass of its own before the table itself, whatever is asked of it. A dataset may be its own
/// peer, and peers of each other are no cycle: only data is read.
extension Plan {
  /// Requires an aggregate of a peer.
  ///
  /// - Parameter rows: of which of its rows.
  package mutating func require<Specification: AggregateSpecification>(
    _ specification: Specification, of peer: String, _ rows: PeerRows = .all
  ) -> PeerSlot<Specification.Result> {
    guard let scope, let part = rows.part(of: scope) else {
      return PeerSlot(peer: peer, index: add(specification, to: peer))
    }
    let (count, required) = (RowCount.Specification().scoped(to: part), specification.scoped(to: part))
    let groups = PeerSlot<RowCount>(peer: peer, index: add(count, to: peer))
    let index = add(required, to: peer)
    if !part.groups.isEmpty, !groupedPeers.contains(groups) { groupedPeers.append(groups) }
    return PeerSlot(peer: peer, index: index)
  }

  private mutating func add(_ specification: some AggregateSpecification, to peer: String) -> Int {
    peers[peer, default: Plan()].add(specification)
  }

  /// Requires an aggregate of this table that is made from one of a peer.
  ///
  /// - Parameter judgesRows: whether the rows that it finds, if it finds any, are those that violate the claim.
  package mutating func require<Other: AggregateSpecification, Joined: AggregateSpecification>(
    _ other: Other, of peer: String, _ rows: PeerRows = .all, judgesRows: Bool = true,
    join: @escaping @Sendable (Other.Result) -> Joined
  ) -> JoinSlot<Joined.Result> {
    require(other, ofEach: [peer], rows, judgesRows: judgesRows) { join($0[0]) }
  }

  /// Requires an aggregate of this table that is made from one of each of some peers.
  package mutating func require<Other: AggregateSpecification, Joined: AggregateSpecification>(
    _ other: Other, ofEach peers: [String], _ rows: PeerRows = .all, judgesRows: Bool = true,
    join: @escaping @Sendable ([Other.Result]) -> Joined
  ) -> JoinSlot<Joined.Result> {
    let (slots, scope) = (peers.map { require(other, of: $0, rows) }, scope)
    joins.append(
      Join(judgesRows: judgesRows && Joined.self is any RowJudging.Type) { found in
        Result { () throws(ScanError) -> any AggregateSpecification in
          var others: [Other.Result] = []
          for slot in slots { others.append(try found[slot].get()) }
          let joined = join(others)
          return scope.map { joined.scoped(to: $0) } ?? joined
        }
      })
    return JoinSlot(index: joins.count - 1)
  }

  /// Computes the plan: the peers first, then the table in one pass or two.
  ///
  /// A peer that cannot be read is no error here but that of its slots.
  package func measure(
    with backend: inout some Backend, peers backends: [String: any Backend]
  ) async throws(ScanError) -> Measurements {
    guard !peers.isEmpty else { return try await measure(with: &backend) }
    let growing = growingCount + joins.count
    let found = try await measuredPeers(backends, sharedWith: growing)
    var table = self
    (table.peers, table.joins) = ([:], [])
    table.share = Double(growing) / Double(max(1, peers.values.reduce(growing) { $0 + $1.growingCount }))
    let joined = joins.map { $0.specification(found).map { table.add($0) } }
    var measurements = try await table.measure(with: &backend)
    (measurements.peers, measurements.joined) = (found.peers, joined)
    return measurements
  }

  /// What the peers say, each read in a pass of its own.
  ///
  /// - Parameter growing: how many aggregates of the table itself share the memory with them.
  func measuredPeers(
    _ backends: [String: any Backend], sharedWith growing: Int
  ) async throws(ScanError) -> Measurements {
    let all = peers.values.reduce(growing) { $0 + $1.growingCount }
    var found = Measurements([])
    for (name, peer) in peers.sorted(by: { $0.key < $1.key }) {
      var peer = peer
      peer.share = Double(peer.growingCount) / Double(max(1, all))
      found.peers[name] = try await Self.measure(peer, with: backends[name])
    }
    return found
  }

  private static func measure(
    _ peer: Plan, with backend: (any Backend)?
  ) async throws(ScanError) -> Result<Measurements, ScanError> {
    guard var backend else { return .failure(ScanError(.unreadable, "the dataset was not opened")) }
    do throws(ScanError) {
      return .success(try await backend.compute(peer))
    } catch {
      if error.kind == .cancelled { throw error }
      return .failure(error)
    }
  }

  private var growingCount: Int { requirements.memoryShares }
}

/// Which rows of a peer a requirement is about, when it is made within a scope of this table.
package enum PeerRows: Sendable {
  case all
  /// Those of the same group, whatever the condition says.
  case ofGroup
  /// Those that the condition selects.
  case selected

  /// The part of the peer; nil for all of it.
  fileprivate func part(of scope: RowScope) -> RowScope? {
    switch self {
    case .all: nil
    case .ofGroup: scope.groups.isEmpty ? nil : RowScope(by: scope.groups, as: scope.types)
    case .selected: scope.condition.map { RowScope(where: $0) }
    }
  }
}

/// An aggregate that is made from what peers say.
struct Join: Sendable {
  /// Whether it tells which rows violate.
  var judgesRows: Bool
  var specification: @Sendable (Measurements) -> Result<any AggregateSpecification, ScanError>
}

/// Where the result of an aggregate of a peer will be, if the peer can be read.
package struct PeerSlot<Result: Aggregate>: Sendable, Hashable {
  let peer: String
  let index: Int
}

/// Where the result of an aggregate that is made from one of a peer will be, if the peer can be read.
package struct JoinSlot<Result: Aggregate>: Sendable, Hashable {
  let index: Int
}

extension Measurements {
  /// The result for a slot of a peer, or why the peer could not be read.
  package subscript<Found: Aggregate>(slot: PeerSlot<Found>) -> Result<Found, ScanError> {
    peers[slot.peer]?.flatMap { found in
      var found = found
      found.group = group
      return found.found(Slot<Found>(index: slot.index))
    } ?? .failure(ScanError(.unreadable, "the dataset was not read"))
  }

  /// The result for a slot of a join, or why the peer could not be read.
  package subscript<Found: Aggregate>(slot: JoinSlot<Found>) -> Result<Found, ScanError> {
    joined[slot.index].flatMap { found(Slot<Found>(index: $0)) }
  }

  /// The result for a slot, or that there is none because of too many groups.
  private func found<Found: Aggregate>(_ slot: Slot<Found>) -> Result<Found, ScanError> {
    let aggregate = aggregates[slot.index]
    if !(aggregate is Found), let excess = (aggregate as? any GroupedResults)?.excess {
      return .failure(ScanError(.limit, "there are \(excess)"))
    }
    return .success(self[slot])
  }
}
