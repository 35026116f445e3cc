import TestSupport
import Testing

@testable import Expressions
@testable import Scan

@Suite struct ExpressionParserTests {
  /// Each text means what its fully bracketed form means.
  @Test(
    arguments: [
      ("n = 1 or m = 2 and i = 3", "(n = 1) or ((m = 2) and (i = 3))"),
      ("not n = 1 and m = 2", "(not (n = 1)) and (m = 2)"),
      ("not not n = 1", "not (not (n = 1))"),
      ("n + m * i > 0", "(n + (m * i)) > 0"),
      ("n - m - i > 0", "((n - m) - i) > 0"),
      ("n / m / i > 0", "((n / m) / i) > 0"),
      ("n % m * i > 0", "((n % m) * i) > 0"),
      ("-n * m > 0", "((-n) * m) > 0"),
      ("- -n > 0", "(-(-n)) > 0"),
      ("n - -m > 0", "(n - (-m)) > 0"),
      ("n between 1 and 2 and m = 1", "(n between 1 and 2) and (m = 1)"),
      ("n between m - 1 and m + 1", "n between (m - 1) and (m + 1)"),
      ("not n in (1, 2)", "not (n in (1, 2))"), ("n not in (1, 2)", "not (n in (1, 2))"),
      ("n not between 1 and 2", "not (n between 1 and 2)"), ("n is not null", "not (n is null)"),
      ("n == 1", "n = 1"), ("n <> 1", "n != 1"), ("n=1 or m=2 or i=3", "((n=1) or (m=2)) or (i=3)"),
      ("N = 1 OR `n` = 2", "(N = 1) or (n = 2)"), ("n IS Not NULL aNd flag", "(not (n is null)) and flag"),
      ("s = 'it''s'", "s = \"it's\""), ("s = \"say \"\"hi\"\"\"", "s = 'say \"hi\"'"), ("n in (1)", "n = 1"),
      ("n = .5", "n = 0.5"), ("n = 5e-1", "n = 0.5"), ("flag = TRUE", "flag = true"), ("n\n=\t1", "n = 1"),
      ("s || s = s", "(s || s) = s"), ("s || s || s = s", "((s || s) || s) = s"),
      ("s not matches 'a' or flag", "(not (s matches 'a')) or flag"),
      ("s not like 'a' and flag", "(not (s like 'a')) and flag"),
      ("n is not distinct from m + 1", "not (n is distinct from (m + 1))"),
      ("extract(year from day) = 1", "year(day) = 1"), ("position('a' in s) = 1", "strpos(s, 'a') = 1"),
      ("POW(n, 2) = 1", "power(n, 2) = 1"),
      ("case when flag then n else m end = 1", "if(flag, n, m) = 1"),
      ("case n when 1 then m else i end = 1", "if(n = 1, m, i) = 1"),
      ("n = 2 * 3 + 1", "n = 7"), ("day = date '2013-01-31' + 1", "day = '2013-02-01'"), ("n = -5", "n = (-5)"),
    ] as [(String, String)])
  func precedenceIsThatOfSQL(text: String, bracketed: String) throws {
    let types = columnTypes.merging(["N": .number]) { $1 }
    #expect(try Expression(text, types: types).compiled == Expression(bracketed, types: types).compiled)
  }

