import Testing

@testable import JSON

@Suite struct JSONPathSyntaxTests {
  @Test(arguments: [
    "$", "$.a", "$ .a", "$\n\t\r[0]", "$['a' , \"b\"]", "$[ 'a' ]", "$[1 : 2 : 3]", "$[:]", "$[::]", "$[ : : ]",
    "$[1::]", "$[::-1]", "$..a", "$..*", "$..[*]",
    "$ ..a", "$.é", "$.😀", "$._1", "$.a1", "$.*", "$[0,0]", "$[9007199254740991]", "$[-9007199254740991]",
    "$[1:9007199254740991]", "$[0:0:0]",
    "$['']", #"$['\'']"#, #"$["\""]"#, #"$["'"]"#, #"$['"']"#, #"$['\b\f\n\r\t\/\\']"#, #"$['\u0041\ud83d\uDE00']"#,
    "$['\u{7F}']",
    "$[?@]", "$[? @.a ]", "$[?!@.a]", "$[?! @.a]", "$[?@.a&&@.b]", "$[?(@.a)]", "$[?((@.a || @.b) && !(@.c))]",
    "$[?@.a==-0]", "$[?@.a==1.5e+3]", "$[?@ .a]",
    "$[?@.a==1E2]", "$[?@['a','b']]", "$[?@[?@[?@.x]]]", "$[?@.a == $['b'][-1]]", "$[?length( @.a ) == 1]",
    "$[?@.a\n==\n1]", "$[?null == @.a]", "$[?@.true==true]",
    "$.a\n.b", "$[?count(@ ['a']) == 1]", "$[?@.a, ?@.b, 0, *]", "$.true", "$.length",
  ])
  func accepts(query: String) {
    #expect(throws: Never.self) { try JSONPath(query, patterns: RegexPatterns()) }
  }

  @Test(arguments: [
    "", " $", "$ ", "$\n", "a", "@", "@.a", "$.", "$..", "$. a", "$.. a", "$.a.", "$...a", "$.1", "$.-a", "$.'a'",
    "$.[0]", "$.&", "$a", "$$", "$.a b", "$[", "$[]", "$[ ]",
    "$[a]", "$['a'", "$['a',]", "$[,'a']", "$['a' 'b']", "$['a]", "$[\"a']", "$['\n']", "$['\u{1F}']", #"$['\"']"#,
    #"$["\'"]"#, #"$['\x']"#, #"$['\u12']"#, #"$['\ud800']"#,
    #"$['\udc00']"#, #"$['\ud800\u0041']"#, #"$['\U0041']"#, "$[01]", "$[-0]", "$[-01]", "$[+1]", "$[1.0]", "$[1e2]",
    "$[- 1]", "$[-]", "$[9007199254740992]",
    "$[-9007199254740992]", "$[99999999999999999999999]", "$[1:9007199254740992]", "$[::01]", "$[1:-0]", "$[1:2:3:4]",
    "$[1:2.0]", "$[:::]", "$['a':1]",
    "$[?]", "$[?()]", "$[?@.a", "$[?(@.a]", "$[?@.a)]", "$[?@.a=1]", "$[?@.a===1]", "$[?@.a==]", "$[?==1]",
    "$[?@.a&@.b]", "$[?@.a|@.b]", "$[?@.a and @.b]", "$[?not @.a]", "$[?!!@.a]",
    "$[?@.a==1==2]", "$[?1]", "$[?'a']", "$[?true]", "$[?null]", "$[?true && @.a]", "$[?@.*==1]", "$[?1==@..a]",
    "$[?@[0,1]==1]", "$[?@[0:1]==1]", "$[?@[?@.a]==1]", "$[?@.a==@['a','b']]",
    "$[?@.a==[1]]", "$[?@.a=={}]", "$[?@.a==True]", "$[?@.a==Null]", "$[?@.a==01]", "$[?@.a==1.]", "$[?@.a==.5]",
    "$[?@.a==1e]", "$[?@.a==+1]", "$[?@.a==--1]", "$[?@.a=='b]", "$[?(@.a)==1]", "$[?(1)==1]",
    "$[?!1==1]", "$[?!(@.a)==1]", "$[?@.a!]", "$[?@.a<>1]", "$[?@.a=~'x']", "$[?@.a in [1]]", "$[?length (@.a)==1]",
    "$[?LENGTH(@)==1]", "$[?length(@.a==1]", "$[?length()==1]", "$[?count(@.a,)==1]", "$[?match(@.a 'b')]", "$[?$.a.]",
    "$[?@.]",
    "$[?@. a]", "$[?@.a==1&& ]", "$[(@.a)]", "$[?a]", "$\u{A0}.a", "$\u{C}.a", "$[?@.a==\u{A0}1]", "$.a\0",
  ])
  func rejects(query: String) throws {
    let error = try #require(throws: JSONPathError.self) { try JSONPath(query, patterns: RegexPatterns()) }
    #expect((0...query.utf8.count).contains(error.offset))
    #expect((1...query.unicodeScalars.count + 1).contains(error.column))
  }

  @Test(arguments: [
    ("$.é.[0]", 5, 5, "directly after '.'"), ("store.book", 0, 1, "'$'"), ("$.a ", 3, 4, "the end of the query"),
    ("$[?@.a = 1]", 7, 8, "'=='"),
    ("$[?@.*==1]", 3, 4, "value(...)"), ("$[?lenght(@)==1]", 3, 4, "length, count"), ("$['a'", 5, 6, "']'"),
    ("$['abc", 2, 3, "no closing quote"),
    ("$[007]", 2, 3, "leading zeros"), ("$[?1]", 3, 4, "compare it"), ("$[?count(1)>0]", 9, 10, "expected a query"),
  ])
  func saysWhere(query: String, offset: Int, column: Int, words: String) throws {
    let error = try #require(throws: JSONPathError.self) { try JSONPath(query, patterns: RegexPatterns()) }
    #expect((error.offset, error.column) == (offset, column))
    #expect(error.message.contains(words), "\(error)")
  }

  @Test(arguments: [("(", ")"), ("!(", ")"), ("@[?", "]"), ("length(", ")==1")]) func refusesDeepNesting(
    opening: String, closing: String
  ) {
    let query =
      "$[?" + String(repeating: opening, count: 100_000) + "@" + String(repeating: closing, count: 100_000) + "]"
    #expect(throws: JSONPathError.self) { try JSONPath(query, patterns: RegexPatterns()) }
  }

  @Test(arguments: [
    ("$", true), ("$.a['b'][0]", true), ("$[-1]", true), ("$.*", false), ("$..a", false), ("$['a','b']", false),
    ("$[0:1]", false), ("$[?@]", false),
  ])
  func knowsSingularQueries(query: String, expected: Bool) throws {
    #expect(try JSONPath(query, patterns: RegexPatterns()).isSingular == expected)
  }
}
