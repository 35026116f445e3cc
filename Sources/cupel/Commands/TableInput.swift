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

  @OptionGroup var dialect: DialectOptions

  @Option(help: "The format, when the first bytes shall not decide: csv, tsv, jsonl, parquet, arrow.")
  var format: TableFormat?

  @OptionGroup var scan: ScanOptions

  /// The files that are meant.
  func table(_ invocation: Invocation) -> TableSource { dialect.explored(source, format: format, invocation) }
}

/// A table on the command line, or a part of it, to make a profile of.
struct ProfileInput: ParsableArguments {
  @OptionGroup var table: TableInput

  @Option(help: SampleShare.help)
  var sample: SampleShare?

  var source: String { table.source }

  /// - Parameter withMakeup: whether to look into texts.
  func profile(withMakeup: Bool = false) async throws(ScanError) -> Profile {
    var table = table.table(Invocation.current)
    table.sample = sample?.share
    var profile = try await profile(of: table, withMakeup)
    if !profile.lateColumns.isEmpty, table.files.count == 1, table.canBeReadAgain {
      // The file is read once more, with all its columns.
      table.options.expectedColumns = profile.lateColumns
      profile = try await self.profile(of: table, withMakeup)
    }
    if sample != nil, profile.samples.isEmpty {
      Console.say("note: \(source) is too small for a sample: all rows were read", to: .error)
    }
    return profile
  }

  private func profile(of table: TableSource, _ withMakeup: Bool) async throws(ScanError) -> Profile {
    var scan = NativeScan(table, self.table.scan.resources)
    Console.noteUnread(try scan.fields())
    return try await Profile(of: &scan, named: source, isSample: sample != nil, withMakeup: withMakeup)
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
