internal import ArgumentParser
internal import Config
internal import DataChecks
internal import Planning
internal import Reports
internal import Scan
internal import Verdict

/// `cupel data infer SOURCE`: rules that a table keeps.
struct DataInferCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Write rules for a table that it keeps, with what was seen, for you to tighten.",
    discussion: """
      The rules are conservative: running them on the same table is always green. Limits leave room for the data to come:
      numbers and lengths up to twice what was seen, twice the share of missing values, dates from ten years before the
      first. A format or a set of values is inferred when all values fit. Integers that are different in every row are
      identifiers, which have no limit above. A column without any value gets no rule, and a table without rows is
      refused.

      EXAMPLES
        cupel data infer data/flights.csv > rules/flights.yaml
        cupel data infer data/flights.parquet -o rules/flights.yaml
        cupel data check data/flights.csv --rules rules/flights.yaml
      """)

  @OptionGroup var input: TableInput

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the rules; printed otherwise.", valueName: "file"))
  var output: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  func run() async throws {
    let invocation = Invocation.current
    let target = output.map { ConfigPath.resolve($0, against: invocation.workingDirectory + "/") }
    if let output, let target, !force, FileLookup.exists(target) {
      throw ValidationError("\(output) is there already; --force replaces it.")
    }
    let table = input.table(invocation)
    try InputFiles(table).spare(target.map { [$0] } ?? [])
    let rules = try await ProfileFile.reading { () throws(ScanError) in
      var scan = NativeScan(table, input.scan.resources)
      return try await StarterRules(from: &scan)
    }
    let text = text(rules)
    guard text.utf8.count <= ConfigReader.sizeLimit else {
      throw ProfileFile.fail(
        "rules for \(rules.columns.count) columns would be larger than 1 MB, which Cupel does not read",
        "write rules for the columns that matter by hand")
    }
    guard let output, let target else { return Console.write(text) }
    do {
      try ReportFile.write(Array(text.utf8), to: target)
    } catch {
      Console.say("error: \(error)", to: .error)
      throw ExitCode(ExitStatus.reportNotWritten.rawValue)
    }
    let seen =
      "\(Quantity(Double(rules.columns.count), .columns)), inferred from \(Quantity(Double(rules.rows), .rows))"
    Console.say("\(output): \(seen)")
    let dialect = table.options.dialect
    let delimiter =
      dialect.delimiter == DialectDeclaration().dialect(for: input.source).delimiter
      ? nil : Delimiter(byte: dialect.delimiter)
    let options = DialectOptions.words(delimiter: delimiter, encoding: input.dialect.encoding)
    Console.say("next: cupel data check \(ShellWord(input.source)) --rules \(ShellWord(output))\(options)")
  }

  private func text(_ rules: StarterRules) -> String {
    let head = [
      "# yaml-language-server: $schema=rules.schema.json",
      "# Inferred from \(Quantity(Double(rules.rows), .rows)), for which every rule below holds. Tighten what you know better.",
    ]
    return (head + rules.lines(indent: 0, remarks: true)).joined(separator: "\n") + "\n"
  }
}
