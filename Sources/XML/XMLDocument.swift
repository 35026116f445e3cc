internal import CLibXML2

/// Reads XML, for the check that a report makes of itself.
package enum XMLDocument {
  /// The most bytes that are read: far above any report, far below what would exhaust the memory.
  package static let sizeLimit = 64 << 20

  /// The root element of a document.
  ///
  /// There is no network and there are no entities; a DOCTYPE is refused. libxml2's own limits hold: 10 MB a text or
  /// attribute, 256 levels. White space between elements is left out.
  package static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
    let document = try ParsedDocument(bytes)
    guard let root = xmlDocGetRootElement(document.pointer) else {
      throw .notWellFormed(XMLError.Problem(line: 1, message: "The document is empty."))
    }
    return element(root)
  }

  private static func element(_ node: xmlNodePtr) -> XMLElement {
    var result = XMLElement(node.pointee.name.map { String(cString: $0) } ?? "")
    var attribute = node.pointee.properties
    while let current = attribute {
      let name = current.pointee.name.map { String(cString: $0) } ?? ""
      result.attributes.append(XMLElement.Attribute(name, content(current.pointee.children)))
      attribute = current.pointee.next
    }
    var child = node.pointee.children
    while let current = child {
      switch current.pointee.type {
      case XML_ELEMENT_NODE: result.children.append(element(current))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        result.text += current.pointee.content.map { String(cString: $0) } ?? ""
      default: break
      }
      child = current.pointee.next
    }
    if !result.children.isEmpty, result.text.allSatisfy(\.isWhitespace) { result.text = "" }
    return result
  }

  private static func content(_ first: xmlNodePtr?) -> String {
    var text = ""
    var node = first
    while let current = node {
      text += current.pointee.content.map { String(cString: $0) } ?? ""
      node = current.pointee.next
    }
    return text
  }
}

/// A parsed document in libxml2's own form.
//
// Safe because the document belongs to this class alone and is freed once, in `deinit`.
final class ParsedDocument {
  let pointer: xmlDocPtr

  init(_ bytes: [UInt8]) throws(XMLError) {
    LibXML2.prepare()
    guard bytes.count <= XMLDocument.sizeLimit else {
      throw .tooLarge(bytes: bytes.count, limit: XMLDocument.sizeLimit)
    }
    guard let context = xmlNewParserCtxt() else { throw .writeFailed }
    defer { xmlFreeParserCtxt(context) }
    LibXML2.refuseDocumentType(in: context)
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    let document = bytes.withUnsafeBytes { buffer in
      xmlCtxtReadMemory(
        context, buffer.baseAddress, Int32(buffer.count), nil, nil,
        Int32(bitPattern: UInt32(options | XML_PARSE_BIG_LINES.rawValue)))
    }
    if LibXML2.sawDocumentType(context) {
      xmlFreeDoc(document)
      throw .documentType
    }
    guard let document else { throw .notWellFormed(LibXML2.problem(context.pointee.lastError)) }
    pointer = document
  }

  deinit { xmlFreeDoc(pointer) }
}
