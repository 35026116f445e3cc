import Testing

@testable import JSON

/// The example tables of RFC 9535: query, selected values, and their normalized paths.
@Suite struct JSONPathExampleTests {
  struct Example: Sendable {
    let document: String
    let query: String
    let paths: [String]
    let values: String

    init(_ document: String, _ query: String, _ values: String, _ paths: String...) {
      (self.document, self.query, self.values, self.paths) = (document, query, values, paths)
    }
  }

  @Test(arguments: segmentsAndSelectors + filters) func selects(example: Example) throws {
    let found = try nodes(example.query, in: try JSONParser.parse(example.document))
    #expect(found.map(\.path) == example.paths)
    #expect(try JSONValue.array(found.map(\.value)) == JSONParser.parse(example.values))
  }

  static let names = #"{"o": {"j j": {"k.k": 3}}, "'": {"@": 2}}"#
  static let wild = #"{"o": {"j": 1, "k": 2}, "a": [5, 3]}"#
  static let letters = #"["a", "b", "c", "d", "e", "f", "g"]"#
  static let nested = #"{"o": {"j": 1, "k": 2}, "a": [5, 3, [{"j": 4}, {"k": 6}]]}"#
  static let nulls = #"{"a": null, "b": [null], "c": [{}], "null": 1}"#

