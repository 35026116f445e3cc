import Config
import Language
import Testing
import Verdict

@Suite struct InterpolationTests {
  private let environment = ["PORT": "8080", "EMPTY": "", "HOST": "example.org", "TOKEN": "hunter2!", "SHORT": "abc"]

  @Test(arguments: [
    ("${PORT}", "8080"), ("http://${HOST}:${PORT}/x", "http://example.org:8080/x"), ("${NONE:-5}", "5"),
    ("${EMPTY:-5}", "5"), ("${EMPTY}", ""), ("${NONE:-}", ""), ("${PORT:-5}", "8080"), ("$${PORT}", "${PORT}"),
    ("$$${PORT}", "$${PORT}"), ("$PORT", "$PORT"), ("{port}", "{port}"), ("a$", "a$"), ("${NONE:-a:-b c}", "a:-b c"),
    ("$${", "${"), ("${secret:TOKEN}", "hunter2!"), ("Bearer ${secret:TOKEN}", "Bearer hunter2!"),
    ("é${PORT}é", "é8080é"),
  ])
  func values(text: String, expected: String) throws {
    for quote in ["'", "\""] {
      let root = try #require(read("a: \(quote)\(text)\(quote)", environment: environment).file).root
      #expect(root[key: "a"]?.value.content == .scalar(expected, quoted: true))
    }
  }

  @Test func plainScalarsStayPlain() {
    let environment = ["PORT": "8080"]
    #expect(tree("port: ${PORT}\nflow: ['${PORT}']", environment: environment) == "{port: 8080, flow: [\"8080\"]}")
  }

  @Test(
    "What comes from the environment is data",
    arguments: ["{a: 1}", "a: b", "# x", "\n- x", "*x", "${PORT}", "!!int 1", "'"])
  func valuesAreNotReadAgain(value: String) throws {
    let (file, diagnostics) = read("x: ${V}\ny: 2", environment: ["V": value, "PORT": "1"])
    #expect(diagnostics.isEmpty)
    let node = try #require(file?.root[key: "x"]).value
    #expect(node.content == .scalar(value, quoted: false))
    #expect(node.origin == .environment)
    #expect(file?.root[key: "y"] != nil)
  }

  @Test func unsetVariablesAreReportedAtTheirColumnAllAtOnce() {
    expectProblems(
      """
      a: ①${ONE}
      b: "x ②${TWO} ③${THREE}"
      c: |  # ${COMMENT}
        text ④${FOUR}
        ü ⑤${FIVE}
      d: {e: 'it''s ⑥${SIX}'}  # ${COMMENT}
      f: &anchor ⑦${SEVEN}
      g: *anchor
      """,
      "① the environment variable ONE is not set", "② the environment variable TWO is not set",
      "③ the environment variable THREE is not set", "④ the environment variable FOUR is not set",
      "⑤ the environment variable FIVE is not set", "⑥ the environment variable SIX is not set",
      "⑦ the environment variable SEVEN is not set")
  }

  @Test func escapesThatHideTheExpressionPointAtTheScalar() {
    expectProblems("a: ①\"x\\x24{ONE}\"", "① the environment variable ONE is not set")
  }

  @Test func theCaretUnderlinesTheExpression() {
    let location = read("a: x ${NONE} y").diagnostics.first?.location
    #expect(location?.column == 6)
    #expect(location?.length == 7)
    #expect(location?.lineText == "a: x ${NONE} y")
  }

  @Test func malformedExpressionsSayWhy() {
    expectProblems("a: ①${}", "① this ${…} names no environment variable")
    expectProblems("a: ①${A B}", "① this ${…} names no environment variable")
    expectProblems("a: ①${1A}", "① this ${…} names no environment variable")
    expectProblems("a: x ①${A", "① this ${…} has no closing }")
    expectProblems("a: ①${A:-${B}}", "① this ${…} has another ${ in its default")
    expectProblems("a: ①${secret:}", "① this ${…} names no environment variable")
    expectProblems(
      "a: ①${secret:A:-b}", "① this ${…} gives a secret a default, which would stand in the file for all to read")
    expectProblems("a: $${A ①${B}", "① the environment variable B is not set")
  }

  @Test func secretsAreKeptAndNeverShown() throws {
    let text = "token: ${secret:TOKEN}\nport: x${secret:TOKEN}\nhost: ${HOST}"
    let (read, diagnostics) = read(text, environment: environment)
    let file = try #require(read)
    #expect(diagnostics.isEmpty)
    #expect(file.secrets == ["hunter2!"])
    var problems = Problems()
    let port = try #require(file.root[key: "port"]).value
    #expect(port.origin == .secret)
    // What stands beside it is none.
    #expect(port.secrets == ["hunter2!"])
    #expect(Shape<Int>.integer().decode(port, &problems) == nil)
    #expect(problems.diagnostics.map(\.headline) == ["expected a whole number of at least 0, found a secret"])
    #expect(problems.diagnostics.first?.location?.lineText == "port: x${secret:TOKEN}")
    #expect(Shape<String>.string.decode(port, &problems) == "xhunter2!")
  }

  @Test func secretsThatCannotBeMaskedAreRefused() {
    expectProblems("a: ①${secret:NONE}", "① the secret NONE is not set", environment: environment)
    expectProblems("a: ①${secret:EMPTY}", "① the secret EMPTY is empty", environment: environment)
    expectProblems(
      "a: ①${secret:SHORT}", "① the secret SHORT is too short to be masked in reports", environment: environment)
  }

  @Test func unavailableValuesCauseNoSecondMessage() throws {
    var problems = Problems()
    let node = try #require(read("a: ${NONE}").file?.root[key: "a"]).value
    #expect(Shape<Int>.integer().decode(node, &problems) == nil)
    #expect(problems.isEmpty)
  }

  @Test func theEnvironmentCannotFillTheMemory() {
    let text = "a: '" + String(repeating: "${V}", count: 200_000) + "'"
    let diagnostics = read(text, environment: ["V": String(repeating: "x", count: 100_000)]).diagnostics
    #expect(diagnostics.first?.headline == "environment variables make this config larger than 1 MB")
    #expect(diagnostics.count <= Problems.limit)
  }
}
