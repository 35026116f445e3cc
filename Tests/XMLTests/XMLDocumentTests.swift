import Testing
import XML

@Suite struct XMLDocumentTests {
  @Test func refusesDocumentTypes() {
    let laughs = """
      <!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
      <l>&c;</l>
      """
    #expect(throws: XMLError.documentType) { try XMLDocument.parse(Array(laughs.utf8)) }
    let outside = #"<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>"#
    #expect(throws: XMLError.documentType) { try XMLDocument.parse(Array(outside.utf8)) }
  }

  @Test(arguments: ["", " ", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a>&x;</a>", "<a>\u{1}</a>", "text"])
  func refusesWhatIsNotWellFormed(text: String) {
    #expect(throws: XMLError.self) { try XMLDocument.parse(Array(text.utf8)) }
  }

  @Test func saysInWhichLine() throws {
    let error = #expect(throws: XMLError.self) { try XMLDocument.parse(Array("<a>\n<b>\n</c>\n</a>".utf8)) }
    guard case .notWellFormed(let problem) = try #require(error) else { return #expect(Bool(false), "\(error!)") }
    #expect(problem.line == 3)
    #expect(!problem.message.contains("\n"))
  }

  @Test func refusesBytesThatAreNoUTF8() {
    #expect(throws: XMLError.self) { try XMLDocument.parse(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
  }

  @Test func refusesDeepNesting() {
    let deep = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
    #expect(throws: XMLError.self) { try XMLDocument.parse(Array(deep.utf8)) }
  }

  @Test func refusesHugeDocuments() {
    let size = XMLDocument.sizeLimit + 1
    #expect(throws: XMLError.tooLarge(bytes: size, limit: XMLDocument.sizeLimit)) {
      try XMLDocument.parse([UInt8](repeating: 0x20, count: size))
    }
  }
}
