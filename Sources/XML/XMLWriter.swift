internal import CLibXML2

/// Writes a tree of elements through libxml2's text writer.
//
// Safe because the two C objects belong to this class alone, live as long as it does and are freed once, in `deinit`.
final class XMLWriter {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr

  init() throws(XMLError) {
    LibXML2.prepare()
    guard let buffer = xmlBufferCreate() else { throw .writeFailed }
    guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
      xmlBufferFree(buffer)
      throw .writeFailed
    }
    self.buffer = buffer
    self.writer = writer
    try demand(xmlTextWriterSetIndent(writer, 1))
    try demand(xmlTextWriterSetIndentString(writer, " "))
    try demand(xmlTextWriterStartDocument(writer, nil, "UTF-8", nil))
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  func write(_ element: XMLElement) throws(XMLError) {
    try demandName(element.name)
    try demand(xmlTextWriterStartElement(writer, element.name))
    for attribute in element.attributes {
      try demandName(attribute.name)
      try demand(xmlTextWriterWriteAttribute(writer, attribute.name, XMLTextSanitizer.clean(attribute.value)))
    }
    if !element.text.isEmpty {
      try demand(xmlTextWriterWriteString(writer, XMLTextSanitizer.clean(element.text)))
    }
    for child in element.children { try write(child) }
    try demand(xmlTextWriterEndElement(writer))
  }

  func finish() throws(XMLError) -> [UInt8] {
    try demand(xmlTextWriterEndDocument(writer))
    try demand(xmlTextWriterFlush(writer))
    guard let content = xmlBufferContent(buffer) else { throw .writeFailed }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  private func demand(_ status: Int32) throws(XMLError) {
    if status < 0 { throw .writeFailed }
  }

  private func demandName(_ name: String) throws(XMLError) {
    // A NUL would end the C string early, so that only a part of the name would be looked at.
    if name.utf8.contains(0) || xmlValidateNCName(name, 0) != 0 { throw .badName(name) }
  }
}
