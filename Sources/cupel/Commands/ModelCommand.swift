internal import ArgumentParser

/// `cupel model …`: what is done with models besides judging them.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Plan a comparison of models, promote and describe the model that passed.",
    subcommands: [
      ModelCardCommand.self, ModelPowerCommand.self, ModelPromoteCommand.self, ModelRecordCommand.self,
    ])
}
