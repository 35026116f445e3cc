/// What is wrong inside of a page. Its reader adds the place.
struct PageFault: Error {
  var kind = ScanError.Kind.malformed
  var what: String

  init(_ what: String, kind: ScanError.Kind = .malformed) {
    self.what = what
    self.kind = kind
  }

  static func tooLarge(_ limit: Int) -> PageFault {
    PageFault("the values of one batch have more than \(limit) bytes", kind: .limit)
  }

  static var endsEarly: PageFault { PageFault("its values end too early") }
}

/// Where in a file a column's pages are, for messages.
struct PagePlace: Sendable {
  var file: String
  var column: String
  var rowGroup: Int

  func error(_ fault: PageFault, at offset: Int) -> ScanError {
    ScanError(
      fault.kind, "\(file): column \(column), row group \(rowGroup), page at offset \(offset): \(fault.what)",
      hint: fault.kind == .malformed ? "the file is damaged: write it again" : nil)
  }
}
