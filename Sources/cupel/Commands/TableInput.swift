internal import ArgumentParser
internal import DataChecks
internal import Planning
internal import Profiles
internal import Scan

/// A table on the command line.
struct TableInput: ParsableArguments {
  @Argument(help: "The dataset: a file, a pattern, a folder; - is standard input.")
  var source: String

  @Option(help: "The byte between fields, or tab.")
  var delimiter: Delimiter?

  @Option(help: "The format, when the first bytes shall not decide: csv, tsv, jsonl, parquet, arrow.")
  var format: TableFormat?

  @Option(help: "How many cores may read data at once; all of them otherwise. The result is the same.")
  var threads: Int?

  /// The files that are meant.
  func table(_ invocation: Invocation) -> TableSource {
    var dialect = DialectDeclaration().dialect(for: source)
    if let delimiter { dialect.delimiter = delimiter.byte }
    let files = DatasetFiles(configPath: invocation.workingDirectory + "/", configName: "").files(source)
    return TableSource(files: files, named: source, TableOptions(dialect: dialect, format: format))
  }

  func profile() async throws(ScanError) -> Profile {
    let invocation = Invocation.current
    var scan = NativeScan(table(invocation), ScanResources(threads: threads ?? Invocation.coreCount))
    return try await Profile(of: &scan, named: source)
  }
}

extension TableFormat: ExpressibleByArgument {}
