internal import ArgumentParser
internal import Baselines
internal import Verdict

/// What is written back to MLflow, for every command that does.
struct WriteBackOptions: ParsableArguments {
  @Option(name: .customLong("tag"), help: ArgumentHelp("A tag to set. Repeatable.", valueName: "key=value"))
  var tags: [String] = []

  @Option(
    name: .customLong("artifact"),
    help: ArgumentHelp(
      "A report to put among the artifacts of the run, in the folder cupel. Repeatable. A JSON or JUnit report of a run that did not pass is refused.",
      valueName: "file"))
  var artifacts: [String] = []

  @Flag(help: "Do it.")
  var yes = false

  func validate() throws { _ = try parsedTags() }

  func parsedTags() throws -> [MLflowWriteBack.Tag] {
    try tags.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { throw ValidationError("a tag is KEY=VALUE: \(text)") }
      return MLflowWriteBack.Tag(key: String(parts[0]), value: String(parts[1]))
    }
  }

  /// A reference to MLflow; throws a mistake on the command line for anything else.
  static func reference(_ text: String) throws -> MLflowReference {
    let baseline: BaselineReference
    do throws(BaselineError) {
      baseline = try BaselineReference(text)
    } catch {
      throw ValidationError(error.message(for: text))
    }
    guard case .mlflow(let model) = baseline else {
      throw ValidationError(
        "a version is mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS, a run mlflow:runs:/ID")
    }
    return model
  }

  /// Plans it, does it with `--yes`, and says what was or would be done. An alias moves only with the report of a run
  /// in which a model passed: among the artifacts, or under `evidence`.
  func writeBack(to reference: MLflowReference, alias: String?, evidence: [String] = []) async throws {
    let artifacts = try Self.read(artifacts)
    var names: Set<String> = []
    for artifact in artifacts where !names.insert(artifact.path).inserted {
      throw ProfileFile.fail("two files would become \(artifact.path)", "give one of them another name")
    }
    if alias != nil { try Self.requirePass(try Self.read(evidence) + artifacts) }
    let tags = try parsedTags()
    do throws(MLflowError) {
      let client = try MLflowClient(address: reference.server, environment: Invocation.current.environment)
      let plan = try await MLflowWriteBack.plan(
        reference.target, alias: alias, tags: tags, artifacts: artifacts, with: client)
      if yes { try await plan.carryOut(with: client) }
      say(plan, alias, tags, artifacts)
    } catch {
      let problem = BaselineError.mlflow(error)
      throw ProfileFile.fail(problem.message(for: reference.description), problem.advice)
    }
  }

  private static func requirePass(_ reports: [MLflowArtifact]) throws {
    let runs = reports.map { ReportedRun($0.bytes) }
    let hasPassed = runs.contains {
      if case .passed(let gates) = $0 { gates > 0 } else { false }
    }
    guard !hasPassed else { return }
    let hasReport = runs.contains {
      if case .passed = $0 { true } else { false }
    }
    throw ProfileFile.fail(
      hasReport ? "no gate of a model passed in the run of that report" : "nothing shows that a model passed",
      "name the JSON report of the run: `cupel run --report json=cupel.json`, then --passed cupel.json, "
        + "or --artifact cupel.json to keep it in MLflow as well")
  }

  private static func read(_ files: [String]) throws -> [MLflowArtifact] {
    try files.map { name in
      let artifact: MLflowArtifact
      do throws(FileError) {
        artifact = MLflowArtifact(file: name, bytes: try LocalFile.read(name, limit: 64 << 20).bytes)
      } catch {
        throw ProfileFile.fail(error.message(for: name), error.advice)
      }
      if case .failed(let reason) = ReportedRun(artifact.bytes) {
        throw ProfileFile.fail(
          "\(name) is the report of a run that did not pass: \(reason)", "only what passed is written back")
      }
      return artifact
    }
  }

  private func say(
    _ plan: MLflowWriteBack, _ alias: String?, _ tags: [MLflowWriteBack.Tag], _ artifacts: [MLflowArtifact]
  ) {
    let version = plan.version.map { "version \($0.version) of \($0.model)" }
    let run = plan.run.map { "run \($0)" }
    let place = [version, run.map { version == nil ? $0 : "its \($0)" }].compactMap { $0 }.joined(separator: " and ")
    for tag in tags { Console.say("\(yes ? "tagged" : "would tag") \(place): \(tag.key)=\(tag.value)") }
    for artifact in artifacts {
      let bytes = Quantity.grouped(artifact.bytes.count)
      Console.say("\(yes ? "uploaded" : "would upload") \(artifact.path) (\(bytes) bytes) to the \(run ?? "run")")
    }
    if let alias, let version = plan.version {
      if plan.previous == version.version {
        Console.say("version \(version.version) of \(version.model) has the alias \(alias) already")
      } else {
        let from = plan.previous.map { "from version \($0) " } ?? ""
        Console.say(
          "\(yes ? "moved" : "would move") the alias \(alias) of \(version.model) \(from)to version \(version.version)")
      }
    }
    if !yes, !plan.steps.isEmpty { Console.say("nothing was changed: --yes does it", to: .error) }
  }
}
