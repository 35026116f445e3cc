internal import ArgumentParser
internal import DataChecks
internal import Scan

/// How a delimited file on the command line is written.
struct DialectOptions: ParsableArguments {
  @Option(help: "The byte between fields, or tab.")
  var delimiter: Delimiter?

  @Option(help: "How the text is encoded: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).")
  var encoding: TextEncoding?

  /// The files that are meant, read as the options say.
  func table(_ source: String, format: TableFormat? = nil, _ invocation: Invocation) -> TableSource {
    var dialect = DialectDeclaration().dialect(for: source)
    if let delimiter { dialect.delimiter = delimiter.byte }
    if let encoding { dialect.encoding = encoding }
    let files = DatasetFiles(configPath: invocation.workingDirectory + "/", configName: "").files(source)
    return TableSource(files: files, named: source, TableOptions(dialect: dialect, format: format))
  }

  /// The same for a first look: where the delimiter leaves the header whole and another one splits the first lines, it is
  /// that one, which is said.
  func explored(_ source: String, format: TableFormat? = nil, _ invocation: Invocation) -> TableSource {
    var table = table(source, format: format, invocation)
    guard delimiter == nil, let first = table.files.first else { return table }
    guard let found = DelimiterGuess.delimiter(of: first, table.options) else { return table }
    table.options.dialect.delimiter = found
    let option = Delimiter(byte: found).option
    Console.say("note: \(source) is read with\(option), which splits its first lines evenly", to: .error)
    return table
  }

  /// The options as they are written on a command line, after what stands before them.
  var words: String { Self.words(delimiter: delimiter, encoding: encoding) }

  static func words(delimiter: Delimiter?, encoding: TextEncoding?) -> String {
    (delimiter?.option ?? "") + (encoding.map { " --encoding \($0.rawValue)" } ?? "")
  }
}

extension TextEncoding: ExpressibleByArgument {}

/// A delimiter on the command line.
struct Delimiter: ExpressibleByArgument, Sendable {
  var byte: UInt8

  init(byte: UInt8) { self.byte = byte }

  init?(argument: String) {
    if argument == "tab" || argument == "\\t" || argument == "\t" {
      byte = UInt8(ascii: "\t")
    } else if let first = argument.utf8.first, argument.utf8.count == 1, !"\"\r\n".utf8.contains(first) {
      byte = first
    } else {
      return nil
    }
  }

  /// The option as it is written on a command line, after what stands before it.
  var option: String {
    " --delimiter \(byte == UInt8(ascii: "\t") ? "tab" : "\(ShellWord(String(UnicodeScalar(byte))))")"
  }
}
