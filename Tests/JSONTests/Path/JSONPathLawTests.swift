import Testing

@testable import JSON

@Suite struct JSONPathLawTests {
  /// A normalized path selects its node and nothing else, and is its own normal form.
  @Test(arguments: 0..<40) func normalizedPathsSelectTheirNode(seed: Int) throws {
    var documents = GeneratedJSON(seed: UInt64(seed))
    for _ in 0..<10 {
      let document = documents.value()
      for node in try nodes("$..*", in: document) {
        let again = try nodes(node.path, in: document)
        #expect(again.map(\.path) == [node.path])
        #expect(again.map(\.value) == [node.value])
      }
    }
  }

  /// Section 2.7: the shortest escapes, lowercase hexadecimal, and only what must be escaped.
  @Test(arguments: [
    ("a", "$['a']"), ("'", #"$['\'']"#), ("\\", #"$['\\']"#), ("\"", #"$['"']"#),
    ("\n\r\t\u{8}\u{C}", #"$['\n\r\t\b\f']"#), ("\u{B}\0\u{1F}", #"$['\u000b\u0000\u001f']"#),
    ("\u{7F}é😀", "$['\u{7F}é😀']"), ("", "$['']"),
  ])
  func normalizesNames(name: String, path: String) throws {
    let found = try nodes("$.*", in: .object(JSONObject([.init(name, 1)])))
    #expect(found.map(\.path) == [path])
  }

  /// The pseudo-code of section 2.3.4.2.2, word for word, as the oracle.
  private func sliceIndices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
    func normalize(_ index: Int) -> Int { index >= 0 ? index : count + index }
    if step == 0 { return [] }
    let start = normalize(start ?? (step > 0 ? 0 : count - 1))
    let end = end.map(normalize) ?? (step > 0 ? count : -1)
    var indices: [Int] = []
    if step > 0 {
      var index = min(max(start, 0), count)
      while index < min(max(end, 0), count) { (indices, index) = (indices + [index], index + step) }
    } else {
      var index = min(max(start, -1), count - 1)
      while index > min(max(end, -1), count - 1) { (indices, index) = (indices + [index], index + step) }
    }
    return indices
  }

  @Test(arguments: 0...4) func slicesAsThePseudoCode(count: Int) throws {
    let document = JSONValue.array((0..<count).map { .number(JSONNumber(Int64($0))) })
    let far = 9_007_199_254_740_991
    let bounds: [Int?] = [nil] + Array(-6...6) + [far, -far]
    for start in bounds {
      for end in bounds {
        for step in [-far, -3, -2, -1, 0, 1, 2, 3, far] {
          let query = "$[\(start.map(String.init) ?? ""):\(end.map(String.init) ?? ""):\(step)]"
          let expected = sliceIndices(start, end, step, count: count).map { "$[\($0)]" }
          #expect(try nodes(query, in: document).map(\.path) == expected, "\(query)")
        }
      }
    }
  }

  @Test func seesOnlyTheLastDuplicate() throws {
    let document = try JSONParser.parse(#"{"a": 1, "b": 2, "a": 3}"#)
    #expect(try nodes("$.*", in: document).map(\.value) == [2, 3])
    #expect(try nodes("$.a", in: document).map(\.value) == [3])
    #expect(try nodes("$[?length($) == 2]", in: document).count == 2)
  }

  /// Queries that multiply their nodes end in an error, also when filters hide the work.
  @Test(arguments: ["$..*..*..*..*", "$..[?count($..*..*) > 0]", "$..[?@..x || $..*..x]"]) func boundsItsWork(
    query: String
  ) throws {
    let document = JSONValue.array((0..<60).map { _ in .array((0..<60).map { _ in [[1], [2]] }) })
    let path = try JSONPath(query, patterns: RegexPatterns())
    #expect(throws: JSONPathEvaluationError.tooManyVisits(limit: 50_000)) {
      try path.nodes(in: document, visitLimit: 50_000)
    }
  }

  @Test func countsVisitsExactly() throws {
    let path = try JSONPath("$[*]", patterns: RegexPatterns())
    #expect(try path.nodes(in: [1, 2, 3], visitLimit: 3).count == 3)
    #expect(throws: JSONPathEvaluationError.self) { try path.nodes(in: [1, 2, 3], visitLimit: 2) }
  }

  /// As deep as the parser lets a document be.
  @Test func reachesTheBottom() throws {
    let document = try JSONParser.parse(
      String(repeating: "[", count: 511) + "{\"x\":1}" + String(repeating: "]", count: 511))
    let found = try nodes("$..x", in: document)
    #expect(found.map(\.path) == ["$" + String(repeating: "[0]", count: 511) + "['x']"])
    #expect(try nodes("$[?@ == $[0]]", in: document).count == 1)
  }
}
