internal import ArgumentParser
internal import Baselines

/// `cupel model record`.
struct ModelRecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Tag an MLflow run or version, and put reports among its artifacts.",
    discussion: """
      Says what it would do, and does it with --yes. No alias moves: cupel model promote does that, and finds server and
      credentials in the same places.

      EXAMPLES
        cupel run --report json=cupel.json --report junit=cupel.xml
        cupel model record mlflow:runs:/27af50fff404 --tag cupel.verdict=passed --artifact cupel.json --artifact cupel.xml
      """)

  @Argument(help: "mlflow:runs:/ID, mlflow:models:/NAME/VERSION or mlflow:models:/NAME@ALIAS.")
  var reference: String

  @OptionGroup var options: WriteBackOptions

  func validate() throws {
    _ = try WriteBackOptions.reference(reference)
    if options.tags.isEmpty, options.artifacts.isEmpty {
      throw ValidationError("there is nothing to record: name a --tag or an --artifact")
    }
  }

  func run() async throws {
    try await options.writeBack(to: try WriteBackOptions.reference(reference), alias: nil)
  }
}
