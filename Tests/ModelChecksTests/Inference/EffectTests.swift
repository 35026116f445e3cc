import Statistics
import Testing

@testable import ModelChecks

@Suite struct EffectTests {
  private static func normal(_ value: Double, error: Double) -> Effect {
    Effect(value, method: "normal", count: 100) { confidence throws(Undefined) in
      let half = Normal.critical(confidence: confidence) * error
      return ConfidenceInterval(lower: value - half, upper: value + half, confidence: confidence)
    }
  }

  /// Of a normal estimate the tail is the normal one.
  @Test(arguments: [0.1, 1, 2, 3.5, 6])
  func theTailIsTheTestThatTheIntervalInverts(z: Double) {
    let tail = Self.normal(-z, error: 1).tail(outside: 0...(.infinity))
    #expect(abs(tail.value / Normal.upper(z).value - 1) < 1e-6)
    #expect(abs(Self.normal(z, error: 1).tail(outside: -1...0).value / Normal.upper(z).value - 1) < 1e-6)
    #expect(Self.normal(z, error: 1).tail(outside: 0...(.infinity)).value == 1)
  }

  @Test func scalingTurnsTheEnds() throws {
    let effect = Self.normal(2, error: 1).scaled(-3, plus: 1)
    let interval = try effect.interval(confidence: 0.95)
    #expect(effect.value == -5)
    #expect(abs(interval.lower - (1 - 3 * (2 + 1.959963984540054))) < 1e-9)
    #expect(abs(interval.upper - (1 - 3 * (2 - 1.959963984540054))) < 1e-9)
  }

  /// (1.96 + 0.8416) standard errors.
  @Test func theDetectableChangeIsThatOfTheTextbook() throws {
    let found = try #require(Self.normal(5, error: 0.1).detectable(confidence: 0.95))
    #expect(abs(found - 0.28015852182129) < 1e-9)
  }
}
