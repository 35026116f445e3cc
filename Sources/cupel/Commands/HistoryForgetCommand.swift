internal import ArgumentParser
internal import Baselines
internal import Verdict

/// `cupel history forget`.
struct HistoryForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Forget runs, or what some checks measured in them.",
    discussion: """
      Everything that is said must apply: the runs of a commit that were before a day, and of these the values of a check.

      EXAMPLES
        cupel history forget --run 12 --run 13
        cupel history forget --commit 4d7a2c1
        cupel history forget data.flights.anomaly_rows --before 2026-03-01
        cupel history forget --branch experiment
      """)

  @OptionGroup var history: HistoryOptions

  @Argument(help: "Identities of checks, or their beginnings up to a dot; whole runs when there are none.")
  var checks: [String] = []

  @Option(
    name: .customLong("run"), help: "Only the run of this number, as `cupel history show` has it. Repeatable.")
  var numbers: [Int64] = []

  @Option(help: "Only runs of the commit that begins like this.")
  var commit: String?

  @Option(help: "Only runs of this branch.")
  var branch: String?

  @Option(help: ArgumentHelp("Only runs before this time: 2026-01-31, 2026-01-31T12:00:00Z.", valueName: "timestamp"))
  var before: FixedTime?

  @Flag(help: "Say what would be forgotten, and forget nothing.")
  var dryRun = false

  func validate() throws {
    if checks.isEmpty, numbers.isEmpty, commit == nil, branch == nil, before == nil {
      throw ValidationError("say what to forget: checks, --run, --commit, --branch or --before")
    }
    if commit?.isEmpty == true { throw ValidationError("--commit is at least one digit of a commit") }
  }

  func run() throws {
    let chosen = try history.chosen()
    guard try chosen.open() != nil else { return }
    let store = try chosen.reading { () throws(HistoryError) in try HistoryStore.open(at: chosen.path) }
    let runs = try chosen.runs(store).filter(applies)
    let (ids, names) = (runs.compactMap(\.id), names(in: runs))
    if let stray = checks.first(where: { check in !names.contains { $0 == check || $0.hasPrefix(check + ".") } }) {
      throw ProfileFile.fail(
        "\(chosen.name) has no series of \(stray) to forget", "`cupel history list` shows them all")
    }
    let count: Int
    if checks.isEmpty {
      count = dryRun ? ids.count : try chosen.reading { () throws(HistoryError) in try store.forget(runs: ids) }
    } else {
      let present = runs.flatMap(\.metrics).count { names.contains($0.check) }
      count =
        dryRun
        ? present : try chosen.reading { () throws(HistoryError) in try store.forget(checks: names.sorted(), in: ids) }
    }
    let words =
      checks.isEmpty ? HistorySeries.runs(count) : count == 1 ? "1 value" : "\(Quantity.grouped(count)) values"
    Console.say(dryRun ? "would forget \(words)" : "forgot \(words)")
  }

  private func applies(_ run: HistoryRun) -> Bool {
    (numbers.isEmpty || run.id.map(numbers.contains) == true)
      && (commit.map { run.commit.hasPrefix($0) } ?? true) && (branch.map { run.branch == $0 } ?? true)
      && (before.map { run.time < $0.seconds } ?? true)
  }

  /// The checks that are meant, of those that the runs have.
  private func names(in runs: [HistoryRun]) -> Set<String> {
    Set(runs.flatMap(\.metrics).map(\.check)).filter { name in
      checks.contains { name == $0 || name.hasPrefix($0 + ".") }
    }
  }
}
