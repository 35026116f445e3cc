import Language
import ModelChecks
import Testing
import Verdict

/// What the config of a model means, and what is wrong with it and where.
@Suite struct ModelConfigTests {
  private func problems(_ gates: [ConfigTree], baseline: ConfigTree? = ["metrics": "b.json"]) -> [Diagnostic] {
    var members: [(String, ConfigTree)] = [("candidate", ["metrics": "c.json"])]
    if let baseline { members.append(("baseline", baseline)) }
    members.append(("gates", .sequence(gates)))
    return ModelFixture.decode(["delay": .mapping(members)]).problems
  }

  @Test func theExampleOfTheDesign() throws {
    let (subjects, problems) = ModelFixture.decode([
      "delay": [
        "candidate": ["metrics": "models/metrics/candidate.json"],
        "baseline": ["metrics": "git:origin/main:models/metrics/champion.json", "when_missing": "absolute-only"],
        "gates": [
          ["metric": "roc_auc", "at_least": "0.72", "max_regression": "0.005 absolute"],
          ["metric": "log_loss", "max_regression": ["0.001 absolute", "1% relative"]],
          [
            "metric": "business_value", "direction": "higher", "min_improvement": "0.01 absolute", "severity": "warn",
            "id": "pays-off",
          ],
          ["metric": "metrics.rows", "equals": "5000"],
        ],
      ]
    ])
    #expect(problems.isEmpty)
    let subject = try #require(subjects?.first)
    #expect(subject.suite == .models)
    #expect(subject.name == "delay")
    #expect(subject.location?.line == 1)
    #expect(
      subject.checks.map(\.id.description) == [
        "models.delay.roc_auc.at_least", "models.delay.roc_auc.max_regression", "models.delay.log_loss.max_regression",
        "models.delay.business_value.pays-off", "models.delay.\"metrics.rows\".equals",
      ])
    #expect(
      subject.checks.map(\.kind) == ["at_least", "max_regression", "max_regression", "min_improvement", "equals"])
    #expect(subject.checks.map(\.severity) == [.block, .block, .block, .warn, .block])
    #expect(Set(subject.checks.map(\.location)).count == 5)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var headline: String
    var line: Int
    var gate: [(String, ConfigTree)]
    var testDescription: String { headline }

    init(_ headline: String, line: Int, _ gate: KeyValuePairs<String, ConfigTree>) {
      self.headline = headline
      self.line = line
      self.gate = gate.map { ($0.key, $0.value) }
    }
  }

  /// Lines: 1 delay, 2 candidate, 3 metrics, 4 baseline, 5 metrics, 6 gates, 7 the gate's first key.
  @Test(arguments: [
    Mistake("says whether it is absolute or relative", line: 8, ["metric": "auc", "max_regression": "0.005"]),
    Mistake("says whether it is absolute or relative", line: 8, ["metric": "auc", "min_improvement": "1%"]),
    Mistake("cannot be negative", line: 8, ["metric": "auc", "max_regression": "-0.005 absolute"]),
    Mistake("cannot be negative", line: 8, ["metric": "auc", "max_regression": "-1% relative"]),
    Mistake("is a share", line: 8, ["metric": "auc", "max_regression": "0.01 relative"]),
    Mistake("is a plain number", line: 8, ["metric": "auc", "max_regression": "1% absolute"]),
    Mistake("expected a margin", line: 8, ["metric": "auc", "max_regression": "a lot absolute"]),
    Mistake("expected a margin", line: 8, ["metric": "auc", "max_regression": "nan absolute"]),
    Mistake("expected a margin", line: 9, ["metric": "auc", "max_regression": ["a": "1"]]),
    Mistake("a margin is missing", line: 9, ["metric": "auc", "max_regression": []]),
    Mistake(
      "one absolute and one relative", line: 9,
      ["metric": "auc", "max_regression": ["1% relative", "2% relative"]]),
    Mistake("which side of \"business_value\"", line: 7, ["metric": "business_value", "max_regression": "0 absolute"]),
    Mistake("has no bound", line: 7, ["metric": "auc", "severity": "warn"]),
    Mistake("name is empty", line: 7, ["metric": .quoted(""), "at_least": "1"]),
    Mistake("id is empty", line: 9, ["metric": "auc", "at_least": "1", "id": .quoted("")]),
    Mistake("cannot name 2 checks", line: 10, ["metric": "auc", "at_least": "0", "at_most": "1", "id": "x"]),
    Mistake("keeps this bound", line: 9, ["metric": "auc", "at_least": "0.9", "at_most": "0.8"]),
    Mistake("no value lies between", line: 9, ["metric": "auc", "between": ["0.9", "0.8"]]),
    Mistake("expected two values", line: 9, ["metric": "auc", "between": ["0.9"]]),
    Mistake("expected a number", line: 8, ["metric": "auc", "at_least": "high"]),
    Mistake("\"metric\" is missing", line: 7, ["at_least": "0.9"]),
    Mistake("unknown key \"at_leat\"", line: 8, ["metric": "auc", "at_leat": "0.9"]),
    Mistake("how sure its metrics are", line: 9, ["metric": "auc", "at_least": "0.9", "confidence": "95%"]),
    Mistake("not one of", line: 8, ["metric": "auc", "direction": "up", "at_least": "1"]),
    Mistake(
      "of \"log_loss\" lower is better", line: 7,
      ["metric": "log_loss", "direction": "higher", "max_regression": "0.1 absolute"]),
  ])
  func mistakes(mistake: Mistake) throws {
    let problems = problems([.mapping(mistake.gate)])
    let problem = try #require(problems.first { $0.headline.contains(mistake.headline) }, "\(problems)")
    #expect(problem.location?.line == mistake.line)
  }

  @Test func bothSpellingsOfAMarginAreNamed() throws {
    for written in ["0.005", "0.5%"] {
      let problem = try #require(problems([["metric": "auc", "max_regression": .scalar(written)]]).first)
      #expect(problem.help == ["write \"0.005 absolute\" or \"0.5% relative\""])
    }
  }

  @Test func comparingNeedsABaseline() throws {
    let gates: [ConfigTree] = [
      ["metric": "auc", "at_least": "0.5"], ["metric": "auc", "max_regression": "0 absolute"],
    ]
    let problem = try #require(problems(gates, baseline: nil).first)
    #expect(problem.headline.contains("max_regression compares with a baseline"))
    #expect(problem.location?.line == 8)
    #expect(problems([gates[0]], baseline: nil).isEmpty)
  }

  @Test func theSameCheckTwiceNamesBothPlaces() throws {
    let gate: ConfigTree = ["metric": "auc", "at_least": "0.5"]
    let problem = try #require(problems([gate, gate]).first)
    #expect(problem.location?.line == 10)
    #expect(problem.headline.contains("cupel.yaml:8:"))
    #expect(problems([gate, ["metric": "auc", "at_least": "0.6", "id": "strict"]]).isEmpty)
    #expect(problems([["metric": "auc", "at_least": "0.6", "id": "at_least"], gate]).count == 1)
  }

  @Test func boundsOfSeparateGatesCanExcludeEachOtherToo() throws {
    let problem = try #require(
      problems([["metric": "auc", "at_least": "0.9"], ["metric": "auc", "between": ["0.1", "0.2"]]]).first)
    #expect(problem.headline.contains("no value of \"auc\""))
    #expect(problems([["metric": "auc", "at_least": "0.9"], ["metric": "auc", "at_most": "0.9"]]).isEmpty)
    #expect(problems([["metric": "auc", "at_least": "0.9"], ["metric": "f1", "at_most": "0.8"]]).isEmpty)
  }

  @Test func pathsAndReferences() {
    #expect(ModelFixture.decode(["d": ["candidate": ["metrics": .quoted("")], "gates": []]]).problems.count == 1)
    for reference in ["git:HEAD", "git:-x:a", "git::a"] {
      #expect(problems([["metric": "auc", "at_least": "0"]], baseline: ["metrics": .quoted(reference)]).count == 1)
    }
    #expect(problems([["metric": "auc", "at_least": "0"]], baseline: ["when_missing": "error"]).count == 1)
    #expect(
      problems([["metric": "auc", "at_least": "0"]], baseline: ["metrics": "b", "when_missing": "skip"]).count == 1)
  }

  @Test func aModelWithoutGatesIsAMistake() {
    #expect(problems([]).first?.headline.contains("no gates") == true)
    #expect(ModelFixture.decode(["d": ["candidate": ["metrics": "c.json"]]]).problems.count == 1)
  }

  @Test func everyKindIsDocumentedOnceAndItsKeyIsItsKind() {
    let kinds = GateRegistry.documentation.map(\.kind)
    #expect(kinds == GateRegistry.all.map { $0.key.name })
    #expect(Set(kinds).count == kinds.count)
    for documentation in GateRegistry.documentation {
      #expect(documentation.suite == .models)
      #expect(documentation.example.contains(documentation.kind + ":"))
      for text in [documentation.summary, documentation.why, documentation.fix] { #expect(text.count > 40) }
    }
  }
}
