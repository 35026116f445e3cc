/// An element of an XML document: a name, attributes in their order, text, children.
///
/// Values and text are arbitrary; ``XMLTextSanitizer`` runs over every one of them when the document is rendered.
package struct XMLElement: Sendable, Hashable {
  package var name: String
  package var attributes: [Attribute]
  /// The text that stands before the children.
  package var text: String
  package var children: [XMLElement]

  /// `name="value"`.
  package struct Attribute: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "", children: [XMLElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { Attribute($0.key, $0.value) }
    self.text = text
    self.children = children
  }

  /// The value of the first attribute with that name.
  package subscript(attribute name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The children with that name, in their order.
  package func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The document with this element as its root: UTF-8, an XML declaration, one space of indentation a level, never
  /// a CDATA section.
  package func render() throws(XMLError) -> [UInt8] {
    let writer = try XMLWriter()
    try writer.write(self)
    return try writer.finish()
  }
}
