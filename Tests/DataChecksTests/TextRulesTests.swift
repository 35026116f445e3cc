import DataChecks
import Language
import Testing
import Verdict

/// The checks on texts that have a language of their own: formats with settings, LIKE, JSON Schema.
@Suite struct TextRulesTests {
  private static func column(_ kind: String, _ rule: Tree) -> Tree { ["columns": ["a": .mapping([(kind, rule)])]] }

  @Test(
    arguments: [
      ("format", "ibam", "did you mean \"iban\"?", "ibam"),
      ("format", "postal_code", "needs its country", "postal_code"),
      ("format", ["name": "iban", "country": "XX"], "no country XX", "XX"),
      ("format", ["name": "postal_code", "country": "XX"], "known here for XX", "XX"),
      ("format", ["name": "iban", "form": "x"], "unknown key \"form\"", ""),
      ("format", ["name": "email", "country": "DE"], "unknown key \"country\"", ""),
      ("format", ["name": "country", "form": "alpha_4"], "is alpha_2 or alpha_3", "alpha_4"),
      ("format", ["strftime": "%d/%Q/%Y"], "%Q is no directive", "%Q"),
      ("format", ["strftime": "日%d %-Y"], "%-Y is no directive", "%-Y"),
      ("format", ["strftime": "%F %d"], "says the day twice", "%d"),
      ("format", ["strftime": "100%"], "a % at the end", "%"),
      ("format", ["strftime": "today"], "says nothing", "today"), ("like", "50\\d", "\\d is no escape", "\\d"),
      ("not_like", ["a", "b\\"], "escapes nothing", "\\"), ("search", "(", "no RE2 pattern", "("),
      ("matches_any", ["a", "(?=b)"], "no RE2 pattern", "(?=b)"),
      ("json_schema", ["type": "int"], "a type is one of", ""),
      ("json_schema", ["typo": "integer"], "\"typo\" is no keyword", ""),
    ] as [(String, Tree, String, String)])
  func everyMistakeIsUnderlined(kind: String, rule: Tree, words: String, part: String) throws {
    let problems = Gate.problems(Self.column(kind, rule))
    #expect(problems.count == 1, "\(problems.map(\.headline))")
    let problem = try #require(problems.first)
    #expect("\(problem.headline) \(problem.label ?? "")".contains(words), "\(problem.headline) \(problem.label ?? "")")
    let place = try #require(problem.location)
    guard !part.isEmpty else { return }
    let underlined = place.lineText.unicodeScalars.dropFirst(place.column - 1).prefix(place.length)
    #expect(String(String.UnicodeScalarView(underlined)) == part)
  }

  @Test(
    arguments: [
      ("matches_any", []), ("matches_all", []), ("not_matches", []), ("like", []), ("matches_any", "a"),
      ("format", [:]), ("format", ["country": "DE"]), ("format", ["strftime": []]), ("json_schema", ["a"]),
    ] as [(String, Tree)])
  func whatMeansNothingIsAProblem(kind: String, rule: Tree) {
    #expect(!Gate.problems(Self.column(kind, rule)).isEmpty)
  }

  /// A country and a currency are texts also where YAML would see a boolean or a number.
  @Test func settingsAreTexts() async throws {
    let rules = Self.column("format", ["name": "iban", "country": "NO"])
    #expect(try await Gate.finding("a.format", rules, on: "a\nNO9386011117947\n").outcome == .passed)
  }

  @Test func everyFormatIsExplained() {
    let topics = FormatCheck.documentation.topics
    #expect(topics.count > 20)
    #expect(topics.contains { $0.name == "country" && $0.text.contains("(form: alpha_2 or alpha_3)") })
  }

  /// A schema in a file is asked for once, relative to where it is named, and judges as one that stands in the rules.
  @Test func aSchemaMayStandInAFile() async throws {
    var problems = Problems()
    let rules = try #require(
      Rules.shape.decode(Self.column("json_schema", "schemas/p.json").node(file: "rules/t.yaml"), &problems))
    var asked: [String] = []
    let loaded = rules.loaded(
      { file, _ in
        asked.append("\(file.location.file): \(file.value)")
        return Array(#"{"required": ["a"]}"#.utf8)
      }, &problems)
    #expect(asked == ["rules/t.yaml: schemas/p.json"])
    #expect(problems.isEmpty)
    let check = try #require(loaded.columns.first?.value.checks.first?.check as? JSONSchemaCheck)
    #expect(check.violation == "are no JSON that satisfies schemas/p.json")

    for text in ["{", #"{"typo": 1}"#] {
      var problems = Problems()
      let loaded = rules.loaded({ _, _ in Array(text.utf8) }, &problems)
      #expect(problems.diagnostics.count == 1 && loaded.columns.first?.value.checks.isEmpty == true)
      #expect(problems.diagnostics.first?.headline.contains("schemas/p.json") == true)
    }
  }

  /// A schema that nobody read is a mistake in the program, and not a pass.
  @Test func aSchemaThatWasNotReadIsAProblem() {
    #expect(Gate.problems(Self.column("json_schema", "p.json")).first?.headline.contains("has not been read") == true)
  }
}
