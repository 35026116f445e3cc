internal import Language
internal import Verdict

extension EndpointSubject {
  /// The same endpoint, started and stopped as ever, asked for nothing but its predictions about rows.
  ///
  /// - Parameters:
  ///   - rows: a file; nil for the rows that the endpoint names.
  ///   - write: takes the bytes of the file, and says what is wrong when it cannot.
  package func recording(
    rows: String?, as format: PredictionFormat, write: @escaping @Sendable ([UInt8]) -> String?
  ) -> EndpointSubject {
    var declaration = declaration
    let place = location ?? SourceLocation(file: "", line: 1, column: 1)
    var check = RecordCheck(format: format, write: write)
    // Whoever records names the rows, so all of them are meant.
    if let rows {
      check.options.rows = RowsDeclaration(source: .file(Located(rows, at: place)), limit: RowsDeclaration.wholeLimit)
    }
    declaration.entries =
      declaration.entries.filter { $0.kind == .ready } + [CheckEntry(content: .probing(check), location: place)]
    return EndpointSubject(name: Located(name, at: place), declaration: declaration, folders: folders)
  }
}
