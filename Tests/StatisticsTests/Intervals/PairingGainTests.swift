import Testing

@testable import Statistics

@Suite struct PairingGainTests {
  /// The paired error is that of the differences 1, -1 and 0 themselves.
  @Test func isTheErrorOfTheDifferences() throws {
    // Ten rows: five both, two only first, one only second, two neither.
    let differences: [Double] = [0, 0, 0, 0, 0, 1, 1, -1, 0, 0]
    let gain = try PairingGain(first: 0.7, second: 0.6, discordant: 0.3, count: 10)
    let variance = try Moments(differences).populationVariance
    #expect((gain.pairedError - (variance / 10).squareRoot()).magnitude < 1e-15)
    #expect((gain.unpairedError - ((0.21 + 0.24) / 10).squareRoot()).magnitude < 1e-15)
    #expect((try gain.rowsSaved() - 0.45 / 0.29).magnitude < 1e-12)
  }

  @Test func hostileInputsAreTypedErrors() throws {
    #expect(throws: Undefined.zeroVariance) {
      try PairingGain(first: 0.7, second: 0.7, discordant: 0, count: 10).rowsSaved()
    }
    #expect(throws: Undefined.noObservations) { try PairingGain(first: 0.7, second: 0.7, discordant: 0.1, count: 0) }
    for share in [-0.1, 1.1, .nan] {
      #expect(throws: Undefined.outsideDomain("shares must be between 0 and 1")) {
        try PairingGain(first: share, second: 0.7, discordant: 0.1, count: 9)
      }
    }
    #expect(throws: Undefined.outsideDomain("the share of discordant rows must be at least the difference")) {
      try PairingGain(first: 0.9, second: 0.7, discordant: 0.1, count: 9)
    }
  }
}
