internal import ArgumentParser
internal import Config
internal import Scan
internal import Verdict

/// The files that a command reads: nothing that it writes may replace one of them.
struct InputFiles {
  private var identities: Set<FileIdentity> = []

  /// - Parameter paths: absolute, or as they are meant in the working directory.
  init(_ paths: some Sequence<String> = []) { add(paths) }

  init(_ table: TableSource) { self.init(table.files.map(\.path)) }

  mutating func add(_ paths: some Sequence<String>) { identities.formUnion(paths.map { FileIdentity(of: $0) }) }

  func include(_ path: String) -> Bool {
    let identity = FileIdentity(of: path)
    guard case .present = identity else { return false }
    return identities.contains(identity)
  }

  /// Ends the command, before it has done anything, when it would write over a file that it reads. This is no wrong
  /// command line like others, of which the reports tell that it asks for.
  func spare(_ outputs: [String]) throws(ExitCode) {
    guard let output = outputs.first(where: include) else { return }
    Console.say(
      "error: \(output) is read by this command, and would be replaced: name another file to write", to: .error)
    throw ExitCode(ExitStatus.usage.rawValue)
  }
}

extension Gate {
  /// All files that the gate reads: its config, tables, rules, predictions, baselines and the history.
  func inputs(in workingDirectory: String) -> InputFiles {
    var inputs = InputFiles([configPath])
    for subject in subjects { inputs.add(files(of: subject, in: workingDirectory)) }
    inputs.add(baselines.values.map(\.path))
    inputs.add(history.map { [$0.path] } ?? [])
    return inputs
  }
}

extension Gate.Loaded {
  /// What is read for the gate; of a config that is wrong, the config.
  func inputs(in workingDirectory: String) -> InputFiles {
    gate?.inputs(in: workingDirectory) ?? InputFiles(configPath.map { [$0] } ?? [])
  }
}

extension RunSession {
  /// Ends the command when a report, or something else that it writes, would replace what it reads.
  func spare(_ inputs: InputFiles, from others: [String] = []) throws(ExitCode) {
    try inputs.spare(options.report.map(\.path) + others)
  }
}