  /// Sections 2.2.3 to 2.3.4.3, 2.5.1.3, 2.5.2.3 and 2.6.1.
  static let segmentsAndSelectors: [Example] = [
    Example(#"{"k": "v"}"#, "$", #"[{"k": "v"}]"#, "$"),
    Example(names, "$.o['j j']", #"[{"k.k": 3}]"#, "$['o']['j j']"),
    Example(names, "$.o['j j']['k.k']", "[3]", "$['o']['j j']['k.k']"),
    Example(names, #"$.o["j j"]["k.k"]"#, "[3]", "$['o']['j j']['k.k']"),
    Example(names, #"$["'"]["@"]"#, "[2]", #"$['\'']['@']"#),
    Example(wild, "$[*]", #"[{"j": 1, "k": 2}, [5, 3]]"#, "$['o']", "$['a']"),
    Example(wild, "$.o[*]", "[1, 2]", "$['o']['j']", "$['o']['k']"),
    Example(wild, "$.o[*, *]", "[1, 2, 1, 2]", "$['o']['j']", "$['o']['k']", "$['o']['j']", "$['o']['k']"),
    Example(wild, "$.a[*]", "[5, 3]", "$['a'][0]", "$['a'][1]"),
    Example(#"["a","b"]"#, "$[1]", #"["b"]"#, "$[1]"),
    Example(#"["a","b"]"#, "$[-2]", #"["a"]"#, "$[0]"),
    Example(letters, "$[1:3]", #"["b", "c"]"#, "$[1]", "$[2]"),
    Example(letters, "$[5:]", #"["f", "g"]"#, "$[5]", "$[6]"),
    Example(letters, "$[1:5:2]", #"["b", "d"]"#, "$[1]", "$[3]"),
    Example(letters, "$[5:1:-2]", #"["f", "d"]"#, "$[5]", "$[3]"),
    Example(
      letters, "$[::-1]", #"["g","f","e","d","c","b","a"]"#, "$[6]", "$[5]", "$[4]", "$[3]", "$[2]", "$[1]", "$[0]"),
    Example(letters, "$[0, 3]", #"["a", "d"]"#, "$[0]", "$[3]"),
    Example(letters, "$[0:2, 5]", #"["a", "b", "f"]"#, "$[0]", "$[1]", "$[5]"),
    Example(letters, "$[0, 0]", #"["a", "a"]"#, "$[0]", "$[0]"),
    Example(nested, "$..j", "[1, 4]", "$['o']['j']", "$['a'][2][0]['j']"),
    Example(nested, "$..[0]", #"[5, {"j": 4}]"#, "$['a'][0]", "$['a'][2][0]"),
    Example(nested, "$..o", #"[{"j": 1, "k": 2}]"#, "$['o']"),
    Example(
      nested, "$.o..[*, *]", "[1, 2, 1, 2]", "$['o']['j']", "$['o']['k']", "$['o']['j']", "$['o']['k']"),
    Example(
      nested, "$.a..[0, 1]", #"[5, 3, {"j": 4}, {"k": 6}]"#, "$['a'][0]", "$['a'][1]", "$['a'][2][0]", "$['a'][2][1]"),
    Example(
      nested, "$..*",
      #"[{"j":1,"k":2}, [5,3,[{"j":4},{"k":6}]], 1, 2, 5, 3, [{"j":4},{"k":6}], {"j":4}, {"k":6}, 4, 6]"#,
      "$['o']", "$['a']", "$['o']['j']", "$['o']['k']", "$['a'][0]", "$['a'][1]", "$['a'][2]", "$['a'][2][0]",
      "$['a'][2][1]", "$['a'][2][0]['j']", "$['a'][2][1]['k']"),
    Example(nulls, "$.a", "[null]", "$['a']"),
    Example(nulls, "$.a[0]", "[]"),
    Example(nulls, "$.a.d", "[]"),
    Example(nulls, "$.b[0]", "[null]", "$['b'][0]"),
    Example(nulls, "$.b[*]", "[null]", "$['b'][0]"),
    Example(nulls, "$.b[?@]", "[null]", "$['b'][0]"),
    Example(nulls, "$.b[?@==null]", "[null]", "$['b'][0]"),
    Example(nulls, "$.c[?@.d==null]", "[]"),
    Example(nulls, "$.null", "[1]", "$['null']"),
  ]

  static let filtered = #"""
    {"a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
     "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}, "e": "f"}
    """#

  /// Section 2.3.5.3.
  static let filters: [Example] = [
    Example(filtered, "$.a[?@.b == 'kilo']", #"[{"b": "kilo"}]"#, "$['a'][9]"),
    Example(filtered, "$.a[?(@.b == 'kilo')]", #"[{"b": "kilo"}]"#, "$['a'][9]"),
    Example(filtered, "$.a[?@>3.5]", "[5, 4, 6]", "$['a'][1]", "$['a'][4]", "$['a'][5]"),
    Example(
      filtered, "$.a[?@.b]", #"[{"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]"#, "$['a'][6]", "$['a'][7]",
      "$['a'][8]", "$['a'][9]"),
    Example(
      filtered, "$[?@.*]",
      #"""
      [[3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
       {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}]
      """#, "$['a']", "$['o']"),
    Example(
      filtered, "$[?@[?@.b]]", #"[[3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]]"#, "$['a']"),
    Example(
      filtered, "$.o[?@<3, ?@<3]", "[1, 2, 1, 2]", "$['o']['p']", "$['o']['q']", "$['o']['p']", "$['o']['q']"),
    Example(
      filtered, #"$.a[?@<2 || @.b == "k"]"#, #"[1, {"b": "k"}]"#, "$['a'][2]", "$['a'][7]"),
    Example(filtered, #"$.a[?match(@.b, "[jk]")]"#, #"[{"b": "j"}, {"b": "k"}]"#, "$['a'][6]", "$['a'][7]"),
    Example(
      filtered, #"$.a[?search(@.b, "[jk]")]"#, #"[{"b": "j"}, {"b": "k"}, {"b": "kilo"}]"#, "$['a'][6]",
      "$['a'][7]", "$['a'][9]"),
    Example(filtered, "$.o[?@>1 && @<4]", "[2, 3]", "$['o']['q']", "$['o']['r']"),
    Example(filtered, "$.o[?@.u || @.x]", #"[{"u": 6}]"#, "$['o']['t']"),
    Example(
      filtered, "$.a[?@.b == $.x]", "[3, 5, 1, 2, 4, 6]", "$['a'][0]", "$['a'][1]", "$['a'][2]", "$['a'][3]",
      "$['a'][4]", "$['a'][5]"),
    Example(
      filtered, "$.a[?@ == @]", #"[3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]"#,
      "$['a'][0]", "$['a'][1]", "$['a'][2]", "$['a'][3]", "$['a'][4]", "$['a'][5]", "$['a'][6]", "$['a'][7]",
      "$['a'][8]", "$['a'][9]"),
  ]

  /// Table 2 of section 1.5, by the titles or prices that each query reaches.
  @Test(arguments: [
    ("$.store.book[*].author", 4), ("$..author", 4), ("$.store.*", 2), ("$.store..price", 5), ("$..book[2]", 1),
    ("$..book[2].author", 1), ("$..book[2].publisher", 0), ("$..book[-1]", 1), ("$..book[0,1]", 2), ("$..book[:2]", 2),
    ("$..book[?@.isbn]", 2), ("$..book[?@.price<10]", 2), ("$..*", 27),
  ])
  func readsTheBookstore(query: String, count: Int) throws {
    #expect(try nodes(query, in: try JSONParser.parse(Self.bookstore)).count == count)
  }

  static let bookstore = #"""
    {"store": {"book": [
      {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
      {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
      {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
      {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8",
       "price": 22.99}], "bicycle": {"color": "red", "price": 399}}}
    """#
}
