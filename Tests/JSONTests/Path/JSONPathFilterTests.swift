import Testing

@testable import JSON

@Suite struct JSONPathFilterTests {
  private func holds(_ expression: String, of document: JSONValue) throws -> Bool {
    try !nodes("$[?\(expression)]", in: ["only": document]).isEmpty
  }

  /// Table 11 of RFC 9535 section 2.3.5.3.
  @Test(arguments: [
    ("$.absent1 == $.absent2", true), ("$.absent1 <= $.absent2", true), ("$.absent == 'g'", false),
    ("$.absent1 != $.absent2", false), ("$.absent != 'g'", true), ("1 <= 2", true), ("1 > 2", false),
    ("13 == '13'", false),
    ("'a' <= 'b'", true), ("'a' > 'b'", false), ("$.obj == $.arr", false), ("$.obj != $.arr", true),
    ("$.obj == $.obj", true),
    ("$.obj != $.obj", false), ("$.arr == $.arr", true), ("$.arr != $.arr", false), ("$.obj == 17", false),
    ("$.obj != 17", true),
    ("$.obj <= $.arr", false), ("$.obj < $.arr", false), ("$.obj <= $.obj", true), ("$.arr <= $.arr", true),
    ("1 <= $.arr", false),
    ("1 >= $.arr", false), ("1 > $.arr", false), ("1 < $.arr", false), ("true <= true", true), ("true > true", false),
    // Beyond the table: order of other types, numbers by value, strings by code point, precedence.
    ("false < true", false), ("null <= null", true), ("null < null", false), ("1 == 1.0", true), ("1 == 1e0", true),
    ("-0 == 0", true),
    ("9007199254740993 == 9007199254740992", false), ("'\\uE000' < '\\uD800\\uDC00'", true),
    ("'é' == 'e\\u0301'", false),
    ("'' < 'a'", true), ("'a' < 'aa'", true), ("$.absent < 1", false), ("$.absent >= 1", false),
    ("1 == 1 || 1 == 2 && 1 == 3", true),
    ("(1 == 1 || 1 == 2) && 1 == 3", false), ("!(1 == 2)", true), ("!$.absent", true), ("!$.obj", false),
    ("@ == $.obj", true), ("$", true),
  ])
  func compares(expression: String, expected: Bool) throws {
    let document: JSONValue = ["obj": ["x": "y"], "arr": [2, 3]]
    let found = try nodes("$.obj[?\(expression.replacing("@", with: "$.obj"))]", in: document)
    #expect(found.isEmpty != expected)
  }

  /// The functions of section 2.4, with arguments of the wrong kind too.
  @Test(
    arguments: [
      ("length(@) == 3", "abc", true), ("length(@) == 1", "😀", true), ("length(@) == 2", "e\u{301}", true),
      ("length(@) == 2", [1, 2], true),
      ("length(@) == 1", ["a": 1], true), ("length(@) == 1", 5, false), ("length(@.x) == $.absent", .null, true),
      ("length('ab') == 2", .null, true),
      ("length(value(@.*)) == 2", [["a", "b"]], true), ("count(@.*) == 2", [1, 2], true),
      ("count(@..*) == 3", [1, [2]], true),
      ("count(@.x) == 0", [], true), ("count($) == 1", 1, true), ("value(@..x) == 1", ["a": ["x": 1]], true),
      ("value(@..x) == 1", ["x": 1, "a": ["x": 1]], false), ("value(@.x) == $.absent", [:], true),
      ("match(@, 'a.*')", "abc", true),
      ("match(@, 'b')", "abc", false), ("search(@, 'b')", "abc", true), ("search(@, 'x')", "abc", false),
      ("match(@, '(')", "abc", false),
      ("!match(@, '(')", "abc", true), ("match(@, 1)", "1", false), ("match(@, 'a')", 1, false),
      ("search(@.t, @.p)", ["t": "abc", "p": "b.$"], true),
      ("match(@.x, 'a')", [:], false), ("match('a', @)", "[a-c]", true),
    ] as [(String, JSONValue, Bool)])
  func callsFunctions(expression: String, value: JSONValue, expected: Bool) throws {
    #expect(try holds(expression, of: value) == expected)
  }

  /// The table of section 2.4.9.
  @Test(arguments: [
    ("$[?length(@) < 3]", true), ("$[?length(@.*) < 3]", false), ("$[?count(@.*) == 1]", true),
    ("$[?count(1) == 1]", false),
    ("$[?match(@.timezone, 'Europe/.*')]", true), ("$[?match(@.timezone, 'Europe/.*') == true]", false),
    ("$[?value(@..color) == \"red\"]", true),
    ("$[?value(@..color)]", false), ("$[?length(@)]", false), ("$[?count(@.*)]", false), ("$[?search(@, @.*)]", false),
    ("$[?count(foo(@.*)) == 1]", false),
    ("$[?length(match(@,'a')) == 1]", false), ("$[?count() == 1]", false), ("$[?count(@.a,@.b) == 1]", false),
    ("$[?length(@.a,@.b) == 1]", false),
    ("$[?match(@.a)]", false), ("$[?match(@.a,'b','c')]", false), ("$[?true == match(@,'a')]", false),
    ("$[?length(length(@)) == $.x]", true),
    ("$[?count(length(@)) == 1]", false), ("$[?bar(@.a)]", false), ("$[?length((@)) == 1]", false),
    ("$[?length(@ == 1) == 1]", false),
  ])
  func checksTypes(query: String, isWellTyped: Bool) {
    let path = try? JSONPath(query, patterns: RegexPatterns())
    #expect((path != nil) == isWellTyped)
  }
}
