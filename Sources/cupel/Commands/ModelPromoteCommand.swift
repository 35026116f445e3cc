internal import ArgumentParser
internal import Baselines
internal import Verdict

/// `cupel model promote`.
struct ModelPromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Give an alias of an MLflow model to the version that passed.",
    discussion: """
      Says what it would do, and does it with --yes. The server is that of MLFLOW_TRACKING_URI, or stands before a # in the
      reference; credentials are those of MLFLOW_TRACKING_TOKEN, or of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.
      Tags are set on the version and on its run before the alias moves.

      EXAMPLES
        cupel run && cupel model promote mlflow:models:/delay/3 --alias champion --yes
        cupel model promote mlflow:models:/delay@challenger --alias champion --tag cupel.verdict=passed
      """)

  @Argument(help: "The version, as mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS.")
  var reference: String

  @Option(help: "The alias that the version gets.")
  var alias: String

  @Option(name: .customLong("tag"), help: ArgumentHelp("A tag to set. Repeatable.", valueName: "key=value"))
  var tags: [String] = []

  @Flag(help: "Do it.")
  var yes = false

  func validate() throws {
    _ = try parsed()
    _ = try parsedTags()
  }

  func run() async throws {
    let reference = try parsed()
    let tags = try parsedTags()
    do throws(MLflowError) {
      let client = try MLflowClient(address: reference.server, environment: Invocation.current.environment)
      let plan = try await MLflowPromotion.plan(reference.target, alias: alias, tags: tags, with: client)
      if yes { try await plan.carryOut(with: client) }
      say(plan, tags)
    } catch {
      let problem = BaselineError.mlflow(error)
      throw ProfileFile.fail(problem.message(for: reference.description), problem.advice)
    }
  }

  private func say(_ plan: MLflowPromotion, _ tags: [MLflowPromotion.Tag]) {
    let (model, version) = (plan.version.model, plan.version.version)
    let place = plan.version.run.isEmpty ? "" : " and its run \(plan.version.run)"
    for tag in tags {
      Console.say("\(yes ? "tagged" : "would tag") version \(version) of \(model)\(place): \(tag.key)=\(tag.value)")
    }
    if plan.previous == version {
      Console.say("version \(version) of \(model) has the alias \(alias) already")
    } else {
      let from = plan.previous.map { "from version \($0) " } ?? ""
      Console.say("\(yes ? "moved" : "would move") the alias \(alias) of \(model) \(from)to version \(version)")
    }
    if !yes, !plan.requests.isEmpty { Console.say("nothing was changed: --yes does it", to: .error) }
  }

  private func parsed() throws -> MLflowReference {
    guard MLflowReference.isAlias(alias) else {
      throw ValidationError("an alias consists of letters, digits, \"_\" and \"-\"")
    }
    let baseline: BaselineReference
    do throws(BaselineError) {
      baseline = try BaselineReference(reference)
    } catch {
      throw ValidationError(error.message(for: reference))
    }
    guard case .mlflow(let model) = baseline, model.namesModel else {
      throw ValidationError("a version is mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS")
    }
    return model
  }

  private func parsedTags() throws -> [MLflowPromotion.Tag] {
    try tags.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { throw ValidationError("a tag is KEY=VALUE: \(text)") }
      return MLflowPromotion.Tag(key: String(parts[0]), value: String(parts[1]))
    }
  }
}
