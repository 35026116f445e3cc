internal import ArgumentParser
internal import DataChecks
internal import Language
internal import Planning
internal import Profiles
internal import Scan
internal import Verdict

/// A table on the command line.
struct TableInput: ParsableArguments {
  @Argument(help: "The dataset: a file, a pattern, a folder; - is standard input.")
  var source: String

  @Option(help: "The byte between fields, or tab.")
  var delimiter: Delimiter?

  @Option(help: "The format, when the first bytes shall not decide: csv, tsv, jsonl, parquet, arrow.")
  var format: TableFormat?

  @Option(help: SampleShare.help)
  var sample: SampleShare?

  @Option(help: "How many cores may read data at once; all of them otherwise. The result is the same.")
  var threads: Int?

  /// The files that are meant.
  func table(_ invocation: Invocation) -> TableSource {
    var dialect = DialectDeclaration().dialect(for: source)
    if let delimiter { dialect.delimiter = delimiter.byte }
    let files = DatasetFiles(configPath: invocation.workingDirectory + "/", configName: "").files(source)
    var table = TableSource(files: files, named: source, TableOptions(dialect: dialect, format: format))
    table.sample = sample?.share
    return table
  }

  func profile() async throws(ScanError) -> Profile {
    let invocation = Invocation.current
    var table = table(invocation)
    let profile = try await profile(of: table)
    guard !profile.lateColumns.isEmpty, table.files.count == 1, table.canBeReadAgain else { return profile }
    // The file is read once more, with all its columns.
    table.options.expectedColumns = profile.lateColumns
    return try await self.profile(of: table)
  }

  private func profile(of table: TableSource) async throws(ScanError) -> Profile {
    var scan = NativeScan(table, ScanResources(threads: threads ?? Invocation.coreCount))
    return try await Profile(of: &scan, named: source, sample: sample?.description)
  }
}

extension TableFormat: ExpressibleByArgument {}

/// About which part of a table to read: `5%`. For a look at it; a gate reads all of it.
struct SampleShare: ExpressibleByArgument, CustomStringConvertible, Sendable {
  static let help = ArgumentHelp(
    "Read only about this part of the table, and say so in everything that is said of it: 5%.", valueName: "share")

  var share: Double

  init?(argument: String) {
    var problems = Problems()
    let node = Node(.scalar(argument, quoted: false), at: SourceLocation(file: "", line: 1, column: 1))
    guard let share = Shape<Quantity>.share.decode(node, &problems), share.value > 0, share.value <= 1 else {
      return nil
    }
    self.share = share.value
  }

  var description: String { Quantity(share, .share).description }
}
