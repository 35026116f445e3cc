import Language
import Testing
import Verdict

private enum Format: String, CaseIterable { case csv, parquet, jsonLines = "json-lines" }

@Suite struct ScalarShapeTests {
  @Test("A country is a country", arguments: ["NO", "on", "1.10", "007", "2024-01-01", "true", "été", "a b"])
  func stringsAreTakenAsTheyStand(text: String) {
    #expect(decode(.string, plain(text)).value == text)
    #expect(decode(.string, quoted(text)).value == text)
  }

  @Test(arguments: ["", "~", "null", "Null", "NULL"])
  func nothingIsNoText(text: String) {
    #expect(decode(.string, plain(text)).problems == ["1:10 expected text, found nothing"])
    #expect(decode(.string, quoted(text)).value == text)
  }

  @Test func booleansAreTwoWords() {
    #expect(decode(.bool, plain("true")).value == true)
    #expect(decode(.bool, plain("False")).value == false)
    for text in ["yes", "no", "on", "off", "1", "0", "y", "tRue"] {
      #expect(decode(.bool, plain(text)).problems == ["1:10 expected true or false, found \"\(text)\""])
    }
    #expect(decode(.bool, quoted("true")).value == nil)
  }

  @Test(arguments: [
    (plain("92%"), ["write 0.92"]), (plain("0.5%"), ["write 0.005"]), (quoted("0.92"), ["write it without quotes"]),
    (plain("high"), []),
  ])
  func whoMeantANumberIsTold(node: Node, help: [String]) {
    var problems = Problems()
    #expect(Shape<Double>.number.decode(node, &problems) == nil)
    #expect(problems.diagnostics.map(\.help) == [help])
  }

  @Test(arguments: [("0", 0), ("42", 42), ("+7", 7), ("1.0", 1), ("1e3", 1000), ("9223372036854775807", Int.max)])
  func integers(text: String, value: Int) {
    #expect(decode(.integer(), plain(text)).value == value)
    #expect(decode(.integer(), quoted(text)).value == nil)
  }

  @Test(arguments: ["-1", "1.5", "1_000", "abc", "9223372036854775808", "1e40", "0x10", "٣", "1 "])
  func noIntegers(text: String) {
    let (value, problems) = decode(Shape<Int>.integer(), plain(text))
    #expect(value == nil)
    #expect(problems == ["1:10 expected a whole number of at least 0, found \"\(text)\""])
  }

  @Test func rangesOfIntegersAreInclusiveAndNamed() {
    let shape = Shape<Int>.integer(in: 1...65535)
    #expect(decode(shape, plain("1")).value == 1)
    #expect(decode(shape, plain("65535")).value == 65535)
    #expect(decode(shape, plain("0")).problems == ["1:10 expected a whole number from 1 to 65535, found \"0\""])
    #expect(decode(shape, plain("65536")).value == nil)
  }

  @Test(arguments: [("1", 1.0), ("-0.5", -0.5), ("+1e-3", 0.001), (".5", 0.5), ("5.", 5), ("1E2", 100)])
  func numbers(text: String, value: Double) {
    #expect(decode(.number, plain(text)).value == value)
    #expect(decode(.plain, plain(text)).value == Quantity(value))
  }

  @Test(arguments: ["nan", "NaN", ".nan", "inf", ".inf", "-inf", "1e999", "0x1p3", "1,5", "1 000", "--1", "1%", ""])
  func noNumbers(text: String) {
    #expect(decode(.number, plain(text)).value == nil)
  }

  @Test(arguments: [
    ("1%", 0.01), ("0.1%", 0.001), ("95%", 0.95), ("100%", 1), ("7%", 0.07), ("29 %", 0.29), ("150%", 1.5),
    ("99.9%", 0.999), ("0%", 0),
  ])
  func sharesAreTheNearestDouble(text: String, value: Double) {
    #expect(decode(.share, plain(text)).value == Quantity(value, .share))
    #expect(decode(.share, quoted(text)).value == Quantity(value, .share))
  }

  @Test(arguments: ["1", "0.5", "-1%", "1 percent", "1%%", "%", "1  %", "1.2.3%", "1e2%"])
  func aBareNumberIsNeverAShare(text: String) {
    let expected = "1:10 expected a share such as 1%, found \"\(text)\""
    #expect(decode(.share, plain(text)).problems == [expected])
  }

