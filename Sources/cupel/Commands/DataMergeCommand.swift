internal import ArgumentParser
internal import Profiles

/// `cupel data merge PROFILE… -o FILE`.
struct DataMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge profiles of parts into the profile of the whole.",
    discussion: """
      EXAMPLES
        cupel data merge shard-1.json shard-2.json -o whole.profile.json
      """)

  @Argument(help: "The profiles, in the order of the parts.")
  var profiles: [String]

  @Option(name: [.long, .short], help: ArgumentHelp("Where to write the profile.", valueName: "file"))
  var output: String

  func run() throws {
    try InputFiles(profiles).spare([output])
    var parts = try profiles.map { path in try ProfileFile.read(path) }
    guard var whole = parts.first else { throw ValidationError("name the profiles to merge") }
    parts.removeFirst()
    if !parts.isEmpty { whole.source += " and \(parts.count) more" }
    do {
      for part in parts { try whole.merge(part) }
    } catch {
      throw ProfileFile.fail(error.message, error.hint)
    }
    try ProfileFile.write(whole, to: output)
  }
}
