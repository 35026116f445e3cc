internal import Baselines
internal import Config
internal import DataChecks
internal import Language
internal import Scan
internal import Verdict

/// A config, decoded: its subjects, and what the run needs to know of it.
struct Gate: Sendable {
  var project: String
  /// The config's path, and how messages show it.
  var configPath: String
  var configName: String
  var subjects: [any Subject]
  /// For every dataset the files that govern it, its source and its rules, and the patterns of the source: absolute paths.
  var filesOfDatasets: [String: Set<String>]
  /// The profiles that datasets are compared with, by their names.
  var baselines: [String: BaselineFile] = [:]
  /// The environment that was chosen; nil for none.
  var environment: GateEnvironment?
  var waivers: [Waiver] = []
  /// Where accepted runs leave what they measured; nil when nothing is kept.
  var history: HistoryPlace?
  var redaction: Redaction

  /// What came of loading a config: the gate when nothing is wrong, and in any case what must not be shown.
  struct Loaded {
    var gate: Gate?
    var redaction = Redaction(secrets: [])
    /// Where the config is; nil when none was found.
    var configPath: String?
  }

  /// Finds and decodes the config with all files that it names; reports everything that is wrong in one go.
  ///
  /// - Parameter environment: the one that `--env` names.
  static func load(
    _ path: String?, environment: String? = nil, _ invocation: Invocation, _ problems: inout Problems
  ) -> Loaded {
    guard let (path, name) = locate(path, invocation, &problems) else { return Loaded() }
    guard
      let file = ConfigReader.read(
        path, displayedAs: name, environment: invocation.environment, problems: &problems)
    else { return Loaded(configPath: path) }
    let parts = SuiteParts(configDirectory: file.directory, invocation)
    guard let config = GateConfig.shape(parts).decode(file.root, &problems) else {
      let redaction = Redaction(secrets: file.secrets + RemoteSecrets.all(in: invocation.environment))
      return Loaded(redaction: redaction, configPath: path)
    }
    var loader = DatasetLoader(configPath: path, configName: name, invocation)
    (loader.environment, loader.keepsHistory) = (environment, config.history != nil)
    let loaded = config.data.compactMap { loader.dataset(named: $0.name, $0.value, &problems) }
    let datasets = loader.subjects(of: loaded, &problems)
    let redaction = Redaction(
      secrets: file.secrets + loader.secrets + RemoteSecrets.all(in: invocation.environment))
    let subjects = datasets as [any Subject] + config.models + config.endpoints
    let chosen = config.environment(environment, &problems)
    config.reportMissingHistory(&problems)
    if problems.isEmpty { config.reportUseless(among: subjects.flatMap(\.checks).map(\.id), &problems) }
    guard problems.isEmpty else { return Loaded(redaction: redaction, configPath: path) }
    let gate = Gate(
      project: config.project, configPath: path, configName: name,
      subjects: subjects, filesOfDatasets: loader.files,
      baselines: loader.baselines, environment: chosen, waivers: config.waivers.map(\.value),
      history: config.history.map { HistoryPlace($0, configPath: path, configName: name) }, redaction: redaction)
    return Loaded(gate: gate, redaction: redaction, configPath: path)
  }

  /// The findings with the severities of the environment and with the waivers.
  ///
  /// - Parameter now: seconds since 1970, UTC.
  func weighed(_ findings: [Finding], at now: Int64) -> [Finding] {
    let weighed = findings.map { finding in
      var finding = finding
      finding.severity = environment?.severity(of: finding.id) ?? finding.severity
      return finding
    }
    return weighed.waived(by: waivers, at: now).skippingOnlyWhatAnotherAnswersFor()
  }

  private static func locate(
    _ path: String?, _ invocation: Invocation, _ problems: inout Problems
  ) -> (path: String, name: String)? {
    if let path { return (ConfigPath.resolve(path, against: invocation.workingDirectory + "/"), path) }
    if let found = ConfigDiscovery.find(from: invocation.workingDirectory) { return (found.path, found.displayName) }
    problems.report(ConfigDiscovery.missing)
    return nil
  }
}

