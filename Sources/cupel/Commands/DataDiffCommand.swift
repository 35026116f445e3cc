internal import ArgumentParser
internal import DataChecks
internal import Planning
internal import Scan
internal import Verdict

/// `cupel data diff A B`: what changed in the schema.
struct DataDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say how the schema of one table differs from that of another.",
    discussion: """
      A difference is breaking when who reads the first table cannot read the second:
        breaking    a column is gone, or has a type that does not hold every value of the old one, or lacks values where
                    every row had one
        compatible  a column is new, has a wider type, has a value in every row where some lacked one, or stands
                    elsewhere
      Files are read once: whether each row has a value is what the data shows, whatever the file declares; and so are
      types where it declares none (CSV, JSON Lines): there a table without rows is refused, and so is any table with a
      record that is no row, with a name for two columns, or with files that differ in their columns.

      EXAMPLES
        cupel data diff last/flights.parquet data/flights.parquet
        cupel data diff data/2025.csv data/2026.csv

      EXIT CODES
        0 no difference, or compatible ones; 1 a breaking one; 3 a table cannot be read
      """)

  @Argument(help: "The table before: a file, a pattern, a folder.")
  var before: String

  @Argument(help: "The table after.")
  var after: String

  @OptionGroup var dialect: DialectOptions

  func run() async throws {
    let (old, new) = (try await schema(of: before), try await schema(of: after))
    let changes = SchemaChange.changes(from: old, to: new)
    for change in changes {
      Console.say("\(change.isBreaking ? "breaking  " : "compatible")  \"\(change.column)\" \(words(change))")
    }
    let breaking = changes.count(where: \.isBreaking)
    let columns = Quantity(Double(new.count), .columns)
    guard !changes.isEmpty else { return Console.say("no difference in \(columns)") }
    Console.say("\(breaking) breaking, \(changes.count - breaking) compatible")
    if breaking > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func words(_ change: SchemaChange) -> String {
    switch change.what {
    case .removed: "is gone"
    case .added: "is new"
    case .retyped(let old, let new, let isWidened): "\(isWidened ? "is wider" : "has another type"): \(old) → \(new)"
    case .emptied: "lacks values, and had one in every row"
    case .filled: "has a value in every row, and some had none"
    case .displaced(let other): "stands where \"\(other)\" stood: the order has changed"
    }
  }

  private func schema(of table: String) async throws -> [SchemaColumn] {
    if TableSource(path: table, displayedAs: table).canBeReadAgain, try ProfileFile.readIfProfile(table) != nil {
      throw ProfileFile.fail(
        "\(table) is a saved profile, and schemas are those of tables",
        "name the table that it was made of; `cupel data show \(table)` says what it holds")
    }
    let source = dialect.explored(table, .current)
    return try await ProfileFile.reading { () throws(ScanError) in
      var scan = NativeScan(source, ScanResources(threads: Invocation.coreCount))
      return try await SchemaColumn.columns(of: &scan)
    }
  }
}