  @Test(arguments: [
    ("`a b` = 1", "a b"), ("`and` = 1", "and"), ("`a``b` = 1", "a`b"), ("größe = 1", "größe"), ("_x1 = 1", "_x1"),
    ("`` = 1", ""),
  ])
  func columnNames(text: String, name: String) throws { #expect(try Expression(text, types: [:]).columns == [name]) }

  @Test func columnsComeOnceInOrder() throws {
    let expression = try Expression("m > n and i < m and n is null", types: columnTypes)
    #expect(expression.columns == ["m", "n", "i"])
  }

  @Test(
    arguments: [
      ("", "empty", ""), ("  ", "empty", ""), ("n =", "ends where", ""), ("n", "no boolean", "n"),
      ("n = 1 m", "expected \"and\"", "m"),
      ("n = 1)", "expected \"and\"", ")"), ("(n = 1", "expected \")\"", ""), ("n in 1", "expected \"(\"", "1"),
      ("n in ()", "found \")\"", ")"),
      ("n in (1 2)", "expected \")\"", "2"), ("n between 1 or 2", "expected \"and\"", "or"),
      ("n is 1", "expected \"null\"", "1"), ("n is distinct m", "expected \"from\"", "m"),
      ("round(n = 1", "expected \")\"", ""),
      ("round(n,) = 1", "found \")\"", ")"), ("cast(n) = 1", "expected \"as\"", ")"),
      ("cast(n as 1) = 1", "expected a type", "1"),
      ("position(s, 'a') = 1", "expected \"in\"", ","), ("case end", "expected \"when\"", ""),
      ("case when flag end", "expected \"then\"", "end"),
      ("case when flag then 1", "expected \"end\"", ""), ("extract(1 from at) = 1", "expected a field", "1"),
      ("n not 1", "after \"not\"", "1"), ("n = and", "before \"and\"", "and"), ("or n = 1", "before \"or\"", "or"),
      ("n < m < i", "expected \"and\"", "<"),
      ("n = 1 # x", "means nothing", "#"), ("n = 'x", "never closed", "'"), ("`n = 1", "never closed", "`"),
      ("n = 1.2.3", "no number", "1.2.3"),
      ("n = 1e", "no number", "1e"), ("n = 1e999", "no number", "1e999"), ("n = 12x", "ends before this letter", "x"),
      ("n = 2013-01-31x", "ends before this letter", "x"), ("* n", "found \"*\"", "*"), ("n = = 1", "found \"=\"", "="),
      ("größe = ¤", "means nothing", "¤"),
      ("'😀' = ¤", "means nothing", "¤"), ("n = in", "before \"in\"", "in"), ("n = .", "means nothing", "."),
    ] as [(String, String, String)])
  func everyMistakeIsUnderlined(text: String, words: String, part: String) throws {
    let found = try #require(mistake(text))
    #expect(found.message.contains(words), "\(found.message)")
    #expect(found.part == part)
  }

  /// What other languages and word processors write, answered with what it is here.
  @Test(
    arguments: [
      ("n > 1 && m > 1", "write and"), ("s ~ 'a'", "write matches"), ("s > ’x’", "straight quotes"),
      ("n => 1", "write >="), ("a.b > 1", "`a.b`"), ("a.b.c-d > 1", "`a.b.c`"), ("when > 1", "`when`"),
      ("flag is true", "write: flag"), ("flag is not true", "write: not flag"), ("flag is false", "write: not flag"),
      ("flag is not false", "write: flag"), ("len(s) > 1", "\"length\""), ("now() > at", "knows no clock"),
    ] as [(String, String)])
  func mistakesAreAnsweredWithWhatWasMeant(text: String, hint: String) throws {
    let error = #expect(throws: ExpressionError.self) { try Expression(text, types: columnTypes) }
    #expect(error?.hint?.contains(hint) == true, "\(String(describing: error))")
  }

  @Test(arguments: ["(", "-", "not ", "((n = 1) and ", "n + (", "- (", "abs(", "case when ", "position(", "if(flag, "])
  func deepNestingIsAnErrorAndNoCrash(piece: String) throws {
    let found = try #require(mistake(String(repeating: piece, count: 100_000) + "n"))
    #expect(found.part != "outside of the text")
  }

  @Test(
    arguments: [("n = 1", " or n = 1"), ("n > 1", " + 1"), ("n in (1", ", 1"), ("n = 1", " and not not n = 1")]
      as [(String, String)])
  func longChainsAreAnErrorAndNoCrash(start: String, piece: String) throws {
    let found = try #require(mistake(start + String(repeating: piece, count: 100_000)))
    #expect(found.message.contains("more than 1000 words"))
    #expect(found.part != "outside of the text")
    // What a person writes is far below the limit.
    #expect(mistake(start + String(repeating: piece, count: 100) + (start.contains("(") ? ")" : "")) == nil)
  }

  @Test func nestingThatAPersonWritesIsFine() throws {
    let text = String(repeating: "(", count: 90) + "n = 1" + String(repeating: ")", count: 90)
    #expect(try Expression(text, types: [:]).columns == ["n"])
  }

  @Test(arguments: 0..<6)
  func anyTextParsesOrIsUnderlined(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let words = [
      "n", "s", "flag", "day", "x", "`a b`", "and", "or", "not", "in", "is", "null", "between", "true", "1", "2.5", ".",
      "'t'", "'2013-01-31'",
      "\"q\"", "(", ")", ",", "=", "<", ">=", "!=", "<>", "+", "-", "*", "/", "%", "'", "`", "like", "case", "when",
      "then", "end", "cast", "as", "round", "date", "interval", "'1 month'", "||", "é", "😀", "e\u{301}",
      "\u{0}", " ", "\n", "#", "1e", "９",
    ]
    for _ in 0..<8000 {
      let count = Int.random(in: 0...12, using: &generator)
      let separator = Bool.random(using: &generator) ? " " : ""
      let text = (0..<count).compactMap { _ in words.randomElement(using: &generator) }.joined(separator: separator)
      if let found = mistake(text) { #expect(found.part != "outside of the text", "\(text): \(found)") }
    }
  }
}
