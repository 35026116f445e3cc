import Testing

@testable import JSON

@Suite struct JSONValueTests {
  @Test func answersQuestions() {
    let value: JSONValue = ["name": "x", "list": [1, 2.5], "flag": true, "none": .null]
    #expect(value["list"]?[1]?.doubleValue == 2.5)
    #expect(value["list"]?[2] == nil && value["list"]?[-1] == nil && value[0] == nil && value["absent"] == nil)
    #expect(value["name"]?.stringValue == "x" && value["flag"]?.boolValue == true)
    #expect(value.objectValue?.members.map(\.value.kind) == ["string", "array", "boolean", "null"])
    #expect(value["list"]?.arrayValue?.count == 2 && value.arrayValue == nil && value.kind == "object")
  }
}
