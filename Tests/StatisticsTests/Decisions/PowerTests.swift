import Testing

@testable import Statistics

/// Power, sample sizes and detectable effects: each is the others' inverse, and simulations and identities agree.
@Suite struct PowerTests {
  static let designs: [TTestPower.Design] = [.pairs, .twoSamples(ratio: 1), .twoSamples(ratio: 2.5)]

  @Test(arguments: Alternative.allCases) func withoutAnEffectThePowerIsAlpha(alternative: Alternative) throws {
    for design in Self.designs {
      for count in [3.0, 10, 1000, 1e7] {
        let power = try TTestPower.power(
          effect: 0, count: count, alpha: 0.03, design: design, alternative: alternative)
        #expect((power - 0.03).magnitude < 1e-9, "\(design) \(count): \(power)")
      }
    }
    #expect(
      (try NormalPower.power(effect: 0, standardError: 2, alpha: 0.03, alternative: alternative) - 0.03).magnitude
        < 1e-12)
    #expect((try ChiSquaredPower.power(effect: 0, count: 9, degreesOfFreedom: 4, alpha: 0.03)) == 0.03)
  }

  /// 20,000 simulated t tests: within four standard errors.
  @Test func tTestsFindWhatTheyPromise() throws {
    var random = Draws(seed: 41)
    var found = (two: 0, pairs: 0)
    let critical = (
      two: StudentT(degrees: 12).critical(confidence: 0.95), pairs: StudentT(degrees: 6).upperQuantile(0.1)
    )
    for _ in 0..<20_000 {
      let x = random.normals(7).map { $0 + 1.2 }
      let y = random.normals(7)
      // Equal sizes: Welch's t is Student's.
      if try WelchT.difference(x, y).statistic().magnitude > critical.two { found.two += 1 }
      if try PairedT.difference(x, [Double](repeating: 0.6, count: 7)).statistic() > critical.pairs { found.pairs += 1 }
    }
    let two = try TTestPower.power(effect: 1.2, count: 7, alpha: 0.05, design: .twoSamples(ratio: 1))
    let pairs = try TTestPower.power(effect: 0.6, count: 7, alpha: 0.1, design: .pairs, alternative: .greater)
    #expect((Double(found.two) / 20_000 - two).magnitude < 0.014)
    #expect((Double(found.pairs) / 20_000 - pairs).magnitude < 0.014)
  }

  /// R's pwr and G*Power print these for Cohen's examples.
  @Test func knownSampleSizes() throws {
    let target = try PowerTarget(alpha: 0.05, power: 0.8)
    #expect(try TTestPower.sampleSize(effect: 0.5, target: target, design: .twoSamples(ratio: 1)) == 64)
    #expect(try TTestPower.sampleSize(effect: 0.2, target: target, design: .twoSamples(ratio: 1)) == 394)
    #expect(try TTestPower.sampleSize(effect: 0.5, target: target, design: .pairs) == 34)
    #expect(try ChiSquaredPower.sampleSize(effect: 0.3, degreesOfFreedom: 1, target: target) == 88)
    #expect(try ChiSquaredPower.sampleSize(effect: 0.1, degreesOfFreedom: 4, target: target) == 1194)
  }

  @Test func sizesAndEffectsInvertThePower() throws {
    for alternative in Alternative.allCases {
      let target = try PowerTarget(alpha: 0.01, power: 0.9, alternative: alternative)
      let sign: Double = alternative == .less ? -1 : 1
      for design in Self.designs {
        func power(_ effect: Double, _ count: Int) throws -> Double {
          try TTestPower.power(
            effect: effect, count: Double(count), alpha: 0.01, design: design, alternative: alternative)
        }
        for effect in [0.05, 0.4, 3] {
          let size = try TTestPower.sampleSize(effect: sign * effect, target: target, design: design)
          #expect(try power(sign * effect, size) >= 0.9)
          // Two rows of a sample may be the fewest that have a degree of freedom.
          if size > 3 { #expect(try power(sign * effect, size - 1) < 0.9) }
        }
        for count in [2, 5, 40, 100_000, 1_000_000_000] {
          let effect = try TTestPower.minimumDetectableEffect(count: Double(count), target: target, design: design)
          #expect(effect * sign > 0)
          #expect((try power(effect, count) - 0.9).magnitude < 1e-7, "\(design) \(count) \(alternative)")
        }
      }
    }
  }

  /// With many rows a t test is a z test; no jump where the series ends and the approximation begins.
  @Test func manyRowsAreNormal() throws {
    for (effect, count) in [(0.001, 8e6), (0.0005, 4e7), (1e-5, 1e11)] {
      let t = try TTestPower.power(effect: effect, count: count, alpha: 0.05, design: .pairs)
      let z = try NormalPower.power(effect: effect, standardError: 1 / count.squareRoot(), alpha: 0.05)
      #expect((t - z).magnitude < 1e-6)
    }
    for effect in [0.39, 0.4, 0.41, 5, 1e6] {
      #expect(try TTestPower.power(effect: effect, count: 10_000, alpha: 0.05, design: .pairs) > 1 - 1e-12)
      #expect(
        try TTestPower.power(effect: effect, count: 10_000, alpha: 0.05, design: .pairs, alternative: .less) < 1e-12)
    }
    var last = 0.0
    for step in 0...2000 {
      let power = try TTestPower.power(
        effect: Double(step) * 0.1, count: 101, alpha: 1e-9, design: .pairs, alternative: .greater)
      #expect(power >= last - 1e-9)
      last = power
    }
  }

  /// Whatever the plan, the answer is a probability that grows with the effect, or a typed error.
  @Test func extremePlansHaveAnAnswer() throws {
    for alpha in [1e-300, 1e-12, 0.05, 1 - 1e-15] {
      for count in [2, 3, 10, 1e4, 1e12, 1e300] {
        var last = 0.0
        for effect in [0, 1e-300, 1e-6, 0.1, 3, 1e3, 1e8, 1e300] {
          do throws(Undefined) {
            let power = try TTestPower.power(
              effect: effect, count: count, alpha: alpha, design: .twoSamples(ratio: 1), alternative: .greater)
            #expect(power >= last - 1e-9 && power <= 1, "\(alpha) \(count) \(effect)")
            last = power
          } catch { #expect(error == .noSolution("power of so large an effect")) }
          let power = try ChiSquaredPower.power(effect: effect, count: count, degreesOfFreedom: 1e6, alpha: alpha)
          #expect(power >= 0 && power <= 1)
        }
      }
    }
  }

  /// A chi-squared of one degree is a squared normal.
  @Test func chiSquaredOfOneDegreeIsTwoSidedNormal() throws {
    for (effect, count) in [(0.1, 100.0), (0.3, 88), (0.02, 10_000), (0.5, 30), (0.9, 5000), (3, 1e9)] {
      let chi = try ChiSquaredPower.power(effect: effect, count: count, degreesOfFreedom: 1, alpha: 0.05)
      let z = try NormalPower.power(effect: effect, standardError: 1 / count.squareRoot(), alpha: 0.05)
      #expect((chi - z).magnitude < 1e-10)
    }
    let target = try PowerTarget(alpha: 0.05, power: 0.8)
    let effect = try ChiSquaredPower.minimumDetectableEffect(count: 500, degreesOfFreedom: 9, target: target)
    #expect(
      (try ChiSquaredPower.power(effect: effect, count: 500, degreesOfFreedom: 9, alpha: 0.05) - 0.8).magnitude < 1e-9)
  }

  @Test func proportionsInvertTheirPower() throws {
    let target = try PowerTarget(alpha: 0.05, power: 0.85, alternative: .greater)
    for (p1, p2) in [(0.55, 0.5), (0.99, 0.9), (0.02, 0.001), (1, 0.9), (0.3, 0)] {
      let count = try TwoProportionsPower.sampleSize(p1, p2, target: target)
      let power = try TwoProportionsPower.power(p1, p2, count: count, alpha: 0.05, alternative: .greater)
      #expect((power - 0.85).magnitude < 1e-9)
      // Found by a hair or not at all where nothing lies beyond.
      if p1 == 1 { continue }
      let effect = try TwoProportionsPower.minimumDetectableEffect(baseline: p2, count: count, target: target)
      #expect((effect - (p1 - p2)).magnitude < 1e-9)
      // Cohen's transformation agrees within a few percent away from 0 and 1.
      if p1 < 0.9, p2 > 0.1 {
        #expect((try TwoProportionsPower.arcsineSampleSize(p1, p2, target: target) / count - 1).magnitude < 0.01)
      }
    }
    let less = try PowerTarget(alternative: .less)
    #expect(try TwoProportionsPower.minimumDetectableEffect(baseline: 0.9, count: 500, target: less) < -0.03)
    #expect(throws: Undefined.noSolution("effect that can be detected")) {
      try TwoProportionsPower.minimumDetectableEffect(baseline: 0.999, count: 20, target: target)
    }
  }

  @Test func mcNemarInvertsItsPowerAndMeetsTheSimulation() throws {
    let target = try PowerTarget(alpha: 0.05, power: 0.8)
    let count = try McNemarPower.sampleSize(firstOnly: 0.12, secondOnly: 0.08, target: target)
    #expect(
      (try McNemarPower.power(firstOnly: 0.12, secondOnly: 0.08, count: count, alpha: 0.05) - 0.8).magnitude < 1e-4)
    let effect = try McNemarPower.minimumDetectableEffect(discordant: 0.2, count: count, target: target)
    #expect((effect - 0.04).magnitude < 1e-5)
    var random = Draws(seed: 42)
    var found = 0
    for _ in 0..<4000 {
      var (b, c) = (0, 0)
      for _ in 0..<979 {
        let u = random.uniform()
        if u < 0.12 { b += 1 } else if u < 0.2 { c += 1 }
      }
      if Double((b - c) * (b - c)) > 3.841458820694124 * Double(b + c) { found += 1 }
    }
    // Four standard errors of 4000 tests.
    #expect((Double(found) / 4000 - 0.8).magnitude < 0.026)
    #expect(throws: Undefined.noSolution("effect that can be detected")) {
      try McNemarPower.minimumDetectableEffect(discordant: 0.01, count: 20, target: target)
    }
  }

  /// Hanley and McNeil (1982): the area 0.893 of 58 negatives and 51 positives has a standard error of 0.032.
  @Test func aucByHanleyAndMcNeil() throws {
    let planned = try AUCPower(auc: 0.893)
    #expect((try planned.standardError(positives: 51, negatives: 58) - 0.032).magnitude < 0.001)
    let target = try PowerTarget(alpha: 0.05, power: 0.8)
    let size = try planned.sampleSize(effect: 0.02, positiveShare: 0.1, target: target)
    let effect = try planned.minimumDetectableEffect(positives: size / 10, negatives: size - size / 10, target: target)
    #expect((effect - 0.02).magnitude < 1e-4)
    #expect(
      (try planned.power(effect: 0.02, positives: size / 10, negatives: size - size / 10, alpha: 0.05) - 0.8).magnitude
        < 0.005)
    #expect(throws: Undefined.singleClass) { try planned.standardError(positives: 0, negatives: 5) }
    #expect(throws: Undefined.zeroVariance) { try AUCPower(positiveVariance: 0, negativeVariance: 0) }
  }

  /// An equal candidate fails the gate with alpha, one worse by the detectable regression with 1 - beta.
  @Test func gatesErrAsTheyWereAsked() throws {
    let gate = try GateThreshold(count: 200, standardDeviation: 50, alpha: 0.05, beta: 0.1)
    let error = 50 * (2.0 / 200).squareRoot()
    #expect((Normal.lower(gate.fromReference / error).value - 0.05).magnitude < 1e-12)
    #expect((Normal.lower((gate.fromReference + gate.detectableRegression) / error).value - 0.9).magnitude < 1e-12)
    #expect(throws: Undefined.noObservations) {
      try GateThreshold(count: 0, standardDeviation: 1, alpha: 0.05, beta: 0.1)
    }
  }

  /// 20,000 simulated estimates: the interval decides as often as planned (four standard errors are 1.4 %).
  @Test func marginsPassAsOftenAsPlanned() throws {
    var random = Draws(seed: 43)
    let z = Normal.critical(confidence: 0.95)
    var passed = (nonInferior: 0, equivalent: 0)
    for value in random.normals(20_000) {
      let estimate = 0.002 + 0.005 * value
      let interval = ConfidenceInterval(lower: estimate - z * 0.005, upper: estimate + z * 0.005, confidence: 0.95)
      let decision = try IntervalDecision(benefit: interval, margin: 0.01)
      if decision == .nonInferior || decision == .superior { passed.nonInferior += 1 }
      if try BoundDecision(interval, atLeast: -0.015, atMost: 0.02) == .inside { passed.equivalent += 1 }
    }
    let nonInferior = try MarginPower.nonInferiority(benefit: 0.002, margin: 0.01, standardError: 0.005, alpha: 0.025)
    let equivalent = try MarginPower.equivalence(
      difference: 0.002, between: -0.015, and: 0.02, standardError: 0.005, alpha: 0.025)
    #expect((Double(passed.nonInferior) / 20_000 - nonInferior).magnitude < 0.014)
    #expect((Double(passed.equivalent) / 20_000 - equivalent).magnitude < 0.014)
  }

  @Test func marginsInvertTheirPower() throws {
    let target = try PowerTarget(alpha: 0.025, power: 0.9)
    let rows = try MarginPower.nonInferioritySampleSize(
      benefit: 0.001, margin: 0.01, standardDeviation: 0.3, target: target)
    func error(_ rows: Int) -> Double { 0.3 / Double(rows).squareRoot() }
    func power(_ rows: Int) throws -> Double {
      try MarginPower.nonInferiority(benefit: 0.001, margin: 0.01, standardError: error(rows), alpha: 0.025)
    }
    #expect(try power(rows) >= 0.9 && power(rows - 1) < 0.9)
    let margin = try MarginPower.smallestMargin(benefit: 0.001, standardError: error(rows), target: target)
    #expect((margin - 0.01).magnitude < 1e-6)
    let equal = try MarginPower.equivalenceSampleSize(
      difference: 0, between: -0.01, and: 0.01, standardDeviation: 0.3, target: target)
    // For no difference the closed form: both tests must keep half of what may be missed.
    let root = (Normal.upperQuantile(0.025) + Normal.upperQuantile(0.05)) * 0.3 / 0.01
    #expect(equal == Int((root * root).rounded(.up)))
    #expect(throws: Undefined.noSolution("sample size")) {
      try MarginPower.nonInferioritySampleSize(benefit: -0.01, margin: 0.01, standardDeviation: 1, target: target)
    }
    #expect(throws: Undefined.noSolution("sample size")) {
      try MarginPower.equivalenceSampleSize(
        difference: 0.01, between: -0.01, and: 0.01, standardDeviation: 1, target: target)
    }
    #expect(throws: Undefined.outsideDomain("the limits must differ, the lower one first")) {
      try MarginPower.equivalence(difference: 0, between: 1, and: -1, standardError: 1, alpha: 0.05)
    }
  }

  @Test func hostilePlansAreTypedErrors() throws {
    let target = try PowerTarget()
    for share in [0, 1, -1, .nan, .infinity] {
      #expect(throws: Undefined.self) { try PowerTarget(alpha: share) }
      #expect(throws: Undefined.self) { try PowerTarget(power: share) }
      #expect(throws: Undefined.self) {
        try GateThreshold(count: 9, standardDeviation: 1, alpha: 0.05, beta: share)
      }
    }
    for number in [Double.nan, .infinity, -.infinity, 0, -1] {
      #expect(throws: Undefined.self) { try TTestPower.power(effect: 1, count: number, alpha: 0.05, design: .pairs) }
      #expect(throws: Undefined.self) {
        try TTestPower.power(effect: 1, count: 9, alpha: 0.05, design: .twoSamples(ratio: number))
      }
      #expect(throws: Undefined.self) { try NormalPower.power(effect: 1, standardError: number, alpha: 0.05) }
      #expect(throws: Undefined.self) {
        try ChiSquaredPower.power(effect: 1, count: 9, degreesOfFreedom: number, alpha: 0.05)
      }
      #expect(throws: Undefined.self) { try TwoProportionsPower.power(0.5, 0.4, count: number, alpha: 0.05) }
      #expect(throws: Undefined.self) {
        try McNemarPower.power(firstOnly: 0.1, secondOnly: 0, count: number, alpha: 0.05)
      }
    }
    for ratio in [0, -1, -2, .nan, .infinity] {
      #expect(throws: Undefined.self) {
        try TTestPower.sampleSize(effect: 1, target: target, design: .twoSamples(ratio: ratio))
      }
    }
    #expect(throws: Undefined.self) {
      try ChiSquaredPower.power(effect: 1, count: 9, degreesOfFreedom: 1e9, alpha: 0.05)
    }
    #expect(throws: Undefined.self) { try TTestPower.power(effect: .nan, count: 9, alpha: 0.05, design: .pairs) }
    #expect(throws: Undefined.self) { try TTestPower.power(effect: 1, count: 1, alpha: 0.05, design: .pairs) }
    for effect in [0, 1e-300, -1] {
      #expect(throws: Undefined.self) {
        try TTestPower.sampleSize(
          effect: effect, target: PowerTarget(alternative: .greater), design: .twoSamples(ratio: 1))
      }
      #expect(throws: Undefined.self) {
        try ChiSquaredPower.sampleSize(effect: effect, degreesOfFreedom: 3, target: target)
      }
    }
    #expect(throws: Undefined.noSolution("sample size")) {
      try TwoProportionsPower.sampleSize(0.5, 0.5, target: target)
    }
    #expect(throws: Undefined.noSolution("sample size")) {
      try McNemarPower.sampleSize(firstOnly: 0.1, secondOnly: 0.1, target: target)
    }
    #expect(throws: Undefined.zeroVariance) { try McNemarPower.sampleSize(firstOnly: 0, secondOnly: 0, target: target) }
    for share in [-0.1, 1.1, .nan] {
      #expect(throws: Undefined.self) { try TwoProportionsPower.cohenH(share, 0.5) }
      #expect(throws: Undefined.self) { try McNemarPower.sampleSize(firstOnly: share, secondOnly: 0.1, target: target) }
      #expect(throws: Undefined.self) { try AUCPower(auc: share) }
      #expect(throws: Undefined.self) {
        try McNemarPower.minimumDetectableEffect(discordant: share, count: 100, target: target)
      }
    }
    #expect(throws: Undefined.noSolution("sample size below 10^15")) {
      try NormalPower.sampleSize(effect: 1e-100, standardDeviation: 1, target: target)
    }
    #expect(try NormalPower.sampleSize(effect: 1e100, standardDeviation: 1, target: target) == 1)
  }
}