/// Turns the datasets of a config into subjects, with the rules files they name.
struct DatasetLoader {
  private let configPath: String
  private let configName: String
  let invocation: Invocation
  private var readsStandardInput: SourceLocation?
  private(set) var secrets: [String] = []
  /// The environment that `--env` names.
  var environment: String?
  /// Whether the config names a history of runs.
  var keepsHistory = false
  private(set) var files: [String: Set<String>] = [:]
  private(set) var baselines: [String: BaselineFile] = [:]

  init(configPath: String, configName: String, _ invocation: Invocation) {
    self.configPath = configPath
    self.configName = configName
    self.invocation = invocation
  }

  /// A dataset whose rules are read.
  struct Dataset {
    var name: Located<String>
    var source: TableSource
    /// Nil when they cannot be read.
    var rules: Rules?
    var baseline: BaselineDeclaration?
  }

  /// Reads the rules of a dataset; nil when it has no source.
  mutating func dataset(
    named name: Located<String>, _ declaration: DatasetDeclaration, _ problems: inout Problems
  ) -> Dataset? {
    guard let source = declaration.sources.first else { return nil }
    if let source = declaration.sources.first(where: { $0.value == "-" }) {
      if let first = readsStandardInput {
        problems.report(
          "standard input can be read once, and another dataset reads it", at: source.location,
          help: ["the other one stands at \(first)"])
      }
      readsStandardInput = source.location
    }
    var rules: Rules? = declaration.rules
    var governing: Set<String> = []
    if let file = declaration.rulesFile {
      let path = ConfigPath.resolve(file.value, against: configPath)
      governing.insert(path)
      let shown = ConfigPath.resolve(file.value, against: configName)
      rules = readRules(path, displayedAs: shown, namedAt: file.location, &problems).map {
        declaration.rules.merged(with: $0, &problems)
      }
    }
    rules = rules.map { loaded($0, &governing, &problems) }
    let table = DatasetFiles(configPath: configPath, configName: configName).source(
      of: declaration, first: source.value)
    let sources = declaration.sources.map { ConfigPath.resolve($0.value, against: configPath) }
    files[name.value] = governing.union(table.files.map(\.path)).union(sources)
    return Dataset(name: name, source: table, rules: rules, baseline: declaration.baseline)
  }

  /// The subjects, which may look at each other's data: then a change of that selects them as well.
  mutating func subjects(of datasets: [Dataset], _ problems: inout Problems) -> [DatasetSubject] {
    let peers = datasets.map { PeerDataset(name: $0.name.value, source: $0.source, rules: $0.rules ?? Rules()) }
    return datasets.compactMap { dataset in
      guard let rules = dataset.rules else { return nil }
      let compared = dataset.baseline.map { baseline($0, of: dataset.source, rules, among: peers) }
      let subject = DatasetSubject(
        name: dataset.name.value, location: dataset.name.location, source: dataset.source, rules: rules,
        environment: environment, peers: peers + (compared?.peer.map { [$0] } ?? []), baseline: compared?.baseline,
        keepsHistory: keepsHistory, problems: &problems)
      files[subject.name, default: []].formUnion(compared?.files ?? [])
      baselines[subject.name] = compared?.profile
      for peer in peers where subject.peers.contains(peer.name) {
        files[subject.name, default: []].formUnion(peer.source.files.map(\.path))
      }
      return subject
    }
  }

  /// The rules with the files that they name in turn, each relative to the one that names it.
  func loaded(_ rules: Rules, _ governing: inout Set<String>, _ problems: inout Problems) -> Rules {
    rules.loaded(
      { file, problems in
        let name = ConfigPath.resolve(file.value, against: file.location.file)
        let path = ConfigPath.resolve(name, against: invocation.workingDirectory + "/")
        governing.insert(path)
        return ConfigReader.bytes(of: path, displayedAs: name, namedAt: file.location, problems: &problems)
      }, &problems)
  }

  /// The rules in a file of their own.
  mutating func readRules(
    _ path: String, displayedAs name: String, namedAt location: SourceLocation?, _ problems: inout Problems
  ) -> Rules? {
    guard
      let file = ConfigReader.read(
        path, displayedAs: name, namedAt: location, environment: invocation.environment, problems: &problems)
    else { return nil }
    secrets += file.secrets
    if let version = file.root[key: "version"] {
      problems.report(
        "this is a config, and rules are asked for", at: version.keyLocation, help: ["cupel run --config \(name)"])
      return nil
    }
    return Rules.shape.decode(file.root, &problems)
  }
}
