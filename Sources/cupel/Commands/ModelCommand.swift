internal import ArgumentParser

/// `cupel model …`: what is done with models besides judging them.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Promote and describe the model that passed.",
    subcommands: [ModelCardCommand.self, ModelPromoteCommand.self, ModelRecordCommand.self])
}
