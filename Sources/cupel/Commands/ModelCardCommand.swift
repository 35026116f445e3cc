internal import ArgumentParser
internal import Baselines
internal import Config
internal import Language
internal import ModelChecks
internal import Reports
internal import Verdict

/// `cupel model card`.
struct ModelCardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card", abstract: "Judge a model and write its model card.",
    discussion: """
      The card is Markdown with the verdict, every metric of all rows and of every slice with its interval, or the words that
      there is none, and the gates; its front matter is the model-index that the Hugging Face hub reads. It is written whatever the verdict is, and says what it is; the exit
      code is that of the run.

      EXAMPLES
        cupel model card -o MODEL_CARD.md
        cupel model card delay -o cards/delay.md --report junit=cupel.xml
      """)

  @OptionGroup var config: ConfigOptions
  @OptionGroup var reports: ReportOptions

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write to this file, which appears when it is complete.", valueName: "file"))
  var output: String

  @Argument(help: "The model, when the config has several.")
  var model: String?

  func run() async throws {
    let session = RunSession(options: reports, color: config.color)
    var problems = Problems()
    let loaded = Gate.load(config.config, session.invocation, &problems)
    try session.spare(loaded.inputs(in: session.invocation.workingDirectory), from: [output])
    let subject = problems.isEmpty ? loaded.gate.flatMap { chosen(in: $0, &problems) } : nil
    let command = "cupel run\(RunSession.words(config: config.config, environment: nil, now: reports.now))"
    let status = await session.conclude(
      problems: problems, config: loaded.gate?.configName ?? config.config, redaction: loaded.redaction
    ) { result in
      guard let gate = loaded.gate, let subject else { return }
      result.project = gate.project
      let history = await RunHistory(of: gate, [subject], at: session.now, session.invocation)
      var runner = session.runner(only: [], timeout: nil)
      if let history { runner.context.history = history.access() }
      let outcome = await runner.run([subject])
      result.findings = gate.weighed(outcome.findings, at: session.now)
        .map { session.reproducible($0, by: command, rowsOf: nil) }
      result.interruption = outcome.interruption
      guard result.interruption == nil else { return }
      let shown = result.mapText(loaded.redaction.redact)
      let levels = await subject.levels(in: runner.context)
      do throws(ReportError) {
        try ReportFile.write(card(of: subject, levels, loaded.redaction), of: shown, to: output)
      } catch {
        result.reportFailures.append("\(error)")
      }
    }
    throw ExitCode(status.rawValue)
  }

  private func card(of subject: ModelSubject, _ levels: [MetricLevel], _ redaction: Redaction) -> ModelCard {
    let side = subject.declaration.candidate
    let dataset = side.predictions?.value ?? side.metrics?.value.name ?? subject.name
    return ModelCard(
      model: subject.name, task: subject.declaration.predictions.task?.value.rawValue, dataset: dataset,
      measured: levels.map { level in
        CardMetric(
          name: level.metric, slice: level.slice.map(redaction.redact), value: level.value, interval: level.interval,
          method: redaction.redact(level.method), rows: level.rows)
      })
  }

  private func chosen(in gate: Gate, _ problems: inout Problems) -> ModelSubject? {
    let models = gate.subjects.compactMap { $0 as? ModelSubject }
    let names = models.map(\.name).joined(separator: ", ")
    guard let model else {
      if models.count == 1 { return models[0] }
      problems.report(
        models.isEmpty ? "the config has no model" : "the config has \(models.count) models", at: nil,
        help: models.isEmpty ? [] : ["name one of \(names)"])
      return nil
    }
    if let found = models.first(where: { $0.name == model }) { return found }
    problems.report(
      "the config names no model \"\(model)\"", at: nil, help: models.isEmpty ? [] : ["it has \(names)"])
    return nil
  }
}
