import Testing
import XML

@Suite struct XMLElementTests {
  @Test func rendersWithOneSpaceOfIndentation() throws {
    let root = XMLElement(
      "r", ["a": "1 < 2 & \"3\"\n", "b": ""],
      children: [
        XMLElement("text", text: "x ]]> y"), XMLElement("empty"), XMLElement("p", children: [XMLElement("q")]),
      ])
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <r a="1 &lt; 2 &amp; &quot;3&quot;&#10;" b="">
       <text>x ]]&gt; y</text>
       <empty/>
       <p>
        <q/>
       </p>
      </r>

      """
    #expect(String(decoding: try root.render(), as: UTF8.self) == expected)
  }

  @Test func whatIsReadIsWhatWasWritten() throws {
    let root = XMLElement(
      "root", ["first": "ä\t\n\r", "second": "漢字 \u{1F600}", "third": "  blanks  "],
      children: [
        XMLElement("a", text: "line 1\nline 2 <b> & </b>"), XMLElement("b", ["x": "1"]),
        XMLElement("c", children: [XMLElement("d", text: " kept ")]),
      ])
    #expect(try XMLDocument.parse(root.render()) == root)
  }

  @Test(arguments: ["", "1a", "a b", "a\u{0}", "<", "a:b", "a>"])
  func refusesBadNames(name: String) {
    #expect(throws: XMLError.badName(name)) { try XMLElement(name).render() }
    var element = XMLElement("e")
    element.attributes = [XMLElement.Attribute(name, "x")]
    #expect(throws: XMLError.badName(name)) { try element.render() }
  }
}
