/// What a folder named `key=value` says of a column that its files store, too.
///
/// Other readers take the folder's word and drop the file's without telling. Where both say the same it makes no
/// difference; where they do not, one of them is wrong, and a person has to know.
struct FolderClaim: Sendable {
  var column: Field
  /// The column's place in the file.
  var place: Int
  /// Nil for a null.
  var value: String?

  /// The first row of a batch that has another value, in that column of it; nil when all have this one.
  func contradiction(in stored: StoredColumn, _ batch: Batch) -> RecordDefect? {
    let number = value.flatMap { Literal.number($0) }
    for row in 0..<batch.rowCount {
      var text: [UInt8] = []
      let found = stored.append(row, of: column.type, to: &text) ? String(decoding: text, as: UTF8.self) : nil
      if found == value { continue }
      // A folder may be called 02 where the file has the number 2.
      if let number, let found, Literal.number(found) == number { continue }
      let words = found == nil ? "no value" : "\"\(Batch.display(text[...]))\""
      let folder = "\(column.name)=\(value ?? "__HIVE_DEFAULT_PARTITION__")"
      return RecordDefect(
        line: batch.place(row).number, what: "\"\(column.name)\" is \(words) in the file, whose folder is \(folder)",
        of: .folder)
    }
    return nil
  }
}
