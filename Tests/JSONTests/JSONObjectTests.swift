import Testing

@testable import JSON

@Suite struct JSONObjectTests {
  @Test(arguments: [3, 12, 13, 100_000]) func findsMembers(count: Int) {
    let object = JSONObject((0..<count).map { .init("key\($0)", .number(JSONNumber(Int64($0)))) })
    for index in [0, count / 2, count - 1] { #expect(object["key\(index)"]?.int64Value == Int64(index)) }
    #expect(object["key\(count)"] == nil)
    #expect(object.members.map(\.key) == (0..<count).map { "key\($0)" })
    #expect(object.duplicateKeys.isEmpty)
    #expect(object.count == count)
  }

  @Test(arguments: [0, 20]) func letsTheLastDuplicateWin(others: Int) {
    let padding = (0..<others).map { JSONObject.Member("other\($0)", .null) }
    let object = JSONObject([.init("b", 1), .init("a", 2), .init("b", 3), .init("b", 4), .init("a", 5)] + padding)
    #expect(object["b"] == 4)
    #expect(object.duplicateKeys == ["b", "a"])
    #expect(object.members.count == 5 + others)
    #expect(object.distinctMembers.prefix(2).map(\.key) == ["b", "a"])
    #expect(object.count == 2 + others)
  }

  @Test func comparesNamesByCodePoint() {
    let object = JSONObject([.init("\u{E9}", 1), .init("e\u{301}", 2)])
    #expect(object["\u{E9}"] == 1)
    #expect(object.duplicateKeys.isEmpty)
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
  }

  @Test func comparesWithoutOrder() {
    let left: JSONValue = ["a": 1, "b": [true, .null]]
    #expect(left == ["b": [true, .null], "a": 1.0])
    #expect(left != ["a": 1, "b": [.null, true]])
    #expect(left != ["a": 1])
    #expect(left != ["a": 1, "c": [true, .null]])
    #expect(JSONValue.null != false && JSONValue.string("1") != 1 && JSONValue.array([]) != [:])
  }

  /// Comparing each repeated name again would take 2^200 steps.
  @Test func comparesNestedDuplicatesOnce() throws {
    let text = (0..<200).reduce("1") { inner, _ in "{\"a\":0,\"a\":\(inner)}" }
    #expect(try JSONParser.parse(text) == JSONParser.parse(text))
  }
}
