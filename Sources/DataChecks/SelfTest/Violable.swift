/// A check that knows how its claim is broken, which `cupel selftest` does on purpose to see the gate turn red.
///
/// A conformance stands beside the check, in a file of its own or of its family. A check for whose claim no change of a
/// table is known throws the reason.
package protocol Violable: Sendable {
  /// Changes of a specimen of which one ought to make the check fail, the smallest first.
  func trials(on specimen: Specimen) throws(Unviolated) -> Trials
  /// Without how many rows, of those that the check speaks of, the claim cannot hold: a specimen that has fewer repeats
  /// them.
  var rowsNeeded: Int { get }
  /// Whether each member of a family is violated by itself, as the specimen's column.
  var testsMembers: Bool { get }
  /// Whether the whole of such a family makes a claim of its own.
  var testsWhole: Bool { get }
}

extension Violable {
  package var rowsNeeded: Int { 0 }
  package var testsMembers: Bool { false }
  package var testsWhole: Bool { false }
}

/// Changes to be tried one after the other, each on the specimen as it is.
package struct Trials: Sendable {
  package typealias Change = @Sendable (inout Mutation) -> Void

  package var changes: [Change]
  /// Whether at least one of them violates the claim for sure, so that a check that fails after none of them cannot fail.
  package var areViolations: Bool
  /// Changes of more and more rows, which take the place of the others: of each it is looked how few rows are enough.
  package var gradual: [Gradual] = []

  /// A change of some of the rows that could change.
  package struct Gradual: Sendable {
    package var rows: [Int]
    package var change: @Sendable (inout Mutation, ArraySlice<Int>) -> Void
  }

  package init(_ changes: [Change], areViolations: Bool = true) {
    self.changes = changes
    self.areViolations = areViolations
  }

  package init(_ change: @escaping Change) { self.init([change]) }

  package init(gradual: [Gradual]) {
    self.init([])
    self.gradual = gradual
  }
}

/// Why a claim is not violated on purpose.
package struct Unviolated: Error, Sendable, Hashable {
  package var reason: String
  /// How many rows of what the check speaks of it takes; nil when more of them do not help.
  package var rowsNeeded: Int?

  package init(_ reason: String) { self.reason = reason }

  /// It takes more rows than the specimen has.
  package init(rowsNeeded: Int) {
    self.rowsNeeded = rowsNeeded
    reason = "it takes \(rowsNeeded) rows with a value that the check speaks of"
  }
}
