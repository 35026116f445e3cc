internal import ArgumentParser
internal import Config
internal import Language
internal import ModelChecks
internal import Statistics
internal import Verdict

/// `cupel model power`: how many rows a gate needs.
struct ModelPowerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power", abstract: "Say how small a change your rows can show, and how many rows a gate needs.",
    discussion: """
      With a config: of every gate with confidence the change that its rows find, how often a candidate that is as good as
      the baseline passes, and the rows with which it does so often enough. With --margin: the same for a comparison that
      has no predictions yet, from what is expected: a rate (accuracy, recall), the standard deviation of a loss, or an AUC
      with the share of positives. Models that are alike need fewer rows: --correlation, or --discordant, the share of rows
      that only one of the two gets right.

      EXAMPLES
        cupel model power                        every model of the config
        cupel model power delay --power 90%
        cupel model power --margin 0.01 --rate 0.9 --correlation 0.8
        cupel model power --margin 0.005 --auc 0.75 --positives 20% --rows 10000
      """)

  @OptionGroup var config: ConfigOptions

  @Option(help: "How often a change ought to be found, or an equal candidate to pass.")
  var power = ShareArgument(0.8)

  @Option(help: "The level of the interval of a planned gate.")
  var confidence = ShareArgument(0.95)

  @Option(help: "Plan a gate: the largest regression that it allows, in the metric's own unit.")
  var margin: Double?

  @Option(help: "The expected share of right rows: accuracy, recall.")
  var rate: ShareArgument?

  @Option(help: "The share of rows that only one of the two models gets right.")
  var discordant: ShareArgument?

  @Option(help: "The standard deviation of the values of which the metric is the mean.")
  var deviation: Double?

  @Option(help: "The expected area under the ROC curve.")
  var auc: Double?

  @Option(help: "The share of positive rows, for --auc.")
  var positives: ShareArgument?

  @Option(help: "How alike the two models judge a row: 0 for strangers, near 1 for a retraining.")
  var correlation: Double?

  @Option(help: "The rows that there are: what they can show.")
  var rows: Int?

  @Option(help: "How many cores may be busy at once; all of them otherwise. The result is the same.")
  var threads: Int?

  @Argument(help: "Only these models of the config.")
  var models: [String] = []

  func validate() throws {
    let kinds = [rate != nil, discordant != nil, deviation != nil, auc != nil].count { $0 }
    if margin == nil {
      guard kinds == 0, positives == nil, correlation == nil, rows == nil else {
        throw ValidationError("a planned gate needs --margin, the largest regression that it allows")
      }
    } else {
      guard models.isEmpty else {
        throw ValidationError("--margin plans a gate without a config, so no model is named")
      }
      guard kinds == 1 else { throw ValidationError("say one of --rate, --discordant, --deviation and --auc") }
      guard (auc == nil) == (positives == nil) else { throw ValidationError("--auc and --positives go together") }
      guard discordant == nil || correlation == nil else {
        throw ValidationError("--discordant says already how alike the models are: leave --correlation out")
      }
    }
    if let rows, rows < 1 { throw ValidationError("--rows is 1 at least") }
  }

  func run() async throws {
    if let margin { return try plan(margin) }
    let invocation = Invocation.current
    let gate = try config.loadGate(invocation)
    let subjects = gate.subjects.compactMap { $0 as? ModelSubject }
    for name in models where !subjects.contains(where: { $0.name == name }) {
      throw ValidationError("the config names no model \"\(name)\"")
    }
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt,
      threads: max(1, threads ?? Invocation.coreCount))
    var isEmpty = true
    for subject in subjects where models.isEmpty || models.contains(subject.name) {
      for (id, found, problem) in await subject.power(power.value, in: context) {
        isEmpty = false
        Console.say(gate.redaction.redact(found.map(words) ?? "\(id): nothing can be told: \(problem)"))
      }
    }
    guard !isEmpty else {
      Console.say(
        "error: no gate of predictions has a confidence; --margin plans one without predictions", to: .error)
      throw ExitCode(ExitStatus.nothingChecked.rawValue)
    }
  }

  private func words(_ found: GatePower) -> String {
    var words = "\(found.id): \(Quantity(Double(found.rows), .rows)) find a change of \(brief(found.detectable)) "
    words += "with a probability of \(power)"
    guard let margin = found.margin else { return words }
    words += "; the margin is \(brief(margin))"
    guard let passes = found.passes else { return words }
    words += ", and an equal candidate passes with \(percent(passes))"
    if let needed = found.needed { words += "; for \(power) it needs about \(Quantity.grouped(needed)) rows" }
    if let trainings = found.trainings {
      words += "; for \(power) it needs about \(trainings) on these rows"
    } else if found.isOfRuns, passes < self.power.value {
      words += "; more training runs alone do not reach \(power): it takes more rows as well"
    }
    return words
  }

  private func plan(_ margin: Double) throws {
    do throws(Undefined) {
      let plan = try comparison()
      let (level, power) = (confidence.value, power.value)
      let needed = try plan.rows(margin: margin, confidence: level, power: power)
      Console.say(
        "\(Quantity.grouped(needed)) rows: with them a candidate that is as good as the baseline passes "
          + "max_regression: \(Quantity.text(margin)) absolute, confidence: \(confidence) with a probability of \(self.power)"
      )
      if let separate = try plan.unpairedRows(margin: margin, confidence: level, power: power), separate > needed {
        Console.say("on separate rows each model would need \(Quantity.grouped(separate))")
      }
      let fewest = try plan.fewest(margin: margin, confidence: level)
      if fewest > 1 {
        Console.say(
          "with less than \(Quantity.grouped(fewest)) rows nothing passes, not even a model that agrees on all")
      }
      guard let rows else { return }
      let passes = try plan.passes(benefit: 0, margin: margin, rows: rows, confidence: level)
      let detectable = try plan.detectable(rows: rows, confidence: level, power: power)
      Console.say(
        "\(Quantity(Double(rows), .rows)) find a change of \(Quantity.brief(detectable, digits: 3)) with a probability of "
          + "\(self.power), and pass an equal candidate with \(percent(passes))")
    } catch {
      throw ValidationError("\(error)")
    }
  }

  private func comparison() throws(Undefined) -> ComparisonPlan {
    if let discordant { return try ComparisonPlan(discordant: discordant.value) }
    let metric: ComparisonPlan.Metric
    if let rate {
      metric = .share(rate.value)
    } else if let auc, let positives {
      metric = .area(auc, positives: positives.value)
    } else {
      metric = .mean(deviation: deviation ?? 0)
    }
    return try ComparisonPlan(metric, correlation: correlation ?? 0)
  }

  private func brief(_ quantity: Quantity) -> String {
    quantity.unit == .share
      ? "\(Quantity.brief(quantity.value * 100, digits: 3))%" : Quantity.brief(quantity.value, digits: 3)
  }

  private func percent(_ share: Double) -> String { "\(Quantity.brief(share * 100, digits: 2))%" }
}

/// A share on the command line: `80%` or `0.8`.
struct ShareArgument: ExpressibleByArgument, Sendable, CustomStringConvertible {
  let value: Double

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
    let value = isPercent ? number / 100 : number
    guard value > 0, value < 1 else { return nil }
    self.value = value
  }

  var description: String { Quantity(value, .share).description }
  var defaultValueDescription: String { description }
}
