internal import ArgumentParser
internal import Profiles
internal import Scan

/// `cupel data show PROFILE|SOURCE`.
struct DataShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the schema and the distributions of a dataset or a profile.",
    discussion: """
      EXAMPLES
        cupel data show data/flights.csv
        cupel data show flights.profile.json
      """)

  @OptionGroup var input: ProfileInput

  func run() async throws {
    let profile: Profile
    if let saved = try saved() {
      if input.sample != nil { throw ValidationError("\(input.source) is a saved profile: there is nothing to sample") }
      profile = saved
    } else {
      profile = try await ProfileFile.reading { () throws(ScanError) in try await input.profile() }
    }
    for line in ProfileView(profile, width: Console.width ?? 100).lines { Console.say(line) }
  }

  /// The profile that the source is; nil when it is a dataset.
  private func saved() throws -> Profile? {
    let table = TableSource(path: input.source, displayedAs: input.source)
    return table.canBeReadAgain ? try ProfileFile.readIfProfile(input.source) : nil
  }
}
