internal import Baselines
internal import Config
internal import EndpointChecks
internal import Language
internal import ModelChecks
internal import Reports
internal import Scan
internal import Verdict

/// What the suites need from other parts of the house that they do not know themselves.
struct SuiteParts {
  var metrics: MetricsSources
  var folders: EndpointFolders

  init(configDirectory: String, _ invocation: Invocation) {
    metrics = MetricsSources(yaml: Self.yaml, csv: Self.csv, write: Self.write)
    folders = EndpointFolders(
      config: configDirectory, executables: invocation.executableDirectory, yaml: Self.yamlFile)
  }

  /// A metrics file is data, so nothing is interpolated from the environment into it.
  @Sendable private static func yaml(_ bytes: [UInt8], _ name: String) -> Result<Node, Diagnostic> {
    var problems = Problems()
    let file = ConfigReader.read(bytes: bytes, path: name, displayedAs: name, environment: [:], problems: &problems)
    if let problem = problems.diagnostics.first { return .failure(problem) }
    return file.map { .success($0.root) } ?? .failure(Diagnostic("\(name) holds no YAML"))
  }

  /// A file that describes a model's inputs: rules, or an `MLmodel`.
  @Sendable private static func yamlFile(_ path: String, _ name: String) -> Result<Node, Diagnostic> {
    do throws(FileError) {
      return yaml(try LocalFile.read(path).bytes, name)
    } catch {
      return .failure(Diagnostic(error.message(for: name)))
    }
  }

  /// Writes a ledger. What stands there and is none, such as the predictions themselves, stays.
  @Sendable private static func write(_ bytes: [UInt8], to path: String) -> String? {
    do throws(FileError) {
      guard try LocalFile.read(path).bytes.starts(with: RegressionLedger.beginning) else {
        return "\(path) is there, and is no ledger; choose another name"
      }
    } catch {
      if case .notFound = error {} else { return error.message(for: path) }
    }
    do throws(ReportError) {
      try ReportFile.write(bytes, to: path)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Sendable private static func csv(_ bytes: [UInt8], _ name: String) -> Result<[[String]], Diagnostic> {
    do {
      return .success(try CSVReader.records(of: MemorySource(bytes, name: name)))
    } catch {
      return .failure(Diagnostic(error.message, help: error.hint.map { [$0] } ?? []))
    }
  }
}
