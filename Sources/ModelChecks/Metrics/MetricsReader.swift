internal import JSON
internal import Language
internal import Verdict

/// Reads a metrics file in any of its formats.
///
/// JSON and YAML may be nested, and may list metrics as `{name: …, value: …}`, as MLflow and model cards do. CSV has
/// a row for each metric (`metric,value`) or a column for each and one row.
package struct MetricsReader: Sendable {
  package var sources: MetricsSources

  package init(_ sources: MetricsSources) { self.sources = sources }

  /// Reads the bytes as the format that the path's ending names; without a known ending, as JSON or else as YAML.
  ///
  /// - Parameter name: the file as messages name it.
  package func read(_ bytes: [UInt8], path: String, name: String) throws(MetricsFileError) -> MetricTable {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard !bytes.isEmpty else { throw MetricsFileError("is empty") }
    switch Self.ending(of: path) {
    case "json": return try MetricFlattener.table(of: json(bytes))
    case "yaml", "yml": return try MetricFlattener.table(of: yaml(bytes, name))
    case "csv": return try csv(bytes, name)
    default: return try MetricFlattener.table(of: sniffed(bytes, name))
    }
  }

  private func sniffed(_ bytes: [UInt8], _ name: String) throws(MetricsFileError) -> JSONValue {
    if let value = try? json(bytes) { return value }
    let value = try yaml(bytes, name)
    switch value {
    case .object, .array: return value
    default:
      throw MetricsFileError(
        "is neither JSON nor YAML with metrics", advice: "give the file the ending .json, .yaml or .csv")
    }
  }

  private func json(_ bytes: [UInt8]) throws(MetricsFileError) -> JSONValue {
    do throws(JSONError) {
      return try JSONParser.parse(
        bytes, mode: .lenient, limits: JSONLimits(maximumDepth: MetricFlattener.maximumDepth))
    } catch {
      throw MetricsFileError("is not valid JSON: \(error)")
    }
  }

  private func yaml(_ bytes: [UInt8], _ name: String) throws(MetricsFileError) -> JSONValue {
    switch sources.yaml(bytes, name) {
    case .success(let node): return try MetricFlattener.value(of: node)
    case .failure(let error): throw MetricsFileError("is not valid YAML: \(Self.text(error))")
    }
  }

  private func csv(_ bytes: [UInt8], _ name: String) throws(MetricsFileError) -> MetricTable {
    let rows: [[String]]
    switch sources.csv(bytes, name) {
    case .success(let records): rows = records
    case .failure(let error): throw MetricsFileError("is not valid CSV: \(Self.text(error))")
    }
    guard let header = rows.first, rows.count > 1 else { throw MetricsFileError("holds no row of metrics") }
    guard rows.count <= MetricFlattener.maximumCount, header.count <= MetricFlattener.maximumCount else {
      throw .tooManyValues
    }
    let columns = header.map { $0.split(separator: " ").joined(separator: " ").lowercased() }
    let nameColumn = MetricFlattener.nameKeys.lazy.compactMap { columns.firstIndex(of: $0) }.first
    if let nameColumn, let valueColumn = columns.firstIndex(of: "value") {
      return MetricTable(
        rows.dropFirst().map { row in
          let text = valueColumn < row.count ? row[valueColumn] : ""
          return MetricTable.Entry(nameColumn < row.count ? row[nameColumn] : "", MetricValue(text: text))
        })
    }
    guard rows.count == 2 else {
      throw MetricsFileError(
        "has \(rows.count - 1) rows and no columns \"metric\" and \"value\"",
        advice: "write one row for each metric under the header metric,value, or one column for each and one row")
    }
    return MetricTable(
      zip(header, rows[1] + Array(repeating: "", count: max(0, header.count - rows[1].count)))
        .map { MetricTable.Entry($0, MetricValue(text: $1)) })
  }

  private static func text(_ diagnostic: Diagnostic) -> String {
    diagnostic.headline + (diagnostic.location.map { " (line \($0.line))" } ?? "")
  }

  private static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
