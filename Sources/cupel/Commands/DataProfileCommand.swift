internal import ArgumentParser
internal import Scan

/// `cupel data profile SOURCE -o FILE`.
struct DataProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Save what a dataset looks like.",
    discussion: """
      A profile holds the counts, quantiles, frequent and distinct values and distributions of every column in a few
      kilobytes each; profiles of parts merge into that of the whole.

      EXAMPLES
        cupel data profile data/flights.csv -o flights.profile.json
      """)

  @OptionGroup var input: ProfileInput

  @Flag(help: "Look into texts, too: of which characters and words they are made, which drift of free texts compares.")
  var texts = false

  @Option(name: [.long, .short], help: ArgumentHelp("Where to write the profile.", valueName: "file"))
  var output: String

  func run() async throws {
    try InputFiles(input.table.dialect.table(input.source, .current)).spare([output])
    try ProfileFile.write(
      try await ProfileFile.reading { () throws(ScanError) in try await input.profile(withMakeup: texts) }, to: output)
  }
}
