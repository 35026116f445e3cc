internal import ArgumentParser
internal import Baselines

/// `cupel model promote`.
struct ModelPromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Give an alias of an MLflow model to the version that passed.",
    discussion: """
      Says what it would do, and does it with --yes. The server is that of MLFLOW_TRACKING_URI, and for models that of
      MLFLOW_REGISTRY_URI when it is set; or it stands before a # in the reference. Credentials are those of
      MLFLOW_TRACKING_TOKEN, or of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. Tags are set on the version and
      on its run, and reports uploaded to the run, before the alias moves. The JSON report of a run in which a model
      passed must be there, under --passed or --artifact; that it was this version is the pipeline's to see to.

      EXAMPLES
        cupel run --report json=cupel.json
        cupel model promote mlflow:models:/delay/3 --alias champion --passed cupel.json --yes
        cupel model promote mlflow:models:/delay@challenger --alias champion --tag cupel.verdict=passed \\
          --artifact cupel.json --artifact cupel.xml
      """)

  @Argument(help: "The version, as mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS.")
  var reference: String

  @Option(help: "The alias that the version gets.")
  var alias: String

  @Option(
    help: ArgumentHelp(
      "The JSON report of the run in which the model passed. Repeatable; not needed when it is an --artifact.",
      valueName: "file"))
  var passed: [String] = []

  @OptionGroup var options: WriteBackOptions

  func validate() throws { _ = try parsed() }

  func run() async throws { try await options.writeBack(to: try parsed(), alias: alias, evidence: passed) }

  private func parsed() throws -> MLflowReference {
    guard MLflowReference.isAlias(alias) else {
      throw ValidationError("an alias consists of letters, digits, \"_\" and \"-\"")
    }
    let model = try WriteBackOptions.reference(reference)
    guard model.namesModel else {
      throw ValidationError(
        "a version is mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS; cupel model record writes to a run")
    }
    return model
  }
}
