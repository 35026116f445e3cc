/// Successes among independent trials: right predictions, rows that pass, errors of an endpoint.
package struct BinomialCount: Sendable, Hashable {
  package let successes: Int
  package let trials: Int

  /// Throws without trials, or when the successes are negative or more than the trials.
  package init(_ successes: Int, of trials: Int) throws(Undefined) {
    guard trials >= 0, successes >= 0, successes <= trials else {
      throw .outsideDomain("successes must be between 0 and the trials")
    }
    guard trials > 0 else { throw .noObservations }
    self.successes = successes
    self.trials = trials
  }

  package var share: Double { k / n }
  package var failures: BinomialCount { BinomialCount(unchecked: trials - successes, trials) }

  /// Successes, failures and trials as numbers.
  var k: Double { Double(successes) }
  var m: Double { Double(trials - successes) }
  var n: Double { Double(trials) }

  private init(unchecked successes: Int, _ trials: Int) {
    self.successes = successes
    self.trials = trials
  }
}
