/// A check on values with a table for each of its answers. The column is `a`; other rules can stand beside it.
struct ValueCheckCase: Sendable, CustomStringConvertible {
  var kind: String
  var rule: Tree
  /// Declared so that the values of the wrong type are known to be that.
  var type: String?
  var good: [String]
  var bad: [String]
  /// What the message says of bad values.
  var words: String

  var description: String { kind + (type.map { " of \($0)" } ?? "") }

  /// The rules of the column, with further ones.
  func rules(_ further: (String, Tree)...) -> Tree {
    let type = self.type.map { [("type", Tree.scalar($0))] } ?? []
    return ["columns": ["a": .mapping(type + [(kind, rule)] + further)]]
  }

  static let all: [ValueCheckCase] =
    domains + [
      .init(kind: "at_least", rule: "0", type: "integer", good: ["0", "5"], bad: ["-1", "-70"], words: "are below 0"),
      .init(
        kind: "at_least", rule: "0.5", type: "integer", good: ["1", "5"], bad: ["0", "-70"], words: "are below 0.5"),
      .init(kind: "at_least", rule: "0", type: nil, good: ["0", "1e9"], bad: ["-0.5", "text"], words: "are below 0"),
      .init(
        kind: "at_least", rule: "2020-01-01", type: "date", good: ["2020-01-01"], bad: ["2019-12-31"],
        words: "are below 2020-01-01"),
      .init(
        kind: "at_least", rule: "2020-01-01", type: nil, good: ["2020-01-01"], bad: ["2019-12-31", "5"],
        words: "are below 2020-01-01"),
      .init(
        kind: "at_most", rule: "23", type: "integer", good: ["23", "-5"], bad: ["24", "9999"], words: "are above 23"),
      .init(
        kind: "at_most", rule: "1.5", type: "number", good: ["1.5", "-inf"], bad: ["1.6", "nan", "inf"],
        words: "are above 1.5"),
      .init(
        kind: "at_most", rule: "2020-01-01T00:00:00Z", type: "timestamp", good: ["2020-01-01T02:00+02:00"],
        bad: ["2020-01-01T00:00:00.000001Z", "2020-01-01T00:00:00.000000001Z"], words: "are above 2020"),
      .init(
        kind: "between", rule: ["2020-01-01T00:00:00.000000100Z", "2020-01-01T00:00:00.000000900Z"], type: "timestamp",
        good: ["2020-01-01T00:00:00.0000001Z", "2020-01-01T01:00:00.000000900+01:00"],
        bad: ["2020-01-01T00:00:00.000000099Z", "2020-01-01T00:00:00.000000901Z"], words: "are not between 2020"),
      .init(
        kind: "above", rule: "2020-01-01T00:00:00Z", type: "timestamp", good: ["2020-01-01T00:00:00.000000001Z"],
        bad: ["2020-01-01T00:00:00Z"], words: "are not above 2020"),
      .init(
        kind: "in", rule: ["2020-01-01T00:00:00.5Z"], type: "timestamp", good: ["2020-01-01T00:00:00.500Z"],
        bad: ["2020-01-01T00:00:00.500000001Z"], words: "are not in [2020"),
      .init(
        kind: "between", rule: ["0", "6000"], type: "integer", good: ["0", "6000"], bad: ["-1", "6001"],
        words: "are not between 0 and 6000"),
      .init(
        kind: "between", rule: ["2020-01-01", "2020-12-31"], type: nil, good: ["2020-02-29"], bad: ["2021-01-01", "x"],
        words: "are not between"),
      .init(
        kind: "at_most", rule: "11:00:00", type: "time", good: ["11:00", "11:00:00.000", "00:00"],
        bad: ["11:00:00.000000001", "23:59"], words: "are above 11:00:00"),
      .init(
        kind: "between", rule: ["07:30", "19:00"], type: nil, good: ["07:30:00", "12:00:00.5"], bad: ["07:29:59", "x"],
        words: "are not between 07:30 and 19:00"),
      .init(
        kind: "in", rule: ["07:30", "12:00:00.5"], type: "time", good: ["07:30:00", "12:00:00.500"], bad: ["12:00"],
        words: "are not in [07:30"),
      .init(
        kind: "in", rule: ["AA", "UA"], type: "string", good: ["AA", "UA"], bad: ["XX", "\"\"", "aa"],
        words: "are not in [AA, UA]"),
      .init(
        kind: "in", rule: ["1", "2"], type: "integer", good: ["1", "+2"], bad: ["3", "-1"], words: "are not in [1, 2]"),
      .init(
        kind: "in", rule: ["1", "2.5"], type: "number", good: ["1.0", "25e-1"], bad: ["3"], words: "are not in [1, 2.5]"
      ),
      .init(
        kind: "in", rule: ["true"], type: "boolean", good: ["TRUE", "1"], bad: ["false"], words: "are not in [true]"),
      .init(kind: "not_in", rule: ["XX"], type: nil, good: ["AA", "xx"], bad: ["XX"], words: "are in [XX]"),
      .init(
        kind: "in", rule: ["9007199254740993", "1e16", "0.1", "inf"], type: "number",
        good: ["9007199254740993.0", "10000000000000000", "1e-1", "+inf"],
        bad: ["9007199254740992", "10000000000000001", "nan", "-inf"], words: "are not in [9007199254740993"),
      .init(
        kind: "not_in", rule: ["9007199254740993"], type: "number", good: ["9007199254740992", "1"],
        bad: ["9007199254740993", "9007199254740993.00"], words: "are in [9007199254740993]"),
      .init(
        kind: "not_in", rule: ["-999"], type: "number", good: ["0"], bad: ["-999.0", "-9.99e2"], words: "are in [-999]"),
      .init(
        kind: "matches", rule: "N[0-9A-Z]{1,5}", type: nil, good: ["N1", "NABCDE"], bad: ["N", " N1", "NABCDEF"],
        words: "do not match N"),
      .init(
        kind: "not_matches", rule: ["TEST.*", "N/?A"], type: nil, good: ["a", "xTEST"], bad: ["TEST1", "N/A"],
        words: "match [TEST.*, N/?A]"),
      .init(
        kind: "matches_any", rule: ["[A-Z]{2}", "[0-9]+"], type: "string", good: ["AB", "17"], bad: ["A1", "\"\""],
        words: "match none of [[A-Z]{2}, [0-9]+]"),
      .init(
        kind: "matches_all", rule: ["[a-z0-9]+", ".*[0-9].*"], type: nil, good: ["a1", "7"], bad: ["a", "A1"],
        words: "do not match all of [[a-z0-9]+, .*[0-9].*]"),
      .init(
        kind: "search", rule: "[0-9]{2}|^$", type: nil, good: ["ab12cd", "\"\""], bad: ["a1b2", "x"],
        words: "have no part that matches [0-9]{2}|^$"),
      .init(
        kind: "like", rule: ["AB-%", "_\\_é"], type: nil, good: ["AB-", "AB-1", "日_é"], bad: ["ab-1", "日Xé", "_é"],
        words: "are not like [AB-%, _\\_é]"),
      .init(
        kind: "not_like", rule: "%test%", type: nil, good: ["Test", "tes"], bad: ["test", "a test."],
        words: "are like %test%"),
      .init(kind: "format", rule: "ipv4", type: nil, good: ["1.2.3.4"], bad: ["1.2.3", "\"\""], words: "are no ipv4"),
      .init(
        kind: "json_schema", rule: ["type": "integer", "minimum": "0"], type: nil, good: ["0", "17.0"],
        bad: ["-1", "x", "\"\""], words: "are no JSON that satisfies the schema"),
      .init(
        kind: "format", rule: ["name": "iban", "country": "DE"], type: "string", good: ["DE89370400440532013000"],
        bad: ["DE88370400440532013000", "NO9386011117947"], words: "are no iban DE"),
      .init(
        kind: "format", rule: ["strftime": "%d.%m.%Y"], type: nil, good: ["29.02.2024"],
        bad: ["29.02.2023", "2024-02-29"],
        words: "are no strftime %d.%m.%Y"),
      .init(
        kind: "length", rule: ["equals": "3"], type: nil, good: ["JFK", "é日😀"], bad: ["JF", "JFKX", "\"\""],
        words: "have a length that is not exactly 3"),
      .init(
        kind: "length", rule: ["at_most": "2"], type: "string", good: ["\"\"", "ab"], bad: ["abc"],
        words: "have a length that is not at most 2"),
      .init(
        kind: "list_length", rule: ["at_most": "1"], type: nil, good: ["[1]", " [ {} ] ", "[]"],
        bad: ["x", "{}", "[1", "[}"], words: "are no lists of at most 1 elements"),
    ]
}
