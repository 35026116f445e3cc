internal import ArgumentParser
internal import Baselines
internal import Reports
internal import Verdict

/// `cupel history …`: what accepted runs left behind.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Look at, correct and move what accepted runs have measured.",
    discussion: """
      The config names the file: history: .cupel/history.db. Every run that passes leaves the numbers of its anomaly checks
      there; one that fails leaves nothing. `cupel explain anomaly` says what is made of them.
      """,
    subcommands: [
      List.self, HistoryShowCommand.self, HistoryForgetCommand.self, Export.self, Import.self,
    ])

  /// `cupel history list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the series: the check, how many runs, the newest value, and a picture.")

    @OptionGroup var history: HistoryOptions

    func run() throws {
      let chosen = try history.chosen()
      guard let store = try chosen.open() else { return }
      let series = HistorySeries.all(try chosen.runs(store))
      if series.isEmpty { Console.say("the history \(chosen.name) is empty", to: .error) }
      let rows = series.map { series in
        [
          series.title, HistorySeries.runs(series.entries.count), series.dates,
          series.entries.last.map { Quantity.brief($0.value) } ?? "", series.picture,
        ]
      }
      for line in HistorySeries.aligned(rows) { Console.say(line) }
    }
  }

  /// `cupel history export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write the history as JSON Lines, one run a line; equal histories are equal files.",
      discussion: """
        EXAMPLES
          cupel history export > history.jsonl
          cupel history export -o backup/history.jsonl
        """)

    @OptionGroup var history: HistoryOptions

    @Option(
      name: [.long, .customShort("o")],
      help: ArgumentHelp("Write to this file, which appears when it is complete.", valueName: "file"))
    var output: String?

    func run() throws {
      let chosen = try history.chosen()
      try InputFiles([chosen.path]).spare(output.map { [$0] } ?? [])
      guard let store = try chosen.open() else { return }
      let text = HistoryLines.text(try chosen.runs(store))
      guard let output else { return Console.write(text) }
      do {
        try ReportFile.write(Array(text.utf8), to: output)
      } catch {
        Console.say("error: \(error)", to: .error)
        throw ExitCode(ExitStatus.reportNotWritten.rawValue)
      }
    }
  }

  /// `cupel history import FILE`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Take in what another history exported; runs that are there already stay as they are.")

    @OptionGroup var history: HistoryOptions

    @Argument(help: "The file that `cupel history export` wrote.")
    var exported: String

    func run() throws {
      let chosen = try history.chosen()
      let runs = try Self.runs(exported)
      let added = try chosen.reading { () throws(HistoryError) in
        try HistoryStore.open(at: chosen.path).merge(runs)
      }
      let known = runs.count - added
      Console.say("\(HistorySeries.runs(added)) taken in, \(known) known already")
    }

    private static func runs(_ name: String) throws -> [HistoryRun] {
      let text: String
      do throws(FileError) {
        text = String(decoding: try LocalFile.read(name, limit: 1 << 30).bytes, as: UTF8.self)
      } catch {
        throw ProfileFile.fail(error.message(for: name), error.advice)
      }
      let runs: [HistoryRun]
      do throws(HistoryLines.Mistake) {
        runs = try HistoryLines.runs(in: text)
      } catch {
        throw ProfileFile.fail(
          "\(name):\(error.line): \(error.problem)", "nothing was taken in; export the history again")
      }
      guard !runs.isEmpty else {
        throw ProfileFile.fail("\(name) holds no run", "cupel history export writes a file with a line for each run")
      }
      return runs
    }
  }
}
