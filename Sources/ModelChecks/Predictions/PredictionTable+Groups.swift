internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// The values of several columns, or of one column of lists.
extension PredictionTable {
  func group(_ choice: ColumnChoice) -> ColumnGroup { ColumnGroup(choice, of: self) }

  /// The numbers of columns, row by row.
  func matrix(_ group: [Located<String>], as key: String) throws(RowProblem) -> [Double] {
    var read: [[Double]] = []
    for column in group { read.append(try numbers(column, as: key)) }
    return Self.rows(read)
  }

  /// Whether each column says yes, row by row: 1 or true, 0 or false.
  func flags(_ group: [Located<String>], as key: String) throws(RowProblem) -> [Bool] {
    var read: [[Bool]] = []
    for column in group { read.append(try flags(column, as: key)) }
    return Self.rows(read)
  }

  func flags(_ column: Located<String>, as key: String) throws(RowProblem) -> [Bool] {
    let found = try words(column, as: key)
    let known = found.texts.map { Self.flags[$0.lowercased()] }
    if let place = known.firstIndex(of: nil) {
      throw RowProblem(
        message:
          "the \(key) is \(found.texts[place].isEmpty ? "empty" : "\"\(found.words[place])\"") in \"\(column.value)\" of "
          + "\(name), and must be 1 or 0, true or false")
    }
    return found.indices.map { known[Int($0)] ?? false }
  }

  private static let flags = ["0": false, "1": true, "false": false, "true": true, "0.0": false, "1.0": true]

  /// Columns as rows, one after the other.
  private static func rows<Value>(_ columns: [[Value]]) -> [Value] {
    guard columns.count != 1 else { return columns[0] }
    var rows: [Value] = []
    rows.reserveCapacity(columns.count * (columns.first?.count ?? 0))
    for row in 0..<(columns.first?.count ?? 0) {
      for column in columns { rows.append(column[row]) }
    }
    return rows
  }

  // MARK: - Lists

  /// The list of numbers of each row.
  func lists(_ column: Located<String>, as key: String) throws(RowProblem) -> [[Double]] {
    let found = try words(column, as: key)
    var known: [[Double]] = []
    for text in found.texts {
      guard case .array(let elements)? = try? JSONParser.parse(text, mode: .lenient) else {
        throw Self.noList(text, column, key, name)
      }
      let numbers = elements.compactMap(\.doubleValue)
      guard numbers.count == elements.count else { throw Self.noList(text, column, key, name) }
      guard numbers.allSatisfy(\.isFinite) else {
        throw RowProblem(message: "the \(key) has a number that is not finite in \"\(column.value)\" of \(name)")
      }
      known.append(numbers)
    }
    return found.indices.map { known[Int($0)] }
  }

  /// The same where every list must be so long.
  func matrix(lists column: Located<String>, width: Int, as key: String) throws(RowProblem) -> [Double] {
    let lists = try lists(column, as: key)
    if let row = lists.firstIndex(where: { $0.count != width }) {
      throw RowProblem(
        message: "the \(key) of row \(row + 1) of \(name) has \(lists[row].count) numbers, and must have \(width)")
    }
    return Array(lists.joined())
  }

  private static func noList(_ text: String, _ column: Located<String>, _ key: String, _ name: String) -> RowProblem {
    RowProblem(
      message: "the \(key) is no list of numbers in \"\(column.value)\" of \(name): \"\(text.prefix(40))\"",
      notes: ["a list is written [0.1, 0.9]"])
  }

  // MARK: - Texts

  /// The text of each row, in full. A list with one text is that text.
  func texts(_ column: Located<String>, as key: String) throws(RowProblem) -> [String] {
    let alternatives = try references(column, as: key)
    if let row = alternatives.firstIndex(where: { $0.count != 1 }) {
      throw RowProblem(message: "the \(key) of row \(row + 1) of \(name) is a list of \(alternatives[row].count) texts")
    }
    return alternatives.map { $0[0] }
  }

  /// The texts of each row: those of a list, or the one that it is. In a file that knows no lists a text is a text.
  func references(_ column: Located<String>, as key: String) throws(RowProblem) -> [[String]] {
    let found = try words(column, as: key)
    let holdsLists =
      switch fields.first(where: { $0.name == column.value })?.type {
      case .nested?, .tokens?: true
      default: false
      }
    var known: [[String]] = []
    for text in found.texts {
      let list = holdsLists && text.hasPrefix("[") ? try? JSONParser.parse(text, mode: .lenient).arrayValue : nil
      let texts = list.flatMap { list in
        let texts = list.compactMap(\.stringValue)
        return texts.count == list.count && !texts.isEmpty ? texts : nil
      }
      known.append(texts ?? [text])
    }
    return found.indices.map { known[Int($0)] }
  }

  /// The words of each row that stand in one column: those of a list, or what the delimiter parts. No value is none.
  func sets(_ column: Located<String>, delimiter: String) -> [[String]] {
    guard let found = columns.words(column.value) else { return [] }
    let known = found.texts.map { text -> [String] in
      if text.hasPrefix("["), let list = try? JSONParser.parse(text, mode: .lenient).arrayValue {
        let words = list.compactMap { $0.stringValue ?? $0.numberValue.map { Quantity.text($0.double) } }
        if words.count == list.count { return words }
      }
      guard let first = delimiter.first else { return [text] }
      return text.split(separator: first).map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
    return found.indices.map { $0 < 0 ? [] : known[Int($0)] }
  }
}
