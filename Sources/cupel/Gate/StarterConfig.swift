internal import DataChecks
internal import Scan

/// The text of a first config.
struct StarterConfig {
  var source: String
  var dialect: CSVDialect
  var rules: StarterRules

  /// The dataset's name in the config: the file's name, as far as it makes one.
  private var name: String {
    let file = source.split(separator: "/").last ?? "data"
    let stem = file.split(separator: ".").first ?? "data"
    let word = stem.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" }
    return word.isEmpty ? "data" : String(word)
  }

  var text: String {
    var lines = [
      "# A first gate, inferred from \(rules.rows == 1 ? "1 row" : "\(rules.rows) rows"): every rule below holds for them.",
      "# Tighten what you know better, then commit it. `cupel explain KIND` explains a rule.",
      "version: 1",
      "",
      "data:",
      "  \(YAMLScalar.key(name)):",
      "    source: \(YAMLScalar.value(source))",
    ]
    if dialect.delimiter != UInt8(ascii: ","), !source.lowercased().hasSuffix(".tsv") {
      let byte = dialect.delimiter == UInt8(ascii: "\t") ? "tab" : String(UnicodeScalar(dialect.delimiter))
      lines.append("    delimiter: \(YAMLScalar.value(byte))")
    }
    if dialect.encoding != .utf8 { lines.append("    encoding: \(dialect.encoding.rawValue)") }
    lines += rules.lines(indent: 4, remarks: false)
    return lines.joined(separator: "\n") + "\n"
  }
}
