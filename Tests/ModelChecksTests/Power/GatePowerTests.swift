import ModelChecks
import Statistics
import TestSupport
import Testing
import Verdict

/// What the rows of a config can show.
@Suite struct GatePowerTests {
  /// Of 1,000 rows 40 are right by one model alone, 20 each way: the standard error is sqrt(0.04/1000) = 0.00632.
  @Test func aGateKnowsHowOftenAnEqualCandidatePasses() async throws {
    let candidate = PredictionFixture.csv(count: 1000) { $0 >= 20 }
    let baseline = PredictionFixture.csv(count: 1000) { $0 < 980 }
    let fixture = try ModelFixture(["c.csv": candidate, "b.csv": baseline])
    let model = PredictionFixture.model([
      ["metric": "accuracy", "max_regression": "0.02 absolute", "confidence": "95%"],
      ["metric": "accuracy", "at_least": "0.9", "confidence": "95%"],
      ["metric": "accuracy", "max_regression": "0.1 absolute", "id": "rows"],
    ])
    let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
    let context = RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0)
    let found = await subject.power(0.8, in: context)
    #expect(found.map(\.id.description) == ["models.delay.accuracy.max_regression", "models.delay.accuracy.at_least"])
    let power = try #require(found[0].power)
    let error: Double = (0.04 / 1000).squareRoot()
    let expected = Normal.upper(1.959964 - 0.02 / error).value
    #expect(power.rows == 1000)
    // Tango's interval is a little wider than the normal one.
    let detectable: Double = 2.8015852 * error
    #expect(abs(power.detectable.value - detectable) < 0.05 * detectable, "\(power)")
    let passes = try #require(power.passes)
    #expect(abs(passes - expected) < 0.05, "\(power)")
    let needed = try #require(power.needed)
    // 7.84888 × 0.04 / 0.02²
    #expect((706...863).contains(needed), "\(power)")
    #expect(found[1].power?.passes == nil && found[1].power?.margin == nil)
  }
  /// 1 - 0.025^(1/1000) = 0.00368 of the rows may be unseen, which a margin of 0.01 needs 369 rows for.
  @Test func modelsThatAgreeFollowTheRuleOfThree() async throws {
    let rows = PredictionFixture.csv(count: 1000) { $0 % 10 != 0 }
    let fixture = try ModelFixture(["c.csv": rows, "b.csv": rows])
    let model = PredictionFixture.model([
      ["metric": "accuracy", "max_regression": "0.01 absolute", "confidence": "95%"],
      ["metric": "accuracy", "max_regression": "0.003 absolute", "confidence": "95%", "id": "narrow"],
    ])
    let subject = try #require(ModelFixture.decode(["delay": model]).subjects?.first)
    let context = RunContext(workingDirectory: fixture.folder.path, environment: [:], now: 0)
    let found = await subject.power(0.8, in: context)
    #expect(found[0].power?.needed == 369 && found[0].power?.passes == 1, "\(found)")
    #expect(found[1].power?.needed == 1228 && found[1].power?.passes == 0, "\(found)")
  }
}
