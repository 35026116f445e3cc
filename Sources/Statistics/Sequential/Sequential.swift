/// A statistic that takes observations one at a time or in batches and may be looked at after each of them: its error
/// does not grow with the number of looks.
package protocol Sequential: Sendable {
  associatedtype Observation

  /// Takes one observation. Throws, and stays as it was, for one that is not a finite number or outside of the range.
  mutating func update(_ observation: Observation) throws(Undefined)
}

extension Sequential {
  /// Takes a batch in its order. Throws for the first observation that cannot be taken, and then takes none.
  package mutating func update(contentsOf observations: some Sequence<Observation>) throws(Undefined) {
    var next = self
    for observation in observations { try next.update(observation) }
    self = next
  }
}