  @Test(arguments: [
    ("500ms", 0.5), ("1ms", 0.001), ("30s", 30), ("5m", 300), ("5min", 300), ("24h", 86400), ("7d", 604800),
    ("1.5 h", 5400),
  ])
  func durations(text: String, seconds: Double) {
    #expect(decode(.duration, plain(text)).value == Quantity(seconds, .seconds))
  }

  @Test(arguments: ["5", "5 parsecs", "5S", "-5s", "s", "1h30m"])
  func noDurations(text: String) {
    let expected = "1:10 expected a duration such as 500ms, 30s or 24h, found \"\(text)\""
    #expect(decode(.duration, plain(text)).problems == [expected])
  }

  @Test(arguments: [("64MB", 64e6), ("1KiB", 1024), ("2GiB", 2_147_483_648), ("10B", 10), ("1.5 KB", 1500)])
  func sizes(text: String, bytes: Double) {
    #expect(decode(.bytes, plain(text)).value == Quantity(bytes, .bytes))
  }

  @Test(arguments: ["64", "64mb", "64Mb", "1TB2", "MB"])
  func noSizes(text: String) {
    #expect(decode(.bytes, plain(text)).problems == ["1:10 expected a size such as 64MB, found \"\(text)\""])
  }

  @Test func rowsMayBeBareButNotInQuotes() {
    #expect(decode(.rows, plain("1000")).value == Quantity(1000, .rows))
    #expect(decode(.rows, plain("1 row")).value == Quantity(1, .rows))
    #expect(decode(.rows, quoted("10 rows")).value == Quantity(10, .rows))
    for node in [
      plain("-1"), plain("1%"), plain("1.5"), plain("10rows"), quoted("10"), plain("99999999999999999999 rows"),
    ] {
      #expect(decode(.rows, node).value == nil)
    }
  }

  @Test func toleranceIsAShareOrRows() {
    #expect(decode(.tolerance, plain("1%")).value == Quantity(0.01, .share))
    #expect(decode(.tolerance, plain("10 rows")).value == Quantity(10, .rows))
    #expect(decode(.tolerance, plain("1 row")).value == Quantity(1, .rows))
    #expect(
      decode(.tolerance, plain("10")).problems == [
        "1:10 expected a tolerance such as 1% or 10 rows (a bare number is never a share), found \"10\""
      ])
    for text in ["101%", "-1%", "0.01", "ten rows", "10 row s", "rows"] {
      #expect(decode(.tolerance, plain(text)).value == nil, "\(text)")
    }
  }

  @Test func choicesNameTheNearestWord() {
    let shape = Shape<Format>.choice
    #expect(decode(shape, plain("json-lines")).value == .jsonLines)
    #expect(
      decode(shape, plain("parqet")).problems == [
        "1:10 \"parqet\" is not one of csv, parquet, json-lines [did you mean \"parquet\"?]"
      ])
    #expect(
      decode(shape, plain("xml-schema")).problems == ["1:10 \"xml-schema\" is not one of csv, parquet, json-lines"])
    #expect(decode(shape, list()).problems == ["1:1 expected one of csv, parquet, json-lines, found a list"])
    #expect(decode(shape, plain("")).problems == ["1:10 expected one of csv, parquet, json-lines, found nothing"])
  }

  @Test func messagesShortenWhatIsLong() {
    let text = String(repeating: "x", count: 10_000)
    for problems in [
      decode(Shape<Int>.integer(), plain(text)).problems, decode(Shape<Format>.choice, plain(text)).problems,
    ] {
      #expect(problems.count == 1)
      #expect(problems[0].count < 140)
    }
  }

  @Test func listsAndMappingsAreNamedByTheirKind() {
    #expect(decode(.string, list(plain("a"))).problems == ["1:1 expected text, found a list"])
    #expect(decode(.number, mapping(["a": plain("1")])).problems == ["1:1 expected a number, found a mapping"])
  }

  @Test func secretsAreNeverShown() {
    var node = plain("hunter2-parquett")
    node.origin = .secret
    #expect(decode(.string, node).value == "hunter2-parquett")
    #expect(decode(.number, node).problems == ["1:10 expected a number, found a secret"])
    #expect(decode(Shape<Format>.choice, node).problems == ["1:10 a secret is not one of csv, parquet, json-lines"])
    node.content = .scalar("", quoted: false)
    #expect(node.kind == "a secret")
  }

  @Test func textFromTheEnvironmentIsNeverNothing() {
    var node = plain("null")
    node.origin = .environment
    #expect(decode(.string, node).value == "null")
  }
}
