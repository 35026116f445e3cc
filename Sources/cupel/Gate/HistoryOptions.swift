internal import ArgumentParser
internal import Baselines
internal import Config
internal import Verdict

/// The options of every command that works on a history.
struct HistoryOptions: ParsableArguments {
  @OptionGroup var config: ConfigOptions

  @Option(help: ArgumentHelp("The history itself, in place of the one that the config names.", valueName: "path"))
  var file: String?

  /// A history, and the gate whose it is.
  struct Chosen {
    var path: String
    /// The path as messages show it.
    var name: String
    /// Nil when the history is named by itself.
    var gate: Gate?

    /// The history for reading; nil when there is none, which is said.
    func open() throws -> HistoryStore? {
      let store = try reading { () throws(HistoryError) in try HistoryStore.openExisting(at: path) }
      if store == nil { Console.say("there is no history at \(name) yet", to: .error) }
      return store
    }

    /// The runs of the gate's project, or all.
    func runs(_ store: HistoryStore) throws -> [HistoryRun] {
      try reading { () throws(HistoryError) in try store.runs(project: gate?.project) }
    }

    func reading<Value>(_ work: () throws(HistoryError) -> Value) throws -> Value {
      do {
        return try work()
      } catch {
        throw ProfileFile.fail(error.message(for: name), error.advice)
      }
    }
  }

  /// The history that the options mean.
  func chosen() throws -> Chosen {
    let invocation = Invocation.current
    if let file {
      return Chosen(path: ConfigPath.resolve(file, against: invocation.workingDirectory + "/"), name: file)
    }
    let gate = try config.loadGate(invocation)
    guard let place = gate.history else {
      throw ProfileFile.fail(
        "\(gate.configName) names no history",
        "write history: .cupel/history.db at its top level, or name one with --file")
    }
    return Chosen(path: place.path, name: place.name, gate: gate)
  }
}
