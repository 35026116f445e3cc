import JSON

@testable import Scan

/// The slow twin of the reader: it splits at line feeds and parses each line by itself, with Cupel's own parser.
enum NaiveJSONLines {
  static func read(_ bytes: [UInt8], columns: [String]) -> JSONLinesTable {
    var table = JSONLinesTable(columns: columns)
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (number, line) in lines.enumerated() where !line.allSatisfy({ [9, 13, 32].contains($0) }) {
      guard let value = try? JSONParser.parse(Array(line)), case .object(let object) = value,
        !repeatsPath(object), !repeatsKey(value, inArray: false)
      else {
        table.defectLines.append(number)
        continue
      }
      table.rowLines.append(number)
      table.rows.append(columns.map { text(of: object, at: $0) })
    }
    table.lineCount = lines.count
    return table
  }

  /// Whether a path has two values, in objects within objects.
  private static func repeatsPath(_ object: JSONObject) -> Bool {
    var seen: Set<ExactText> = []
    func repeats(_ object: JSONObject, _ parent: String?) -> Bool {
      object.members.contains { member in
        let path = (parent.map { $0 + "." } ?? "") + member.key
        guard seen.insert(ExactText(path)).inserted else { return true }
        if case .object(let inner) = member.value { return repeats(inner, path) }
        return false
      }
    }
    return repeats(object, nil)
  }

  /// Whether an object in an array has a key twice.
  private static func repeatsKey(_ value: JSONValue, inArray: Bool) -> Bool {
    switch value {
    case .array(let elements): elements.contains { repeatsKey($0, inArray: true) }
    case .object(let object):
      inArray && Set(object.members.map { ExactText($0.key) }).count < object.members.count
        || object.members.contains { repeatsKey($0.value, inArray: inArray) }
    default: false
    }
  }

  /// The lines of all paths that have values, and of those whose values are no nulls and no empty objects.
  static func pathLines(_ bytes: [UInt8]) -> (all: [String: Set<Int>], held: [String: Set<Int>]) {
    var all: [String: Set<Int>] = [:]
    var held: [String: Set<Int>] = [:]
    func visit(_ value: JSONValue, _ path: String, _ line: Int) {
      if case .object(let object) = value, !object.members.isEmpty {
        for member in object.members { visit(member.value, path.isEmpty ? member.key : "\(path).\(member.key)", line) }
      } else {
        all[path, default: []].insert(line)
        if value != .null, value != .object(JSONObject([])) { held[path, default: []].insert(line) }
      }
    }
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if let value = try? JSONParser.parse(Array(line)), case .object(let object) = value, !object.members.isEmpty,
        !repeatsPath(object), !repeatsKey(value, inArray: false)
      {
        visit(value, "", number)
      }
    }
    return (all, held)
  }

  /// The table with its nested values written compactly, as the twin has them: the reader gives them as they stand.
  static func compacted(_ table: JSONLinesTable) -> JSONLinesTable {
    var table = table
    table.rows = table.rows.map { row in
      row.map { value in
        guard value.hasPrefix("nested:"), let parsed = try? JSONParser.parse(String(value.dropFirst(7))) else {
          return value
        }
        return text(parsed)
      }
    }
    return table
  }

  /// Keys with dots and objects in objects are tried both; the columns of the tests name each path one way only.
  private static func text(of object: JSONObject, at path: String) -> String {
    if let value = object[path] { return text(value) }
    for dot in path.indices where path[dot] == "." {
      if case .object(let inner)? = object[String(path[..<dot])] {
        let found = text(of: inner, at: String(path[path.index(after: dot)...]))
        if found != "null" { return found }
      }
    }
    return "null"
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): "boolean:\(flag)"
    case .number(let number): "number:\(number.literal)"
    case .string(let text): "string:\(text)"
    case .array, .object: "nested:\(JSONWriter.compact.string(value))"
    }
  }
}
