internal import JSON
internal import Scan

extension FeatureRows {
  /// The first rows of a file, in any format that the scan reads.
  ///
  /// Typed files keep their types. The columns of a CSV file are integers, numbers or booleans when all their values are,
  /// and text otherwise; numbers that are written with leading zeros are text.
  ///
  /// - Returns: the rows, and whether the file has no more.
  /// - Throws: also when a record is no row: what is left out of the rows would never be asked about.
  static func beginning(
    of source: TableSource, rows: Int, cells: Int = 4_000_000
  ) throws(ScanError) -> (rows: FeatureRows, isWhole: Bool) {
    let (table, isWhole) = try MemoryTable.beginning(of: source, rows: rows, cells: cells)
    if let error = table.defects.error(in: source) { throw error }
    let columns = table.fields.map { field in
      Column(
        name: field.name,
        values: Self.values(
          (0..<table.rowCount).map { (table[$0, field.name], table.text($0, field.name)) }, field.type))
    }
    return (FeatureRows(columns), isWhole)
  }

  private static func values(_ cells: [(cell: Cell, text: String?)], _ type: StoredType) -> [JSONValue] {
    switch type {
    case .untyped: return untyped(cells.map(\.text))
    case .boolean: return cells.map { $0.text.map { .bool($0 == "true") } ?? .null }
    case .integer, .decimal: return cells.map { $0.text.map(number) ?? .null }
    case .float:
      return cells.map { cell, _ in if case .number(let value) = cell { .number(JSONNumber(value)) } else { .null } }
    case .nested: return cells.map { $0.text.map { (try? JSONParser.parse($0)) ?? .string($0) } ?? .null }
    case .tokens:
      return cells.map { cell, text in
        guard case .token(_, let kind) = cell, let text else { return .null }
        return kind == .string ? .string(text) : (try? JSONParser.parse(text)) ?? .string(text)
      }
    default: return cells.map { $0.text.map { .string($0) } ?? .null }
    }
  }

  private static func untyped(_ texts: [String?]) -> [JSONValue] {
    let present = texts.compactMap { $0 }
    func all(_ test: (String) -> Bool) -> Bool { !present.isEmpty && present.allSatisfy(test) }
    if all({ !isPadded($0) && Literal.number($0) != nil }) { return texts.map { $0.map(number) ?? .null } }
    if all({ ["true", "false"].contains($0.lowercased()) }) {
      return texts.map { $0.map { .bool($0.lowercased() == "true") } ?? .null }
    }
    return texts.map { $0.map { .string($0) } ?? .null }
  }

  /// Whether a number is written like a code: `007`.
  private static func isPadded(_ text: String) -> Bool {
    let digits = Array(text.utf8.drop { $0 == UInt8(ascii: "-") })
    return digits.count > 1 && digits[0] == UInt8(ascii: "0") && (0x30...0x39).contains(digits[1])
  }

  /// A number with its digits, where JSON can write them.
  private static func number(_ text: String) -> JSONValue {
    if let value = try? JSONParser.parse(text), case .number = value { return value }
    return Literal.number(text).map { .number(JSONNumber($0)) } ?? .string(text)
  }
}

extension DefectCount {
  /// So many places are named.
  private static let named = 5

  /// What is wrong with the records that are no rows, and with files that do not fit the first one; nil for nothing.
  fileprivate func error(in source: TableSource) -> ScanError? {
    guard count + differences > 0 else { return nil }
    let files = source.files
    let places = first.prefix(Self.named).map { place, what in
      // A difference of a file stands for all of it.
      let file = files.count > 1 ? "\(files[place.file].name) " : ""
      return differences == 0 ? "\(file)line \(place.number): \(what)" : "\(file)\(what)"
    }
    let hidden = count + differences - places.count
    let more = hidden > 0 ? " (and \(hidden) more)" : ""
    let what =
      count == 0
      ? "the files differ in their columns" : count == 1 ? "1 record is no row" : "\(count) records are no rows"
    return ScanError(
      .malformed, "\(source.name): \(what) of the table: \(places.joined(separator: "; "))\(more)",
      hint: "mend the file: what is left out would never be asked about")
  }
}
